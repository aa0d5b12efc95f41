"""Trains the digit classifier and writes it with its record.

    python3 python/classify.py --data DIR --out public/checkpoints/classifier.safetensors
"""

import argparse
import json
import math
import shlex
import sys
from datetime import datetime, timezone
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from from_noise import data
from from_noise.classifier import Classifier, load_classifier, predict, save_classifier


def shifted(images: Tensor, generator: torch.Generator) -> Tensor:
    """A window of the images padded by 2 pixels: one random shift of -2..2 for the whole batch."""
    dy, dx = torch.randint(0, 5, (2,), generator=generator).tolist()
    return F.pad(images, (2, 2, 2, 2), value=-1.0)[:, :, dy : dy + 28, dx : dx + 28]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", required=True, help="folder that holds mnist/ or digits/")
    parser.add_argument("--dataset", choices=("mnist", "digits"), default="mnist")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    generator = torch.Generator().manual_seed(args.seed)
    model = Classifier()
    optimizer = torch.optim.Adam(model.parameters())
    images, labels = data.load(args.data, args.dataset, "train")
    per_epoch = len(images) // args.batch
    total, step = args.epochs * per_epoch, 0
    for epoch in range(args.epochs):
        for index in torch.randperm(len(images), generator=generator).split(args.batch):
            x = shifted(data.to_range(images[index]), generator)
            optimizer.param_groups[0]["lr"] = args.lr * 0.5 * (1 + math.cos(math.pi * step / total))
            loss = F.cross_entropy(model(x), labels[index])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            step += 1
        print(f"epoch {epoch + 1}  loss of the last batch {loss.item():.4f}", flush=True)
    record = {
        "command": shlex.join(["python3", sys.argv[0], *sys.argv[1:]]),
        "seed": args.seed,
        "steps": step,
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
    }
    # The accuracy is that of the file as written: 16-bit weights, read back.
    save_classifier(args.out, model, record)
    test_images, test_labels = data.load(args.data, args.dataset, "test")
    guess = predict(load_classifier(args.out)[0], data.to_range(test_images)).argmax(dim=1)
    record["testAccuracy"] = round((guess == test_labels).float().mean().item(), 6)
    save_classifier(args.out, model, record)
    args.out.with_suffix(".json").write_text(json.dumps(record, indent=2) + "\n")
    print(record)


if __name__ == "__main__":
    main()
