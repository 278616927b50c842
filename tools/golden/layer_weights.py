"""Golden values of what makes, penalizes and constrains weights, from Keras 3.15: `KERAS_BACKEND=jax python3 tools/golden/layer_weights.py`.

    fans            [[shape, fan in, fan out]]
    draws           by initializer: className, config, shape, and mean, deviation, smallest and largest of Keras' own draw, to compare
                    distributions by
    fixed           initializers that do not draw: className, config, shape, values
    regularizers    className, config, weight, value, gradient
    constraints     className, config, weight, values
"""

import json
import os

from layer_golden import camel, config_of, draw, jax, jnp, keras, np, number, numbers, values_of

keras.utils.set_random_seed(1)
I, R, C = keras.initializers, keras.regularizers, keras.constraints


def identity_of(thing):
    config = {k: v for k, v in config_of(thing.get_config()).items()}
    config = {k: camel(v) if isinstance(v, str) else v for k, v in config.items()}
    return {"className": type(thing).__name__, "config": config}


def draw_of(initializer, *shape):
    values = np.asarray(initializer(shape))
    return {
        **identity_of(initializer),
        "shape": list(shape),
        "mean": number(values.mean()),
        "deviation": number(values.std()),
        "smallest": number(values.min()),
        "largest": number(values.max()),
    }


def fixed_of(initializer, *shape):
    return {**identity_of(initializer), **values_of(initializer(shape))}


def penalty_of(regularizer, weight):
    value, gradient = jax.value_and_grad(lambda w: regularizer(w))(jnp.asarray(weight))
    return {**identity_of(regularizer), "weight": values_of(weight), "value": number(value), "gradient": numbers(gradient)}


def projection_of(constraint, weight):
    return {**identity_of(constraint), "weight": values_of(weight), "values": numbers(constraint(jnp.asarray(weight)))}


matrix, kernel = draw(1, 4, 3), draw(2, 3, 2, 2, 3)
golden = {
    "fans": [
        [list(shape), *keras.src.initializers.random_initializers.compute_fans(shape)]
        for shape in [(5,), (4, 6), (3, 4, 6), (3, 5, 2, 7)]
    ],
    "draws": {
        "glorotUniform": draw_of(I.GlorotUniform(), 300, 100),
        "glorotNormal": draw_of(I.GlorotNormal(), 3, 3, 50, 60),
        "heUniform": draw_of(I.HeUniform(), 3, 3, 50, 60),
        "heNormal": draw_of(I.HeNormal(), 300, 100),
        "leCunUniform": draw_of(I.LecunUniform(), 300, 100),
        "leCunNormal": draw_of(I.LecunNormal(), 5, 60, 100),
        "varianceScaling": draw_of(I.VarianceScaling(3.0, "fan_out", "untruncated_normal"), 200, 150),
        "varianceScaling/default": draw_of(I.VarianceScaling(), 200, 150),
        "randomUniform": draw_of(I.RandomUniform(), 30000),
        "randomUniform/range": draw_of(I.RandomUniform(1.0, 3.0), 30000),
        "randomNormal": draw_of(I.RandomNormal(), 30000),
        "truncatedNormal": draw_of(I.TruncatedNormal(0.5, 0.2), 30000),
        "orthogonal": draw_of(I.Orthogonal(gain=2.0), 3, 50, 120),
    },
    "fixed": {
        "zeros": fixed_of(I.Zeros(), 2, 2),
        "ones": fixed_of(I.Ones(), 3),
        "constant": fixed_of(I.Constant(-1.5), 2, 1),
        "identity": fixed_of(I.Identity(gain=2.0), 3, 2),
    },
    "regularizers": {
        "l1": penalty_of(R.L1(), matrix),
        "l2": penalty_of(R.L2(0.3), kernel),
        "l1l2": penalty_of(R.L1L2(0.1, 0.02), matrix),
    },
    "constraints": {
        "maxNorm": projection_of(C.MaxNorm(), 2 * matrix),
        "maxNorm/axes": projection_of(C.MaxNorm(0.5, axis=[0, 1, 2]), kernel),
        "nonNeg": projection_of(C.NonNeg(), matrix),
        "unitNorm": projection_of(C.UnitNorm(axis=1), matrix),
        "minMaxNorm": projection_of(C.MinMaxNorm(0.5, 1.0, rate=0.7), matrix),
    },
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "layer_weights.json")
with open(path, "w") as out:
    parts = []
    for name, part in golden.items():
        items = part.items() if isinstance(part, dict) else [(None, item) for item in part]
        lines = [(json.dumps(key) + ":" if key else "") + json.dumps(item, separators=(",", ":")) for key, item in items]
        open_, close = ("{", "}") if isinstance(part, dict) else ("[", "]")
        parts.append(json.dumps(name) + ":" + open_ + "\n" + ",\n".join(lines) + "\n" + close)
    out.write("{\n" + ",\n".join(parts) + "\n}\n")
