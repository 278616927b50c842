import { ConfigError, type HostArray, type Parameter, ShapeError, tidy, toTensor } from '@jogak/ops';

/** What an optimizer has learnt: all that a run depends on. The arrays are copies. */
export interface OptimizerState {
  readonly className: string;
  /** Updates completed. */
  readonly iterations: number;
  /** The learning rate as it was last set; null when a schedule tells it. */
  readonly learningRate: number | null;
  /** Values of the slots by their paths, in their order. */
  readonly slots: Readonly<Record<string, HostArray>>;
}

/** The slots' values, copied. */
export function readSlots(slots: readonly Parameter[]): Record<string, HostArray> {
  return Object.fromEntries(slots.map(slot => [slot.path, slot.read()]));
}

/**
 * Gives `slots` the values of `saved`: by path; where it knows none of their paths (the same network under other names), in order.
 * Checks all before it changes any.
 *
 * @throws {ConfigError} when `saved` is not of these slots
 * @throws {ShapeError} when one has another shape
 */
export function writeSlots(slots: readonly Parameter[], saved: Readonly<Record<string, HostArray>>, where: string): void {
  const paths = Object.keys(saved);
  if (paths.length !== slots.length) throw new ConfigError(`${where} has ${slots.length} slots; the state to restore has ${paths.length}`);
  const renamed = slots.every(slot => !(slot.path in saved));
  const pairs = slots.map((slot, index) => {
    const path = renamed ? (paths[index] as string) : slot.path;
    const value = saved[path];
    if (value === undefined) throw new ConfigError(`${where}: the state to restore has no slot "${path}"`);
    if (value.shape.join() !== slot.shape.join())
      throw new ShapeError(
        `${where}: the slot "${slot.path}" has shape [${slot.shape.join(', ')}]; the state to restore has [${value.shape.join(', ')}]`,
      );
    return [slot, value] as const;
  });
  for (const [slot, value] of pairs) tidy(() => slot.assign(toTensor(value)));
}
