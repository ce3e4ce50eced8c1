"""SGD on the logistic loss with numba; usage and output as baseline.c, for one output."""
import sys
import time

import numpy as np
from numba import njit

what, d, classes = sys.argv[1], *map(int, sys.argv[2:4])
rng = np.random.default_rng(1)
s = rng.random((classes, d))
mu = rng.standard_normal((classes, d)) / np.sqrt(d)
x = np.zeros(d)
steps = max(1, 200_000 // d)


@njit
def normals(x, s, mu, steps):
    for _ in range(steps):
        for k in range(x.size):
            x[k] = np.random.normal()


@njit(fastmath=True)
def sgd(x, s, mu, steps):
    a = np.empty_like(x)
    for _ in range(steps):
        i = np.random.randint(len(s))
        r = 0.0
        for k in range(x.size):
            a[k] = mu[i, k] + s[i, k] * np.random.normal()
            r += x[k] * a[k]
        c = (0.5 / x.size) * (1 / (1 + np.exp(-r)) - (i == 0))
        for k in range(x.size):
            x[k] -= c * a[k]


run = {"normals": normals, "sgd": sgd}[what]
run(x, s, mu, 1)  # compiled outside the measured time
for _ in sys.stdin:
    start = time.perf_counter()
    run(x, s, mu, steps)
    print(f"{(time.perf_counter() - start) * 1e9 / (steps * d):.4f}", flush=True)
