"""Writes summary.json: tables that Keras' `summary()` prints, for the models' tests.

Run as `python3 tools/golden/summary.py` with Keras 3.15 and jax installed.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
# Keras takes four columns off, and no table here is to be narrowed by the terminal it is made in.
os.environ["COLUMNS"] = "200"
import keras
import numpy as np
from keras import layers


def table(model, **options):
    lines = []
    model.summary(print_fn=lines.append, **options)
    return "\n".join(lines).rstrip("\n")


def fashion_cnn():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(10, 3, padding="same", activation="relu", name="conv2d"),
            layers.MaxPooling2D(2, name="max_pooling2d"),
            layers.Flatten(name="flatten"),
            layers.Dense(100, activation="relu", name="dense"),
            layers.Dense(10, activation="softmax", name="dense_1"),
        ],
        name="fashion_cnn",
    )


def compiled(optimizer):
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="dense")], name="compiled")
    model.compile(optimizer, "mse")
    before = table(model)
    model.fit(np.ones((2, 4)), np.ones((2, 3)), verbose=0)
    return before, table(model)


def branched():
    one = keras.Input((8,), name="left")
    two = keras.Input((8,), name="right")
    shared = layers.Dense(4, name="shared")
    joined = layers.Concatenate(name="join")([shared(one), shared(two)])
    return keras.Model([one, two], layers.Dense(1, name="head")(joined), name="twins")


def shortcut():
    x = keras.Input((8,), name="x")
    short = layers.Dense(4, name="short")(x)
    long = layers.Dense(4, name="long_2")(layers.Dense(4, name="long_1")(x))
    joined = layers.Concatenate(name="join")([short, long])
    outputs = [layers.Dense(1, name="side")(short), layers.Dense(2, name="head")(joined)]
    return keras.Model(x, outputs, name="shortcut")


def chain():
    x = keras.Input((8,), name="x")
    return keras.Model(x, layers.Dense(2, name="head")(layers.Dense(4, name="body")(x)), name="chain")


def nested():
    body = keras.Sequential([keras.Input((8,)), layers.Dense(4, name="first"), layers.Dense(3, name="second")], name="body")
    return keras.Sequential([keras.Input((8,)), body, layers.Dense(1, name="head")], name="nested")


def frozen():
    model = keras.Sequential(
        [keras.Input((8,)), layers.Dense(4, name="frozen"), layers.Dropout(0.5, name="dropout"), layers.Dense(1, name="head")],
        name="partly_frozen",
    )
    model.layers[0].trainable = False
    return model


def unbuilt():
    return keras.Sequential([layers.Dense(4, name="body"), layers.Dense(1, name="head")], name="unbuilt")


def built_by_data():
    model = unbuilt()
    model(np.ones((32, 3)))
    return model


class Own(keras.Model):
    def __init__(self, name):
        super().__init__(name=name)
        self.body = layers.Dense(4, name="body")
        self.head = layers.Dense(1, name="head")

    def call(self, x):
        return self.head(self.body(x))


def own():
    model = Own("own")
    before = table(model)
    model(np.ones((32, 3)))
    return before, table(model)


def golden():
    adam_before, adam_after = compiled("adam")
    _, sgd_after = compiled("sgd")
    own_before, own_after = own()
    return {
        "fashionCnn": table(fashion_cnn()),
        "narrow": table(fashion_cnn(), line_length=40),
        "wide": table(fashion_cnn(), line_length=120, show_trainable=True),
        "compiled": adam_before,
        "trained": adam_after,
        "trainedWithSgd": sgd_after,
        "branched": table(branched()),
        "branchedNarrow": table(branched(), line_length=60),
        "shortcut": table(shortcut()),
        "chain": table(chain()),
        "nested": table(nested()),
        "nestedExpanded": table(nested(), expand_nested=True),
        "frozen": table(frozen(), show_trainable=True),
        "unbuilt": table(unbuilt()),
        "builtByData": table(built_by_data()),
        "own": own_before,
        "ownCalled": own_after,
    }


if __name__ == "__main__":
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(golden(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
