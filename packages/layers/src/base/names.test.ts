import { describe, expect, it } from 'vitest';
import { automaticName, clearSession, factoryName, snakeCase } from './names.js';

describe('snakeCase', () => {
  // Keras' own names of layers that are given none.
  it.each([
    ['Dense', 'dense'],
    ['Conv2D', 'conv2d'],
    ['MaxPooling2D', 'max_pooling2d'],
    ['GlobalAveragePooling1D', 'global_average_pooling1d'],
    ['SimpleRNN', 'simple_rnn'],
    ['LSTM', 'lstm'],
    ['BatchNormalization', 'batch_normalization'],
    ['LeakyReLU', 'leaky_re_lu'],
    ['ReLU', 're_lu'],
    ['PReLU', 'p_re_lu'],
    ['InputLayer', 'input_layer'],
  ])('%s is %s', (className, name) => expect(snakeCase(className)).toBe(name));
});

describe('factoryName', () => {
  // The functions of tfjs-layers.
  it.each([
    ['Conv2D', 'conv2d'],
    ['MaxPooling2D', 'maxPooling2d'],
    ['SimpleRNN', 'simpleRNN'],
    ['GRU', 'gru'],
    ['ELU', 'elu'],
    ['ReLU', 'reLU'],
    ['LeakyReLU', 'leakyReLU'],
    ['PReLU', 'prelu'],
    ['SpatialDropout1D', 'spatialDropout1d'],
  ])('%s is %s', (className, name) => expect(factoryName(className)).toBe(name));
});

describe('automaticName', () => {
  it('numbers layers of a class from the second on, until the session is cleared', () => {
    clearSession();
    expect(['Dense', 'Conv2D', 'Dense', 'Dense'].map(automaticName)).toEqual(['dense', 'conv2d', 'dense_1', 'dense_2']);
    clearSession();
    expect(automaticName('Dense')).toBe('dense');
  });
});
