"""Keras' values for the tests of packages/optimizers: weights and slots after five steps, schedules at many steps.

Run: KERAS_BACKEND=jax python3 tools/golden/optimizers.py   (Keras 3.15 on JAX; rewrites optimizers.json beside it)

In double precision, so that what is left of a difference is the rounding of our single precision.
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"

import keras
import numpy as np
from keras import optimizers
from keras.optimizers import schedules

keras.config.set_floatx("float64")

STEPS = 5
SHAPES = {"dense/kernel": (3, 2), "dense/bias": (2,)}
generator = np.random.default_rng(7)


def exact(shape):
    """Values that single precision holds exactly."""
    return np.round(generator.normal(size=shape) * 64) / 64


WEIGHTS = {path: exact(shape) for path, shape in SHAPES.items()}
GRADIENTS = [{path: exact(shape) * (1 + 3 * (step % 2)) for path, shape in SHAPES.items()} for step in range(STEPS)]

CASES = {
    "sgd": ("SGD", {}),
    "sgd/momentum": ("SGD", {"momentum": 0.9, "learning_rate": 0.1}),
    "sgd/nesterov": ("SGD", {"momentum": 0.9, "nesterov": True, "learning_rate": 0.1}),
    "sgd/clipnorm": ("SGD", {"clipnorm": 1.5, "learning_rate": 0.1}),
    "sgd/clipvalue": ("SGD", {"clipvalue": 0.5, "learning_rate": 0.1}),
    "sgd/globalClipnorm": ("SGD", {"global_clipnorm": 2.0, "learning_rate": 0.1}),
    "sgd/weightDecay": ("SGD", {"weight_decay": 0.05, "momentum": 0.5, "learning_rate": 0.1}),
    "sgd/weightDecayExclusions": ("SGD", {"weight_decay": 0.5, "learning_rate": 0.1, "exclude": ["bias"]}),
    "sgd/ema": ("SGD", {"use_ema": True, "ema_momentum": 0.9, "learning_rate": 0.1}),
    "sgd/emaOverwrite": ("SGD", {"use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 2, "learning_rate": 0.1}),
    "sgd/emaFinal": ("SGD", {"use_ema": True, "ema_momentum": 0.9, "learning_rate": 0.1, "finalize": True}),
    "sgd/emaConstraint": ("SGD", {"use_ema": True, "ema_momentum": 0.5, "learning_rate": 0.3, "constraint": True}),
    "sgd/exponentialDecay": ("SGD", {"learning_rate": ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 2, "decay_rate": 0.5})}),
    "rmsprop": ("RMSprop", {}),
    "rmsprop/momentum": ("RMSprop", {"momentum": 0.9, "rho": 0.8, "learning_rate": 0.01}),
    "rmsprop/centered": ("RMSprop", {"centered": True, "epsilon": 1e-3, "learning_rate": 0.01}),
    "rmsprop/centeredMomentum": ("RMSprop", {"centered": True, "momentum": 0.7, "epsilon": 1e-3, "learning_rate": 0.01}),
    "adam": ("Adam", {}),
    "adam/epsilon": ("Adam", {"epsilon": 0.1, "beta_1": 0.8, "beta_2": 0.99, "learning_rate": 0.05}),
    "adam/amsgrad": ("Adam", {"amsgrad": True, "beta_2": 0.5, "learning_rate": 0.05}),
    "adam/ema": ("Adam", {"use_ema": True, "amsgrad": True, "learning_rate": 0.05}),
    "adam/clipnorm": ("Adam", {"clipnorm": 0.5, "learning_rate": 0.05}),
    "adam/cosineDecay": (
        "Adam",
        {"learning_rate": ("CosineDecay", {"initial_learning_rate": 0.0, "decay_steps": 4, "warmup_target": 0.1, "warmup_steps": 2})},
    ),
    "adamw": ("AdamW", {}),
    "adamw/weightDecay": ("AdamW", {"weight_decay": 0.5, "learning_rate": 0.05, "exclude": ["bias"]}),
    "adagrad": ("Adagrad", {}),
    "adagrad/accumulator": ("Adagrad", {"initial_accumulator_value": 0.5, "epsilon": 1e-2, "learning_rate": 0.5}),
}

SCHEDULES = {
    "exponentialDecay": ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.9}),
    "exponentialDecay/staircase": ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.9, "staircase": True}),
    "inverseTimeDecay": ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.5}),
    "inverseTimeDecay/staircase": ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.5, "staircase": True}),
    "polynomialDecay": ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 30}),
    "polynomialDecay/power": ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 30, "end_learning_rate": 0.01, "power": 2.5}),
    "polynomialDecay/cycle": ("PolynomialDecay", {"initial_learning_rate": 0.1, "decay_steps": 8, "end_learning_rate": 0.01, "power": 0.5, "cycle": True}),
    "cosineDecay": ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 30}),
    "cosineDecay/alpha": ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 30, "alpha": 0.2}),
    "cosineDecay/warmup": (
        "CosineDecay",
        {"initial_learning_rate": 0.01, "decay_steps": 20, "alpha": 0.1, "warmup_target": 0.2, "warmup_steps": 10},
    ),
    "piecewiseConstantDecay": ("PiecewiseConstantDecay", {"boundaries": [5, 20, 21], "values": [1.0, 0.5, 0.1, 0.01]}),
}
SCHEDULE_STEPS = list(range(0, 50)) + [100, 1000]


def camel(name):
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)


def camel_keys(config):
    return {camel(key): value for key, value in config.items()}


def rounded(values):
    return [float(f"{value:.8g}") for value in np.asarray(values).ravel()]


def run(class_name, options):
    options = dict(options)
    exclude, constrained, finalize = options.pop("exclude", None), options.pop("constraint", False), options.pop("finalize", False)
    if isinstance(options.get("learning_rate"), tuple):
        schedule, config = options["learning_rate"]
        options["learning_rate"] = getattr(schedules, schedule)(**config)
    optimizer = getattr(optimizers, class_name)(name=class_name.lower(), **options)
    variables = []
    for path, value in WEIGHTS.items():
        scope, name = path.split("/")
        with keras.name_scope(scope):
            variables.append(keras.Variable(value, name=name, dtype="float64"))
        if constrained:
            variables[-1].constraint = keras.constraints.NonNeg()
    if exclude:
        optimizer.exclude_from_weight_decay(var_names=exclude)
    for gradients in GRADIENTS:
        optimizer.apply([keras.ops.convert_to_tensor(gradients[path]) for path in WEIGHTS], variables)
    if finalize:
        optimizer.finalize_variable_values(variables)
    slots = [variable for variable in optimizer.variables if variable.path.split("/")[-1] not in ("iteration", "learning_rate")]
    return {
        "weights": {path: rounded(variable.numpy()) for path, variable in zip(WEIGHTS, variables)},
        "slots": [[variable.path, rounded(variable.numpy())] for variable in slots],
    }


def described(options):
    """The options as the tests give them: our names, a schedule as its config."""
    out = camel_keys({key: value for key, value in options.items() if key not in ("exclude", "constraint", "finalize")})
    if isinstance(options.get("learning_rate"), tuple):
        schedule, config = options["learning_rate"]
        out["learningRate"] = {"className": schedule, "config": camel_keys(config)}
    if "exclude" in options:
        out["excludeFromWeightDecay"] = options["exclude"]
    return out


golden = {
    "keras": keras.__version__,
    "weights": {path: {"shape": list(value.shape), "values": rounded(value)} for path, value in WEIGHTS.items()},
    "gradients": [{path: rounded(value) for path, value in step.items()} for step in GRADIENTS],
    "cases": {
        name: {
            "className": class_name,
            "options": described(options),
            "constrained": options.get("constraint", False),
            "finalized": options.get("finalize", False),
            **run(class_name, options),
        }
        for name, (class_name, options) in CASES.items()
    },
    "defaults": {
        class_name: camel_keys(getattr(optimizers, class_name)().get_config()) for class_name in ("SGD", "RMSprop", "Adam", "AdamW", "Adagrad")
    },
    "scheduleSteps": SCHEDULE_STEPS,
    "schedules": {
        name: {
            "className": class_name,
            "config": camel_keys(getattr(schedules, class_name)(**config).get_config()),
            "options": camel_keys(config),
            "rates": rounded([float(getattr(schedules, class_name)(**config)(step)) for step in SCHEDULE_STEPS]),
        }
        for name, (class_name, config) in SCHEDULES.items()
    },
}

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
