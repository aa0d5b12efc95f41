"""The variational bound, in nats."""

import numpy as np

from .exact import entropy, finite_denoiser, normal_pdf
from .forward import posterior


def kl_gaussian(m1, v1, m2, v2):
    """KL(N(m1, v1) || N(m2, v2)) of one coordinate."""
    return 0.5 * (v1 / v2 - 1 - np.log(v1 / v2) + (m1 - m2) ** 2 / v2)


def kl_mixtures(p, q):
    """KL(p || q) of two mixtures on the line, each (weights, means, variances): a sum over a fine grid."""
    weights, means, variances = p
    reach = 12 * np.sqrt(variances)
    x = np.linspace(np.min(means - reach), np.max(means + reach), 4001)

    def log_density(mixture):
        w, m, v = (np.asarray(part)[:, None] for part in mixture)
        logs = np.log(w) - 0.5 * ((x - m) ** 2 / v + np.log(2 * np.pi * v))
        top = logs.max(axis=0)
        return top + np.log(np.exp(logs - top).sum(axis=0))

    log_p = log_density(p)
    return np.sum(np.exp(log_p) * (log_p - log_density(q))) * (x[1] - x[0])


def gaussian_term(beta, alpha_bar, t, squared_error, dimension, variance):
    """L_{t-1} of a bell with the mean that x0_hat gives; squared_error is E||x_0 - x0_hat||^2."""
    a, _, best = posterior(beta, alpha_bar, t)
    excess = best / variance - 1 - np.log(best / variance)
    return 0.5 * (dimension * excess + a**2 / variance * squared_error)


def best_variance(beta, alpha_bar, t, squared_error_per_pixel):
    """The variance at which `gaussian_term` is least."""
    a, _, narrow = posterior(beta, alpha_bar, t)
    return narrow + a**2 * squared_error_per_pixel


def interpolated_variance(beta, alpha_bar, t, f):
    """Improved DDPM eq. 15, t >= 2: f = 0 is the posterior's variance, f = 1 beta[t]."""
    narrow = posterior(beta, alpha_bar, t)[2]
    return np.exp(f * np.log(beta[t]) + (1 - f) * np.log(narrow))


def time_importance(losses, uniform=0.001):
    """Improved DDPM eq. 18: from the last losses of each t, a row for each, how often to draw t, and what to multiply its loss by."""
    roots = np.sqrt(np.mean(losses**2, axis=1))
    p = (1 - uniform) * roots / roots.sum() + uniform / len(roots)
    return p, 1 / (len(roots) * p)


def vlb_weight(beta, alpha_bar, t, variance):
    """DDPM eq. 12: the weight of ||eps - eps_theta||^2 in L_{t-1}."""
    return beta[t] ** 2 / (2 * variance * (1 - beta[t]) * (1 - alpha_bar[t]))


def prior_parts(data, weights, alpha_bar):
    """For one pixel with values `data`: I(x_0; x_T) and KL(q(x_T) || N(0, 1)), which add up to L_T."""
    signal, rest = np.sqrt(alpha_bar[-1]), 1 - alpha_bar[-1]
    end = weights, signal * data, np.full(len(data), rest)
    mismatch = kl_mixtures(end, ([1.0], [0.0], [1.0]))
    prior = np.sum(weights * kl_gaussian(signal * data, rest, 0, 1))
    return prior - mismatch, mismatch


def bound_by_marginals(data, weights, beta, alpha_bar, variance):
    """DDPM eq. 16 for one pixel: the start, each step t >= 2 with bells of variance[t], the entropy; and their sum.

    The last step, from t = 1, is the exact one and costs nothing.
    """
    _, start = prior_parts(data, weights, alpha_bar)
    steps = np.zeros(len(beta))
    for t in range(2, len(beta)):
        a, b, true_variance = posterior(beta, alpha_bar, t)
        signal, rest = np.sqrt(alpha_bar[t]), 1 - alpha_bar[t]
        reach = np.abs(signal * data).max() + 9 * np.sqrt(rest)
        for x in (grid := np.linspace(-reach, reach, 401)):
            density = weights * normal_pdf(x, signal * data, rest)
            gamma = density / density.sum()
            truth = gamma, a * data + b * x, np.full(len(data), true_variance)
            guess = a * finite_denoiser(data[:, None], weights, alpha_bar, t, np.array([x]))[0] + b * x
            steps[t] += density.sum() * kl_mixtures(truth, ([1.0], [guess], [variance[t]]))
        steps[t] *= grid[1] - grid[0]
    h = entropy(weights)
    return start, steps, h, start + steps.sum() + h
