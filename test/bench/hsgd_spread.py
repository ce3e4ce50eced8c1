"""Spread of homogenised SGD over that of SGD, by NumPy alone: the equations of docs/theory.md, no code of this project.

Logistic regression on two classes ±1 of equal weight, labels 0 and 1, means ±μ, diagonal covariances. SGD draws
samples; the diffusion (T6) draws Gaussian noise with the exact centred covariance of the gradient, one Euler step per
step of SGD. Run: python3 hsgd_spread.py [RUNS]
"""

import sys

import numpy as np

RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
nodes, weights = np.polynomial.hermite_e.hermegauss(40)
weights = weights / weights.sum()


def sigmoid(u):
    return 0.5 * (1 + np.tanh(0.5 * u))


class Model:
    def __init__(self, eigenvalues, mean):
        self.K = np.asarray(eigenvalues)  # 2×d
        self.mu = np.stack([mean, -mean])  # 2×d
        self.d = len(mean)

    def statistics(self, X):
        """Risk, ‖X‖² and m_1 of runs×d parameters."""
        m = X @ self.mu.T
        sd = np.sqrt(X**2 @ self.K.T)
        r = m[..., None] + sd[..., None] * nodes
        risk = 0.5 * sum(np.logaddexp(0, r[:, i]) @ weights - (m[:, i] if i == 1 else 0) for i in (0, 1))
        return np.stack([risk, (X**2).sum(1), m[:, 0]])

    def sgd(self, X, rate, rng):
        i = rng.integers(0, 2, len(X))
        a = self.mu[i] + np.sqrt(self.K[i]) * rng.standard_normal(X.shape)
        slope = sigmoid((X * a).sum(1)) - i
        return X - rate / self.d * slope[:, None] * a

    def diffusion(self, X, rate, rng):
        n = len(X)
        m = X @ self.mu.T
        sd = np.sqrt(X**2 @ self.K.T)
        gradient = np.zeros_like(X)
        noise = np.zeros_like(X)
        vectors = []
        second = np.zeros((n, 4, 4))
        first = np.zeros((n, 4))
        for i in (0, 1):
            slope = sigmoid(m[:, i, None] + sd[:, i, None] * nodes) - i
            f = slope @ weights
            fz = (slope * nodes) @ weights
            q, qz, qzz = (slope**2 * nodes**k @ weights for k in (0, 1, 2))
            # K^{1/2} u with u = K^{1/2} x / √B; before the first step B = 0, and no direction is special
            unit = np.divide(self.K[i] * X, sd[:, i, None], out=np.zeros_like(X), where=sd[:, i, None] > 0)
            gradient += 0.5 * (f[:, None] * self.mu[i] + fz[:, None] * unit)
            u = np.divide(np.sqrt(self.K[i]) * X, sd[:, i, None], out=np.zeros_like(X), where=sd[:, i, None] > 0)
            z = rng.standard_normal(X.shape)
            z -= (z * u).sum(1)[:, None] * u
            noise += np.sqrt(0.5 * q)[:, None] * np.sqrt(self.K[i]) * z
            vectors += [np.broadcast_to(self.mu[i], X.shape), unit]
            at = 2 * i
            first[:, at], first[:, at + 1] = 0.5 * f, 0.5 * fz
            second[:, at, at], second[:, at + 1, at + 1] = 0.5 * q, 0.5 * qzz
            second[:, at, at + 1] = second[:, at + 1, at] = 0.5 * qz
        values, basis = np.linalg.eigh(second - first[:, :, None] * first[:, None, :])
        root = basis * np.sqrt(np.maximum(values, 0))[:, None, :]
        coefficients = (root @ rng.standard_normal((n, 4, 1)))[..., 0]
        for k, vector in enumerate(vectors):
            noise += coefficients[:, k, None] * vector
        return X - rate / self.d * (gradient + noise)


def spread(step, model, rate, times, seed):
    """sd over runs, len(times)×3, in chunks of runs that fit the cache."""
    chunks = []
    rng = np.random.default_rng(seed)
    for start in range(0, RUNS, 250):
        X = np.zeros((min(250, RUNS - start), model.d))
        rows, done = [], 0
        for t in times:
            for _ in range(round(t * model.d) - done):
                X = step(X, rate, rng)
            done = round(t * model.d)
            rows.append(model.statistics(X))
        chunks.append(np.stack(rows))
    values = np.concatenate(chunks, axis=2)
    return values.std(axis=2, ddof=1)


def identity(d):
    return Model(np.ones((2, d)), np.full(d, 1 / np.sqrt(d)))


def power_law(d):
    u = np.arange(1, d + 1) / d
    return Model([u**0.5, u**1.0], np.sqrt(u**0.2 / d))


CASES = [
    ("identity, γ = 0.2, d = 200", identity(200), 0.2, [2]),
    ("identity, γ = 1, d = 200", identity(200), 1, [2]),
    ("identity, γ = 2, d = 200", identity(200), 2, [2]),
    ("power law, γ = 1, d = 200", power_law(200), 1, [2, 5]),
    ("power law, γ = 3, d = 200", power_law(200), 3, [2, 5]),
]

print(f"{RUNS} runs each; standard error of a ratio about {1 / np.sqrt(RUNS):.3f}")
print("| case | t | risk | ‖X‖² | m_1 |")
for name, model, rate, times in CASES:
    ratio = spread(model.diffusion, model, rate, times, 1) / spread(model.sgd, model, rate, times, 2)
    for t, row in zip(times, ratio):
        print(f"| {name} | {t} | " + " | ".join(f"{x:.3f}" for x in row) + " |", flush=True)
