"""A small digit classifier: it judges samples, and its 48 features serve Fréchet distances.

[-1, 1] images 28 x 28 x 1
  -> conv1 3x3, 16, ReLU, max pool 2 -> conv2 3x3, 32, ReLU, max pool 2 -> conv3 3x3, 32, ReLU
  -> flatten as [height, width, channel] (7 * 7 * 32 = 1568) -> dense1, 48, ReLU -> dense2, 10 logits.
All convolutions "same" with zero padding and bias.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .checkpoint import DTYPES, FORMAT, load_parameters, read_safetensors, to_disk, write_safetensors

CONFIG = {"kind": "classifier", "imageSize": 28, "channels": 1, "widths": [16, 32, 32], "features": 48, "classes": 10}


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.conv3 = nn.Conv2d(32, 32, 3, padding=1)
        self.dense1 = nn.Linear(7 * 7 * 32, 48)
        self.dense2 = nn.Linear(48, 10)

    def features(self, x: Tensor) -> Tensor:
        """[batch, 1, 28, 28] -> [batch, 48]"""
        h = F.max_pool2d(F.relu(self.conv1(x)), 2)
        h = F.max_pool2d(F.relu(self.conv2(h)), 2)
        h = F.relu(self.conv3(h))
        # Channels last before flattening: the order in which the browser holds images.
        return F.relu(self.dense1(h.permute(0, 2, 3, 1).flatten(1)))

    def forward(self, x: Tensor) -> Tensor:
        """[batch, 1, 28, 28] -> logits [batch, 10]"""
        return self.dense2(self.features(x))


@torch.no_grad()
def predict(model: Classifier, x: Tensor, batch: int = 500) -> Tensor:
    """-> probabilities [n, 10]"""
    return torch.cat([model(part).softmax(dim=1) for part in x.split(batch)])


def save_classifier(path: Path, model: Classifier, record: dict) -> None:
    arrays = {n: to_disk(n, p).astype(DTYPES["F16"]) for n, p in model.named_parameters()}
    config = {"model": CONFIG, "dataset": "mnist"}
    metadata = {"format": FORMAT, "config": json.dumps(config), "record": json.dumps(record)}
    write_safetensors(path, arrays, metadata)


def load_classifier(path: Path) -> tuple[Classifier, dict]:
    """-> model, record"""
    tensors, metadata = read_safetensors(path)
    model = Classifier()
    load_parameters(model, tensors)
    return model, json.loads(metadata["record"])
