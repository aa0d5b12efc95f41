"""The folder of each data set: as the book's own record of its sources has them, and the drawn digits (dump-digits.ts)."""

import json
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src/lib/data/sources.json"
FOLDERS = {name: source["folder"] for name, source in json.loads(SOURCES.read_text()).items()} | {"digits": "digits"}
