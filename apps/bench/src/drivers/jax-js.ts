// jax-js as a driver, on its WebAssembly backend. In Node it has one thread: it looks for the workers of browsers.
import { createRequire } from 'node:module';
import { defaultDevice, init } from '@jax-js/jax';
import { jaxJsWork } from './jax-js-work.js';
import { serve } from './serve.js';

await init('wasm');
defaultDevice('wasm');
const main = createRequire(import.meta.url).resolve('@jax-js/jax');
const { version } = createRequire(import.meta.url)(main.replace(/dist.*$/, 'package.json')) as { version: string };

await serve(`jax-js ${version}, wasm`, ({ task }) => jaxJsWork(task));
