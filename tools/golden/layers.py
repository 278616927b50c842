"""Golden values of all layers but the recurrent ones, from Keras 3.15: `KERAS_BACKEND=jax python3 tools/golden/layers.py`.

The format is described in layer_golden.py.
"""

import numpy as np
from layer_golden import draw, keras, record, write

L = keras.layers
x2 = draw(1, 4, 3)
sequence = draw(2, 2, 6, 4)
image = draw(3, 2, 5, 6, 2)
steps = np.array([[1, 1, 1, 1, 0, 0], [0, 1, 1, 0, 1, 1]], bool)

cases = {
    "dense/linear": record(L.Dense(2), x2),
    "dense/relu": record(L.Dense(5, activation="relu"), x2),
    "dense/sequence": record(L.Dense(3, activation="tanh", use_bias=False), sequence, mask=steps),
    "dense/options": record(
        L.Dense(
            2,
            kernel_initializer="he_normal",
            bias_initializer=keras.initializers.Constant(0.1),
            kernel_regularizer=keras.regularizers.L1L2(0.1, 0.2),
            bias_regularizer="l2",
            activity_regularizer="l1",
            kernel_constraint=keras.constraints.MaxNorm(2, axis=0),
            bias_constraint="non_neg",
        ),
        x2,
    ),
    "conv1d/valid": record(L.Conv1D(3, 2), sequence),
    "conv1d/same": record(L.Conv1D(3, 4, strides=2, padding="same", activation="relu"), sequence),
    "conv1d/causal": record(L.Conv1D(2, 3, padding="causal", dilation_rate=2), sequence),
    "conv1d/causalStrides": record(L.Conv1D(2, 3, padding="causal", strides=2, use_bias=False), sequence),
    "conv1d/groups": record(L.Conv1D(4, 3, groups=2), sequence),
    "conv2d/valid": record(L.Conv2D(3, (3, 2), activation="tanh"), image),
    "conv2d/same": record(L.Conv2D(2, 2, strides=(2, 1), padding="same"), image),
    "conv2d/sameStrides": record(L.Conv2D(2, 3, strides=2, padding="same", use_bias=False), image),
    "conv2d/dilated": record(L.Conv2D(2, (2, 3), dilation_rate=(3, 2)), image),
    "conv2d/dilatedSame": record(L.Conv2D(2, 3, dilation_rate=2, padding="same", activation="relu"), image),
    "conv2d/groups": record(L.Conv2D(4, 2, groups=2), image),
    "maxPooling1d/valid": record(L.MaxPooling1D(3, strides=2), sequence),
    "maxPooling1d/same": record(L.MaxPooling1D(4, padding="same"), sequence),
    "maxPooling2d/valid": record(L.MaxPooling2D(), image),
    "maxPooling2d/same": record(L.MaxPooling2D((3, 2), strides=(2, 1), padding="same"), image),
    "averagePooling1d/valid": record(L.AveragePooling1D(3, strides=1), sequence),
    "averagePooling1d/same": record(L.AveragePooling1D(4, padding="same"), sequence),
    "averagePooling2d/valid": record(L.AveragePooling2D((2, 3)), image),
    "averagePooling2d/same": record(L.AveragePooling2D(3, strides=2, padding="same"), image),
    "activation/gelu": record(L.Activation("gelu"), sequence, mask=steps),
    "activation/softmax": record(L.Activation("softmax"), x2),
    "flatten/image": record(L.Flatten(), image),
}

write("layers.json", cases)
