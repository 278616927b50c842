// Writes gen/register-chained-ops.js: the methods of tensors (`x.add(y)`) that '@tensorflow/tfjs' has and tfjs-core leaves out, as one module that
// registers them. Their types are tfjs-core's own, which add to its class Tensor.
import { writePart } from './tfjs-core-part.mjs';

const entry = 'public/chained_ops/register_all_chained_ops.js';
await writePart('register-chained-ops', { entry, what: 'Chained methods', types: `import '@tensorflow/tfjs-core/dist/${entry}';\n` });
