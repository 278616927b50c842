export { boolean, integer, listOf, nullable, number, oneOf, positiveInteger, type Range, sizes, text } from './kinds.js';
export {
  Expected,
  type Json,
  type Option,
  type OptionTable,
  parseOptions,
  required,
  requireObject,
  serializeOptions,
  show,
  suggestion,
} from './option.js';
