import { version_core } from '@jogak/ops';

/** Versions of what is in use. */
export const version: { readonly jogak: string; readonly 'tfjs-core': string } = { jogak: '0.1.0', 'tfjs-core': version_core };
