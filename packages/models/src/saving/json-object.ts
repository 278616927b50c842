import type { Json } from '@jogak/ops';

/** JSON with keys. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether JSON has keys, and is no list and no single value. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
