"""SciPy baseline of the theory's bench: (T4)-(T5) over all d directions, logistic loss, power law, opposite means.

Reads one request per line: JSON {d, alpha, beta, rate, times, method, rtol, atol}; answers with one JSON line
{seconds, risk, evaluations}. Timed inside, after one warm-up call.
"""
import json
import sys
import time

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.integrate import solve_ivp

STEP = 0.5
GRID = STEP * np.arange(-400, 401)
SIGMA = 1 / (1 + np.exp(-GRID))
# columns: f', f'', f'^2 of softplus, and softplus itself
TABLE = np.stack([SIGMA, SIGMA * (1 - SIGMA), SIGMA**2, np.logaddexp(0, GRID)])
NODES, WEIGHTS = hermegauss(32)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def softplus_moments(m, b):
    """g, H, Q, R of softplus under N(m, b)."""
    if b < 0.5:
        u = m + np.sqrt(max(b, 0)) * NODES
        s = 1 / (1 + np.exp(-u))
        return WEIGHTS @ s, WEIGHTS @ (s * (1 - s)), WEIGHTS @ (s * s), WEIGHTS @ np.logaddexp(0, u)
    reach = 8.5 * np.sqrt(b)
    low = max(0, int((m - reach) / STEP) + 399)
    high = min(801, int((m + reach) / STEP) + 402)
    w = np.exp(-0.5 * (GRID[low:high] - m) ** 2 / b) * (STEP / np.sqrt(2 * np.pi * b))
    return TABLE[:, low:high] @ w


def solve(d, alpha, beta, rate, times, method, rtol, atol):
    rho = np.arange(1, d + 1) / d
    lam = np.stack([rho**a for a in alpha])
    mu = np.sqrt(rho**beta / d)
    half = 0.5 * rate
    noise = 0.5 * rate**2 / d * (lam + mu**2)
    count = 0

    def moments(y):
        x, s = y[:d], y[d:]
        m = mu @ x
        b = lam @ (x * x + s)
        # both classes are softplus at mean -m
        return softplus_moments(-m, b[0]), softplus_moments(-m, b[1])

    def f(_t, y):
        nonlocal count
        count += 1
        (g1, h1, q1, _), (g2, h2, q2, _) = moments(y)
        decay = half * (h1 * lam[0] + h2 * lam[1])
        out = np.empty_like(y)
        out[:d] = half * (g1 + g2) * mu - decay * y[:d]
        out[d:] = q1 * noise[0] + q2 * noise[1] - 2 * decay * y[d:]
        return out

    start = time.perf_counter()
    result = solve_ivp(f, (0, times[-1]), np.zeros(2 * d), method=method, t_eval=times, rtol=rtol, atol=atol)
    seconds = time.perf_counter() - start
    risk = [0.5 * sum(part[3] for part in moments(y)) for y in result.y.T]
    return {"seconds": seconds, "risk": risk, "evaluations": count}


if __name__ == "__main__":
    solve(100, [0.5, 0.5], 0.2, 1, [1.0, 2.0], "DOP853", 1e-6, 1e-8)
    for line in sys.stdin:
        print(json.dumps(solve(**json.loads(line))), flush=True)
