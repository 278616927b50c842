import { ConfigError, type HostArray, hostArray, type Json } from '@jogak/ops';

/**
 * The state of an optimizer that tfjs-layers saved, as ours has it: the number of updates, then the slots, kind by kind.
 *
 * Its momentum keeps the learning rate out of the velocity and the sign of the gradient in, its RMSProp always has moments.
 *
 * @param optimizer its class name and config, as the file has them
 * @throws {ConfigError} `unsupported` for RMSProp that uses its moments
 */
export function fromTfjsState(optimizer: Json, values: readonly HostArray[]): readonly HostArray[] {
  const { class_name: className, config } = optimizer as { class_name: string; config: Readonly<Record<string, number | boolean>> };
  const [iterations, ...slots] = values;
  if (!iterations) return values;
  if (className === 'Momentum') {
    const rate = Number(config.learning_rate ?? config.learningRate);
    return [
      iterations,
      ...slots.map(({ data, shape }) =>
        hostArray(
          Float32Array.from(data as Float32Array, value => -rate * value),
          shape,
        ),
      ),
    ];
  }
  if (className === 'RMSProp') {
    if (config.momentum || config.centered)
      throw new ConfigError(
        'the state of RMSProp with momentum, or centered, cannot be taken over from tfjs-layers; load with compile: false',
        {
          code: 'unsupported',
        },
      );
    return [iterations, ...slots.slice(0, slots.length / 2)];
  }
  return values;
}
