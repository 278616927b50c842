"""The recipes trained with Keras 3 on JAX, in full, over five seeds: the figures that `jogak reproduce` sets its own beside.

    node tools/golden/recipes-data.mjs --data DIR --work WORK
    KERAS_BACKEND=jax python3 tools/golden/recipes.py --data DIR --work WORK [RECIPE...]

The first command needs built packages (`npx turbo run build`) and writes which samples train and which validate for each seed, so that both train on
the same ones; the second takes the data sets themselves from DIR: Fashion-MNIST's four IDX files and `imdb.npz`. Each finished run is a line of
WORK/runs.jsonl and is not run again; several processes, each with recipes or seeds of its own, may write there at once. The recipes that have all
seeds are written into recipes.json beside this script, and what `jogak reproduce` needs of them into packages/models/src/recipes/keras-results.ts. It is
an hour's work for two cores that have nothing else to do. Seconds are those of whatever machine and load there was: apps/bench is what compares times.

Everything that is not given is Keras' default. The two networks that Jogak has by hand are here Keras' equals of them; `recurrent-network` follows the
error back through its last 10 steps only, so the state before them is taken for a constant.
"""

import argparse
import gzip
import json
import os
import pathlib
import statistics
import time

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402
import numpy as np  # noqa: E402

SEEDS = [1, 2, 3, 4, 5]
STEPS = 100
SKIP_TOP = 20  # ids below are Keras' marks and words too common to tell anything
WINDOW = 10  # steps that recurrent-network follows the error back through


def found(data, data_set, *names):
    """The first of these files in the folder, or in the data set's own folder there."""
    for path in (folder / name for folder in (data, data / data_set) for name in names):
        if path.exists():
            return path
    raise SystemExit(f"{' or '.join(names)} is neither in {data} nor in {data / data_set}")


def idx(data, name):
    """An IDX file of bytes, packed or not."""
    path = found(data, "fashion-mnist", f"{name}.gz", name)
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rank = content[3]
    shape = np.frombuffer(content, ">u4", rank, 4)
    return np.frombuffer(content, "uint8", offset=4 + 4 * rank).reshape(shape)


def split_of(work, name, seed):
    """What recipes-data.mjs wrote: x and y of the training and of the validation part."""
    read = lambda key: np.fromfile(work / f"{name}-{seed}-{key}.i32", "int32")  # noqa: E731
    return {part: (read(f"x_{part}"), read(f"y_{part}")) for part in ("train", "val")}


def fashion(data, work, seed, _words):
    scaled = lambda x: (x.astype("float32") / 255)[..., np.newaxis]  # noqa: E731
    images, labels = (idx(data, f"train-{kind}-ubyte") for kind in ("images-idx3", "labels-idx1"))
    test_images, test_labels = (idx(data, f"t10k-{kind}-ubyte") for kind in ("images-idx3", "labels-idx1"))
    split = split_of(work, "fashion-mnist", seed)  # x: which image
    assert all((labels[which] == y).all() for which, y in split.values()), "the labels of the splits are not those of the images"
    assert len(set(np.concatenate([which for which, _ in split.values()]))) == len(images), "the splits do not hold every image once"
    assert all((np.bincount(y) == share).all() for share, (_, y) in zip((4800, 1200), split.values())), "the splits are not stratified"
    return {part: (scaled(images[which]), y) for part, (which, y) in split.items()} | {"test": (scaled(test_images), test_labels)}


def reviews(content, part, words):
    """A part of IMDB as the recipes take it, made from the published file alone: rank + 3, ids from 20 up to `words`, the last 100 of them."""
    x = np.zeros((25_000, STEPS), "int32")
    for row, ranks in enumerate(content[f"x_{part}"]):
        ids = [rank + 3 for rank in ranks if SKIP_TOP <= rank + 3 < words][-STEPS:]
        if ids:
            x[row, -len(ids) :] = ids
    return x, content[f"y_{part}"].astype("int32")


def imdb(data, work, seed, words):
    with np.load(found(data, "imdb", "imdb.npz"), allow_pickle=True) as content:
        whole, test = (reviews(content, part, words) for part in ("train", "test"))
    split = {part: (x.reshape(-1, STEPS), y) for part, (x, y) in split_of(work, f"imdb-{words}", seed).items()}
    in_order = lambda x, y: (rows := np.c_[x, y])[np.lexsort(rows.T)]  # noqa: E731
    both = (np.concatenate(parts) for parts in zip(*split.values()))
    assert (in_order(*both) == in_order(*whole)).all(), "the splits hold other reviews than the file"
    return split | {"test": test}


def spam(_data, work, seed, _words):
    return {part: (x.reshape(-1, STEPS), y) for part, (x, y) in split_of(work, "spam", seed).items()} | {"test": None}


class BlockMaxPooling2D(keras.layers.Layer):
    """MaxPooling2D(2), as the maximum over a reshaped image: the same function, whose gradient JAX computes in a third of the time (batch of 128, one core).
    Where several numbers of a block are the largest, it shares the gradient out; they are, where the image has the same pixels around them, and then the
    weights get the same gradient either way."""

    def call(self, x):
        _, height, width, channels = x.shape
        return keras.ops.max(keras.ops.reshape(x, (-1, height // 2, 2, width // 2, 2, channels)), axis=(2, 4))

    def compute_output_shape(self, shape):
        batch, height, width, channels = shape
        return (batch, height // 2, width // 2, channels)


def cnn(*between):
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(10, 3, padding="same", activation="relu"),
            BlockMaxPooling2D(),
            layers.Flatten(),
            *between,
            layers.Dense(100, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


def one_hot_rnn(truncated):
    ids = keras.Input((STEPS,), dtype="int32")
    words = keras.ops.one_hot(ids, 100)
    cells = keras.layers.SimpleRNN(32)
    if truncated:
        before = keras.ops.stop_gradient(cells(words[:, :-WINDOW]))
        last = cells(words[:, -WINDOW:], initial_state=before)
    else:
        last = cells(words)
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(last))


def embedded(cells):
    return keras.Sequential(
        [keras.Input((STEPS,), dtype="int32"), keras.layers.Embedding(1000, 32), cells, keras.layers.Dense(1, activation="sigmoid")]
    )


sgd = lambda: keras.optimizers.SGD(0.01)  # noqa: E731
classes, binary = "sparse_categorical_crossentropy", "binary_crossentropy"

# name: (data, words, network, optimizer, loss, batch size, epochs, parameters); the cheap ones first
RECIPES = {
    "spam-lstm": (spam, None, lambda: embedded(keras.layers.LSTM(8)), lambda: "adam", binary, 32, 10, 33_321),
    "imdb-lstm": (imdb, 1000, lambda: embedded(keras.layers.LSTM(8)), lambda: "adam", binary, 32, 10, 33_321),
    "imdb-embedding-rnn": (imdb, 1000, lambda: embedded(keras.layers.SimpleRNN(8)), lambda: "adam", binary, 32, 10, 32_337),
    "imdb-rnn": (imdb, 100, lambda: one_hot_rnn(False), sgd, binary, 32, 20, 4_289),
    "recurrent-network": (imdb, 100, lambda: one_hot_rnn(True), sgd, binary, 32, 20, 4_289),
    "convolution-network": (fashion, None, cnn, sgd, classes, 128, 20, 197_210),
    "fashion-cnn": (fashion, None, cnn, lambda: "adam", classes, 32, 20, 197_210),
    "fashion-cnn-dropout": (fashion, None, lambda: cnn(keras.layers.Dropout(0.5)), lambda: "adam", classes, 32, 20, 197_210),
}


class EpochTimes(keras.callbacks.Callback):
    """Seconds of each epoch, validation included; the first one's hold the compilation."""

    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(round(time.perf_counter() - self.start, 3))


def train(name, seed, data, work):
    load, words, network, optimizer, loss, batch_size, epochs, parameters = RECIPES[name]
    parts = load(data, work, seed, words)
    keras.utils.set_random_seed(seed)
    model = network()
    assert model.count_params() == parameters, f"{name} has {model.count_params()} parameters"
    model.compile(optimizer=optimizer(), loss=loss, metrics=["accuracy"])
    assert len(parts["train"][0]) % batch_size == 0 or name != "convolution-network", "the last partial batch would have to be dropped"
    times = EpochTimes()
    history = model.fit(*parts["train"], validation_data=parts["val"], batch_size=batch_size, epochs=epochs, verbose=0, callbacks=[times])
    tested = None if parts["test"] is None else model.evaluate(*parts["test"], batch_size=batch_size, verbose=0, return_dict=True)
    return {
        "recipe": name,
        "seed": seed,
        "curve": history.history["val_accuracy"],
        "test": tested and tested["accuracy"],
        "seconds": times.seconds,
        "keras": keras.__version__,
    }


def figures(values):
    values = [round(value, 4) for value in values]
    return {"median": statistics.median(values), "min": min(values), "max": max(values), "values": values}


def summary(runs):
    return {
        "curves": [[round(value, 4) for value in run["curve"]] for run in runs],
        "validation": figures([run["curve"][-1] for run in runs]),
        "test": None if runs[0]["test"] is None else figures([run["test"] for run in runs]),
        "secondsPerEpoch": round(statistics.median(second for run in runs for second in run["seconds"][1:]), 2),
    }


def typescript(out):
    """The spreads alone, as the module that Jogak reads."""
    spread = lambda of: of and "{{ median: {median}, min: {min}, max: {max} }}".format(**of) or "null"  # noqa: E731
    lines = [
        "// Written by tools/golden/recipes.py; do not edit.",
        "import type { KerasResult } from './reference-results.js';",
        "",
        "/** What Keras reached with each recipe, over the seeds 1 to 5. */",
        "export const kerasResults: Readonly<Record<string, KerasResult>> = {",
    ]
    for name, recipe in out["recipes"].items():
        lines += [
            f"  '{name}': {{",
            f"    version: '{out['keras']}',",
            f"    validation: {spread(recipe['validation'])},",
            f"    test: {spread(recipe['test'])},",
            "  },",
        ]
    return "\n".join([*lines, "};", ""])


def finished(file):
    lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    return {(run["recipe"], run["seed"]): run for run in lines}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipes", nargs="*", metavar="RECIPE", help=f"default: all of {', '.join(RECIPES)}")
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of the data sets, or of a folder of each")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="folder of the splits and of finished runs, outside the repository")
    parser.add_argument("--seeds", type=int, nargs="+", choices=SEEDS, default=SEEDS, help="for processes that share a recipe; default: all five")
    options = parser.parse_args()
    if unknown := set(options.recipes) - set(RECIPES):
        parser.error(f"there is no recipe {', '.join(unknown)}")
    file = options.work / "runs.jsonl"
    for name in options.recipes or RECIPES:
        for seed in options.seeds:
            if (name, seed) in finished(file):
                continue
            keras.backend.clear_session()
            run = train(name, seed, options.data, options.work)
            with file.open("a") as lines:
                lines.write(json.dumps(run) + "\n")
            print(f"{name} {seed}: validation {run['curve'][-1]:.4f}, test {run['test']}, {sum(run['seconds']):.0f} s", flush=True)
    runs = finished(file)
    complete = [name for name in RECIPES if all((name, seed) in runs for seed in SEEDS)]
    out = {
        "keras": keras.__version__,
        "seeds": SEEDS,
        "recipes": {name: summary([runs[name, seed] for seed in SEEDS]) for name in complete},
    }
    here = pathlib.Path(__file__).resolve()
    here.with_suffix(".json").write_text(json.dumps(out) + "\n")
    (here.parents[2] / "packages/models/src/recipes/keras-results.ts").write_text(typescript(out))


main()
