"""SGD on the logistic and softmax losses with NumPy; usage and output as baseline.c."""
import sys
import time

import numpy as np

what, d, classes = sys.argv[1], *map(int, sys.argv[2:4])
outputs = 1 if classes == 2 else classes
rng = np.random.default_rng(1)
s = rng.random((classes, d))
mu = rng.standard_normal((classes, d)) / np.sqrt(d)
x = np.zeros(d) if outputs == 1 else np.zeros((outputs, d))
steps = max(1, 40_000 // d)


def logistic(i):
    global x
    a = mu[i] + s[i] * rng.standard_normal(d)
    x -= (0.5 / d) * (1 / (1 + np.exp(-(x @ a))) - (i == 0)) * a


def softmax(i):
    global x
    a = mu[i] + s[i] * rng.standard_normal(d)
    r = x @ a
    g = np.exp(r - r.max())
    g /= g.sum()
    g[i] -= 1
    x -= np.multiply.outer((0.5 / d) * g, a)


step = {"normals": lambda i: rng.standard_normal(d), "sgd": logistic if outputs == 1 else softmax}[what]
for _ in sys.stdin:
    start = time.perf_counter()
    for i in rng.integers(classes, size=steps):
        step(i)
    print(f"{(time.perf_counter() - start) * 1e9 / (steps * d):.4f}", flush=True)
