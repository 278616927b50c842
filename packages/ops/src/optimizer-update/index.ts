export { OPTIMIZER_UPDATE, packUpdate, type UpdateTensors, unpackUpdate } from './kernel.js';
export type { AdagradRule, AdamRule, RmspropRule, SgdRule, UpdateRule } from './rule.js';
export { type UpdateItem, updateParameters } from './update-parameters.js';
