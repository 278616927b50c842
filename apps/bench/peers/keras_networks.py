"""The benchmark's networks in Keras 3, with Keras' own layers."""

import math

import keras
import numpy as np
from keras import layers, ops
from positions import positions

WIDTH, HEADS, STEPS, LAYERS = 128, 4, 64, 2


def fashion_cnn(task):
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(10, 3, padding="same", activation="relu", name="conv2d"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            *([layers.Dropout(task["dropout"])] if task["dropout"] else []),
            layers.Dense(100, activation="relu", name="dense"),
            layers.Dense(10, activation="softmax", name="dense_1"),
        ]
    )


def recurrent(task):
    """One-hot rows are made inside of the compiled step: 20,000 texts of them would fill 800 MB."""
    one_hot = task["oneHot"]
    words = (
        layers.Embedding(1000, 32, name="embedding")
        if one_hot is None
        else layers.Lambda(lambda ids: ops.one_hot(ids, one_hot), output_shape=(100, one_hot))
    )
    cells = layers.LSTM(8, name="lstm") if task["network"] == "embedding-lstm" else layers.SimpleRNN(8 if one_hot is None else 32, name="simple_rnn")
    return keras.Sequential([layers.Input((100,), dtype="int32"), words, cells, layers.Dense(1, activation="sigmoid", name="dense")])


def lstm_256(_task):
    return keras.Sequential([layers.Input((100, 64)), layers.LSTM(256, name="lstm"), layers.Dense(10, activation="softmax", name="dense")])


def resnet_20(_task):
    def convolved(x, place, filters, size, strides=1):
        x = layers.Conv2D(filters, size, strides, padding="same", use_bias=False, name=f"conv_{place}")(x)
        return layers.BatchNormalization(name=f"norm_{place}")(x)

    images = layers.Input((32, 32, 3))
    x = ops.relu(convolved(images, "0", 16, 3))
    for stage, filters in enumerate((16, 32, 64), 1):
        for block in (1, 2, 3):
            place = f"{stage}_{block}"
            changes = stage > 1 and block == 1
            inner = ops.relu(convolved(x, f"{place}_a", filters, 3, 2 if changes else 1))
            outer = convolved(inner, f"{place}_b", filters, 3)
            x = ops.relu(outer + (convolved(x, f"{place}_s", filters, 1, 2) if changes else x))
    return keras.Model(images, layers.Dense(10, activation="softmax", name="dense")(ops.mean(x, (1, 2))))


def transformer(_task):
    ids = layers.Input((STEPS,), dtype="int32")
    x = layers.Embedding(1000, WIDTH, name="embedding")(ids) + positions(STEPS, WIDTH)[np.newaxis]

    def split(heads):
        return ops.reshape(heads, (-1, STEPS, HEADS, WIDTH // HEADS))

    for layer in range(LAYERS):
        query, key, value = (split(layers.Dense(WIDTH, name=f"{name}_{layer}")(x)) for name in ("query", "key", "value"))
        heads = ops.dot_product_attention(query, key, value, scale=1 / math.sqrt(WIDTH // HEADS))
        context = layers.Dense(WIDTH, name=f"output_{layer}")(ops.reshape(heads, (-1, STEPS, WIDTH)))
        x = layers.LayerNormalization(epsilon=1e-5, name=f"norm_a_{layer}")(x + context)
        hidden = layers.Dense(512, activation="relu", name=f"wide_{layer}")(x)
        x = layers.LayerNormalization(epsilon=1e-5, name=f"norm_b_{layer}")(x + layers.Dense(WIDTH, name=f"narrow_{layer}")(hidden))
    return keras.Model(ids, layers.Dense(10, activation="softmax", name="dense")(ops.mean(x, 1)))


NETWORKS = {
    "fashion-cnn": fashion_cnn,
    "one-hot-rnn": recurrent,
    "embedding-rnn": recurrent,
    "embedding-lstm": recurrent,
    "resnet-20": resnet_20,
    "transformer": transformer,
    "lstm-256": lstm_256,
}
