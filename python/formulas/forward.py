"""The forward chain: one step, many steps, and what becomes of the image."""

import numpy as np


def forward_step(x_prev, t, beta, noise):
    """One step, DDPM eq. 2. The noise has variance beta[t], not its square."""
    return np.sqrt(1 - beta[t]) * x_prev + np.sqrt(beta[t]) * noise


def diffuse(x0, t, alpha_bar, epsilon):
    """Any number of steps at once, DDPM eq. 4. Also called q_sample."""
    return np.sqrt(alpha_bar[t]) * x0 + np.sqrt(1 - alpha_bar[t]) * epsilon


def log_snr(alpha_bar):
    """log(alpha_bar / (1 - alpha_bar)) for every t; infinite at t = 0."""
    with np.errstate(divide="ignore"):
        return np.log(alpha_bar) - np.log(1 - alpha_bar)


def noise_shares(beta, t):
    """Of the variance of x_t: entry 0 the share of x_0, entry s what the noise of step s still has. They add up to 1."""
    kept_since = np.cumprod((1 - beta[1 : t + 1])[::-1])[::-1]  # prod of 1 - beta over s..t
    later = np.append(kept_since[1:], 1.0)
    return np.append(kept_since[0], beta[1 : t + 1] * later)


def posterior(beta, alpha_bar, t, s=None):
    """q(x_s | x_t, x_0) = N(a x_0 + b x_t, v): the numbers a, b and v, DDPM eq. 6-7. s is t - 1 if left out."""
    s = t - 1 if s is None else s
    alpha = alpha_bar[t] / alpha_bar[s]  # of the steps from s to t, taken as one
    rest_s, rest_t = 1 - alpha_bar[s], 1 - alpha_bar[t]
    a = np.sqrt(alpha_bar[s]) * (1 - alpha) / rest_t
    b = np.sqrt(alpha) * rest_s / rest_t
    return a, b, (1 - alpha) * rest_s / rest_t


def time_features(t, T, dimension):
    """Sinusoidal time embedding: half sines, half cosines; t on the scale of 1000 steps."""
    half = dimension // 2
    omega = 10000.0 ** (-np.arange(half) / half)
    angle = 1000 * np.asarray(t)[:, None] / T * omega
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)


def ornstein_uhlenbeck(x, integral, z):
    """The exact transition over a stretch in which the integral of beta is `integral`; z is standard normal."""
    return np.exp(-integral / 2) * x + np.sqrt(-np.expm1(-integral)) * z


def heat(image, s):
    """An n x n image after the heat equation has run for time s: exp(s L) along rows and columns, no ink leaves."""
    n = len(image)
    hop = np.diag(np.ones(n - 1), 1) + np.diag(np.ones(n - 1), -1)
    laplacian = hop - np.diag(hop.sum(axis=1))
    rates, waves = np.linalg.eigh(laplacian)
    kernel = waves @ np.diag(np.exp(s * rates)) @ waves.T
    return kernel @ image @ kernel.T
