"""Records calls of Keras layers: what layers.py and recurrent_layers.py share.

A case is one call of one layer, in double precision, and stands in the JSON file under its name, `layer/what it shows`:

    className       Keras' class name
    config          the layer's get_config(), keys in camelCase, without what all layers have (name, dtype, trainable) and without
                    options of Keras that Jogak has none of, as long as they have their default
    takesList       whether the layer is called on a list of inputs
    inputs          [{shape, values, dtype?}]; dtype is float32 unless it is said
    mask            null, or for each input null or {shape, values, dtype: bool}
    initialState    as inputs; absent when none is given
    training        the call's flag
    weights         [{path, shape, values}] in Keras' order; path without the layer's name
    outputs         [{shape, values}]
    outputMask      as mask, for each output
    inputGradients  of sum(cos(1 + i) * outputs[i]), i counting over all elements of all outputs; for each input, null for integers
    weightGradients of the same by the trainable weights, in their order
    updates         values after the call of the weights that are not trained, by name

Run the scripts with KERAS_BACKEND=jax.
"""

import json
import os

os.environ["KERAS_BACKEND"] = "jax"

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import keras
import numpy as np

keras.config.set_floatx("float64")

# Options of Keras that Jogak does not have; a case may only leave them at these values.
ABSENT = {
    "lora_rank": None,
    "lora_alpha": None,
    "quantization_config": None,
    "synchronized": False,
    "renorm": False,
    "renorm_clipping": None,
    "renorm_momentum": 0.99,
    "rms_scaling": False,
    "build_config": None,
    "input_axes": None,
    "output_axes": None,
}
COMMON = {"name", "dtype", "trainable"}


def camel(word):
    head, *rest = word.split("_")
    return head + "".join(part.capitalize() for part in rest)


def plain(value):
    """A config's value as Jogak writes it: serialized objects as {className, config}."""
    if isinstance(value, dict) and "class_name" in value:
        return {"className": value["class_name"], "config": config_of(value.get("config") or {})}
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def config_of(config):
    for key, default in ABSENT.items():
        assert config.get(key, default) in (default, {}), f"{key} = {config[key]} has no counterpart"
    return {camel(key): plain(value) for key, value in config.items() if key not in COMMON and key not in ABSENT}


def number(value):
    return float(f"{value:.8g}")


def values_of(array):
    array = np.asarray(array)
    result = {"shape": list(array.shape)}
    if array.dtype == bool:
        return {**result, "values": array.astype(int).ravel().tolist(), "dtype": "bool"}
    if np.issubdtype(array.dtype, np.integer):
        return {**result, "values": array.ravel().tolist(), "dtype": "int32"}
    return {**result, "values": [number(v) for v in array.ravel()]}


def numbers(array):
    return [number(v) for v in np.asarray(array).ravel()]


def draw(seed, *shape, low=-1.5, high=1.5):
    """Inputs and weights of three decimals, so that single precision reads what double precision was given."""
    return np.round(np.random.default_rng(seed).uniform(low, high, shape), 3)


def record(layer, inputs, mask=None, training=False, initial_state=None, seed=7):
    """One call. `inputs` is an array, or a list for a layer that takes one; `mask` likewise. Weights are drawn from `seed`."""
    takes_list = isinstance(inputs, list)
    arrays = inputs if takes_list else [inputs]
    masks = None if mask is None else (mask if takes_list else [mask])
    config = config_of(layer.get_config())
    layer.build([a.shape for a in arrays] if takes_list else arrays[0].shape)
    for index, weight in enumerate(layer.weights):
        low = 0.2 if "variance" in weight.name else -0.8
        weight.assign(draw(seed + index, *weight.shape, low=low, high=0.8 if low < 0 else 1.5))
    weights = [
        {"path": w.path.split("/", 1)[1] if "/" in w.path else w.path, **values_of(w.value)} for w in layer.weights
    ]
    floats = [i for i, a in enumerate(arrays) if np.issubdtype(a.dtype, np.floating)]

    options = {} if initial_state is None else {"initial_state": [jnp.asarray(s) for s in initial_state]}
    if layer._call_has_training_arg:
        options["training"] = training
    if masks is not None and layer._call_has_mask_arg:
        # A stateless call loses the masks of its inputs, too.
        options["mask"] = [m if m is None else jnp.asarray(m) for m in masks] if takes_list else jnp.asarray(masks[0])

    def masked(tensors):
        for i, tensor in enumerate(tensors):
            if masks is not None and masks[i] is not None:
                keras.src.backend.set_keras_mask(tensor, jnp.asarray(masks[i]))
        return tensors if takes_list else tensors[0]

    def run(trainable, given):
        tensors = [jnp.asarray(a) for a in arrays]
        for i, value in zip(floats, given):
            tensors[i] = value
        outputs, updated = layer.stateless_call(
            trainable, [v.value for v in layer.non_trainable_variables], masked(tensors), **options
        )
        outputs = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
        total, start = 0.0, 0
        for output in outputs:
            total += jnp.sum(jnp.cos(1.0 + start + jnp.arange(output.size)) * output.ravel())
            start += output.size
        return total, (outputs, updated)

    trainable = [v.value for v in layer.trainable_variables]
    given = [jnp.asarray(arrays[i]) for i in floats]
    (_, (outputs, updated)), (weight_gradients, input_gradients) = jax.value_and_grad(run, argnums=(0, 1), has_aux=True)(
        trainable, given
    )
    # A stateless call loses the masks of its outputs.
    called = layer(masked([jnp.array(a) for a in arrays]), **options)
    called = list(called) if isinstance(called, (list, tuple)) else [called]
    for one, other in zip(called, outputs):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)
    out_masks = [keras.src.backend.get_keras_mask(output) for output in called]
    by_input = dict(zip(floats, input_gradients))
    shown = lambda list_: None if list_ is None else [None if m is None else values_of(np.asarray(m)) for m in list_]
    return {
        "className": type(layer).__name__,
        "config": config,
        "takesList": takes_list,
        "inputs": [values_of(a) for a in arrays],
        "mask": shown(masks),
        **({} if initial_state is None else {"initialState": [values_of(s) for s in initial_state]}),
        "training": training,
        "weights": weights,
        "outputs": [values_of(o) for o in outputs],
        "outputMask": shown(out_masks) if any(m is not None for m in out_masks) else None,
        "inputGradients": [numbers(by_input[i]) if i in by_input else None for i in range(len(arrays))],
        "weightGradients": [numbers(g) for g in weight_gradients],
        "updates": {v.name: numbers(value) for v, value in zip(layer.non_trainable_variables, updated) if "seed" not in v.name},
    }


def write(file, cases):
    """One case a line, so that a change shows which it is."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), file)
    with open(path, "w") as out:
        lines = [json.dumps(name) + ":" + json.dumps(case, separators=(",", ":")) for name, case in cases.items()]
        out.write("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{len(cases)} cases, {os.path.getsize(path)} bytes")
