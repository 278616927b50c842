"""Keras' values for the tests of packages/models/src/losses: each loss' values, its gradient to the predictions, and reductions.

Run: KERAS_BACKEND=jax python3 tools/golden/losses.py   (Keras 3.15 on JAX; rewrites losses.json beside it)

In single precision, since what clipping does at probabilities of 0 and 1 depends on it.
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"

import jax
import numpy as np
from keras import losses
from keras.src.losses.loss import reduce_weighted_values

generator = np.random.default_rng(11)


def exact(values):
    """Values that single precision holds exactly."""
    return (np.round(np.asarray(values) * 64) / 64).astype("float32")


def normal(*shape):
    return exact(generator.normal(size=shape) * 2)


def positive(*shape):
    return exact(generator.uniform(0.05, 0.95, size=shape))


def bits(*shape):
    return generator.integers(0, 2, size=shape).astype("float32")


def one_hot(labels, classes):
    return np.eye(classes, dtype="float32")[labels]


LABELS = np.array([2, 0, 1, 3])
STEPS = np.array([[0, 2, 1], [3, 3, 0]])
EDGES = np.array([[0, 1, 0.5], [1, 0, 0.25]], dtype="float32")
HUGE = np.array([[1000, -1000, 0.5], [-1000, 1000, 3]], dtype="float32")

REGRESSION = ["MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "LogCosh", "CosineSimilarity", "Huber"]

# (name of the case, class, options, targets, predictions)
CASES = []
for name in REGRESSION:
    CASES.append((name, name, {}, normal(4, 3), normal(4, 3)))
    CASES.append((f"{name}/steps", name, {}, normal(2, 3, 4), normal(2, 3, 4)))
CASES += [
    ("MeanSquaredError/targets without the last axis", "MeanSquaredError", {}, normal(4), normal(4, 1)),
    ("MeanSquaredError/targets with one more axis", "MeanSquaredError", {}, normal(4, 3, 1), normal(4, 3)),
    ("LogCosh/huge", "LogCosh", {}, np.zeros((2, 3), "float32"), HUGE),
    ("CosineSimilarity/zero", "CosineSimilarity", {}, normal(2, 3), np.array([[0, 0, 0], [1, 2, -1]], "float32")),
    ("Huber/delta", "Huber", {"delta": 0.5}, normal(4, 3), normal(4, 3)),
    ("MeanSquaredLogarithmicError", "MeanSquaredLogarithmicError", {}, np.abs(normal(4, 3)), normal(4, 3)),
    ("Poisson", "Poisson", {}, exact([[0, 2, 5], [1, 0, 3]]), positive(2, 3) * 4),
    ("KLDivergence", "KLDivergence", {}, positive(4, 3), positive(4, 3)),
    ("KLDivergence/edges", "KLDivergence", {}, exact([[0, 1, 0.5], [0.25, 0.5, 0.25]]), exact([[0.5, 0.75, 0.5], [0.25, 0.5, 0.75]])),
    ("Hinge", "Hinge", {}, bits(4, 3), normal(4, 3)),
    ("Hinge/signs", "Hinge", {}, bits(4, 3) * 2 - 1, normal(4, 3)),
    ("SquaredHinge", "SquaredHinge", {}, bits(4, 3), normal(4, 3)),
    ("CategoricalHinge", "CategoricalHinge", {}, one_hot(LABELS, 4), normal(4, 4)),
]
for smoothing in (0.0, 0.25):
    for logits in (False, True):
        options = {"from_logits": logits, "label_smoothing": smoothing}
        name = f"{'/logits' if logits else ''}{'/smoothing' if smoothing else ''}"
        make = normal if logits else positive
        CASES += [
            (f"BinaryCrossentropy{name}", "BinaryCrossentropy", options, bits(4, 3), make(4, 3)),
            (f"CategoricalCrossentropy{name}", "CategoricalCrossentropy", options, one_hot(LABELS, 4), make(4, 4)),
            (f"CategoricalCrossentropy{name}/steps", "CategoricalCrossentropy", options, positive(2, 3, 4), make(2, 3, 4)),
        ]
for logits in (False, True):
    name = "/logits" if logits else ""
    make = normal if logits else positive
    sparse = "SparseCategoricalCrossentropy"
    CASES += [
        (f"{sparse}{name}", sparse, {"from_logits": logits}, LABELS, make(4, 4)),
        (f"{sparse}{name}/column", sparse, {"from_logits": logits}, LABELS[:, None], make(4, 4)),
        (f"{sparse}{name}/steps", sparse, {"from_logits": logits}, STEPS, make(2, 3, 4)),
        (f"{sparse}{name}/ignored", sparse, {"from_logits": logits, "ignore_class": 3}, STEPS, make(2, 3, 4)),
        (f"{sparse}{name}/ignored -1", sparse, {"from_logits": logits, "ignore_class": -1}, np.array([2, -1, 0]), make(3, 4)),
    ]
CASES += [
    ("BinaryCrossentropy/one output", "BinaryCrossentropy", {}, bits(4), positive(4, 1)),
    ("BinaryCrossentropy/edges", "BinaryCrossentropy", {}, np.array([[0, 0, 1], [1, 1, 0]], "float32"), EDGES),
    ("CategoricalCrossentropy/edges", "CategoricalCrossentropy", {}, one_hot(np.array([0, 0]), 3), np.array([[0, 0.25, 0.75], [1, 0, 0]], "float32")),
    ("BinaryCrossentropy/logits/huge", "BinaryCrossentropy", {"from_logits": True}, np.array([[0, 1, 1], [1, 1, 0]], "float32"), HUGE),
    ("CategoricalCrossentropy/logits/huge", "CategoricalCrossentropy", {"from_logits": True}, one_hot(np.array([1, 1]), 3), HUGE),
    ("SparseCategoricalCrossentropy/logits/huge", "SparseCategoricalCrossentropy", {"from_logits": True}, np.array([1, 2]), HUGE),
]


def digits(values):
    return [float(f"{value:.8g}") for value in np.asarray(values, dtype="float64").ravel()]


def tensor(values):
    return {"shape": list(np.shape(values)), "values": digits(values)}


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


golden = {"cases": {}, "reductions": []}
for name, class_name, options, y_true, y_pred in CASES:
    loss = getattr(losses, class_name)(**options)
    targets = y_true.astype("float32")
    values = loss.call(targets, y_pred)
    gradient = jax.grad(lambda predictions: loss.call(targets, predictions).sum())(y_pred)
    golden["cases"][name] = {
        "className": class_name,
        "options": {camel(key): value for key, value in options.items()},
        "yTrue": tensor(y_true),
        "yPred": tensor(y_pred),
        "values": tensor(values),
        # Keras' gradient at a vector of length 0 is NaN.
        "gradient": None if np.isnan(gradient).any() else digits(gradient),
    }

VALUES = normal(3, 4)
MASK = np.array([[1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]], dtype=bool)
for weights, mask in [
    (None, None),
    (exact([0.5, 2, 0]), None),
    (exact(generator.uniform(size=(3, 4))), None),
    (None, MASK),
    (exact(generator.uniform(size=(3, 4))), MASK),
    (exact([[0.5], [2], [1]]), MASK),
    (None, np.zeros((3, 4), dtype=bool)),
]:
    # Keras cannot spread weights of samples over steps: it is given them spread.
    spread = None if weights is None else np.broadcast_to(weights[:, None] if weights.ndim == 1 else weights, VALUES.shape)
    mean = reduce_weighted_values(VALUES, sample_weight=spread, mask=mask)
    golden["reductions"].append(
        {
            "values": tensor(VALUES),
            "weights": None if weights is None else tensor(weights),
            "mask": None if mask is None else tensor(mask),
            "mean": digits(mean)[0],
        }
    )

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
