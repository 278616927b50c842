import { add, mul, type Parameter } from '@jogak/ops';
import { Slots } from './slots.js';

/** Exponential moving averages of weights: what `useEma` asks for. */
export class WeightAverages {
  readonly slots: Slots;

  /** @param owner name of the optimizer */
  constructor(owner: string) {
    this.slots = new Slots(owner);
  }

  build(parameters: readonly Parameter[]): void {
    this.slots.add(parameters, ['average'], 0);
  }

  /** `average ← momentum · average + (1 − momentum) · weight`; the first time, the weights themselves. */
  update(parameters: readonly Parameter[], momentum: number, first: boolean): void {
    for (const parameter of parameters) {
      const average = this.slots.get(parameter, 'average');
      if (first) average.update(() => mul(parameter.value, 1));
      else average.update(value => add(mul(value, momentum), mul(parameter.value, 1 - momentum)));
    }
  }

  /** Gives the weights their averages as values. */
  overwrite(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) parameter.assign(this.slots.get(parameter, 'average').value);
  }
}
