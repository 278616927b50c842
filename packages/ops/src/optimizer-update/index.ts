export { OPTIMIZER_UPDATE, packUpdate, type UpdateTensors, unpackUpdate } from './kernel.js';
export { type AdagradRule, type AdamRule, adamStepSize, type RmspropRule, type SgdRule, type UpdateRule } from './rule.js';
export { type UpdateItem, updateParameters } from './update-parameters.js';
