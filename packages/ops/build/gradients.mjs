// Writes gen/register-gradients.js: tfjs-core's gradient functions, which its Node build leaves out, as one module that registers them.
import { writePart } from './tfjs-core-part.mjs';

await writePart('register-gradients', { entry: 'register_all_gradients.js', what: 'Gradient functions', types: 'export {};\n' });
