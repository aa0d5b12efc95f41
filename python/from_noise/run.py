"""State of a training run: what a resumed run needs to go on where it stopped."""

import os
from pathlib import Path

import torch
from torch import Tensor

from .unet import UNet


class Run:
    """Model, Adam, averaged weights, counters and the random stream of one run."""

    def __init__(self, model: UNet, seed: int):
        self.model = model
        self.optimizer = torch.optim.Adam(model.parameters(), lr=0.0, betas=(0.9, 0.999), eps=1e-8)
        self.average = {n: p.detach().clone() for n, p in model.named_parameters()}
        self.generator = torch.Generator().manual_seed(seed)
        self.step, self.images, self.seconds = 0, 0, 0.0
        self.smoothed, self.resumed = 0.0, 0

    def update(self, loss: Tensor, learning_rate: float, ema_decay: float) -> float:
        """One Adam step (gradient norm clipped at 1), then the moving average of the weights."""
        self.optimizer.param_groups[0]["lr"] = learning_rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        # A short memory at first: else the average would remember the untrained weights.
        decay = min(ema_decay, (1 + self.step) / (10 + self.step))
        parameters = [p.detach() for p in self.model.parameters()]
        averages = list(self.average.values())
        torch._foreach_mul_(averages, decay)
        torch._foreach_add_(averages, parameters, alpha=1 - decay)
        value = loss.item()
        memory = min(0.998, 1 - 1 / self.step)  # a plain mean of the first 500 losses
        self.smoothed = memory * self.smoothed + (1 - memory) * value
        return value

    COUNTERS = ("step", "images", "seconds", "smoothed", "resumed")

    def save(self, path: Path) -> None:
        """Written beside and moved, so that a kill in mid-write leaves the last good file."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "generator": self.generator.get_state(),
            "counters": {k: getattr(self, k) for k in self.COUNTERS},
        }
        torch.save(state, f"{path}.part")
        os.replace(f"{path}.part", path)

    def restore(self, path: Path) -> None:
        state = torch.load(path)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average = state["average"]
        self.generator.set_state(state["generator"])
        for name, value in state["counters"].items():
            setattr(self, name, value)
