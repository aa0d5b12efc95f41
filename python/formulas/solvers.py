"""NumPy twins of formulas: solvers of the probability-flow ODE."""

import numpy as np


def preconditioning(signal, noise, sigma_data=0.5):
    """EDM's c_skip, c_out, c_in and c_noise at x = signal x_0 + noise eps (2206.00364, table 1)."""
    variance = noise**2 + (signal * sigma_data) ** 2
    skip = signal * sigma_data**2 / variance
    output = noise * sigma_data / np.sqrt(variance)
    return skip, output, 1 / np.sqrt(variance), np.log(noise / signal) / 4


def karras_grid(n, sigma_min, sigma_max, rho=7):
    """n noise levels, even in sigma**(1/rho), and then 0 (2206.00364 eq. 5)."""
    u = np.arange(n) / (n - 1)
    roots = (1 - u) * sigma_max ** (1 / rho) + u * sigma_min ** (1 / rho)
    return np.append(roots**rho, 0)
