"""What is trained, and how it is asked for images."""

import numpy as np

from .forward import posterior


def weighted_mse(prediction, target, weights):
    """Squared error averaged over the pixels of each image, then over the images with their weights: loss, errors."""
    errors = np.mean((prediction - target).reshape(len(prediction), -1) ** 2, axis=1)
    return np.mean(weights * errors), errors


def ema_decay_at(decay, step):
    """How much of the average of the weights stays: less at the start, which would otherwise keep the random weights."""
    return min(decay, (1 + step) / (10 + step))


def ancestral_step(beta, alpha_bar, t, s, variance):
    """x_s = a x0_hat + b x_t + c z, DDPM Algorithm 2 for any s < t: the numbers a, b and c."""
    a, b, best = posterior(beta, alpha_bar, t, s)
    wide = 1 - alpha_bar[t] / alpha_bar[s]
    c = 0.0 if s == 0 else np.sqrt(wide if variance == "beta" else best)
    return a, b, c


def ddim_step(alpha_bar, t, s, eta):
    """x_s = a x0_hat + b eps_hat + c z, DDIM eq. 12 and 16: the numbers a, b and c."""
    variance = eta**2 * (1 - alpha_bar[s]) / (1 - alpha_bar[t]) * (1 - alpha_bar[t] / alpha_bar[s])
    return np.sqrt(alpha_bar[s]), np.sqrt(1 - alpha_bar[s] - variance), np.sqrt(variance)


def guided_prediction(free, conditional, guidance_scale):
    """Classifier-free guidance: from the answer without a class towards the one with it, and beyond."""
    return free + guidance_scale * (conditional - free)
