"""Writes the fixtures that hold the browser's UNet to this one (to 1e-4).

    python3 python/fixture.py --out tests/fixtures/twin

small.safetensors  8 x 8, two levels, 3 classes, T = 400, batch 2: output and, for the loss
                   mean((output - target)^2), the gradient of every parameter.
bench.safetensors  28 x 28, the bench model of 147,745 parameters, weights in F16, one image: output.
Beside the parameters a file holds fixture.{x,t,labels,output,target,loss} and gradient.NAME, all F32,
images as [batch, height, width, channels]. All is computed in float64 from the stored weights.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from from_noise.checkpoint import DTYPES, FORMAT, to_disk, write_safetensors
from from_noise.unet import UNet, UNetConfig


def randomise(model: UNet) -> None:
    """No parameter stays zero, so that none can be left out unseen; activations stay near 1."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if name.endswith("gamma"):
                p.copy_(1 + 0.2 * torch.randn(p.shape))
            elif p.ndim == 1:
                p.copy_(0.1 * torch.randn(p.shape))
            elif name == "class.embedding":
                p.copy_(0.5 * torch.randn(p.shape))
            else:
                p.copy_(torch.randn(p.shape) / p[0].numel() ** 0.5)


def write(path: Path, config: UNetConfig, T: int, t: list[int], labels: list[int], dtype: str, grad: bool) -> None:
    model = UNet(config, T)
    randomise(model)
    parameters = {n: to_disk(n, p).astype(DTYPES[dtype]) for n, p in model.named_parameters()}
    with torch.no_grad():  # compute with the weights as stored
        for p in model.parameters():
            p.copy_(torch.from_numpy(p.numpy().astype(DTYPES[dtype]).astype(np.float32)))
    model.double()
    shape = (len(t), config.channels, config.imageSize, config.imageSize)
    x, target = torch.randn(shape), torch.randn(shape)
    output = model(x.double(), torch.tensor(t), torch.tensor(labels) if labels else None)
    images = lambda v: v.detach().float().permute(0, 2, 3, 1).contiguous().numpy()  # noqa: E731
    numbers = lambda v: np.asarray(v, dtype=np.float32)  # noqa: E731
    extra = {"fixture.x": images(x), "fixture.t": numbers(t), "fixture.output": images(output)}
    if labels:
        extra["fixture.labels"] = numbers(labels)
    if grad:
        loss = ((output - target.double()) ** 2).mean()
        loss.backward()
        extra |= {"fixture.target": images(target), "fixture.loss": numbers([loss.item()])}
        extra |= {f"gradient.{n}": to_disk(n, gradient(p)) for n, p in model.named_parameters()}
    diffusion = {"schedule": "cosine", "T": T, "prediction": "v"}
    described = {"model": config.to_json(), "diffusion": diffusion, "dataset": "digits"}
    record = {"command": "python3 python/fixture.py --out tests/fixtures/twin", "seed": 7}
    metadata = {"format": FORMAT, "config": json.dumps(described), "record": json.dumps(record)}
    write_safetensors(path, parameters | extra, metadata)
    print(f"{path}: {path.stat().st_size} bytes, output's deviation {output.std().item():.3f}")


def gradient(p: Tensor) -> Tensor:
    assert p.grad is not None and p.grad.abs().max() > 0
    return p.grad


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", required=True, type=Path)
    out = parser.parse_args().out
    torch.manual_seed(7)
    small = UNetConfig(imageSize=8, base=8, multipliers=(1, 2), groups=4, classes=3)
    write(out / "small.safetensors", small, 400, [7, 311], [1, 3], "F32", grad=True)
    bench = UNetConfig(imageSize=28, base=16, multipliers=(1, 2, 2), groups=8, classes=0)
    write(out / "bench.safetensors", bench, 1000, [500], [], "F16", grad=False)


if __name__ == "__main__":
    main()
