import { ConfigError, options } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { ClassTable, isSerialized } from './class-table.js';
import { Configurable, type TableOf } from './configurable.js';

interface CupOptions {
  size?: number;
}
class Cup extends Configurable<CupOptions> {
  static override readonly className: string = 'Cup';
  static override readonly options: TableOf<CupOptions> = { size: options.number(1) };
}
class TeaCup extends Cup {
  static override readonly className = 'TeaCup';
}

const cups = new ClassTable<Cup>('cup', Cup, [Cup, TeaCup], { mug: { className: 'Cup', config: { size: 3 } } });

describe('a table of classes', () => {
  it('makes an object of a name in any spelling, an alias, or a serialized object', () => {
    for (const name of ['teaCup', 'TeaCup', 'tea_cup']) expect(cups.get(name)).toBeInstanceOf(TeaCup);
    expect(cups.get('mug').config).toEqual({ size: 3 });
    expect(cups.get({ className: 'Cup', config: { size: 2 } }).serialize()).toEqual({ className: 'Cup', config: { size: 2 } });
  });

  it('gives an object back as it is', () => {
    const cup = new Cup({});
    expect(cups.get(cup)).toBe(cup);
  });

  it('lists its names, and suggests one', () => {
    expect(cups.names()).toEqual(['cup', 'teaCup', 'mug']);
    expect(() => cups.get('teacap')).toThrow(new ConfigError('there is no cup "teacap"; did you mean "teaCup"?'));
  });

  it('takes a later class of a name for an earlier one', () => {
    class Other extends Cup {}
    const table = new ClassTable<Cup>('cup', Cup, [Cup]);
    table.register(Other);
    expect(table.get('cup')).toBeInstanceOf(Other);
  });

  it('is an option whose default is a new object each time', () => {
    const option = cups.option('cup');
    expect(option.default).not.toBe(option.default);
    expect(() => options.parseOptions({ vessel: option }, { vessel: 3 }, 'table "t"')).toThrow(
      new ConfigError('table "t": vessel must be a cup, or the name of one; got 3'),
    );
    expect(() => options.parseOptions({ vessel: option }, { vessel: { className: 'Cup', config: { size: 'x' } } }, 'table "t"')).toThrow(
      new ConfigError('table "t": Cup: size must be a number; got "x"'),
    );
    const nullable = cups.nullableOption();
    expect([nullable.default, nullable.parse(null), nullable.serialize(null)]).toEqual([null, null, null]);
  });
});

describe('isSerialized', () => {
  it('tells class names with configs from all else', () => {
    expect(isSerialized({ className: 'Cup', config: {} })).toBe(true);
    for (const value of [null, 'Cup', { className: 'Cup' }, new Cup({})]) expect(isSerialized(value)).toBe(false);
  });
});
