"""Samples a checkpoint, judges the samples with the classifier, writes the record and a picture.

    python3 python/evaluate.py --checkpoint public/checkpoints/mnist.safetensors \\
        --classifier public/checkpoints/classifier.safetensors --out public/checkpoints/mnist.json

Without --classifier it only samples. `recognised` is the share of samples whose most
probable class, by the classifier, is the class that was asked for. With --data also the Fréchet distance, on the
classifier's 48 features, of the samples to as many training images, beside that of test images to the same.
"""

import argparse
import json
import shlex
import sys
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from from_noise import data
from from_noise.checkpoint import load_unet
from from_noise.classifier import Classifier, load_classifier, predict
from from_noise.diffusion import cosine_alpha_bar, ddim
from from_noise.frechet import frechet
from from_noise.unet import count_parameters


def grid(images: Tensor, columns: int) -> Image.Image:
    """[n, 1, h, w] in [-1, 1] -> one grey picture, two pixels to a pixel, row by row."""
    n, _, h, w = images.shape
    rows = -(-n // columns)
    canvas = torch.full((rows * (h + 2), columns * (w + 2)), -1.0)
    for i in range(n):
        y, x = i // columns * (h + 2), i % columns * (w + 2)
        canvas[y : y + h, x : x + w] = images[i, 0]
    pixels = ((canvas.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    picture = Image.fromarray(pixels.numpy())
    return picture.resize((2 * picture.width, 2 * picture.height), Image.NEAREST)


@torch.no_grad()
def distances(classifier: Classifier, samples: Tensor, folder: str, name: str) -> dict:
    load = lambda split: data.to_range(data.load(folder, name, split)[0][: len(samples)])  # noqa: E731
    reference = classifier.features(load("train"))
    return {
        "samples": round(frechet(classifier.features(samples), reference), 2),
        "testImages": round(frechet(classifier.features(load("test")), reference), 2),
        "reference": f"the first {len(samples)} training images",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", required=True, type=Path)
    parser.add_argument("--classifier", type=Path)
    parser.add_argument("--data", help="folder that holds mnist/ or digits/")
    parser.add_argument("--out", type=Path, help="record (JSON)")
    parser.add_argument("--picture", type=Path, help="grid of samples (PNG), a class to a column")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--guidance", type=float, default=1.5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model, config, training = load_unet(args.checkpoint)
    size, channels = model.config.imageSize, model.config.channels
    generator = torch.Generator().manual_seed(args.seed)
    noise = torch.randn((args.count, channels, size, size), generator=generator)
    labels = torch.arange(args.count) % model.config.classes
    alpha_bar = cosine_alpha_bar(config["diffusion"]["T"])
    parts = [
        ddim(model, x, y, alpha_bar, args.steps, args.guidance)
        for x, y in zip(noise.split(100), labels.split(100))
    ]
    samples = torch.cat(parts)
    if args.picture:
        grid(samples[: 10 * model.config.classes], model.config.classes).save(args.picture)
    record = {
        **training,
        "parameters": count_parameters(model),
        "bytes": args.checkpoint.stat().st_size,
        "config": config,
    }
    if args.classifier:
        classifier, judge = load_classifier(args.classifier)
        hit = predict(classifier, samples).argmax(dim=1) == labels
        by_class = [round(hit[labels == k].float().mean().item(), 4) for k in range(model.config.classes)]
        record["recognised"] = {
            "share": round(hit.float().mean().item(), 4),
            "count": args.count,
            "byClass": by_class,
            "sampler": f"ddim, eta 0, {args.steps} steps",
            "guidanceScale": args.guidance,
            "seed": args.seed,
            "command": shlex.join(["python3", sys.argv[0], *sys.argv[1:]]),
        }
        record["classifierAccuracy"] = judge["testAccuracy"]
        if args.data:
            record["frechet"] = distances(classifier, samples, args.data, config["dataset"])
        print(record["recognised"], record.get("frechet", ""))
    if args.out:
        args.out.write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
