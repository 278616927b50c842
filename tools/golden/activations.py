"""Writes activations.json: Keras' activation functions and their gradients, for the ops' tests.

Run as `KERAS_BACKEND=jax python3 tools/golden/activations.py` with Keras 3.15 and jax installed.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
import jax
import keras
import numpy as np

# Away from the kinks of all of them, and far enough out for an exponential that overflows to show.
X = np.array(
    [[-60, -7.3, -3.5, -2.2], [-1.4, -0.9, -0.3, -0.05], [0.04, 0.4, 0.7, 1.3], [2.6, 3.7, 6.8, 60]], dtype="float32"
)
WEIGHTS = np.round(np.random.default_rng(1).normal(0, 1, X.shape), 3).astype("float32")
# threshold has no defaults; what Keras 3.15 computes as sparsemax does not sum to 1.
UNUSABLE = ("threshold", "sparsemax")
CASES = [
    *[(name, {}) for name in sorted(keras.src.activations.ALL_OBJECTS_DICT) if name not in UNUSABLE],
    ("relu", {"negative_slope": 0.1}),
    ("relu", {"max_value": 3.0}),
    ("relu", {"max_value": 6.0, "negative_slope": 0.2}),
    ("relu", {"threshold": 1.0}),
    ("relu", {"threshold": 1.0, "negative_slope": 0.25, "max_value": 5.0}),
    ("leaky_relu", {"negative_slope": 0.3}),
    ("elu", {"alpha": 0.5}),
    ("celu", {"alpha": 2.0}),
    ("gelu", {"approximate": True}),
    ("squareplus", {"b": 1.0}),
    ("soft_shrink", {"threshold": 1.0}),
    ("hard_shrink", {"threshold": 1.0}),
    ("threshold", {"threshold": 0.5, "default_value": -2.0}),
    *[(name, {"axis": 0}) for name in ("softmax", "log_softmax", "glu")],
]


def rounded(array):
    return [float(f"{v:.7g}") for v in np.asarray(array).reshape(-1)]


def case(name, options):
    function = getattr(keras.activations, name)
    run = lambda x: function(x, **options)
    output = run(X)
    weights = WEIGHTS.reshape(-1)[: output.size].reshape(output.shape)
    gradient = jax.grad(lambda x: (run(x) * weights).sum())(X)
    return {"name": name, "options": options, "shape": list(output.shape), "output": rounded(output), "gradient": rounded(gradient)}


golden = {"x": X.tolist(), "weights": rounded(WEIGHTS), "cases": [case(*arguments) for arguments in CASES]}
golden["x"] = [[float(f"{v:.7g}") for v in row] for row in golden["x"]]
text = json.dumps(golden, separators=(",", ":")).replace('{"name"', '\n{"name"')
Path(__file__).with_suffix(".json").write_text(text + "\n")
