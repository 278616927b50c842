"""JAX as a driver: a whole epoch, its random order too, is one jitted scan over batches."""

from driver import Work, arguments, ends, read, read_inputs, read_weights, serve

given = arguments()

import functools  # noqa: E402 the processors are chosen before

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
from jax import lax  # noqa: E402
from jax_networks import NETWORKS  # noqa: E402


def loss_of(task, forward):
    """Mean cross-entropy of logits."""

    def loss(weights, x, y, key):
        logits = forward(weights, x, key)
        if task["loss"] == "binary":
            logits = logits[:, 0]
            return jnp.mean(jnp.maximum(logits, 0) - logits * y + jnp.log1p(jnp.exp(-jnp.abs(logits))))
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], 1))

    return loss


def rule_of(optimizer):
    """`start(weights)` gives the optimizer's state, `update(weights, state, gradients)` moves both; Keras' formulas."""
    rate = optimizer["learningRate"]
    tree = jax.tree_util.tree_map
    if optimizer["name"] == "adam":

        def start(weights):
            return 0.0, tree(jnp.zeros_like, weights), tree(jnp.zeros_like, weights)

        def update(weights, state, gradients):
            step, first, second = state
            step += 1
            first = tree(lambda m, g: m + (g - m) * 0.1, first, gradients)
            second = tree(lambda v, g: v + (g * g - v) * 0.001, second, gradients)
            corrected = rate * jnp.sqrt(1 - 0.999**step) / (1 - 0.9**step)
            weights = tree(lambda w, m, v: w - corrected * m / (jnp.sqrt(v) + 1e-7), weights, first, second)
            return weights, (step, first, second)

        return start, update
    momentum = optimizer["momentum"]
    if not momentum:
        return lambda _: (), lambda weights, state, gradients: (tree(lambda w, g: w - rate * g, weights, gradients), state)

    def move(weights, velocity, gradients):
        velocity = tree(lambda v, g: momentum * v - rate * g, velocity, gradients)
        return tree(jnp.add, weights, velocity), velocity

    return lambda weights: tree(jnp.zeros_like, weights), move


def trained(task):
    """Weights that training moves: moving averages are no part of a training step."""
    weights = read_weights(task)
    return {
        layer: {name: jnp.asarray(value) for name, value in named.items() if not name.startswith("moving_")}
        for layer, named in weights.items()
    }


def training(task):
    x, y = jnp.asarray(read_inputs(task)), jnp.asarray(read(task["y"]))
    size = task["batchSize"]
    loss = loss_of(task, NETWORKS[task["network"]](task))
    start, update = rule_of(task["optimizer"])
    weights = trained(task)
    held = {"weights": weights, "state": start(weights), "key": jax.random.key(1)}

    def step(carry, batch):
        weights, state = carry
        value, gradients = jax.value_and_grad(loss)(weights, *batch)
        return update(weights, state, gradients), value

    @functools.partial(jax.jit, static_argnums=3, donate_argnums=(0, 1))
    def steps(weights, state, key, count):
        order_key, drop_key = jax.random.split(key)
        order = jax.random.permutation(order_key, len(x))[: count * size].reshape(count, size)
        keys = jax.random.split(drop_key, count)

        def picked(carry, chosen):
            rows, drop = chosen
            return step(carry, (x[rows], y[rows], drop))

        return lax.scan(picked, (weights, state), (order, keys))

    def run(units):
        left = units
        while left > 0:
            # An epoch's last batch may be a part of one: it is left out, as a scan's batches have one shape, and its samples counted in full.
            count = min(left, len(x) // size)
            held["key"], key = jax.random.split(held["key"])
            (held["weights"], held["state"]), losses = steps(held["weights"], held["state"], key, count)
            left -= min(left, -(-len(x) // size)) if count == len(x) // size else count
        jax.block_until_ready(losses)

    check = []
    if not task["dropout"]:
        first = jax.jit(step)
        carry = (weights, held["state"])
        for _ in range(2):
            carry, value = first(carry, (x[:size], y[:size], held["key"]))
            check.append(value)
        held["weights"], held["state"] = carry
    count = sum(leaf.size for leaf in jax.tree_util.tree_leaves(held["weights"]))
    return Work(run, check, parameters=count, note="an epoch is one compiled scan")


def repeat(once):
    def run(units):
        for _ in range(units):
            result = once()
        jax.block_until_ready(result)

    return run


def prediction(task):
    weights = trained(task)
    forward = NETWORKS[task["network"]](task)
    predict = jax.jit(lambda x: jax.nn.softmax(forward(weights, x, None)))
    image = read_inputs(task)[:1]

    def once():
        return jax.device_get(predict(image))

    count = sum(leaf.size for leaf in jax.tree_util.tree_leaves(weights))
    return Work(repeat(once), list(once()[0, :2]), parameters=count)


def product(task):
    a, b = jnp.asarray(read(task["a"])), jnp.asarray(read(task["b"]))
    multiply = jax.jit(jnp.matmul)
    return Work(repeat(lambda: multiply(a, b)), ends(multiply(a, b)))


def convolution(task):
    x, kernel, dy = (jnp.asarray(read(task[name])) for name in ("x", "filter", "dy"))
    stride = (task["stride"],) * 2

    def convolve(x, kernel):
        return lax.conv_general_dilated(x, kernel, stride, task["padding"].upper(), dimension_numbers=("NHWC", "HWIO", "NHWC"))

    if task["direction"] == "forward":
        forward = jax.jit(convolve)
        return Work(repeat(lambda: forward(x, kernel)), ends(forward(x, kernel)))
    # The product itself is not asked for, and XLA leaves it out.
    backward = jax.jit(lambda x, kernel, dy: jax.vjp(convolve, x, kernel)[1](dy))
    return Work(repeat(lambda: backward(x, kernel, dy)), ends(*backward(x, kernel, dy)))


KINDS = {"train": training, "predict": prediction, "matmul": product, "conv2d": convolution}
serve(f"JAX {jax.__version__}", lambda task, _threads: KINDS[task["kind"]](task))
