import { ClassTable } from '../base/class-table.js';
import type { ConfigurableClass, Serialized } from '../base/configurable.js';
import { Constant, Identity, Ones, Zeros } from './constant.js';
import { Initializer } from './initializer.js';
import { Orthogonal } from './orthogonal.js';
import { RandomNormal, RandomUniform, TruncatedNormal } from './random.js';
import { GlorotNormal, GlorotUniform, HeNormal, HeUniform, LeCunNormal, LeCunUniform, VarianceScaling } from './variance-scaling.js';

/** An initializer, its name (`'glorotUniform'`), or its serialized form. */
export type InitializerLike = Initializer | string | Serialized;

/** The initializers that options and files can name. */
export const initializerTable: ClassTable<Initializer> = /* @__PURE__ */ new ClassTable<Initializer>(
  'initializer',
  Initializer,
  [
    Zeros,
    Ones,
    Constant,
    Identity,
    RandomUniform,
    RandomNormal,
    TruncatedNormal,
    VarianceScaling,
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    LeCunUniform,
    LeCunNormal,
    Orthogonal,
  ],
  { uniform: { className: 'RandomUniform', config: {} }, normal: { className: 'RandomNormal', config: {} } },
);

/** The initializer that an identifier stands for. @throws {ConfigError} when there is none of the name */
export const getInitializer = (identifier: InitializerLike): Initializer => initializerTable.get(identifier);

/** Makes an initializer of one's own known to options and files by its `className`. */
export const registerInitializer = (type: ConfigurableClass<Initializer>): void => initializerTable.register(type);
