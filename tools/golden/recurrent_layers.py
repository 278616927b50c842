"""Golden values of the recurrent layers, their wrappers, embedding and masking, from Keras 3.15: `KERAS_BACKEND=jax python3 tools/golden/recurrent_layers.py`.

The format is described in layer_golden.py.
"""

import numpy as np
from layer_golden import draw, keras, record, write

# On JAX, Keras' tanh makes single precision of double, which the loop over the steps then refuses.
keras.src.backend.common.dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

L = keras.layers
x = draw(1, 3, 4, 2)
ids = np.array([[2, 1, 0, 0], [4, 0, 3, 1], [0, 0, 0, 0]])
# A row that is masked all over, one with holes, one that ends early.
steps = np.array([[0, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0]], bool)
front = np.array([[0, 0, 1, 1], [0, 1, 1, 1], [1, 1, 1, 1]], bool)
h, c, h2, c2 = (draw(seed, 3, 2) for seed in (21, 22, 23, 24))
wide = draw(25, 3, 3)
gapped = x.copy()
gapped[0, 1] = gapped[1, 3] = gapped[2] = 0.5
both = {"return_sequences": True, "return_state": True}

cases = {
    "embedding/ids": record(L.Embedding(5, 3), ids),
    "embedding/maskZero": record(L.Embedding(5, 2, mask_zero=True, embeddings_regularizer="l2"), ids),
    "masking/zero": record(L.Masking(), np.where(steps[..., None], x, 0)),
    "masking/value": record(L.Masking(0.5), gapped),
    "rnn/cell": record(L.RNN(L.SimpleRNNCell(2), **both), x, mask=steps),
    "rnn/gruCell": record(L.RNN(L.GRUCell(2, reset_after=False), return_sequences=True), x, mask=front),
    "rnn/stacked": record(L.RNN([L.LSTMCell(3), L.SimpleRNNCell(2)]), x),
    "rnn/stackedMasked": record(L.RNN([L.SimpleRNNCell(3), L.LSTMCell(2)], return_sequences=True), x, mask=steps),
    "timeDistributed/dense": record(L.TimeDistributed(L.Dense(3, activation="tanh")), x, mask=steps),
    "timeDistributed/conv1d": record(L.TimeDistributed(L.Conv1D(2, 2)), draw(2, 2, 3, 4, 2)),
    "timeDistributed/lstm": record(L.TimeDistributed(L.LSTM(2)), draw(3, 2, 2, 3, 2)),
    "timeDistributed/batchNormalization": record(L.TimeDistributed(L.BatchNormalization()), x, training=True),
    "timeDistributed/batchNormalizationMasked": record(L.TimeDistributed(L.BatchNormalization()), x, training=True, mask=front),
}

for name, layer, states in (("simpleRNN", L.SimpleRNN, [h]), ("lstm", L.LSTM, [h, c]), ("gru", L.GRU, [h])):
    for variant, config, call in (
        ("last", {}, {}),
        ("sequences", {"return_sequences": True}, {}),
        ("state", both, {}),
        ("backwards", {**both, "go_backwards": True}, {}),
        ("masked", both, {"mask": steps}),
        ("maskedLast", {}, {"mask": steps}),
        ("maskedBackwards", {**both, "go_backwards": True}, {"mask": front}),
        ("initialState", both, {"initial_state": states}),
        ("initialStateMasked", both, {"initial_state": states, "mask": front}),
        ("zeroOutput", {**both, "zero_output_for_mask": True}, {"mask": steps}),
        ("zeroOutputLast", {"zero_output_for_mask": True, "go_backwards": True}, {"mask": front}),
        ("noBias", {"use_bias": False, "activation": "relu", "return_sequences": True}, {}),
        ("activation", {"activation": "softsign", "return_sequences": True}, {"mask": front}),
        ("unroll", {"unroll": True, "return_sequences": True}, {}),
        (
            "options",
            {
                "kernel_initializer": "he_uniform",
                "recurrent_initializer": "glorot_normal",
                "bias_initializer": "ones",
                "kernel_regularizer": "l1",
                "recurrent_regularizer": "l2",
                "bias_regularizer": keras.regularizers.L1L2(0.1, 0.2),
                "kernel_constraint": "non_neg",
                "recurrent_constraint": keras.constraints.UnitNorm(),
                "bias_constraint": keras.constraints.MaxNorm(3),
                "dropout": 0.1,
                "recurrent_dropout": 0.2,
                "seed": 3,
            },
            {},
        ),
    ):
        cases[f"{name}/{variant}"] = record(layer(2, **config), x, **call)
cases["gru/resetBefore"] = record(L.GRU(2, reset_after=False, **both), x, mask=front, initial_state=[h])
cases["gru/resetBeforeNoBias"] = record(L.GRU(2, reset_after=False, use_bias=False), x)
cases["lstm/recurrentActivation"] = record(L.LSTM(2, recurrent_activation="hard_sigmoid", unit_forget_bias=False), x)

for mode in ("concat", "sum", "mul", "ave"):
    cases[f"bidirectional/{mode}"] = record(L.Bidirectional(L.SimpleRNN(2, return_sequences=True), merge_mode=mode), x, mask=steps)
cases |= {
    "bidirectional/last": record(L.Bidirectional(L.LSTM(2)), x, mask=front),
    "bidirectional/apart": record(L.Bidirectional(L.GRU(2, return_sequences=True), merge_mode=None), x),
    "bidirectional/state": record(L.Bidirectional(L.LSTM(2, **both)), x),
    "bidirectional/initialState": record(L.Bidirectional(L.LSTM(2, **both)), x, initial_state=[h, c, h2, c2]),
    "bidirectional/backwardLayer": record(
        L.Bidirectional(L.GRU(2), backward_layer=L.SimpleRNN(3, go_backwards=True, activation="relu", name="back")), x
    ),
}

write("recurrent_layers.json", cases)
