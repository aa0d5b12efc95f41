/** How a file of weights is read in Python, with nothing but NumPy: a header of JSON, then the numbers of each tensor. */

/** Three lines after which `weights` holds every tensor of the file by its name. Exported weights are F32, shipped ones F16. */
export const pythonLines = (file: string): string =>
  [
    `import json, numpy as np; raw = open(${JSON.stringify(file)}, "rb").read()`,
    'start = 8 + int.from_bytes(raw[:8], "little"); head = json.loads(raw[8:start]); info = head.pop("__metadata__")',
    `weights = {k: np.frombuffer(raw[start:][slice(*t["data_offsets"])], f"<{t['dtype'][0].lower()}{int(t['dtype'][1:]) // 8}").reshape(t["shape"]) for k, t in head.items()}`,
  ].join('\n');
