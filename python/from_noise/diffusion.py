"""Schedule, training loss and DDIM sampler of the twin.

Notation: t runs from 1 to T, index 0 is clean data, alphaBar_t = prod (1 - beta_s).
x_t = sqrt(alphaBar_t) x_0 + sqrt(1 - alphaBar_t) epsilon
v   = sqrt(alphaBar_t) epsilon - sqrt(1 - alphaBar_t) x_0
"""

import math

import torch
from torch import Tensor


def cosine_alpha_bar(T: int, s: float = 0.008, largest_beta: float = 0.999) -> Tensor:
    """Nichol & Dhariwal's schedule -> float64 [T + 1]; the product of the *clipped* 1 - beta."""
    f = [math.cos((t / T + s) / (1 + s) * math.pi / 2) ** 2 for t in range(T + 1)]
    alpha_bar = [1.0]
    for t in range(1, T + 1):
        beta = min(1 - f[t] / f[t - 1], largest_beta)
        alpha_bar.append(alpha_bar[-1] * (1 - beta))
    return torch.tensor(alpha_bar, dtype=torch.float64)


def training_pair(x0: Tensor, t: Tensor, noise: Tensor, alpha_bar: Tensor) -> tuple[Tensor, Tensor]:
    """Noisy input and velocity target, both shaped as x0 [batch, c, h, w]; t is [batch]."""
    signal = alpha_bar[t].sqrt().float()[:, None, None, None]
    spread = (1 - alpha_bar[t]).sqrt().float()[:, None, None, None]
    return signal * x0 + spread * noise, signal * noise - spread * x0


def drop_labels(labels: Tensor, classes: int, probability: float, generator: torch.Generator) -> Tensor:
    """Replace each label by the null class (= classes) with the given probability."""
    dropped = torch.rand(labels.shape, generator=generator) < probability
    return torch.where(dropped, torch.full_like(labels, classes), labels)


def timesteps(T: int, steps: int) -> list[int]:
    """Strictly decreasing from T to 0, evenly spread, halves rounded up: steps + 1 entries."""
    return [math.floor(T * (steps - i) / steps + 0.5) for i in range(steps + 1)]


def guided(model, x: Tensor, t: Tensor, labels: Tensor, guidance_scale: float) -> Tensor:
    """Classifier-free guidance: uncond + g (cond - uncond); one forward of twice the batch."""
    if guidance_scale == 1:
        return model(x, t, labels)
    null = torch.full_like(labels, model.config.classes)
    both = model(torch.cat([x, x]), torch.cat([t, t]), torch.cat([labels, null]))
    conditional, unconditional = both.chunk(2)
    return unconditional + guidance_scale * (conditional - unconditional)


@torch.no_grad()
def ddim(model, x: Tensor, labels: Tensor, alpha_bar: Tensor, steps: int, guidance_scale: float) -> Tensor:
    """Deterministic DDIM (eta = 0) from noise x to images in [-1, 1]; x_0 is clipped each step."""
    T = len(alpha_bar) - 1
    path = timesteps(T, steps)
    for t, s in zip(path, path[1:]):
        signal, spread = math.sqrt(alpha_bar[t]), math.sqrt(1 - alpha_bar[t])
        velocity = guided(model, x, torch.full((len(x),), t), labels, guidance_scale)
        x0 = (signal * x - spread * velocity).clamp(-1, 1)
        # After clipping, the noise that x_t holds is the one consistent with the clipped x_0.
        noise = (x - signal * x0) / spread
        x = math.sqrt(alpha_bar[s]) * x0 + math.sqrt(1 - alpha_bar[s]) * noise
    return x
