"""The named formulas of the book in NumPy: each beside its TypeScript on the page, and held to its numbers by a test.

A chain is two arrays that start at t = 0: `beta` (beta[0] = 0) and `alpha_bar`, the running product of 1 - beta.
"""

from .bound import (
    best_variance,
    bound_by_marginals,
    gaussian_term,
    interpolated_variance,
    kl_gaussian,
    kl_mixtures,
    prior_parts,
    time_importance,
    vlb_weight,
)
from .exact import conversion_at, entropy, finite_denoiser, floor_factor, normal_pdf, reverse_kernel
from .flow import coupled_flow, straight, straightness
from .forward import (
    diffuse,
    forward_step,
    heat,
    log_snr,
    noise_shares,
    ornstein_uhlenbeck,
    posterior,
    time_features,
)
from .network import ancestral_step, ddim_step, ema_decay_at, guided_prediction, weighted_mse
from .solvers import karras_grid, preconditioning
