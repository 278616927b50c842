import { type HostArray, hostArray, memory, randomKey, tensor, uniformValues } from '@jogak/ops';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { RaggedArray } from '../text/ragged.js';
import { data } from './data.js';
import { Dataset } from './dataset.js';

const numbers = (count: number): Dataset<number> => Dataset.fromItems(Array.from({ length: count }, (_, i) => i));
const stream = (count: number, closed?: () => void): Dataset<number> =>
  Dataset.fromGenerator(function* () {
    try {
      for (let i = 0; i < count; i++) yield i;
    } finally {
      closed?.();
    }
  });
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const valuesOf = (array: HostArray): number[] => Array.from(array.data as Float32Array);

describe('Dataset.fromArrays', () => {
  it('reads tensors when it is made, and keeps none', async () => {
    const before = memory().numTensors;
    const pixels = tensor([
      [1, 2],
      [3, 4],
    ]);
    const labels = tensor([0, 1], [2], 'int32');
    const dataset = Dataset.fromArrays({ x: pixels, y: labels });
    pixels.dispose();
    labels.dispose();
    expect(memory().numTensors).toBe(before);
    const [batch] = await dataset.batch(2).toArray();
    expect(batch).toEqual({
      x: hostArray(Float32Array.of(1, 2, 3, 4), [2, 2]),
      y: hostArray(Int32Array.of(0, 1)),
    });
  });

  const x = hostArray(
    Uint8Array.from({ length: 12 }, (_, i) => i),
    [3, 2, 2],
  );
  const y = hostArray(Int32Array.of(7, 8, 9));

  it('yields rows, and batches of what fit takes; pixels stay bytes', async () => {
    const dataset = Dataset.fromArrays({ x, y });
    expect(dataset.size).toBe(3);
    const rows = await dataset.toArray();
    expect(rows[1]).toEqual({ x: hostArray(Uint8Array.of(4, 5, 6, 7), [2, 2]), y: hostArray(Int32Array.of(8), []) });
    const batches = dataset.batch(2);
    expect(batches.size).toBe(2);
    expect(await batches.toArray()).toEqual([
      {
        x: hostArray(
          Uint8Array.from({ length: 8 }, (_, i) => i),
          [2, 2, 2],
        ),
        y: hostArray(Int32Array.of(7, 8)),
      },
      { x: hostArray(Uint8Array.of(8, 9, 10, 11), [1, 2, 2]), y: hostArray(Int32Array.of(9)) },
    ]);
    expectTypeOf(batches).toEqualTypeOf<Dataset<{ readonly x: HostArray; readonly y: HostArray }>>();
  });

  it('takes several arrays, and sequences', async () => {
    const texts = RaggedArray.from([[1], [2, 3]]);
    expect(await Dataset.fromArrays([texts, { label: hostArray(Uint8Array.of(0, 1)) }] as const).toArray()).toEqual([
      [Int32Array.of(1), { label: hostArray(Uint8Array.of(0), []) }],
      [Int32Array.of(2, 3), { label: hostArray(Uint8Array.of(1), []) }],
    ]);
    await expect(Dataset.fromArrays({ x: texts }).batch(2).toArray()).rejects.toThrow(
      'batch: elements are int32 [1] and int32 [2]; make them alike first (padSequences, or a size for all images)',
    );
  });

  it('says what is wrong', () => {
    expect(() => Dataset.fromArrays({ x, y: hostArray(Uint8Array.of(1)) })).toThrow('Dataset.fromArrays: x has 3 rows and y 1');
    expect(() => Dataset.fromArrays({ x, y: Int32Array.of(7, 8, 9) as never })).toThrow(
      'Dataset.fromArrays: y must be a host array, as hostArray(data, shape) makes it, a tensor, or a list or record of these; got {"0":7,"1":8,"2":9}',
    );
    expect(() => Dataset.fromArrays([1, 2] as never)).toThrow('Dataset.fromArrays: the array must be a host array');
    expect(() => Dataset.fromArrays([])).toThrow('Dataset.fromArrays needs one array or more; got none');
    expect(() => Dataset.fromArrays({ x: hostArray(Uint8Array.of(1), []) })).toThrow('Dataset.fromArrays: x is a scalar');
  });
});

describe('Dataset', () => {
  it.each([
    ['of items', numbers],
    ['of a generator', (count: number) => stream(count)],
  ])('%s: map, filter, take, skip, batch', async (_, make) => {
    const dataset = make(10)
      .map(value => value * 2)
      .filter(async value => value % 3 !== 0)
      .skip(1)
      .take(4);
    expect(await dataset.toArray()).toEqual([4, 8, 10, 14]);
    expect((await make(5).batch(2).toArray()).map(valuesOf)).toEqual([[0, 1], [2, 3], [4]]);
    expect((await make(5).batch(2, { dropRemainder: true }).toArray()).map(valuesOf)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(await make(3).skip(5).toArray()).toEqual([]);
    expect(await make(3).take(0).toArray()).toEqual([]);
  });

  it('knows its size, or that it does not', () => {
    const ten = numbers(10);
    expect([ten.size, ten.take(3).size, ten.skip(3).size, ten.batch(3).size, ten.batch(3, { dropRemainder: true }).size]).toEqual([
      10, 3, 7, 4, 3,
    ]);
    expect([ten.repeat(2).size, ten.repeat().size, ten.repeat().take(5).size, ten.cache().prefetch(2).size]).toEqual([20, Infinity, 5, 10]);
    expect([stream(3).repeat().size, stream(3).repeat().batch(2).size]).toEqual([Infinity, Infinity]);
    expect([stream(3).size, ten.filter(() => true).size, stream(3).repeat(2).size]).toEqual([null, null, null]);
  });

  it('batches numbers, truth values, texts, lists and records', async () => {
    const items = [
      { a: 1, b: true, c: 'x', d: [1, 2], e: [Int8Array.of(1), 'p'] as const },
      { a: 2, b: false, c: 'y', d: [3, 4], e: [Int8Array.of(2), 'q'] as const },
    ];
    expect(await Dataset.fromItems(items).batch(2).toArray()).toEqual([
      {
        a: hostArray(Float32Array.of(1, 2)),
        b: hostArray(Uint8Array.of(1, 0), [2], 'bool'),
        c: ['x', 'y'],
        d: hostArray(Float32Array.of(1, 2, 3, 4), [2, 2]),
        e: [hostArray(Int8Array.of(1, 2), [2, 1]), ['p', 'q']],
      },
    ]);
    await expect(
      Dataset.fromItems<unknown>([{ a: 1 }, { a: null }])
        .batch(2)
        .toArray(),
    ).rejects.toThrow('batch: elements.a are float32 [] and null');
    await expect(Dataset.fromItems<unknown>([null]).batch(1).toArray()).rejects.toThrow(
      'batch: an element is null; expected arrays, numbers, texts, or lists and records of them',
    );
  });

  it('is lazy: no more is made than is asked for', async () => {
    const made: number[] = [];
    const dataset = stream(1000).map(value => {
      made.push(value);
      return value;
    });
    for await (const value of dataset.take(3)) if (value === 2) break;
    expect(made).toEqual([0, 1, 2]);
  });

  it('surfaces errors of what it calls, in their place', async () => {
    const fail = (value: number): number => {
      if (value === 2) throw new RangeError('two');
      return value;
    };
    const seen: number[] = [];
    for (const dataset of [
      stream(5).map(fail),
      stream(5).map(fail).prefetch(4),
      stream(5)
        .map(async value => fail(value))
        .batch(1),
    ]) {
      await expect(dataset.forEachAsync(() => void seen.push(1))).rejects.toThrow(new RangeError('two'));
    }
    expect(seen).toHaveLength(6);
  });

  it.each([
    ['plain', (dataset: Dataset<number>): Dataset<unknown> => dataset],
    ['batched', (dataset: Dataset<number>): Dataset<unknown> => dataset.batch(2)],
    ['prefetched', (dataset: Dataset<number>): Dataset<unknown> => dataset.prefetch(3)],
    ['shuffled', (dataset: Dataset<number>): Dataset<unknown> => dataset.shuffle({ bufferSize: 3 })],
    ['cached, repeated', (dataset: Dataset<number>): Dataset<unknown> => dataset.cache().repeat()],
    ['zipped', (dataset: Dataset<number>): Dataset<unknown> => Dataset.zip([dataset, numbers(9).repeat()])],
  ])('closes its generator when the loop is left: %s', async (_, through) => {
    let closed = 0;
    for await (const _element of through(stream(100, () => closed++))) break;
    expect(closed).toBe(1);
  });
});

describe('Dataset.shuffle', () => {
  it.each([
    ['arrays', (seed: number) => numbers(100).shuffle({ seed })],
    ['a stream, all of it', (seed: number) => stream(100).shuffle({ seed })],
    ['a stream, through a buffer', (seed: number) => stream(100).shuffle({ seed, bufferSize: 20 })],
  ])('%s: the order is a function of seed and epoch', async (_, make) => {
    const dataset = make(5);
    const [first, second] = [await dataset.toArray(), await dataset.toArray()];
    expect(sorted(first)).toEqual(sorted(second));
    expect(new Set(first).size).toBe(100);
    expect(first).not.toEqual(second);
    const again = make(5);
    expect([await again.toArray(), await again.toArray()]).toEqual([first, second]);
    expect(await make(6).toArray()).not.toEqual(first);
  });

  it('draws from the next bufferSize elements', async () => {
    const order = await stream(1000).shuffle({ seed: 1, bufferSize: 10 }).toArray();
    expect(order.every((value, position) => value < position + 10)).toBe(true);
  });

  it('puts every element into every place as often as any other', async () => {
    const dataset = numbers(3).shuffle({ seed: 1 });
    const counts = new Map<string, number>();
    for (let epoch = 0; epoch < 6000; epoch++) {
      const order = (await dataset.toArray()).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // χ² of five degrees of freedom is below 20.5 in 999 of 1,000 cases.
    expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5);
    expect(counts.size).toBe(6);
  });

  it('is kept by take, and made anew by repeat', async () => {
    expect(await numbers(100).shuffle({ seed: 1 }).take(5).toArray()).toEqual(
      (await numbers(100).shuffle({ seed: 1 }).toArray()).slice(0, 5),
    );
    const twice = await numbers(50).shuffle({ seed: 1 }).repeat(2).toArray();
    expect(sorted(twice.slice(0, 50))).toEqual(sorted(twice.slice(50)));
    expect(twice.slice(0, 50)).not.toEqual(twice.slice(50));
  });
});

describe('Dataset.state and restore', () => {
  const flip = (value: number, { epoch, index }: { epoch: number; index: number }): number =>
    value + (uniformValues(randomKey(3, 'flip', epoch, index), [1])[0] as number);

  it.each([
    ['rows', () => numbers(20).shuffle({ seed: 1 }).batch(3)],
    ['a stream', () => stream(20).shuffle({ seed: 1, bufferSize: 5 }).batch(3, { dropRemainder: true }).prefetch(2)],
    ['random maps', () => numbers(20).shuffle({ seed: 1 }).map(flip).batch(3)],
    [
      'filters',
      () =>
        numbers(40)
          .shuffle({ seed: 2 })
          .filter(value => value % 2 === 0)
          .batch(3),
    ],
    ['repeats', () => numbers(7).shuffle({ seed: 2 }).repeat(3).batch(3)],
    ['repeated streams', () => stream(7).shuffle({ seed: 2 }).repeat(3).skip(1)],
    ['caches', () => stream(20).cache().shuffle({ seed: 4 }).batch(3)],
    ['zips', () => Dataset.zip({ a: numbers(20).shuffle({ seed: 1 }), b: stream(20) }).batch(3)],
  ])('go on exactly there: %s', async (_, make: () => Dataset<unknown>) => {
    const whole = make();
    const [first, second] = [await whole.toArray(), await whole.toArray()];
    const stopped = make();
    let state = stopped.state();
    expect(state).toEqual({ epoch: 0, position: 0 });
    await stopped.toArray();
    const seen: unknown[] = [];
    for await (const element of stopped) {
      seen.push(element);
      state = stopped.state();
      if (seen.length === 3) break;
    }
    expect(state).toEqual({ epoch: 1, position: 3 });
    const resumed = make();
    resumed.restore(JSON.parse(JSON.stringify(state)));
    expect([...seen, ...(await resumed.toArray())]).toEqual(second);
    resumed.restore({ epoch: 0, position: 0 });
    expect(await resumed.toArray()).toEqual(first);
  });

  it('begin a new epoch after a loop that was left', async () => {
    const dataset = numbers(10);
    for await (const _ of dataset) break;
    expect(dataset.state()).toEqual({ epoch: 0, position: 1 });
    expect(await dataset.toArray()).toHaveLength(10);
    expect(dataset.state()).toEqual({ epoch: 2, position: 0 });
  });

  it('say what is wrong', async () => {
    expect(() => numbers(3).restore({ epoch: -1, position: 0 })).toThrow('restore: epoch must be an integer, 0 or more; got -1');
    expect(() => numbers(3).restore({ epoch: 0, position: 4 })).toThrow(
      'restore: the state is after element 4, and the data set has 3: it is another one',
    );
    const dataset = numbers(3);
    const one = dataset.iterator();
    await one.next();
    await dataset.iterator().next();
    await expect(one.next()).rejects.toThrow('a data set is iterated twice at once; make one for each loop, or finish the first');
  });
});

describe('Dataset.zip', () => {
  it('puts elements side by side', async () => {
    expect(await Dataset.zip({ a: numbers(2), b: stream(2).map(String) }).toArray()).toEqual([
      { a: 0, b: '0' },
      { a: 1, b: '1' },
    ]);
    expect(await Dataset.zip([numbers(3), numbers(2).repeat()]).toArray()).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
    ]);
  });

  it('does not cut off the longer one in silence', async () => {
    expect(() => Dataset.zip([numbers(2), numbers(3)])).toThrow('zip: one data set has 2 elements and another 3; take() as many of both');
    await expect(Dataset.zip({ a: stream(2), b: stream(3) }).toArray()).rejects.toThrow(
      'zip: "a" ends after 2 elements and "b" does not; take() as many of both',
    );
  });
});

describe('Dataset.cache and repeat', () => {
  it('cache reads its source once', async () => {
    let passes = 0;
    const dataset = stream(3, () => passes++).cache();
    expect([await dataset.toArray(), await dataset.toArray()]).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(passes).toBe(1);
  });

  it('repeat never spins on nothing', async () => {
    expect(await numbers(0).repeat().toArray()).toEqual([]);
    await expect(stream(0).repeat().take(1).toArray()).rejects.toThrow(
      'repeat: the data set has no elements, and would be repeated for ever',
    );
    await expect(numbers(1).repeat().toArray()).rejects.toThrow('toArray: the data set never ends; take() some of it');
  });

  it('counts are checked', () => {
    const one = numbers(1);
    expect(() => one.batch(0)).toThrow('batch: the size must be an integer, 1 or more; got 0');
    expect(() => one.take(-1)).toThrow('take: the count must be an integer, 0 or more; got -1');
    expect(() => one.skip(0.5)).toThrow('skip: the count must be an integer, 0 or more; got 0.5');
    expect(() => one.repeat().shuffle()).toThrow('shuffle: the data set never ends, so say how many elements to hold');
    expect(() => one.repeat(Number.NaN)).toThrow('repeat: the count must be an integer, 0 or more; got NaN');
    expect(() => one.prefetch(0)).toThrow('prefetch: the count must be an integer, 1 or more; got 0');
    expect(() => one.shuffle({ sed: 1 } as object)).toThrow('shuffle: there is no option "sed"; did you mean "seed"?');
    expect(() => one.batch(1, { dropRemainer: true } as object)).toThrow(
      'batch: there is no option "dropRemainer"; did you mean "dropRemainder"?',
    );
    expect(() => Dataset.zip([])).toThrow('zip needs one data set or more; got none');
  });
});

describe('data', () => {
  it('has the names of tf.data', async () => {
    expect(await data.array([1, 2]).toArray()).toEqual([1, 2]);
    const iterator = { value: 0, next: () => ({ done: iterator.value >= 2, value: iterator.value++ }) };
    expect(await data.generator(() => iterator as Iterator<number>).toArray()).toEqual([0, 1]);
    expect(await data.zip([data.array([1]), data.csv({ text: 'a\n5' }, {})]).toArray()).toEqual([
      [1, { x: hostArray(Float32Array.of(5)) }],
    ]);
  });
});
