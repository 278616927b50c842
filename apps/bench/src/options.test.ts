import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError } from './options.js';
import { peerNames } from './peers/peers.js';
import { workloads } from './workloads/index.js';

const parse = (given: string[], env: NodeJS.ProcessEnv = {}) => parseOptions(given, workloads, env);
const names = (given: string[]): string[] => parse(given).workloads.map(({ name }) => name);

describe('the command line', () => {
  it('measures everything, five times, by default', () => {
    const options = parse([]);
    expect(options).toMatchObject({ rounds: 5, json: null, dataDir: null, list: false, help: false });
    expect(options.workloads).toEqual(workloads);
    expect(options.peers).toEqual(peerNames);
  });

  it('takes workloads and groups, in the order of the table', () => {
    expect(names(['--only', 'imdb-rnn', '--only=fashion-cnn'])).toEqual(['fashion-cnn', 'imdb-rnn']);
    expect(names(['--only', 'gemm'])).toEqual(['gemm-32', 'gemm-64', 'gemm-128', 'gemm-256', 'gemm-512', 'gemm-1024', 'gemm-2048']);
  });

  it('takes peers one by one, or with commas', () => {
    expect(parse(['--peers', 'jax,pytorch', '--peers', 'jogak-cpu']).peers).toEqual(['jogak-cpu', 'pytorch', 'jax']);
  });

  it('takes the folder of data from the environment, unless it is told', () => {
    expect(parse([], { JOGAK_DATA_DIR: 'a' }).dataDir).toBe('a');
    expect(parse(['--data', 'b'], { JOGAK_DATA_DIR: 'a' }).dataDir).toBe('b');
  });

  it.each([
    [
      ['--only', 'fashion'],
      'there is no workload and no group "fashion"; groups are recipes, gemm, conv2d, kernels-elementwise, kernels-reductions, kernels-movement, kernels-images, kernels-random, steps, predict, scaling, start-up, memory; --list names all workloads',
    ],
    [['--peers', 'numpy'], `there is no peer "numpy"; there are: ${peerNames.join(', ')}`],
    [['--rounds', '0'], '--rounds must be a whole number, 1 or more; got "0"'],
    [['--rounds', 'many'], '--rounds must be a whole number, 1 or more; got "many"'],
  ])('says of %j what is wrong', (given, message) => expect(() => parse(given)).toThrow(new UsageError(message)));

  it.each([[['--fast']], [['fashion-cnn']], [['--json']]])('does not take %j', given => expect(() => parse(given)).toThrow(UsageError));
});

describe('the workloads', () => {
  it('have names of their own', () => expect(new Set(workloads.map(({ name }) => name)).size).toBe(workloads.length));

  it('time whole epochs in steps of the recipes', () =>
    expect(Object.fromEntries(workloads.filter(({ group }) => group === 'recipes').map(({ name, units }) => [name, units]))).toEqual({
      'fashion-cnn': 1500,
      'fashion-cnn-dropout': 1500,
      'convolution-network': 375,
      'imdb-rnn': 625,
      'recurrent-network': 625,
      'imdb-embedding-rnn': 625,
      'imdb-lstm': 625,
      'spam-lstm': 100,
    }));
});
