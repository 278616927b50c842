import { ConfigError, fill, Parameter, tidy } from '@jogak/ops';

/**
 * What an optimizer remembers of every weight: weights of its own, not trainable, of the weight's shape, in the order in which Keras
 * makes and stores them. Their paths are Keras' too: `adam/dense_kernel_momentum`.
 */
export class Slots {
  /** All, in the order of creation. */
  readonly all: Parameter[] = [];
  private readonly byParameter = new Map<Parameter, Map<string, Parameter>>();

  /** @param owner name of the optimizer */
  constructor(private readonly owner: string) {}

  /** Makes a slot of each of `names` for every one of `parameters`, filled with `initial`. */
  add(parameters: readonly Parameter[], names: readonly string[], initial: number): void {
    for (const parameter of parameters) {
      const own = this.byParameter.get(parameter) ?? new Map<string, Parameter>();
      this.byParameter.set(parameter, own);
      for (const name of names) {
        const value = tidy(() => fill(parameter.shape, initial));
        const slot = new Parameter({ path: this.freePath(`${parameter.path.replaceAll('/', '_')}_${name}`), value, trainable: false });
        value.dispose();
        own.set(name, slot);
        this.all.push(slot);
      }
    }
  }

  /** @throws {ConfigError} when there is none */
  get(parameter: Parameter, name: string): Parameter {
    const slot = this.byParameter.get(parameter)?.get(name);
    if (slot === undefined) throw new ConfigError(`optimizer "${this.owner}" has no slot "${name}" for the weight "${parameter.path}"`);
    return slot;
  }

  /** Those of one weight, in the order of creation. */
  of(parameter: Parameter): Parameter[] {
    return [...(this.byParameter.get(parameter)?.values() ?? [])];
  }

  dispose(): void {
    for (const slot of this.all) slot.dispose();
    this.all.length = 0;
    this.byParameter.clear();
  }

  /** Weights `a/b_c` and `a_b/c` would have slots of one path. */
  private freePath(name: string): string {
    const taken = new Set(this.all.map(slot => slot.path));
    let path = `${this.owner}/${name}`;
    for (let copy = 1; taken.has(path); copy++) path = `${this.owner}/${name}_${copy}`;
    return path;
  }
}
