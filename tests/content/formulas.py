"""Answers calls of the formulas' NumPy twins: [name, arguments] in, flat lists of numbers out, as JSON."""

import json
import sys

import numpy as np

sys.path.insert(0, "python")
import formulas  # noqa: E402


def flat(value):
    if isinstance(value, tuple):
        return [number for part in value for number in flat(part)]
    return [float(v) if np.isfinite(v) else None for v in np.ravel(value)]


calls = json.load(sys.stdin)
given = [[np.array(a, dtype=float) if isinstance(a, list) else a for a in args] for _, args in calls]
json.dump([flat(getattr(formulas, name)(*args)) for (name, _), args in zip(calls, given)], sys.stdout)
