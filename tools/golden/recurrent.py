"""Writes recurrent.json: Keras' outputs, states and gradients of its recurrent layers, for the ops' tests.

Run as `KERAS_BACKEND=jax python3 tools/golden/recurrent.py` with Keras 3.15 and jax installed. Every case has the loss
sum(sequence * sequenceWeights) + sum(states * stateWeights), whose gradients with respect to all inputs are recorded.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
import jax
import keras
import numpy as np

jax.config.update("jax_default_matmul_precision", "highest")
BATCH, TIME, FEATURES, UNITS = 3, 4, 3, 5
LAYERS = {"simpleRnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
GATES = {"simpleRnn": 1, "lstm": 4, "gru": 3}
MASKS = {
    "front": [[0, 0, 1, 1], [0, 1, 1, 1], [1, 1, 1, 1]],
    # A row that is masked all over, one with holes, one that ends early.
    "mixed": [[0, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0]],
}


def rounded(array):
    return [float(f"{v:.7g}") for v in np.asarray(array).reshape(-1)]


def case(name, cell, *, seed, mask=None, initial=False, one_hot=False, **config):
    random = np.random.default_rng(seed)
    draw = lambda *shape: np.round(random.normal(0, 0.6, shape), 3).astype("float32")
    columns = GATES[cell] * UNITS
    reset_after = config.get("reset_after", True)
    inputs = {
        "x": np.eye(FEATURES, dtype="float32")[random.integers(0, FEATURES, (BATCH, TIME))] if one_hot else draw(BATCH, TIME, FEATURES),
        "kernel": draw(FEATURES, columns),
        "recurrentKernel": draw(UNITS, columns),
    }
    if one_hot:
        inputs["x"][0, 0] = 0
    if config.get("use_bias", True):
        inputs["bias"] = draw(2, columns) if cell == "gru" and reset_after else draw(columns)
    states = ["h", "c"] if cell == "lstm" else ["h"]
    if initial:
        inputs.update({state: draw(BATCH, UNITS) for state in states})
    weights = {"sequence": draw(BATCH, TIME, UNITS), **{state: draw(BATCH, UNITS) for state in states}}

    layer = LAYERS[cell](UNITS, return_sequences=True, return_state=True, **config)
    layer.build((BATCH, TIME, FEATURES))
    mask_array = None if mask is None else np.array(MASKS[mask], dtype=bool)

    def run(values):
        trainable = [values[key] for key in ("kernel", "recurrentKernel", "bias") if key in values]
        outputs, _ = layer.stateless_call(
            trainable,
            layer.non_trainable_variables,
            values["x"],
            mask=mask_array,
            initial_state=[values[state] for state in states] if initial else None,
        )
        return dict(zip(["sequence", *states], outputs))

    loss = lambda values: sum((run(values)[key] * weights[key]).sum() for key in weights)
    gradients = jax.grad(loss)(inputs)
    return {
        "name": name,
        "cell": cell,
        "options": {
            "activation": config.get("activation", "tanh"),
            **({"recurrentActivation": config.get("recurrent_activation", "sigmoid")} if cell != "simpleRnn" else {}),
            **({"resetAfter": reset_after} if cell == "gru" else {}),
            "goBackwards": config.get("go_backwards", False),
        },
        "mask": None if mask is None else MASKS[mask],
        "shapes": {key: list(value.shape) for key, value in inputs.items()},
        "inputs": {key: rounded(value) for key, value in inputs.items()},
        "weights": {key: rounded(value) for key, value in weights.items()},
        "outputs": {key: rounded(value) for key, value in run(inputs).items()},
        "gradients": {key: rounded(value) for key, value in gradients.items()},
    }


VARIANTS = {
    "plain": {},
    "initial state": {"initial": True},
    "no bias": {"use_bias": False},
    "one-hot input": {"one_hot": True},
    "backwards": {"go_backwards": True, "initial": True},
    "masked in front": {"mask": "front"},
    "mixed mask": {"mask": "mixed", "initial": True},
    "mixed mask, backwards": {"mask": "mixed", "initial": True, "go_backwards": True},
    "relu": {"activation": "relu", "initial": True},
    "softsign, which has no kernel": {"activation": "softsign", "mask": "mixed", "initial": True},
}
GATED = {"hard sigmoid gates": {"recurrent_activation": "hard_sigmoid", "initial": True}}
CELLS = [
    ("simpleRnn", "", VARIANTS, {}),
    ("lstm", "", {**VARIANTS, **GATED}, {}),
    ("gru", "", {**VARIANTS, **GATED}, {}),
    ("gru", ", reset before", VARIANTS, {"reset_after": False}),
]
cases = [
    case(f"{cell}{suffix}: {name}", cell, seed=i, **variant, **extra)
    for cell, suffix, variants, extra in CELLS
    for i, (name, variant) in enumerate(variants.items())
]
text = json.dumps(cases, separators=(",", ":")).replace('},{"name"', '},\n{"name"')
Path(__file__).with_suffix(".json").write_text(text + "\n")
