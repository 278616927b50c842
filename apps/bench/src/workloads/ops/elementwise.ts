import { always, fractions, type Input, integers, normals, type Op, truths } from './op.js';

/** A feed-forward layer's values, of 2,048 tokens. */
const hidden = normals(2048, 512);
const count = 2048 * 512;
/** A stage of ResNet-20. */
const image = normals(32, 32, 32, 16);
const pixels = 32 * 32 * 32 * 16;

/** A function of every hidden value. */
const ofHidden = (op: Op['op'], title: string, functions: number, x: Input = hidden): Op => ({
  name: op,
  op,
  title: `${title} of 2048×512`,
  inputs: [x],
  outputs: count,
  functions: functions * count,
});

export const elementwise: readonly Op[] = [
  {
    name: 'add-small',
    op: 'add',
    title: 'Sum of two 32×100: the time of a call',
    inputs: [normals(32, 100), normals(32, 100)],
    outputs: 3200,
    arithmetic: 3200,
  },
  { name: 'add', op: 'add', title: 'Sum of two 32×32×32×16', inputs: [image, image], outputs: pixels, arithmetic: pixels },
  {
    name: 'bias',
    op: 'add',
    title: 'Sum of 32×28×28×10 and 10 channels',
    inputs: [normals(32, 28, 28, 10), normals(10)],
    outputs: 250_880,
    arithmetic: 250_880,
  },
  {
    name: 'multiply-rows',
    op: 'multiply',
    title: 'Product of 2048×512 and 2048×1',
    inputs: [hidden, normals(2048, 1)],
    outputs: count,
    arithmetic: count,
  },
  { name: 'relu', op: 'relu', title: 'relu of 32×32×32×16', inputs: [image], outputs: pixels, arithmetic: pixels },
  { name: 'clip', op: 'clip', title: '32×32×32×16 clipped to [−1, 1]', inputs: [image], outputs: pixels, arithmetic: 2 * pixels },
  {
    name: 'sigmoid-small',
    op: 'sigmoid',
    title: 'sigmoid of 32×100',
    inputs: [normals(32, 100)],
    outputs: 3200,
    functions: 3200,
  },
  ofHidden('sigmoid', 'sigmoid', 1),
  ofHidden('tanh', 'tanh', 1),
  ofHidden('elu', 'elu', 1),
  ofHidden('exp', 'exp', 1),
  ofHidden('log', 'log', 1, fractions(2048, 512)),
  ofHidden('erf', 'erf', 1),
  {
    name: 'pow',
    op: 'pow',
    title: '2048×512 to the power of 2048×512',
    inputs: [fractions(2048, 512), hidden],
    outputs: count,
    functions: 2 * count,
  },
  {
    name: 'pow-2',
    op: 'pow',
    title: '2048×512 to the power of 2',
    inputs: [hidden, always(2, 1)],
    outputs: count,
    arithmetic: count,
  },
  {
    name: 'mod',
    op: 'mod',
    title: '32×32×32×16 modulo 32×32×32×16',
    inputs: [image, fractions(32, 32, 32, 16)],
    outputs: pixels,
    arithmetic: 4 * pixels,
  },
  {
    name: 'greater',
    op: 'greater',
    title: 'Comparison of two 32×32×32×16',
    inputs: [image, image],
    outputs: pixels / 4,
    arithmetic: pixels,
  },
  {
    name: 'where',
    op: 'where',
    title: 'Choice between two 32×32×32×16',
    inputs: [truths(32, 32, 32, 16), image, image],
    outputs: pixels,
    arithmetic: pixels,
  },
  {
    name: 'cast-to-float',
    op: 'castToFloat',
    title: 'int32 2048×512 to float32',
    inputs: [integers(1000, 2048, 512)],
    outputs: count,
    arithmetic: count,
  },
  { name: 'cast-to-bool', op: 'castToBool', title: 'float32 2048×512 to bool', inputs: [hidden], outputs: count / 4, arithmetic: count },
];
