"""The book's UNet in PyTorch, layer for layer.

Parameters carry the names of the checkpoint file (`down.0.conv1.weight`, ...) and appear in its
order. Inside PyTorch images are [batch, channels, height, width] and convolution weights
[out, in, kh, kw]; `checkpoint.py` turns them into the file's HWIO and [in, out].
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class UNetConfig:
    """Fields and names as in the checkpoint's metadata; classes 0 means unconditional."""

    imageSize: int = 28
    channels: int = 1
    base: int = 16
    multipliers: tuple[int, ...] = (1, 2, 4)
    groups: int = 8
    classes: int = 10

    def to_json(self) -> dict:
        return {"kind": "unet", **asdict(self), "multipliers": list(self.multipliers)}

    @staticmethod
    def from_json(fields: dict) -> "UNetConfig":
        if fields.get("kind") != "unet":
            raise ValueError(f"expected a model of kind 'unet', found {fields.get('kind')!r}")
        values = {k: v for k, v in fields.items() if k != "kind"}
        return UNetConfig(**{**values, "multipliers": tuple(values["multipliers"])})


def time_features(t: Tensor, dim: int, T: int) -> Tensor:
    """[batch] steps in 1..T -> [batch, dim]: float64: sines, then cosines, of dim/2 frequencies."""
    half = dim // 2
    frequency = torch.exp(-math.log(10000.0) * torch.arange(half, dtype=torch.float64) / half)
    angle = (t.double() * (1000.0 / T))[:, None] * frequency[None, :]
    return torch.cat([angle.sin(), angle.cos()], dim=1)


class GroupNorm(nn.Module):
    """Group normalisation with the file's names for scale and shift."""

    def __init__(self, channels: int, groups: int):
        super().__init__()
        self.groups = min(groups, channels)
        self.gamma = nn.Parameter(torch.ones(channels))
        self.beta = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        return F.group_norm(x, self.groups, self.gamma, self.beta, eps=1e-5)


def kaiming(layer: nn.Module, zero: bool = False) -> nn.Module:
    """Weights uniform in +-sqrt(3 / fan in), or zero; biases zero."""
    bound = 0.0 if zero else math.sqrt(3.0 / layer.weight[0].numel())
    nn.init.uniform_(layer.weight, -bound, bound)
    nn.init.zeros_(layer.bias)
    return layer


def conv(inputs: int, outputs: int, size: int = 3, zero: bool = False) -> nn.Conv2d:
    return kaiming(nn.Conv2d(inputs, outputs, size, padding=size // 2), zero)


def dense(inputs: int, outputs: int) -> nn.Linear:
    return kaiming(nn.Linear(inputs, outputs))


class Block(nn.Module):
    """Residual block. `conv2` starts at zero, so that a fresh block is its own short cut."""

    def __init__(self, inputs: int, outputs: int, time_dim: int, groups: int):
        super().__init__()
        self.norm1 = GroupNorm(inputs, groups)
        self.conv1 = conv(inputs, outputs)
        self.time = dense(time_dim, outputs)
        self.norm2 = GroupNorm(outputs, groups)
        self.conv2 = conv(outputs, outputs, zero=True)
        self.skip = conv(inputs, outputs, size=1) if inputs != outputs else nn.Identity()

    def forward(self, x: Tensor, activated: Tensor) -> Tensor:
        h = self.conv1(F.silu(self.norm1(x)))
        h = h + self.time(activated)[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h)))
        return h + self.skip(x)


class ClassTable(nn.Module):
    """One row per class and a last one, the null class, for the unconditional prediction."""

    def __init__(self, classes: int, dim: int):
        super().__init__()
        self.embedding = nn.Parameter(torch.randn(classes + 1, dim) * 0.02)


class UNet(nn.Module):
    """(x [batch, channels, size, size], t [batch], labels [batch]) -> prediction shaped as x."""

    def __init__(self, config: UNetConfig, T: int = 1000):
        super().__init__()
        self.config, self.T, self.time_dim = config, T, 4 * config.base
        widths = [config.base * m for m in config.multipliers]
        block = lambda i, o: Block(i, o, self.time_dim, config.groups)  # noqa: E731
        self.time = nn.ModuleDict(
            {"dense1": dense(self.time_dim, self.time_dim), "dense2": dense(self.time_dim, self.time_dim)}
        )
        # `class` and `in` are Python keywords: registered by name, because the file's names rule.
        if config.classes > 0:
            self.add_module("class", ClassTable(config.classes, self.time_dim))
        self.add_module("in", conv(config.channels, config.base))
        down = [block(i, o) for i, o in zip([config.base, *widths], widths)]
        self.down = nn.ModuleDict({str(i): b for i, b in enumerate(down)})
        self.middle = block(widths[-1], widths[-1])
        # Level i receives the level below's channels (the middle's at the bottom) beside its skip.
        below = [*widths[1:], widths[-1]]
        self.up = nn.ModuleDict(
            {str(i): block(below[i] + w, w) for i, w in reversed(list(enumerate(widths)))}
        )
        self.out = nn.ModuleDict(
            {"norm": GroupNorm(widths[0], config.groups), "conv": conv(widths[0], config.channels, zero=True)}
        )

    def forward(self, x: Tensor, t: Tensor, labels: "Tensor | None" = None) -> Tensor:
        features = time_features(t, self.time_dim, self.T).to(x.dtype)
        emb = self.time["dense2"](F.silu(self.time["dense1"](features)))
        if self.config.classes > 0:
            emb = emb + getattr(self, "class").embedding[labels]
        activated = F.silu(emb)
        h, skips, last = getattr(self, "in")(x), [], len(self.down) - 1
        for i in range(last + 1):
            h = self.down[str(i)](h, activated)
            skips.append(h)
            h = F.avg_pool2d(h, 2) if i < last else h
        h = self.middle(h, activated)
        for i in range(last, -1, -1):
            h = self.up[str(i)](torch.cat([h, skips[i]], dim=1), activated)
            h = F.interpolate(h, scale_factor=2, mode="nearest") if i > 0 else h
        return self.out["conv"](F.silu(self.out["norm"](h)))


def count_parameters(model: nn.Module) -> int:
    return sum(p.numel() for p in model.parameters())
