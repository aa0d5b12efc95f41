"""Straight lines between noise and data, and the flow along their mean velocity."""

import numpy as np


def straight(t):
    """Signal and noise of the straight path x_t = (1 - t) x_0 + t eps, and their derivatives in t."""
    return 1 - t, t, -1, 1


def coupled_flow(x0, noise, weights, deviation, x, t):
    """The mean velocity at x of straight lines between pairs (rows of x0 and noise), each shifted by a small normal kick."""
    distance = np.sum((x - (1 - t) * x0 - t * noise) ** 2, axis=1)
    logit = np.log(weights) - distance / (2 * deviation**2)
    p = np.exp(logit - logit.max())
    return (p / p.sum()) @ (noise - x0)


def straightness(times, frames):
    """The integral of |x_1 - x_0 - dx/du|^2 along one polygon: rows of `frames` at `times`, which need not be even."""
    u = (times - times[0]) / (times[-1] - times[0])
    velocity = np.diff(frames, axis=0) / np.diff(u)[:, None]
    return np.sum(np.diff(u)[:, None] * (frames[-1] - frames[0] - velocity) ** 2)
