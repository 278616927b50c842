"""What Python's drivers share: JSON lines on standard input and output, arrays from files, threads.

The messages are those of `../src/protocol.ts`.
"""

import argparse
import json
import os
import resource
import sys
import time
import traceback
from dataclasses import dataclass
from typing import Callable

import numpy as np


class Cannot(Exception):
    """What an engine cannot do, and why: an answer, not a failure."""


@dataclass
class Work:
    """A piece of work, ready to be done so many times."""

    run: Callable[[int], None]
    check: list[float]
    parameters: int | None = None
    max_units: int | None = None
    note: str | None = None


def arguments(*choices, pin=True):
    """Reads `--threads=N` and, where there are `choices`, one of them; with `pin` keeps the process to so many processors, where the system can."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=0)
    if choices:
        parser.add_argument("engine", choices=choices)
    given = parser.parse_args()
    if pin and given.threads and hasattr(os, "sched_setaffinity"):
        # JAX and TensorFlow count the processors that they may use when they are imported, and start as many threads.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.threads])
    return given


def read(array):
    """The numbers of an array's file, in its shape."""
    return np.fromfile(array["path"], dtype=array["dtype"]).reshape(array["shape"])


def read_inputs(task):
    """The task's inputs as the network takes them: pixels as numbers from 0 to 1, ids as they are."""
    x = read(task["x"])
    return x if task["scale"] == 1 else x.astype(np.float32) * np.float32(task["scale"])


def read_weights(task):
    """First weights, `{layer: {weight: array}}`, in Keras' layouts."""
    return {layer: {name: read(array) for name, array in weights.items()} for layer, weights in task["weights"].items()}


def ends(*arrays):
    """The first and the last number of each array."""
    return [float(value) for array in arrays for value in (np.ravel(array)[0], np.ravel(array)[-1])]


def serve(engine, prepare):
    """Answers the runner until its input ends. `prepare(task, threads)` gives `Work`."""
    # Libraries print what they like; the runner's line is theirs no more.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "prepare":
                work = prepare(request["task"], request["threads"])
                reply = {
                    "engine": engine,
                    "parameters": work.parameters,
                    "check": [float(value) for value in work.check],
                    "maxUnits": work.max_units,
                    "note": work.note,
                }
            else:
                begun = time.perf_counter()
                work.run(request["units"])
                seconds = time.perf_counter() - begun
                # Linux counts in kilobytes, macOS in bytes.
                unit = 1 if sys.platform == "darwin" else 1024
                reply = {"seconds": seconds, "peakMemoryBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}
        except Cannot as reason:
            reply = {"cannot": str(reason)}
        except Exception as error:
            # What went wrong first: a traceback begins with where.
            reply = {"error": f"{type(error).__name__}: {error}\n{traceback.format_exc()}"}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()
