import { ConfigError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { expectClose, golden } from '../golden.testing.js';
import {
  constant,
  cosineDecay,
  defineSchedule,
  deserializeSchedule,
  exponentialDecay,
  piecewiseConstantDecay,
  polynomialDecay,
  registerSchedule,
  serializeSchedule,
} from './index.js';

describe('schedules', () => {
  it.each(Object.entries(golden.schedules))('%s has the rates and the config of Keras', (_name, { className, config, options, rates }) => {
    const schedule = deserializeSchedule({ className, config: options });
    // Both in double precision, Keras' figures written with 8 digits; absolute below 0.1.
    expectClose(golden.scheduleSteps.map(schedule), rates, 1e-7);
    expect(schedule.getConfig()).toEqual(config);
    const revived = deserializeSchedule(JSON.parse(JSON.stringify(serializeSchedule(schedule))));
    expect(golden.scheduleSteps.map(revived)).toEqual(golden.scheduleSteps.map(schedule));
  });

  it('constant is the same at every step', () => {
    expect([0, 1, 1000].map(constant({ learningRate: 0.5 }))).toEqual([0.5, 0.5, 0.5]);
  });

  it('polynomial and cosine decay end where they should, and stay there', () => {
    expect(polynomialDecay({ initialLearningRate: 1, decaySteps: 10, endLearningRate: 0.25 })(1e6)).toBe(0.25);
    expect(cosineDecay({ initialLearningRate: 1, decaySteps: 10, alpha: 0.25 })(1e6)).toBe(0.25);
  });

  it.each([
    [
      () => exponentialDecay({ initialLearningRate: 1, decaySteps: 0, decayRate: 1 }),
      'schedule ExponentialDecay: decaySteps must be a number, more than 0; got 0',
    ],
    [
      () => exponentialDecay({ initialLearningRate: 1, decaySteps: 1, decayrate: 1 } as never),
      'schedule ExponentialDecay: there is no option "decayrate"; did you mean "decayRate"?',
    ],
    [() => polynomialDecay({ decaySteps: 1 } as never), 'schedule PolynomialDecay: the option "initialLearningRate" is required'],
    [
      () => cosineDecay({ initialLearningRate: 0, decaySteps: 5, warmupSteps: 3 }),
      'schedule CosineDecay: a warm-up of 3 steps needs a warmupTarget, the learning rate it leads to',
    ],
    [
      () => piecewiseConstantDecay({ boundaries: [5, 3], values: [1, 2, 3] }),
      'schedule PiecewiseConstantDecay: boundaries must increase; got [5, 3]',
    ],
    [
      () => piecewiseConstantDecay({ boundaries: [5], values: [1, 2, 3] }),
      'schedule PiecewiseConstantDecay: 1 boundaries part 2 values; got 3',
    ],
    [
      () => deserializeSchedule({ className: 'CosineDecai', config: {} }),
      'there is no schedule "CosineDecai"; did you mean "CosineDecay"?',
    ],
    [
      () => registerSchedule(defineSchedule({ className: 'CosineDecay', options: {}, rate: () => 1 })),
      'there is another schedule of the class name "CosineDecay"; choose a name of your own',
    ],
  ])('says what is wrong (%#)', (make, message) => {
    expect(make).toThrow(new ConfigError(message));
  });

  it("revives a schedule of one's own", () => {
    const halving = defineSchedule({ className: 'Halving', options: {}, rate: (_config, step) => 0.5 ** step });
    registerSchedule(halving);
    expect(deserializeSchedule(serializeSchedule(halving({})))(3)).toBe(0.125);
  });
});
