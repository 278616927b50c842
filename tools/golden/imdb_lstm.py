"""Golden values of the recipe `imdb-lstm` at its own size: what 60 steps make of given first weights, from Keras 3 on JAX in float64.

    KERAS_BACKEND=jax python3 tools/golden/imdb_lstm.py

Writes imdb_lstm.json beside itself: the mean loss, and of each weight every `stride`-th number. First weights and texts are those of a linear
congruential generator, the same few lines here and in packages/jogak/src/imdb-lstm.test.ts, so that no file has to hold them.

In float64, because Keras' own float32 strays from it some ten times as far as Jogak's: 1 − beta and its powers are rounded there before they are subtracted.
"""

import json
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ["JAX_ENABLE_X64"] = "1"
import keras  # noqa: E402
import numpy as np  # noqa: E402

BATCHES, BATCH_SIZE, STEPS, WORDS = 60, 32, 100, 1000
keras.config.set_floatx("float64")

state = 1


def draw():
    """The next number, from 0 to below 1."""
    global state
    state = (1664525 * state + 1013904223) % 2**32
    return state / 2**32


network = keras.Sequential(
    [
        keras.Input((STEPS,), dtype="int32"),
        keras.layers.Embedding(WORDS, 32),
        keras.layers.LSTM(8),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
# Uniform between ±0.25, rounded to float32: about what the initializers' widths are, for all weights alike.
first = [np.array([draw() / 2 - 0.25 for _ in range(weight.size)], "float32").reshape(weight.shape) for weight in network.get_weights()]
network.set_weights([weight.astype("float64") for weight in first])

texts = np.zeros((BATCHES * BATCH_SIZE, STEPS), "int32")
for row, text in enumerate(texts):
    for step in range(row % 60, STEPS):
        text[step] = 20 + int(draw() * (WORDS - 20))
# Which half of the words the last one is of.
labels = (texts[:, -1] >= 510).astype("int32")

network.compile(optimizer="adam", loss="binary_crossentropy")
history = network.fit(texts, labels, batch_size=BATCH_SIZE, shuffle=False, verbose=0).history


def sample(weight):
    stride = weight.size // 40 | 1
    return {"stride": stride, "values": [float(f"{value:.9g}") for value in weight.ravel()[::stride]]}


golden = {"keras": keras.__version__, "loss": history["loss"][0], "weights": [sample(weight) for weight in network.get_weights()]}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden) + "\n")
moved = [abs(now - then).max() for now, then in zip(network.get_weights(), first)]
print(f"{path.name}: {path.stat().st_size} bytes; loss {golden['loss']:.4f}; largest change of each weight {[f'{change:.3f}' for change in moved]}")
