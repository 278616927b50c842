import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@jogak/ops';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadModel } from '../index.js';
import { csvLogger } from './csv-logger.js';
import { formatFilePath } from './file-path.js';
import { modelCheckpoint } from './model-checkpoint.js';
import { kernel, network, replay, x, y } from './runs.testing.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jogak-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('formatFilePath', () => {
  // The expected are Python's, by '…'.format(epoch=7, val_loss=0.123456).
  it.each([
    ['{epoch}', '7'],
    ['{epoch:02d}-{val_loss:.2f}', '07-0.12'],
    ['{epoch:4d}|{epoch:04d}', '   7|0007'],
    ['{val_loss}', '0.123456'],
    ['{val_loss:8.3f}|{val_loss:08.3f}', '   0.123|0000.123'],
    ['{val_loss:.3e}', '1.235e-01'],
    ['{{epoch}}', '{epoch}'],
  ])('%s is %s', (template, expected) => expect(formatFilePath(template, { epoch: 7, val_loss: 0.123456 }, 'x')).toBe(expected));

  it('says what it cannot write', () => {
    const write = (template: string) => () => formatFilePath(template, { epoch: 7, loss: 0.5 }, 'modelCheckpoint');
    expect(write('{val_loss:.2f}')).toThrow(
      new ConfigError('modelCheckpoint: there is no figure "val_loss" for the path "{val_loss:.2f}"; there are: epoch, loss'),
    );
    expect(write('{loss:02d}')).toThrow(
      new ConfigError('modelCheckpoint: "loss" cannot be written as "02d" in the path "{loss:02d}"; write {loss:.2f}, say'),
    );
    expect(write('a}b')).toThrow(new ConfigError('modelCheckpoint: a brace stands alone in "a}b"; write {{ or }} for a brace in a name'));
  });
});

describe('modelCheckpoint', () => {
  it('saves after every epoch, under the figures', async () => {
    const model = network();
    await model.fit(x, y, { epochs: 2, callbacks: modelCheckpoint({ filepath: join(folder, '{epoch:02d}-{loss:.3f}') }) });
    const losses = model.history?.history.loss?.map(loss => loss.toFixed(3)) as string[];
    expect((await readdir(folder)).sort()).toEqual([`01-${losses[0]}`, `02-${losses[1]}`]);
    const loaded = await loadModel(join(folder, `02-${losses[1]}`));
    expect(kernel(loaded)).toEqual(kernel(model));
    expect(loaded.optimizer.iterations).toBe(2);
  });

  it('saves the best only, in the direction of the metric, going on from its state', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const given = { filepath: join(folder, '{epoch}'), saveBestOnly: true, saveWeightsOnly: true, verbose: 1 } as const;
    const callback = modelCheckpoint(given);
    await replay(callback, network(), 'val_loss', [3, 4, 2, Number.NaN]);
    expect((await readdir(folder)).sort()).toEqual(['1', '3']);
    const again = modelCheckpoint(given);
    again.restore(callback.state());
    await replay(again, network(), 'val_loss', [2.5]);
    expect(log.mock.calls.flat().slice(-1)).toEqual(['Epoch 1: val_loss did not improve from 2.00000']);
    expect(log.mock.calls.flat()[0]).toBe(`Epoch 1: val_loss improved from None to 3.00000, saving model to ${join(folder, '1')}`);
    const model = network();
    await model.loadWeights(join(folder, '3'));
    expect(kernel(model)[0]).toBe(2);
    log.mockRestore();
  });

  it('saves every so many batches', async () => {
    const filepath = join(folder, '{epoch}-{batch}');
    await network().fit(x, y, { epochs: 2, batchSize: 2, callbacks: modelCheckpoint({ filepath, saveFreq: 2 }) });
    expect((await readdir(folder)).sort()).toEqual(['1-2', '2-1', '2-3']);
  });

  it('keeps to a threshold, and names what is not in the logs', async () => {
    const callback = modelCheckpoint({ filepath: join(folder, '{epoch}'), saveBestOnly: true, initialValueThreshold: 1 });
    await replay(callback, network(), 'val_loss', [3, 0.5]);
    expect(await readdir(folder)).toEqual(['2']);
    await expect(network().fit(x, y, { callbacks: callback })).rejects.toThrow(
      new ConfigError('modelCheckpoint: there is no figure "val_loss" to monitor; there are: loss, mae. Give fit validation data'),
    );
    expect(() => modelCheckpoint({ filepath: 'a', saveFreq: 0 })).toThrow(
      new ConfigError('modelCheckpoint: saveFreq must be "epoch", or a number of batches; got 0'),
    );
  });
});

describe('csvLogger', () => {
  const rows = async (file: string): Promise<string[]> => (await readFile(file, 'utf8')).split('\n');

  it('writes every epoch as it ends, in full precision', async () => {
    const filename = join(folder, 'deep', 'log.csv');
    const seen: number[] = [];
    const model = network();
    const watch = { onEpochDone: async () => void seen.push((await rows(filename)).length) };
    await model.fit(x, y, { epochs: 2, validationSplit: 0.5, callbacks: [csvLogger({ filename }), watch] });
    const { history } = model.history as NonNullable<typeof model.history>;
    const line = (epoch: number): string => [epoch, ...['loss', 'mae', 'val_loss', 'val_mae'].map(key => history[key]?.[epoch])].join(',');
    expect(await rows(filename)).toEqual(['epoch,loss,mae,val_loss,val_mae', line(0), line(1), '']);
    expect(seen).toEqual([3, 4]);
  });

  it('begins anew, or goes on: when told, and from its state', async () => {
    const filename = join(folder, 'log.csv');
    await writeFile(filename, 'old\n');
    const first = csvLogger({ filename, separator: ';' });
    await replay(first, network(), 'a;b', [1]);
    expect(await rows(filename)).toEqual(['epoch;"a;b"', '0;1', '']);
    const resumed = csvLogger({ filename, separator: ';' });
    resumed.restore(first.state());
    await replay(resumed, network(), 'a;b', [2]);
    expect(await rows(filename)).toEqual(['epoch;"a;b"', '0;1', '0;2', '']);
    await replay(csvLogger({ filename, separator: ';', append: true }), network(), 'a;b', [3]);
    expect(await rows(filename)).toEqual(['epoch;"a;b"', '0;1', '0;2', '0;3', '']);
    const gap = csvLogger({ filename });
    gap.attach(network(), { epochs: 2, initialEpoch: 0, steps: 1, samples: 1 });
    await gap.onTrainBegin();
    await gap.onEpochEnd(0, { loss: 1e-7, accuracy: 1 / 3 });
    await gap.onEpochEnd(1, { loss: 2 });
    expect(await rows(filename)).toEqual(['epoch,accuracy,loss', '0,0.3333333333333333,1e-7', '1,NA,2', '']);
  });

  it('says when it cannot be written', async () => {
    await expect(network().fit(x, y, { callbacks: csvLogger({ filename: folder }) })).rejects.toThrow(
      `"${folder}" cannot be written: it is a folder; give the name of a file`,
    );
  });
});
