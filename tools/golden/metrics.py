"""Keras' values for the tests of packages/models/src/metrics: each metric over two batches, with and without sample weights.

Run: KERAS_BACKEND=jax python3 tools/golden/metrics.py   (Keras 3.15 on JAX; rewrites metrics.json beside it)
"""

import json
import os
import pathlib
import re

os.environ["KERAS_BACKEND"] = "jax"

import numpy as np
from keras import metrics

generator = np.random.default_rng(13)


def exact(values):
    """Values that single precision holds exactly."""
    return (np.round(np.asarray(values) * 64) / 64).astype("float32")


def normal(*shape):
    return exact(generator.normal(size=shape) * 2)


def positive(*shape):
    return exact(generator.uniform(0.05, 0.95, size=shape))


def scores(*shape):
    """Probabilities off every threshold."""
    return (np.round(generator.uniform(0.01, 0.99, size=shape) * 1000) / 1000 + 1 / 4096).astype("float32")


def bits(*shape):
    return generator.integers(0, 2, size=shape).astype("float32")


def labels(*shape):
    return generator.integers(0, 4, size=shape).astype("float32")


def one_hot(*shape):
    return np.eye(4, dtype="float32")[generator.integers(0, 4, size=shape)]


# (class, options, what makes targets, what makes predictions, shape of targets, shape of predictions, weights?)
NUMBERS = (normal, normal, (3, 2), (3, 2))
BINARY = (bits, scores, (12,), (12, 1))
MANY = (bits, scores, (12, 3), (12, 3))
CATEGORIES = (one_hot, scores, (8,), (8, 4))
SPARSE = (labels, scores, (8,), (8, 4))
CASES = [
    ("BinaryAccuracy", {}, BINARY),
    ("BinaryAccuracy", {"threshold": 0.25}, MANY),
    ("CategoricalAccuracy", {}, CATEGORIES),
    ("CategoricalAccuracy", {}, (one_hot, scores, (3, 5), (3, 5, 4))),
    ("SparseCategoricalAccuracy", {}, SPARSE),
    ("SparseCategoricalAccuracy", {}, (labels, scores, (8, 1), (8, 4))),
    ("SparseCategoricalAccuracy", {}, (labels, scores, (3, 5), (3, 5, 4))),
    ("TopKCategoricalAccuracy", {"k": 2}, CATEGORIES),
    ("SparseTopKCategoricalAccuracy", {"k": 2}, SPARSE),
    ("SparseTopKCategoricalAccuracy", {}, SPARSE),
    ("Precision", {}, BINARY),
    ("Precision", {}, CATEGORIES),
    ("Precision", {"thresholds": [0.25, 0.5, 0.75]}, MANY),
    ("Precision", {"thresholds": 0.25, "class_id": 1}, MANY),
    ("Precision", {"top_k": 2}, CATEGORIES),
    ("Precision", {"top_k": 2, "class_id": 3}, CATEGORIES),
    ("Recall", {}, BINARY),
    ("Recall", {"thresholds": [0.1, 0.6]}, BINARY),
    ("Recall", {"class_id": 2}, MANY),
    ("Recall", {"top_k": 2}, CATEGORIES),
    ("Recall", {"top_k": 2, "thresholds": 0.75}, CATEGORIES),
    ("F1Score", {"threshold": 0.5}, MANY),
    ("F1Score", {"average": "micro"}, CATEGORIES),
    ("F1Score", {"average": "macro"}, CATEGORIES),
    ("F1Score", {"average": "weighted"}, CATEGORIES),
    ("F1Score", {"average": "macro", "threshold": 0.5}, (bits, scores, (12, 1), (12, 1))),
    ("AUC", {}, BINARY),
    ("AUC", {"curve": "PR"}, BINARY),
    ("AUC", {"num_thresholds": 10, "summation_method": "minoring"}, BINARY),
    ("AUC", {"num_thresholds": 10, "summation_method": "majoring"}, BINARY),
    ("AUC", {"num_thresholds": 10, "summation_method": "majoring", "curve": "PR"}, BINARY),
    ("AUC", {"thresholds": [0.8, 0.1, 0.3]}, BINARY),
    ("AUC", {}, MANY),
    ("AUC", {"multi_label": True}, MANY),
    ("AUC", {"multi_label": True, "curve": "PR", "label_weights": [0.5, 1.0, 2.0]}, MANY),
    ("AUC", {"label_weights": [0.5, 1.0, 2.0]}, MANY),
    ("AUC", {"from_logits": True}, (bits, normal, (12,), (12, 1))),
    ("MeanSquaredError", {}, NUMBERS),
    ("MeanAbsoluteError", {}, NUMBERS),
    ("MeanAbsolutePercentageError", {}, NUMBERS),
    ("MeanSquaredLogarithmicError", {}, (positive, positive, (3, 2), (3, 2))),
    ("RootMeanSquaredError", {}, NUMBERS),
    ("LogCoshError", {}, NUMBERS),
    ("CosineSimilarity", {}, NUMBERS),
    ("KLDivergence", {}, (positive, positive, (3, 2), (3, 2))),
    ("Poisson", {}, (positive, positive, (3, 2), (3, 2))),
    ("Hinge", {}, (bits, normal, (3, 2), (3, 2))),
    ("SquaredHinge", {}, (bits, normal, (3, 2), (3, 2))),
    ("CategoricalHinge", {}, (one_hot, normal, (3,), (3, 4))),
    ("BinaryCrossentropy", {"label_smoothing": 0.25}, MANY),
    ("BinaryCrossentropy", {"from_logits": True}, (bits, normal, (3, 2), (3, 2))),
    ("CategoricalCrossentropy", {}, CATEGORIES),
    ("SparseCategoricalCrossentropy", {}, SPARSE),
    ("SparseCategoricalCrossentropy", {"from_logits": True}, (labels, normal, (3, 5), (3, 5, 4))),
    ("R2Score", {}, NUMBERS),
    ("R2Score", {"class_aggregation": "variance_weighted_average"}, NUMBERS),
    ("R2Score", {"class_aggregation": None}, NUMBERS),
    ("R2Score", {"num_regressors": 2}, (normal, normal, (6, 1), (6, 1))),
]


def digits(values):
    return [float(f"{value:.8g}") for value in np.asarray(values, dtype="float64").ravel()]


def tensor(values):
    return {"shape": list(np.shape(values)), "values": digits(values)}


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


golden = []
for class_name, options, (make_true, make_pred, true_shape, pred_shape) in CASES:
    for weighted in (False, True):
        metric = getattr(metrics, class_name)(**options)
        batches = []
        for _ in range(2):
            y_true, y_pred = make_true(*true_shape), make_pred(*pred_shape)
            weights = exact(generator.uniform(0.1, 2, size=pred_shape[0])) if weighted else None
            # Keras spreads weights of samples over steps by their mean alone: the same, unless steps differ in number.
            metric.update_state(y_true, y_pred, sample_weight=weights)
            batches.append({"yTrue": tensor(y_true), "yPred": tensor(y_pred), "weights": None if weights is None else tensor(weights)})
        golden.append(
            {
                "className": class_name,
                # Keras numbers the objects of some classes: precision_1.
                "name": re.sub(r"_\d+$", "", metric.name),
                "options": {camel(key): camel(value) if isinstance(value, str) else value for key, value in options.items()},
                "batches": batches,
                "result": digits(metric.result()),
            }
        )

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
