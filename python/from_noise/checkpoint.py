"""safetensors codec and the layouts of the book's checkpoint files.

On disk: convolutions HWIO [kh, kw, in, out], dense layers [in, out], little-endian F16 or F32.
The metadata holds `format`, `config` (JSON), `record` (JSON) and `crc32` (of the data, hexadecimal), all strings.
"""

import json
import struct
import zlib
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .unet import UNet, UNetConfig

FORMAT = "from-noise/1"
DTYPES = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4"), "I32": np.dtype("<i4")}
LONGEST_HEADER = 1 << 20  # bytes; a header of a few dozen tensors takes a few thousand


def checksum(data: "bytes | memoryview") -> str:
    return f"{zlib.crc32(data):08x}"


def write_safetensors(path: Path, tensors: dict[str, np.ndarray], metadata: dict[str, str]) -> None:
    """Arrays are stored in the order given and in their own dtype (one of DTYPES)."""
    codes = {dtype: code for code, dtype in DTYPES.items()}
    header: dict = {}
    bodies, offset = [], 0
    for name, array in tensors.items():
        body = np.ascontiguousarray(array).tobytes()
        code = codes[array.dtype.newbyteorder("<")]
        header[name] = {
            "dtype": code,
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(body)],
        }
        bodies.append(body)
        offset += len(body)
    data = b"".join(bodies)
    header = {"__metadata__": {**metadata, "crc32": checksum(data)}, **header}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)  # the format asks for data aligned to eight bytes
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(path: Path) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    raw = path.read_bytes()
    if len(raw) < 8:
        raise ValueError(f"{path}: expected a header of 8 bytes, found {len(raw)}")
    (length,) = struct.unpack("<Q", raw[:8])
    if length > LONGEST_HEADER or 8 + length > len(raw):
        raise ValueError(f"{path}: a header of {length} bytes in a file of {len(raw)}")
    header = json.loads(raw[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    data, tensors = memoryview(raw)[8 + length :], {}
    expected = metadata.pop("crc32", None)  # older files have none
    if expected is not None and expected != checksum(data):
        raise ValueError(f"{path}: damaged: the CRC-32 of its numbers should be {expected}, but is {checksum(data)}")
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        dtype, shape = DTYPES[entry["dtype"]], tuple(entry["shape"])
        if not 0 <= begin <= end <= len(data) or end - begin != dtype.itemsize * int(np.prod(shape)):
            raise ValueError(f"{path}: {name} {shape} claims bytes {begin} to {end} of {len(data)}")
        tensors[name] = np.frombuffer(data[begin:end], dtype=dtype).reshape(shape)
    return tensors, metadata


def to_disk(name: str, value: Tensor) -> np.ndarray:
    """PyTorch layout -> file layout, F32. The class table has rows by class in both."""
    if value.ndim == 4:
        value = value.permute(2, 3, 1, 0)
    elif value.ndim == 2 and name.endswith(".weight"):
        value = value.t()
    return value.detach().float().contiguous().numpy()


def from_disk(name: str, array: np.ndarray) -> Tensor:
    value = torch.from_numpy(array.astype(np.float32))
    if value.ndim == 4:
        return value.permute(3, 2, 0, 1).contiguous()
    return value.t().contiguous() if value.ndim == 2 and name.endswith(".weight") else value


def load_parameters(model: nn.Module, tensors: dict[str, np.ndarray]) -> None:
    """Every parameter must be in the file, with its shape; the file must hold no other name."""
    wanted = dict(model.named_parameters())
    if wanted.keys() != tensors.keys():
        raise ValueError(f"names differ: {sorted(wanted.keys() ^ tensors.keys())}")
    with torch.no_grad():
        for name, parameter in wanted.items():
            value = from_disk(name, tensors[name])
            if value.shape != parameter.shape:
                raise ValueError(f"{name}: expected {parameter.shape}, found {value.shape}")
            parameter.copy_(value)


def save_unet(path: Path, parameters: dict[str, Tensor], config: dict, record: dict, dtype: str) -> None:
    arrays = {name: to_disk(name, p).astype(DTYPES[dtype]) for name, p in parameters.items()}
    metadata = {"format": FORMAT, "config": json.dumps(config), "record": json.dumps(record)}
    write_safetensors(path, arrays, metadata)


def load_unet(path: Path) -> tuple[UNet, dict, dict]:
    """-> model, config {model, diffusion, dataset}, record."""
    tensors, metadata = read_safetensors(path)
    if metadata.get("format") != FORMAT:
        raise ValueError(f"{path}: expected format {FORMAT!r}, found {metadata.get('format')!r}")
    config = json.loads(metadata["config"])
    model = UNet(UNetConfig.from_json(config["model"]), config["diffusion"]["T"])
    load_parameters(model, tensors)
    return model, config, json.loads(metadata["record"])
