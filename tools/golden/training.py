"""Golden values of whole training runs, from Keras 3 on JAX: histories and last weights of `fit` without shuffling.

    KERAS_BACKEND=jax python3 tools/golden/training.py

Writes training.json beside itself. Each case: config of the run, first weights, data, `history`, last `weights`.
"""

import json
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402
import numpy as np  # noqa: E402


def rounded(array):
    return [float(f"{value:.8g}") for value in np.asarray(array, "float64").ravel()]


def tensor(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "data": rounded(array)}


rng = np.random.default_rng(7)
keras.utils.set_random_seed(7)
features = rng.normal(size=(20, 4)).astype("float32")
labels = rng.integers(0, 3, size=20).astype("int32")
binary = (labels > 0).astype("float32")
values = rng.normal(size=(20, 2)).astype("float32")
weights = rng.uniform(0.2, 2, size=20).astype("float32")
held = rng.normal(size=(7, 4)).astype("float32")
held_labels = rng.integers(0, 3, size=7).astype("int32")


def classifier(**options):
    return keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(8, activation="relu", name="hidden", **options),
            keras.layers.Dense(3, activation="softmax", name="out"),
        ]
    )


def run(name, model, compile_options, x, y, **fit):
    first = [tensor(w) for w in model.get_weights()]
    model.compile(**compile_options)
    history = model.fit(x, y, shuffle=False, verbose=0, batch_size=6, epochs=3, **fit)
    return {
        "name": name,
        "first": first,
        "history": {key: rounded(value) for key, value in history.history.items()},
        "weights": [tensor(w) for w in model.get_weights()],
    }


def two_outputs():
    x = keras.Input((4,), name="x")
    hidden = keras.layers.Dense(5, activation="tanh", name="hidden")(x)
    a = keras.layers.Dense(3, activation="softmax", name="a")(hidden)
    b = keras.layers.Dense(2, name="b")(hidden)
    return keras.Model(x, [a, b])


def masked():
    return keras.Sequential(
        [
            keras.Input((5,)),
            keras.layers.Embedding(7, 3, mask_zero=True, name="embedding"),
            keras.layers.SimpleRNN(4, return_sequences=True, name="rnn"),
            keras.layers.Dense(1, activation="sigmoid", name="out"),
        ]
    )


def lstm():
    """The recipe `imdb-lstm`, made small."""
    return keras.Sequential(
        [
            keras.Input((9,)),
            keras.layers.Embedding(20, 4, name="embedding"),
            keras.layers.LSTM(3, name="lstm"),
            keras.layers.Dense(1, activation="sigmoid", name="out"),
        ]
    )


ids = rng.integers(0, 7, size=(10, 5)).astype("int32")
ids[:, 3:] = np.where(rng.random((10, 2)) < 0.5, 0, ids[:, 3:])
steps = rng.integers(0, 2, size=(10, 5, 1)).astype("float32")
texts = rng.integers(1, 17, size=(40, 9)).astype("int32")  # the ids from 17 on have no gradient in any step
texts[::3, :4] = 0
moods = rng.integers(0, 2, size=40).astype("float32")

sparse = {"loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}
adam = keras.optimizers.Adam
cases = [
    run("adam", classifier(), {"optimizer": adam(0.01), **sparse}, features, labels, validation_data=(held, held_labels)),
    run("sampleWeight", classifier(), {"optimizer": adam(0.01), **sparse}, features, labels, sample_weight=weights),
    run("classWeight", classifier(), {"optimizer": adam(0.01), **sparse}, features, labels, class_weight={0: 2.0, 2: 0.5}),
    run("validationSplit", classifier(), {"optimizer": adam(0.01), **sparse}, features, labels, validation_split=0.25),
    run("l2", classifier(kernel_regularizer=keras.regularizers.L2(0.1)), {"optimizer": keras.optimizers.SGD(0.1), **sparse}, features, labels),
    run("activity", classifier(activity_regularizer=keras.regularizers.L1(0.1)), {"optimizer": keras.optimizers.SGD(0.1), **sparse}, features, labels),
    run("maxNorm", classifier(kernel_constraint=keras.constraints.MaxNorm(0.7)), {"optimizer": keras.optimizers.SGD(0.5), **sparse}, features, labels),
    run(
        "twoOutputs",
        two_outputs(),
        {"optimizer": adam(0.01), "loss": ["sparse_categorical_crossentropy", "mse"], "loss_weights": [1.0, 0.3], "metrics": [["accuracy"], ["mae"]]},
        features,
        [labels, values],
    ),
    run("masked", masked(), {"optimizer": adam(0.01), "loss": "binary_crossentropy", "metrics": ["accuracy"]}, ids, steps),
    run("lstm", lstm(), {"optimizer": adam(0.01), "loss": "binary_crossentropy", "metrics": ["accuracy"]}, texts, moods),
]
data = {
    "features": tensor(features),
    "labels": tensor(labels),
    "values": tensor(values),
    "weights": tensor(weights),
    "held": tensor(held),
    "heldLabels": tensor(held_labels),
    "ids": tensor(ids),
    "steps": tensor(steps),
    "texts": tensor(texts),
    "moods": tensor(moods),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"keras": keras.__version__, "data": data, "cases": cases}) + "\n")
print(f"{path.name}: {len(cases)} cases, {path.stat().st_size} bytes")
