"""What the Transformer adds to the rows of its embedding (Vaswani et al. 2017, section 3.5)."""

import numpy as np


def positions(steps, width):
    """`[steps, width]`: sines in the even columns, cosines in the odd ones."""
    column = np.arange(width)
    angle = np.arange(steps)[:, None] / 10_000 ** ((column - column % 2) / width)
    return np.where(column % 2 == 0, np.sin(angle), np.cos(angle)).astype(np.float32)
