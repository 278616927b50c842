import * as layers from '@jogak/layers';
import { ConfigError, memory } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { loadLayersModel, loadModel, type Model, sequential } from '../index.js';
import { cnn, Memory, nested, Own, predictions, Times, text, twins, values, wrapped } from './models.testing.js';

const ids = { ...values([2, 5]), data: Float32Array.from([1, 2, 3, 0, 9, 4, 5, 6, 7, 8]) };

async function saved(built: Model): Promise<Memory> {
  const place = new Memory();
  await built.save(place);
  return place;
}

describe('a saved and loaded model predicts the same bits', () => {
  it.each([
    ['with convolutions', cnn, values([2, 6, 6, 1])],
    ['of sequences', text, ids],
    ['as a graph with shared layers', twins, [values([2, 4]), values([2, 4], 2)]],
    ['with a model in it', nested, values([2, 4])],
    ['with wrappers', wrapped, values([2, 4, 2])],
  ] as const)('%s', async (_, make, x) => {
    const built: Model = make();
    const expected = predictions(built, x);
    const before = memory().numTensors;
    const place = await saved(built);
    const loaded = await loadModel(place);
    expect(predictions(loaded, x)).toEqual(expected);
    expect(loaded.getConfig()).toEqual(built.getConfig());
    expect(loaded.weights.map(weight => weight.path)).toEqual(built.weights.map(weight => weight.path));
    loaded.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('that was built by its first data', async () => {
    const built = sequential({ layers: [layers.dense({ units: 2 }), layers.dense({ units: 1 })] });
    const expected = predictions(built, values([3, 4]));
    const loaded = await loadModel(await saved(built));
    expect(loaded.inputShapes).toEqual([[null, 4]]);
    expect(predictions(loaded, values([3, 4]))).toEqual(expected);
  });

  it.each([
    ['sequential', cnn],
    ['graph', twins],
  ] as const)('and a frozen %s is frozen', async (_, make) => {
    const built: Model = make();
    built.trainable = false;
    // What is thawed within a frozen model stays out of training, too.
    (built.layers.at(-1) as layers.Layer).trainable = true;
    const loaded = await loadModel(await saved(built));
    expect([loaded.trainable, loaded.trainableWeights]).toEqual([false, []]);
    expect(loaded.layers.at(-1)?.trainable).toBe(true);
  });

  it('of a class of one’s own', async () => {
    const built = new Own({});
    const expected = predictions(built, values([3, 4]));
    const place = await saved(built);
    await expect(loadModel(place)).rejects.toThrow(/there is no layer class "Own".* A class of your own is made known by registerLayer/);
    const loaded = await loadModel(place, { customObjects: { Own: Own as never } });
    expect(predictions(loaded, values([3, 4]))).toEqual(expected);
  });

  it('with a layer of one’s own, given or registered', async () => {
    const built = sequential({ layers: [layers.dense({ units: 2, inputShape: [4] }), new Times({ factor: 3 })] });
    const place = await saved(built);
    const given = await loadLayersModel(place, { customObjects: { Times: Times as never } });
    expect(predictions(given, values([2, 4]))).toEqual(predictions(built, values([2, 4])));
    layers.registerLayer(Times as never);
    expect(predictions(await loadModel(place), values([2, 4]))).toEqual(predictions(built, values([2, 4])));
  });
});

describe('a file', () => {
  it('holds what a prediction needs', async () => {
    const built = cnn();
    built.metadata = { classNames: ['a', 'b', 'c', 'd'], scale: 1 / 255, nothing: null };
    expect((await loadModel(await saved(built))).metadata).toEqual(built.metadata);
  });

  it('names weights as Keras does, each name once', async () => {
    const place = await saved(nested());
    const names = place.artifacts?.weightSpecs?.map(spec => spec.name) as string[];
    expect(new Set(names).size).toBe(6);
    expect(names.every(name => /^(dense|layer_normalization)(_\d+)?\/(kernel|bias|gamma|beta)$/.test(name))).toBe(true);
  });

  it('holds options in Keras’ spelling', async () => {
    const place = await saved(cnn());
    const topology = place.artifacts?.modelTopology;
    expect(topology).toMatchObject({ class_name: 'Sequential', keras_version: 'jogak' });
    const [conv] = (topology as { config: { layers: object[] } }).config.layers;
    expect(conv).toMatchObject({
      class_name: 'Conv2D',
      config: { kernel_size: [3, 3], data_format: 'channels_last', use_bias: true, batch_input_shape: [null, 6, 6, 1] },
    });
  });
});

describe('save and load', () => {
  it('refuse options that there are not, and a model without weights', async () => {
    await expect(cnn().save(new Memory(), { includeOptimiser: true } as never)).rejects.toThrow(
      new ConfigError('save: there is no option "includeOptimiser"; did you mean "includeOptimizer"?'),
    );
    await expect(loadModel(new Memory(), { strict: true } as never)).rejects.toThrow(
      new ConfigError('loadModel: there is no option "strict"; there are: customObjects, compile'),
    );
    await expect(sequential({ name: 'empty', layers: [layers.dense({ units: 1 })] }).save(new Memory())).rejects.toThrow(
      new ConfigError('the model "empty" has no weights to save yet: give its input shape, or call it once'),
    );
    await expect(cnn().save(7 as never)).rejects.toThrow(
      new ConfigError('a model is saved to a path, an address, or an object with a method save'),
    );
    await expect(cnn().save('ftp://x')).rejects.toThrow(
      new ConfigError(
        'a model cannot be saved to "ftp://x" here; there are: a folder, a file:// URL, or an http(s):// address to load from',
      ),
    );
  });

  it('refuse an activation that is a function of one’s own', async () => {
    const built = sequential({ layers: [layers.dense({ units: 1, inputShape: [2], activation: x => x })] });
    await expect(built.save(new Memory())).rejects.toThrow(ConfigError);
  });
});

describe('saveWeights and loadWeights', () => {
  it('carry the weights over to a model of the same layers', async () => {
    const place = new Memory();
    const from = text();
    await from.saveWeights(place);
    const to = text();
    expect(predictions(to, ids)).not.toEqual(predictions(from, ids));
    const before = memory().numTensors;
    await to.loadWeights(place);
    expect(memory().numTensors).toBe(before);
    expect(predictions(to, ids)).toEqual(predictions(from, ids));
    await expect(loadModel(place)).rejects.toThrow('the model holds no model, weights at the most; make the model, then model.loadWeights');
  });

  it('take them from a whole model, too, and say what does not fit', async () => {
    const place = await saved(sequential({ layers: [layers.dense({ units: 2, inputShape: [3], name: 'a' })] }));
    const other = sequential({ name: 'other', layers: [layers.dense({ units: 4, inputShape: [3], name: 'a' })] });
    await expect(other.loadWeights(place)).rejects.toThrow(
      'the model: the weight "a/kernel" has shape [3, 2]; the model "other" needs [3, 4]',
    );
    const more = sequential({
      name: 'more',
      layers: [layers.dense({ units: 2, inputShape: [3], name: 'a' }), layers.dense({ units: 1, name: 'b' })],
    });
    await expect(more.loadWeights(place)).rejects.toThrow(
      'the model holds other weights than the model "more" has. It has a/kernel [3, 2], a/bias [2], b/kernel [2, 1], b/bias [1]; the file a/kernel [3, 2], a/bias [2]',
    );
  });
});
