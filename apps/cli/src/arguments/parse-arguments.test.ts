import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.js';
import { type Parsed, parseArguments } from './parse-arguments.js';

const parse = (...args: string[]): Parsed => parseArguments(args, { commands, version: '1.2.3', columns: 100 });
const optionsOf = (...args: string[]): unknown => {
  const parsed = parse(...args);
  return 'options' in parsed ? parsed.options : parsed;
};

describe('a command line', () => {
  it('becomes options of the types that the schema has', () => {
    expect(optionsOf('train', 'fashion-cnn', '--epochs', '3', '--max-time', '1.5', '--seed', '0', '--sample', '--out', '7')).toEqual({
      recipe: 'fashion-cnn',
      epochs: 3,
      maxTime: 1.5,
      seed: 0,
      sample: true,
      out: '7',
    });
  });

  it('takes = between flag and value, and true or false for switches', () => {
    expect(optionsOf('train', '--epochs=3', '--json=false', '--sample=true')).toEqual({ epochs: 3, json: false, sample: true });
  });

  it('keeps inputs apart and in order, numbers and what stands behind -- too', () => {
    expect(optionsOf('predict', '--model', 'm', 'a b', '12', '--', '--top')).toEqual({ model: 'm', inputs: ['a b', '12', '--top'] });
  });

  it('has help by its short name', () => {
    const help = parse('--help') as { text: string };
    expect(help.text).toContain('Commands:');
    expect(parse('-h')).toEqual(help);
  });

  it('has a version', () => expect(parse('--version')).toEqual({ text: '1.2.3' }));

  it.each(commands.map(command => command.name))('has help with options and examples for %s', name => {
    const { text } = parse(name, '--help') as { text: string };
    expect(text).toContain(`Usage: jogak ${name}`);
    expect(text).toContain('Examples:');
    expect(parse(name, '-h')).toEqual({ text });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('wrong usage', () => {
  it.each([
    [['train', 'x', '--epochs', 'minus'], '--epochs must be a positive integer; got "minus"'],
    [['train', 'x', '--epochs', '0'], '--epochs must be a positive integer; got 0'],
    [['train', 'x', '--epochs', '-5'], '--epochs must be a positive integer; got -5'],
    [['train', 'x', '--epochs', '1.5'], '--epochs must be a positive integer; got 1.5'],
    [['train', 'x', '--epochs', '0x10'], '--epochs must be a positive integer; got "0x10"'],
    [['train', 'x', '--epochs', 'Infinity'], '--epochs must be a positive integer; got "Infinity"'],
    [['train', 'x', '--epochs='], '--epochs must be a positive integer; got nothing'],
    [['train', 'x', '--epochs'], '--epochs needs a value: --epochs N'],
    [['train', 'x', '--epochs', '--json'], '--epochs needs a value: --epochs N'],
    [['train', 'x', '--epochs', '1', '--epochs', '2'], '--epochs is given more than once; give it once'],
    [['train', 'x', '--json', '--json'], '--json is given more than once; give it once'],
    [['train', 'x', '--json=maybe'], '--json must be true or false; got "maybe"'],
    [['train', 'x', '--no-such-flag'], 'there is no option --no-such-flag in jogak train; --help lists the options'],
    [['train', 'x', '--no-json'], 'there is no option --no-json in jogak train; did you mean "--json"?'],
    [['train', 'x', '--epoch', '3'], 'there is no option --epoch in jogak train; did you mean "--epochs"?'],
    [['train', 'x', '--epoch=3'], 'there is no option --epoch in jogak train; did you mean "--epochs"?'],
    [['train', 'x', '--batchSize', '3'], 'there is no option --batchSize in jogak train; did you mean "--batch-size"?'],
    [['train', 'x', '-e', '3'], 'there is no option -e in jogak train; --help lists the options'],
    [['train', 'x', 'y'], 'jogak train: "y" is one argument too many'],
    [['train', 'x', '--', 'y'], 'jogak train: "y" is one argument too many'],
    [['train', 'x', '--seed', '-1'], '--seed must be an integer, 0 to 4294967295; got -1'],
    [['reproduce', '--seeds', '1,'], '--seeds must be integers, 0 to 4294967295, each once, with commas between them; got "1,"'],
    [['reproduce', '--seeds', '1,2,1'], '--seeds must be integers, 0 to 4294967295, each once, with commas between them; got "1,2,1"'],
    [
      ['reproduce', '--seeds', '4294967296'],
      '--seeds must be integers, 0 to 4294967295, each once, with commas between them; got "4294967296"',
    ],
    [['train', 'x', '--max-time', '0'], '--max-time must be a number above 0; got 0'],
    [['train', 'x', '--out', ''], '--out must not be empty; got nothing'],
    [['train', 'x', '--backend', 'gpu'], '--backend must be auto, simd or cpu; got "gpu"'],
    [['data', 'drop'], 'ACTION must be list, fetch or verify; got "drop"'],
    [['tarin', 'x'], 'there is no command "tarin"; did you mean "train"?'],
    [['trai', 'x'], 'there is no command "trai"; did you mean "train"?'],
    [[], 'say what to do: jogak --help lists the commands'],
  ])('%j is told in a sentence', (args, message) => {
    let error: unknown;
    try {
      parse(...args);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'UsageError', message });
  });
});
