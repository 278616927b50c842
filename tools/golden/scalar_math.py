"""exp, expm1, log, pow, sin, cos and tanh of doubles, by mpmath at 1,400 bits. Run: python3 tools/golden/scalar_math.py (mpmath 1.3).

A case is [arguments…, the double near the true value, (true value − that double) / its unit in the last place].
"""

import json
import math
import os
import random

import mpmath

mpmath.mp.prec = 1400
random.seed(4)
TINIEST = 5e-324


def of_any_size(low, high):
    """±, uniform in the exponent of two."""
    return random.choice([-1, 1]) * math.ldexp(random.uniform(1, 2), random.randint(low, high))


def near(values):
    return [w for v in values for w in (math.nextafter(v, -math.inf), v, math.nextafter(v, math.inf))]


SMALL = [TINIEST, -TINIEST, 2.5e-310, 2.2250738585072014e-308, -1e-300, 1e-17, -1e-16, 1e-9, -1e-8]
EXP = (
    SMALL
    + near([0.34657359027997264, -0.34657359027997264, 1.0, -1.0, 708.3964185322641, -708.3964185322641, 0.5, 40.0, -40.0])
    + [709.782712893384, -745.1332191019411, -740.0, -720.5, -708.5]
    + [random.uniform(-745, 709) for _ in range(60)]
    + [random.uniform(-2, 2) for _ in range(60)]
    + [of_any_size(-60, 5) for _ in range(30)]
)
LOG = (
    [abs(x) for x in SMALL]
    + near([1.0, 2.0, 0.5, math.sqrt(2), math.sqrt(0.5), 4.0, 10.0, 1e300])
    + [1.7976931348623157e308]
    + [random.uniform(0.5, 2) for _ in range(60)]
    + [abs(of_any_size(-1074, 1023)) for _ in range(60)]
    + [1 + of_any_size(-52, -3) for _ in range(30)]
)
ANGLE = (
    SMALL
    # 5.319372648326541e255 · 2/π is the double that comes nearest to an integer.
    + near([0.785, math.pi / 4, math.pi / 2, math.pi, 3 * math.pi / 2, 2 * math.pi, 5.319372648326541e255, 1e22])
    + [1.7976931348623157e308, -1.7976931348623157e308]
    + [random.uniform(-10, 10) for _ in range(60)]
    + [of_any_size(-30, 1023) for _ in range(60)]
    + [random.uniform(-1e6, 1e6) for _ in range(30)]
)
TANH = SMALL + near([0.17, 0.35, 1.0, 3.7e-9, 19.0, -19.99]) + [random.uniform(-20, 20) for _ in range(60)] + [of_any_size(-40, 3) for _ in range(60)]
POW = (
    [(0.999, float(t)) for t in (1, 2, 3, 10, 100, 1500, 93750, 600000)]
    + [(0.9, float(t)) for t in (1, 2, 3, 10, 100, 1500, 7000)]
    + [(-1.5, float(n)) for n in (-7, 2, 3, 1001)]
    + [(1 + 2**-52, 2.0**60), (1 - 2**-53, -(2.0**60)), (1 + 2**-52, 3e18), (TINIEST, 0.5), (TINIEST, -0.9), (1.7976931348623157e308, -1.04), (1e155, 1.9)]
    + [(abs(of_any_size(-1074, 1023)), of_any_size(-20, -1)) for _ in range(40)]
    + [(random.uniform(0.5, 2), random.uniform(-700, 700)) for _ in range(60)]
    + [(1 + of_any_size(-40, -5), of_any_size(0, 15)) for _ in range(40)]
)


def case(arguments, true):
    value = float(true)
    unit = max(math.ulp(value), TINIEST)
    return [*arguments, value, round(float((true - mpmath.mpf(value)) / mpmath.mpf(unit)), 4)]


def cases(function, arguments):
    rows = [case(list(a), function(*map(mpmath.mpf, a))) for a in arguments]
    return [row for row in rows if math.isfinite(row[-2]) and row[-2] != 0]


golden = {
    "exp": cases(mpmath.exp, [(x,) for x in EXP]),
    "expm1": cases(lambda x: mpmath.exp(x) - 1, [(x,) for x in EXP]),
    "log": cases(mpmath.log, [(x,) for x in LOG]),
    "pow": cases(mpmath.power, POW),
    "sin": cases(mpmath.sin, [(x,) for x in ANGLE]),
    "cos": cases(mpmath.cos, [(x,) for x in ANGLE]),
    "tanh": cases(mpmath.tanh, [(x,) for x in TANH]),
}
with open(os.path.splitext(__file__)[0] + ".json", "w", encoding="utf-8") as file:
    json.dump(golden, file, separators=(",", ":"))
