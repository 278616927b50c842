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
    "reLU/options": record(L.ReLU(max_value=1.0, negative_slope=0.1, threshold=0.2), sequence),
    "reLU/plain": record(L.ReLU(), x2),
    "leakyReLU/default": record(L.LeakyReLU(), x2),
    "leakyReLU/slope": record(L.LeakyReLU(negative_slope=0.05), sequence, mask=steps),
    "elu/alpha": record(L.ELU(alpha=0.7), x2),
    "prelu/all": record(L.PReLU(), sequence),
    "prelu/shared": record(L.PReLU(shared_axes=[1, 2], alpha_initializer="ones"), image),
    "softmax/last": record(L.Softmax(), sequence),
    "softmax/axis": record(L.Softmax(axis=1), sequence),
    "softmax/axes": record(L.Softmax(axis=[1, 2]), sequence),
    "softmax/mask": record(L.Softmax(), draw(4, 2, 6), mask=steps),
    "flatten/image": record(L.Flatten(), image),
    "reshape/rest": record(L.Reshape((3, -1)), sequence),
    "reshape/split": record(L.Reshape((5, 3, 2, 2)), image),
    "permute/image": record(L.Permute((3, 1, 2)), image),
    "repeatVector/three": record(L.RepeatVector(3), x2),
    "dropout/inference": record(L.Dropout(0.4), sequence, mask=steps),
    "spatialDropout1d/inference": record(L.SpatialDropout1D(0.4), sequence),
    "globalMaxPooling1d/plain": record(L.GlobalMaxPooling1D(), sequence),
    "globalMaxPooling2d/keepdims": record(L.GlobalMaxPooling2D(keepdims=True), image),
    "globalAveragePooling1d/plain": record(L.GlobalAveragePooling1D(), sequence),
    "globalAveragePooling1d/mask": record(L.GlobalAveragePooling1D(keepdims=True), sequence, mask=steps),
    "globalAveragePooling2d/plain": record(L.GlobalAveragePooling2D(), image),
    "rescaling/pixels": record(L.Rescaling(1 / 255), np.arange(12).reshape(2, 2, 3)),
    "rescaling/channels": record(L.Rescaling([0.5, 2.0], offset=[-1.0, 0.25]), image, mask=None),
    "batchNormalization/training": record(L.BatchNormalization(), sequence, training=True),
    "batchNormalization/inference": record(L.BatchNormalization(epsilon=0.1), sequence),
    "batchNormalization/image": record(L.BatchNormalization(momentum=0.8, center=False), image, training=True),
    "batchNormalization/axis": record(L.BatchNormalization(axis=1, scale=False), sequence, training=True),
    "batchNormalization/mask": record(L.BatchNormalization(), sequence, mask=steps, training=True),
    "batchNormalization/frozen": record(L.BatchNormalization(trainable=False), sequence, training=True),
    "layerNormalization/last": record(L.LayerNormalization(), sequence, mask=steps),
    "layerNormalization/axes": record(L.LayerNormalization(axis=[1, 2], epsilon=0.01), image),
    "layerNormalization/bare": record(L.LayerNormalization(axis=1, center=False, scale=False), sequence),
    "add/three": record(L.Add(), [draw(5, 2, 3), draw(6, 2, 3), draw(7, 2, 1)]),
    "add/ranks": record(L.Add(), [draw(5, 2, 3, 4), draw(6, 2, 4)]),
    "add/masks": record(L.Add(), [draw(5, 2, 6, 3), draw(6, 2, 6, 3)], mask=[steps, steps[::-1]]),
    "subtract/two": record(L.Subtract(), [draw(5, 2, 3), draw(6, 2, 3)]),
    "multiply/three": record(L.Multiply(), [draw(5, 2, 3), draw(6, 2, 3), draw(7, 2, 3)]),
    "multiply/masks": record(L.Multiply(), [draw(5, 2, 6, 3), draw(6, 2, 6, 3)], mask=[steps, steps[::-1]]),
    "multiply/oneMask": record(L.Multiply(), [draw(5, 2, 6, 3), draw(6, 2, 6, 3)], mask=[steps, None]),
    "average/two": record(L.Average(), [draw(5, 2, 3), draw(6, 2, 3)]),
    "maximum/three": record(L.Maximum(), [draw(5, 2, 3), draw(6, 2, 3), draw(7, 2, 3)]),
    "maximum/masks": record(
        L.Maximum(), [draw(5, 2, 6, 3), draw(6, 2, 6, 3), draw(7, 2, 6, 3)], mask=[steps, steps[::-1], steps]
    ),
    "maximum/oneMask": record(L.Maximum(), [draw(5, 2, 6, 3), draw(6, 2, 6, 3)], mask=[None, steps]),
    "minimum/masks": record(L.Minimum(), [draw(5, 2, 6, 3), draw(6, 2, 6, 3)], mask=[steps, steps[::-1]]),
    "concatenate/last": record(L.Concatenate(), [draw(5, 2, 3), draw(6, 2, 2)]),
    "concatenate/steps": record(L.Concatenate(axis=1), [draw(5, 2, 6, 2), draw(6, 2, 3, 2)], mask=[steps, None]),
    "concatenate/masks": record(L.Concatenate(), [draw(5, 2, 6, 2), draw(6, 2, 6, 3)], mask=[steps, steps[::-1]]),
}

write("layers.json", cases)
