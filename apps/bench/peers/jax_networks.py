"""The benchmark's networks as pure functions of weights in Keras' layouts: `NETWORKS[name](task)` gives `forward(weights, x)`, `[batch, outputs]` of logits."""

import math

import jax
import jax.numpy as jnp
from jax import lax
from positions import positions

WIDTH, HEADS, STEPS, LAYERS = 128, 4, 64, 2
LAYOUT = ("NHWC", "HWIO", "NHWC")


def dense(weights, x):
    return x @ weights["kernel"] + weights["bias"]


def convolve(kernel, x, stride=1):
    return lax.conv_general_dilated(x, kernel, (stride, stride), "SAME", dimension_numbers=LAYOUT)


def fashion_cnn(task):
    rate = task["dropout"]

    def forward(weights, x, key):
        x = jax.nn.relu(convolve(weights["conv2d"]["kernel"], x) + weights["conv2d"]["bias"])
        # Twice as fast on a CPU as reduce_window, whose gradient XLA scatters.
        batch, height, width, channels = x.shape
        x = x.reshape(batch, height // 2, 2, width // 2, 2, channels).max((2, 4)).reshape(batch, -1)
        if rate:
            x = jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)
        return dense(weights["dense_1"], jax.nn.relu(dense(weights["dense"], x)))

    return forward


def scan_cells(step, state, inputs, window):
    """The last state of `step` over `inputs` `[steps, batch, …]`; with a window, gradients go through the last steps alone."""
    if window is not None:
        state, _ = lax.scan(step, state, inputs[:-window])
        state = lax.stop_gradient(state)
        inputs = inputs[-window:]
    return lax.scan(step, state, inputs)[0]


def simple_rnn(weights, x, window=None):
    # One product for the inputs of all steps.
    inputs = (x @ weights["kernel"] + weights["bias"]).swapaxes(0, 1)

    def step(state, current):
        return jnp.tanh(current + state @ weights["recurrent_kernel"]), None

    return scan_cells(step, jnp.zeros_like(inputs[0]), inputs, window)


def lstm(weights, x):
    inputs = (x @ weights["kernel"] + weights["bias"]).swapaxes(0, 1)
    units = weights["recurrent_kernel"].shape[0]

    def step(state, current):
        hidden, carry = state
        i, f, g, o = jnp.split(current + hidden @ weights["recurrent_kernel"], 4, -1)
        carry = jax.nn.sigmoid(f) * carry + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(carry), carry), None

    zero = jnp.zeros((x.shape[0], units))
    return scan_cells(step, (zero, zero), inputs, None)[0]


def recurrent(task):
    """Ids, one-hot or embedded, through recurrent cells; the loss takes one number of logits a text."""

    def forward(weights, ids, _key):
        if task["oneHot"] is None:
            x = weights["embedding"]["embeddings"][ids]
        else:
            x = jax.nn.one_hot(ids, task["oneHot"])
        last = lstm(weights["lstm"], x) if "lstm" in weights else simple_rnn(weights["simple_rnn"], x, task["window"])
        return dense(weights["dense"], last)

    return forward


def lstm_256(_task):
    return lambda weights, x, _key: dense(weights["dense"], lstm(weights["lstm"], x))


def resnet_20(_task):
    def convolved(weights, place, x, stride=1):
        x = convolve(weights[f"conv_{place}"]["kernel"], x, stride)
        mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
        norm = weights[f"norm_{place}"]
        return (x - mean) * (lax.rsqrt(variance + 1e-3) * norm["gamma"]) + norm["beta"]

    def forward(weights, x, _key):
        x = jax.nn.relu(convolved(weights, "0", x))
        for stage in (1, 2, 3):
            for block in (1, 2, 3):
                place = f"{stage}_{block}"
                changes = stage > 1 and block == 1
                stride = 2 if changes else 1
                inner = jax.nn.relu(convolved(weights, f"{place}_a", x, stride))
                outer = convolved(weights, f"{place}_b", inner)
                x = jax.nn.relu(outer + (convolved(weights, f"{place}_s", x, 2) if changes else x))
        return dense(weights["dense"], x.mean((1, 2)))

    return forward


def transformer(_task):
    place = positions(STEPS, WIDTH)

    def norm(weights, x):
        mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        return (x - mean) * lax.rsqrt(variance + 1e-5) * weights["gamma"] + weights["beta"]

    def forward(weights, ids, _key):
        x = weights["embedding"]["embeddings"][ids] + place
        batch = x.shape[0]
        for layer in range(LAYERS):
            query, key, value = (
                dense(weights[f"{name}_{layer}"], x).reshape(batch, STEPS, HEADS, WIDTH // HEADS) for name in ("query", "key", "value")
            )
            heads = jax.nn.dot_product_attention(query, key, value, scale=1 / math.sqrt(WIDTH // HEADS))
            x = norm(weights[f"norm_a_{layer}"], x + dense(weights[f"output_{layer}"], heads.reshape(batch, STEPS, WIDTH)))
            x = norm(weights[f"norm_b_{layer}"], x + dense(weights[f"narrow_{layer}"], jax.nn.relu(dense(weights[f"wide_{layer}"], x))))
        return dense(weights["dense"], x.mean(1))

    return forward


NETWORKS = {
    "fashion-cnn": fashion_cnn,
    "one-hot-rnn": recurrent,
    "embedding-rnn": recurrent,
    "embedding-lstm": recurrent,
    "resnet-20": resnet_20,
    "transformer": transformer,
    "lstm-256": lstm_256,
}
