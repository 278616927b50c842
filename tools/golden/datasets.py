"""Golden values for @jogak/datasets: files as NumPy writes them, pickles of every protocol, and Keras' sequence functions.

Run: KERAS_BACKEND=jax python3 tools/golden/datasets.py   (rewrites tools/golden/datasets.json)
"""

import base64
import io
import json
import os
import pathlib
import pickle

import keras
import numpy as np


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def npy(array: np.ndarray) -> str:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return text(buffer.getvalue())


def npz(compressed: bool, **arrays: np.ndarray) -> str:
    buffer = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(buffer, **arrays)
    return text(buffer.getvalue())


def objects(*values: object) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


class Command:
    """What a hostile pickle looks like: a call of the shell."""

    def __reduce__(self):
        return os.system, ("echo hello",)


matrix = [[1, 2, 3], [4, 5, 6]]
typed = {}
for kind in ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
    for order in "<>":
        array = np.array(matrix, dtype=kind if kind == "?" else order + kind)
        typed[array.dtype.str] = npy(array)

nested = objects([1, -1, 300, 70000, -(2**40), 2**70, 1.5, True, None], "글", b"\x00\xff", (), {"a": [1], 2: (3,)}, np.int64(7), np.float32(0.5))

sequences = [[1, 2, 3, 4, 5], [6], [], [7, 8, 9]]
pad = {}
for padding in ["pre", "post"]:
    for truncating in ["pre", "post"]:
        for maxlen in [None, 3]:
            result = keras.utils.pad_sequences(sequences, maxlen=maxlen, padding=padding, truncating=truncating, value=0)
            pad[f"{padding}/{truncating}/{maxlen}"] = result.tolist()

golden = {
    "typed": typed,
    "fortran": npy(np.asfortranarray(np.arange(24, dtype="<i4").reshape(2, 3, 4))),
    "scalar": npy(np.array(3.25)),
    "empty": npy(np.zeros((0, 4), dtype="<f4")),
    "text": npy(np.array(["a", "bc"])),
    "structured": npy(np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f4")])),
    "largeUnsigned": npy(np.array([2**63], dtype="<u8")),
    "lists": npy(objects([1, 2, 300], [], [70000])),
    "npz": npz(False, x=np.array(matrix, dtype="<i4"), y=np.array([0.5, -0.25])),
    "npzCompressed": npz(True, x=np.array(matrix, dtype="<i4"), lists=objects([1], [2, 3])),
    "pickles": {str(protocol): text(pickle.dumps(nested, protocol=protocol)) for protocol in range(6)},
    "arrayPickles": {str(protocol): text(pickle.dumps(np.array(matrix, dtype=">i2", order="F"), protocol=protocol)) for protocol in range(2, 6)},
    "command": {str(protocol): text(pickle.dumps(Command(), protocol=protocol)) for protocol in [2, 4]},
    "sequences": sequences,
    "pad": pad,
    "toCategorical": keras.utils.to_categorical([[0, 2], [1, 3]], 4).tolist(),
}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(f"{target.name}: {target.stat().st_size} bytes")
