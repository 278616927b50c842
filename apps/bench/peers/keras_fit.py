"""Keras 3 as a driver, on JAX or on TensorFlow: `fit`, with everything as it is by default."""

import os

from driver import Cannot, Work, arguments, ends, read, read_inputs, read_weights, serve

given = arguments("jax", "tensorflow")
os.environ["KERAS_BACKEND"] = given.engine

import keras  # noqa: E402 the processors and the engine are chosen before
from keras_networks import NETWORKS  # noqa: E402

if given.engine == "tensorflow":
    import tensorflow as tf  # noqa: E402

    if given.threads:
        tf.config.threading.set_intra_op_parallelism_threads(given.threads)
        tf.config.threading.set_inter_op_parallelism_threads(given.threads)


def network(task):
    model = NETWORKS[task["network"]](task)
    rule = task["optimizer"]
    optimizer = (
        keras.optimizers.Adam(rule["learningRate"])
        if rule["name"] == "adam"
        # JSON has no 0.0, and Keras takes no integer for a momentum.
        else keras.optimizers.SGD(rule["learningRate"], momentum=float(rule["momentum"]))
    )
    loss = "binary_crossentropy" if task["loss"] == "binary" else "sparse_categorical_crossentropy"
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"] if task["recipe"] else None)
    for layer, weights in read_weights(task).items():
        model.get_layer(layer).set_weights(list(weights.values()))
    return model


def training(task):
    x, y = read_inputs(task), read(task["y"])
    model = network(task)
    size = task["batchSize"]
    whole = -(-len(x) // size)

    def run(units):
        if units >= whole:
            model.fit(x, y, batch_size=size, epochs=units // whole, verbose=0)
        else:
            model.fit(x[: units * size], y[: units * size], batch_size=size, verbose=0)

    check = []
    for _ in range(0 if task["dropout"] else 2):
        model.reset_metrics()
        figures = model.train_on_batch(x[:size], y[:size])
        check.append(figures[0] if isinstance(figures, (list, tuple)) else figures)
    note = None if task["window"] is None else "follows errors back through all steps"
    return Work(run, check, parameters=sum(weight.numpy().size for weight in model.trainable_weights), note=note)


def prediction(task):
    model = network(task)
    image = read_inputs(task)[:1]

    def run(units):
        for _ in range(units):
            model.predict_on_batch(image)

    parameters = sum(weight.numpy().size for weight in model.trainable_weights)
    return Work(run, list(model.predict_on_batch(image)[0, :2]), parameters=parameters)


def repeat(once):
    def run(units):
        for _ in range(units):
            result = once()
        [part.numpy() for part in result]

    return run


def product(task):
    a, b = tf.constant(read(task["a"])), tf.constant(read(task["b"]))
    multiply = tf.function(lambda: (tf.matmul(a, b),))
    return Work(repeat(multiply), ends(multiply()[0]))


def convolution(task):
    x, kernel, dy = (tf.constant(read(task[name])) for name in ("x", "filter", "dy"))
    strides, padding = [1, task["stride"], task["stride"], 1], task["padding"].upper()

    def forward():
        return (tf.nn.conv2d(x, kernel, strides, padding),)

    def backward():
        dx = tf.raw_ops.Conv2DBackpropInput(input_sizes=x.shape, filter=kernel, out_backprop=dy, strides=strides, padding=padding)
        dw = tf.raw_ops.Conv2DBackpropFilter(input=x, filter_sizes=kernel.shape, out_backprop=dy, strides=strides, padding=padding)
        return dx, dw

    once = tf.function(forward if task["direction"] == "forward" else backward)
    return Work(repeat(once), ends(*once()))


def prepare(task, _threads):
    if task["kind"] == "train":
        return training(task)
    if task["kind"] == "predict":
        return prediction(task)
    if given.engine == "jax":
        raise Cannot("its products and convolutions are JAX's, which has a line of its own")
    return product(task) if task["kind"] == "matmul" else convolution(task)


version = keras.version()
if given.engine == "tensorflow":
    serve(f"Keras {version} on TensorFlow {tf.__version__}", prepare)
else:
    import jax

    serve(f"Keras {version} on JAX {jax.__version__}", prepare)
