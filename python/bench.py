"""Times the bench model (base 16, multipliers 1-2-2, 28 x 28, 147,745 parameters) in PyTorch on the CPU.

    python3 python/bench.py --threads 1 2 --batch 16 64 --repeat 20

Prints one JSON line per configuration: median milliseconds of a forward pass and of a training step (forward, backward,
Adam), the GFLOP of a step (multiply and add counted as two; backward as twice forward) and GFLOP per second.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn

from from_noise.unet import UNet, UNetConfig, count_parameters


def forward_flop(model: UNet) -> int:
    """Of one image: every convolution and dense layer of one forward pass, counted as it runs."""
    total = 0

    def count(layer: nn.Module, inputs: tuple, output: torch.Tensor) -> None:
        nonlocal total
        positions = output.numel() // layer.weight.shape[0]
        total += 2 * positions * layer.weight.numel()

    layers = [m for m in model.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    size = model.config.imageSize
    with torch.no_grad():
        model(torch.zeros(1, model.config.channels, size, size), torch.ones(1))
    for hook in hooks:
        hook.remove()
    return total


def median_ms(run: Callable[[], None], repeat: int) -> float:
    for _ in range(3):  # the first calls choose algorithms and allocate
        run()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(times), 2)


def measure(threads: int, batch: int, repeat: int) -> dict:
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    config = UNetConfig(base=16, multipliers=(1, 2, 2), classes=0)
    # The faster memory layout for the number of threads, as in train.py.
    layout = torch.contiguous_format if threads == 1 else torch.channels_last
    model = UNet(config).to(memory_format=layout)
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    x = torch.randn(batch, 1, 28, 28).contiguous(memory_format=layout)
    target, t = torch.randn_like(x), torch.randint(1, 1001, (batch,))

    def forward() -> None:
        with torch.no_grad():
            model(x, t)

    def step() -> None:
        optimizer.zero_grad(set_to_none=True)
        F.mse_loss(model(x, t), target).backward()
        optimizer.step()

    train_ms, gflop = median_ms(step, repeat), 3 * batch * forward_flop(model) / 1e9
    return {
        "engine": "pytorch",
        "backend": "cpu",
        "version": torch.__version__,
        "threads": threads,
        "model": "unet-16-1-2-2",
        "parameters": count_parameters(model),
        "batch": batch,
        "trainMs": train_ms,
        "forwardMs": median_ms(forward, repeat),
        "gflop": round(gflop, 3),
        "gflops": round(gflop / train_ms * 1000, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batch", type=int, nargs="+", default=[16, 64])
    parser.add_argument("--repeat", type=int, default=20)
    args = parser.parse_args()
    for threads in args.threads:
        for batch in args.batch:
            print(json.dumps(measure(threads, batch, args.repeat)), flush=True)


if __name__ == "__main__":
    main()
