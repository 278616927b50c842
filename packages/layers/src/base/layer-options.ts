import { ConfigError, type DataType, type HostArray, options as optionKinds, type Tensor } from '@jogak/ops';
import type { ConfigOf, TableOf } from './configurable.js';
import { type DTypePolicy, getDTypePolicy } from './dtype-policy.js';
import { automaticName, factoryName } from './names.js';
import type { Shape } from './shape.js';

/** Options that every layer has. */
export interface LayerOptions {
  /** Unique within a model. @default the class in snake_case, numbered: `dense`, `dense_1` */
  name?: string;
  /** Whether training changes the weights. @default true */
  trainable?: boolean;
  /** Precision; `float32` is the one that is supported. @default 'float32' */
  dtype?: 'float32' | DTypePolicy;
  /** Shape of one sample, for the first layer of a model: `[28, 28, 1]`. */
  inputShape?: Shape;
  /** Shape of a batch, for the first layer of a model: `[null, 28, 28, 1]`. */
  batchInputShape?: Shape;
  /** Number of samples in every batch, where it is fixed (as stateful recurrent layers want it). */
  batchSize?: number;
  /** What the first layer of a model reads. @default 'float32' */
  inputDType?: DataType;
  /** First values of the weights, in the order of {@link Layer.weights}. */
  weights?: readonly (Tensor | HostArray)[];
}

/** The table of a layer's own options. */
export type LayerTable<Options extends LayerOptions> = TableOf<Omit<Options, keyof LayerOptions>>;

/** What a layer's own options are after checking. */
export type LayerConfig<Options extends LayerOptions> = ConfigOf<Omit<Options, keyof LayerOptions>>;

const shapeOption = optionKinds.nullable(
  optionKinds.listOf(optionKinds.nullable(optionKinds.integer(undefined, { min: 0 })), undefined, 'a list of sizes and nulls'),
);

const commonTable = {
  trainable: optionKinds.boolean(true),
  inputShape: shapeOption,
  batchInputShape: shapeOption,
  batchSize: optionKinds.nullable(optionKinds.positiveInteger()),
  inputDType: optionKinds.oneOf<DataType>(['float32', 'int32', 'bool', 'string', 'complex64'], 'float32'),
};

/** What becomes of {@link LayerOptions}. */
export interface CommonConfig {
  readonly name: string;
  readonly trainable: boolean;
  readonly dtypePolicy: DTypePolicy;
  readonly batchInputShape: Shape | null;
  readonly inputDType: DataType;
  readonly weights: readonly (Tensor | HostArray)[] | null;
}

/**
 * Parts a layer's options into those that every layer has and its own, and checks both.
 *
 * @throws {ConfigError} when one does not exist, is missing or has a wrong value
 */
export function parseLayerOptions<Options extends LayerOptions>(
  given: Options,
  className: string,
  table: LayerTable<Options>,
): { common: CommonConfig; own: LayerConfig<Options> } {
  if (given !== undefined) optionKinds.requireObject(given, factoryName(className));
  // A config from a file has the policy apart, beside the precision.
  const { name, dtype, dtypePolicy, weights, ...rest }: LayerOptions & { dtypePolicy?: unknown } = given ?? {};
  const where = `${factoryName(className)}${name ? ` "${name}"` : ''}`;
  const isCommon = ([key]: [string, unknown]): boolean => Object.hasOwn(commonTable, key);
  const entries = Object.entries(rest);
  const own = optionKinds.parseOptions(table, Object.fromEntries(entries.filter(entry => !isCommon(entry))), where);
  const common = optionKinds.parseOptions(commonTable, Object.fromEntries(entries.filter(isCommon)), where);
  if (name !== undefined && (typeof name !== 'string' || name === '' || name.includes('/'))) {
    throw new ConfigError(`${where}: name must be a string without "/", not empty; got ${optionKinds.show(name)}`);
  }
  const { trainable, inputShape, batchInputShape, batchSize, inputDType } = common;
  return {
    common: {
      name: name ?? automaticName(className),
      trainable,
      dtypePolicy: getDTypePolicy(dtypePolicy ?? dtype, where),
      batchInputShape: batchInputShape ?? (inputShape && [batchSize, ...inputShape]),
      inputDType,
      weights: weights ?? null,
    },
    own,
  };
}
