"""Writes callbacks.json: what Keras' EarlyStopping and ReduceLROnPlateau do along made-up figures, for the models' tests.

Run as `python3 tools/golden/callbacks.py` with Keras 3.15 and jax installed.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np

FIGURES = {
    "falling": [5.0, 4.0, 3.0, 2.5, 2.4, 2.35, 2.3, 2.3],
    "uneven": [3.0, 2.0, 2.1, 1.9, 2.2, 2.3, 1.89, 2.0, 2.1, 2.2, 1.5, 1.6],
    "flat": [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    "rising": [0.1, 0.3, 0.2, 0.5, 0.5, 0.4, 0.45, 0.6, 0.6, 0.6],
}
STOPPING = [
    {},
    {"patience": 2},
    {"patience": 3, "min_delta": 0.05},
    {"patience": 2, "mode": "max"},
    {"patience": 2, "baseline": 2.05},
    {"patience": 1, "start_from_epoch": 3},
]
PLATEAU = [
    {"patience": 1},
    {"patience": 2, "factor": 0.5, "min_delta": 0.05},
    {"patience": 1, "factor": 0.5, "cooldown": 2},
    {"patience": 1, "factor": 0.1, "min_lr": 0.004},
    {"patience": 2, "factor": 0.5, "mode": "max"},
]


def model():
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    network.compile(keras.optimizers.SGD(0.1), "mse")
    return network


def early_stopping(options, figures):
    network = model()
    callback = keras.callbacks.EarlyStopping(monitor="val_loss", restore_best_weights=True, **options)
    callback.set_model(network)
    callback.on_train_begin()
    for epoch, value in enumerate(figures):
        network.set_weights([np.full((1, 1), epoch), np.zeros(1)])
        callback.on_epoch_end(epoch, {"val_loss": value})
        if network.stop_training:
            break
    callback.on_train_end()
    return {"epochs": epoch + 1, "stopped": bool(network.stop_training), "restored": float(network.get_weights()[0][0][0])}


def plateau(options, figures):
    network = model()
    callback = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", **options)
    callback.set_model(network)
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(figures):
        callback.on_epoch_end(epoch, {"val_loss": value})
        rates.append(float(f"{float(network.optimizer.learning_rate):.6g}"))
    return rates


def cases(options, run, key):
    return [
        {"options": given, "figures": name, key: run(given, figures)}
        for given in options
        for name, figures in FIGURES.items()
    ]


if __name__ == "__main__":
    golden = {
        "figures": FIGURES,
        "earlyStopping": cases(STOPPING, early_stopping, "expected"),
        "reduceLROnPlateau": cases(PLATEAU, plateau, "expected"),
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")
