import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { elu } from './elu.js';

describeLayer('elu', () => elu(), { inputShape: [2, 5], mask: 'passes' });

describe('elu', () => {
  it('matches Keras', () => expectLayer(elu({ alpha: 0.7 })).toMatchGolden('elu/alpha'));

  it('has alpha 1 when nothing is said', () => expect(elu().config).toEqual({ alpha: 1 }));
});
