/**
 * Tensors with methods: `x.add(y)`, `x.mean()`, `x.argMax(-1)`, all that `@tensorflow/tfjs` has. Importing this module adds them, at run time and
 * in types, to every tensor of the program; the functions of `@jogak/ops` do the same work without it.
 *
 * @see https://js.tensorflow.org/api/latest/
 * @module
 */
import '#chained-ops';
