"""Reads IDX files (LeCun's format of MNIST), plain or gzipped."""

import gzip
import struct
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .folders import FOLDERS

PREFIXES = {"train": "train", "test": "t10k"}


def read_idx(path: Path) -> np.ndarray:
    """Unsigned bytes of any rank; the header gives the rank and the sizes, big-endian."""
    raw = path.read_bytes()
    data = gzip.decompress(raw) if path.suffix == ".gz" else raw
    zero, kind, rank = struct.unpack(">HBB", data[:4])
    if zero != 0 or kind != 0x08:
        raise ValueError(f"{path}: expected an IDX file of unsigned bytes, found header {data[:4].hex()}")
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    body = np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * rank)
    if body.size != int(np.prod(shape)):
        raise ValueError(f"{path}: the header promises {shape}, the file holds {body.size} bytes")
    return body.reshape(shape)


def find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            return path
    raise FileNotFoundError(f"{folder / name}[.gz] is missing: give --data the folder that holds it")


def load(data: str, dataset: str, split: str) -> tuple[Tensor, Tensor]:
    """Images uint8 [n, 1, 28, 28] and labels int64 [n]."""
    folder, prefix = Path(data) / FOLDERS[dataset], PREFIXES[split]
    images = read_idx(find(folder, f"{prefix}-images-idx3-ubyte"))
    labels = read_idx(find(folder, f"{prefix}-labels-idx1-ubyte"))
    if len(images) != len(labels):
        raise ValueError(f"{folder}: {len(images)} images but {len(labels)} labels")
    return torch.from_numpy(images.copy())[:, None], torch.from_numpy(labels.copy()).long()


def to_range(images: Tensor) -> Tensor:
    """uint8 0..255 -> float32 in [-1, 1]."""
    return images.float() / 127.5 - 1
