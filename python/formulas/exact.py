"""Exact answers for a finite data set: rows of `data` (shape K x D) with probabilities `weights`."""

import numpy as np

from .forward import posterior


def normal_pdf(x, mean, variance):
    """N(x; mean, variance): the density of the normal distribution."""
    return np.exp(-0.5 * (x - mean) ** 2 / variance) / np.sqrt(2 * np.pi * variance)


def entropy(weights):
    """Shannon entropy in nats."""
    w = weights[weights > 0]
    return -np.sum(w * np.log(w))


def image_probabilities(data, weights, alpha_bar, t, x):
    """The probability of each image behind the noisy image x: a softmax."""
    distance = np.sum((x - np.sqrt(alpha_bar[t]) * data) ** 2, axis=1)
    logit = np.log(weights) - distance / (2 * (1 - alpha_bar[t]))
    p = np.exp(logit - logit.max())
    return p / p.sum()


def finite_denoiser(data, weights, alpha_bar, t, x):
    """E[x_0 | x_t = x]: what a perfect network, trained for ever on these images, would answer."""
    return image_probabilities(data, weights, alpha_bar, t, x) @ data


def reverse_kernel(data, weights, beta, alpha_bar, t, x):
    """q(x_{t-1} | x_t = x), a mixture: weights and means of its bells, their variance, and its mean and covariance."""
    gamma = image_probabilities(data, weights, alpha_bar, t, x)
    a, b, variance = posterior(beta, alpha_bar, t)
    means = a * data + b * x
    mean = gamma @ means
    off = means - mean
    covariance = off.T @ (gamma[:, None] * off) + variance * np.eye(len(x))
    return gamma, means, variance, mean, covariance


# Each prediction is a x_0 + b eps.
TARGETS = {
    "x0": lambda signal, noise: (1, 0),
    "epsilon": lambda signal, noise: (0, 1),
    "v": lambda signal, noise: (-noise, signal),
    "score": lambda signal, noise: (0, -1 / noise),
}


def conversion_at(source, target, signal, noise):
    """Numbers u, w such that target = u x_t + w source, where x_t = signal x_0 + noise eps."""
    rows = np.array([(signal, noise), TARGETS[source](signal, noise)])
    return np.linalg.solve(rows.T, TARGETS[target](signal, noise))


def floor_factor(kind, alpha_bar, t):
    """The least squared error of a prediction over that of x_0: for epsilon it is the signal-to-noise ratio."""
    u, w = conversion_at("x0", kind, np.sqrt(alpha_bar[t]), np.sqrt(1 - alpha_bar[t]))
    return w**2
