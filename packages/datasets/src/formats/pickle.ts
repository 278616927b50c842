import { FormatError } from '@jogak/ops';
import { ByteReader } from './byte-reader.js';
import { build, call, callable, type PickleObject } from './pickle-numpy.js';

/** What marks the beginning of a run of stack items. */
const mark = Symbol('mark');

// Instructions that are met in more than one place.
const BININT1 = 0x4b;
const BININT2 = 0x4d;
const BININT = 0x4a;
const APPENDS = 0x65;

/** Bytes of an instruction that puts an integer of up to 32 bits onto the stack; 0 for others. */
const lengthOfInteger = (opcode: number | undefined): number =>
  opcode === BININT1 ? 2 : opcode === BININT2 ? 3 : opcode === BININT ? 5 : 0;

/**
 * What a list, or a tuple, becomes once it is put into a list and hence complete, as `JSON.parse` has it: large files take less memory where their rows are
 * made small one by one.
 */
export type ListReviver = (list: readonly unknown[]) => unknown;

/**
 * Reads a Python pickle, protocols 2 to 5, as NumPy writes object arrays: numbers, texts, bytes, tuples, lists, dictionaries and NumPy's arrays.
 *
 * A pickle is a program for a stack machine. This one runs it with an allow-list: the only functions it knows are NumPy's own reconstructors,
 * written here; every other name, class, or instruction is an error before anything happens. Memory grows with the pickle's bytes, never with a
 * number in it.
 *
 * Lists and tuples become arrays, dictionaries `Map`s, bytes `Uint8Array`s; integers beyond 2^53 become `bigint`s.
 *
 * @param bytes the pickle
 * @param where what the bytes are, as errors name it @default 'the pickle'
 * @param reviveList what becomes of the lists and tuples in a list @default what they are
 * @throws {FormatError} when it is truncated or corrupted, has bytes after its end, or asks for anything that is not on the list.
 */
export function unpickle(bytes: Uint8Array, where = 'the pickle', reviveList: ListReviver = list => list): unknown {
  return new Machine(new ByteReader(bytes, where), reviveList).run();
}

class Machine {
  private readonly stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();
  /** Where in the memo a list is that is still being filled. */
  private readonly places = new Map<unknown, number>();
  private readonly texts = new TextDecoder('utf-8', { fatal: true });

  constructor(
    private readonly reader: ByteReader,
    private readonly reviveList: ListReviver,
  ) {}

  run(): unknown {
    const { reader, stack, memo } = this;
    if (reader.uint8() !== 0x80) this.fail('does not begin as a pickle of protocol 2 or later does');
    const protocol = reader.uint8();
    if (protocol < 2 || protocol > 5) this.fail(`is of protocol ${protocol}; 2 to 5 are known`);
    for (;;) {
      const opcode = reader.uint8();
      switch (opcode) {
        case BININT1:
        case BININT2:
        case BININT:
          stack.push(this.shortInteger(opcode));
          break;
        case 0x8a: // LONG1
          stack.push(integer(reader.take(reader.uint8())));
          break;
        case 0x8b: // LONG4
          stack.push(integer(reader.take(reader.uint32())));
          break;
        case 0x47: // BINFLOAT
          stack.push(reader.float64(false));
          break;
        case 0x4e: // NONE
          stack.push(null);
          break;
        case 0x88: // NEWTRUE
          stack.push(true);
          break;
        case 0x89: // NEWFALSE
          stack.push(false);
          break;
        case 0x58: // BINUNICODE
          stack.push(this.text(reader.uint32()));
          break;
        case 0x8c: // SHORT_BINUNICODE
          stack.push(this.text(reader.uint8()));
          break;
        case 0x8d: // BINUNICODE8
          stack.push(this.text(reader.uint64()));
          break;
        case 0x43: // SHORT_BINBYTES
          stack.push(reader.take(reader.uint8()));
          break;
        case 0x42: // BINBYTES
          stack.push(reader.take(reader.uint32()));
          break;
        case 0x8e: // BINBYTES8
        case 0x96: // BYTEARRAY8
          stack.push(reader.take(reader.uint64()));
          break;
        case 0x28: // MARK
          if (!this.appendIntegers()) stack.push(mark);
          break;
        case 0x29: // EMPTY_TUPLE
        case 0x5d: // EMPTY_LIST
          stack.push([]);
          break;
        case 0x85: // TUPLE1
        case 0x86: // TUPLE2
        case 0x87: // TUPLE3
          stack.push(this.pop(opcode - 0x84));
          break;
        case 0x74: // TUPLE
          stack.push(this.popToMark());
          break;
        case 0x61: // APPEND
          this.append(this.pop(1));
          break;
        case APPENDS:
          this.append(this.popToMark());
          break;
        case 0x7d: // EMPTY_DICT
          stack.push(new Map());
          break;
        case 0x73: // SETITEM
          this.setItems(this.pop(2));
          break;
        case 0x75: // SETITEMS
          this.setItems(this.popToMark());
          break;
        case 0x30: // POP
          this.pop(1);
          break;
        case 0x71: // BINPUT
          this.keep(reader.uint8());
          break;
        case 0x72: // LONG_BINPUT
          this.keep(reader.uint32());
          break;
        case 0x94: // MEMOIZE
          this.keep(memo.size);
          break;
        case 0x68: // BINGET
          stack.push(this.recall(reader.uint8()));
          break;
        case 0x6a: // LONG_BINGET
          stack.push(this.recall(reader.uint32()));
          break;
        case 0x63: // GLOBAL
          stack.push(callable(this.line(), this.line(), reader.where));
          break;
        case 0x93: {
          // STACK_GLOBAL
          const [module, name] = this.pop(2);
          stack.push(callable(String(module), String(name), reader.where));
          break;
        }
        case 0x52: {
          // REDUCE
          const [target, args] = this.pop(2);
          stack.push(call(target, args, reader.where));
          break;
        }
        case 0x62: {
          // BUILD
          const [state] = this.pop(1);
          build(this.top() as PickleObject, state, reader.where);
          break;
        }
        case 0x95: // FRAME
          reader.uint64();
          break;
        case 0x98: // READONLY_BUFFER
          break;
        case 0x2e: // STOP
          return this.end();
        default:
          this.fail(`has the instruction 0x${opcode.toString(16).padStart(2, '0')} at offset ${reader.position - 1}, which is not allowed`);
      }
    }
  }

  private fail(problem: string): never {
    throw new FormatError(`${this.reader.where} ${problem}`);
  }

  private end(): unknown {
    const [value] = this.pop(1);
    if (this.stack.length > 0) this.fail('is corrupted: it leaves values behind');
    if (this.reader.remaining > 0) this.fail(`has ${this.reader.remaining} bytes after its end`);
    return value;
  }

  private text(length: number): string {
    const bytes = this.reader.take(length);
    try {
      return this.texts.decode(bytes);
    } catch {
      return this.fail('is corrupted: it has a text that is not UTF-8');
    }
  }

  /** A line of text, as the instruction GLOBAL has two. */
  private line(): string {
    const { bytes, position } = this.reader;
    const end = bytes.indexOf(0x0a, position);
    if (end < 0) this.fail('is truncated: a line does not end');
    const text = new TextDecoder('latin1').decode(this.reader.take(end - position));
    this.reader.take(1);
    return text;
  }

  private top(): unknown {
    const value = this.stack.at(-1);
    if (value === undefined || value === mark) this.fail('is corrupted: it takes a value from an empty stack');
    return value;
  }

  /** The last `count` values, which no mark may separate. */
  private pop(count: number): unknown[] {
    const values = this.stack.splice(Math.max(0, this.stack.length - count));
    if (values.length < count || values.includes(mark)) this.fail('is corrupted: it takes a value from an empty stack');
    return values;
  }

  private popToMark(): unknown[] {
    const start = this.stack.lastIndexOf(mark);
    if (start < 0) this.fail('is corrupted: it takes values from an empty stack');
    const values = this.stack.splice(start);
    values.shift();
    return values;
  }

  private append(values: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) this.fail('is corrupted: it appends to what is no list');
    for (const value of values) list.push(Array.isArray(value) ? this.revive(value) : value);
  }

  private shortInteger(opcode: number): number {
    const { reader } = this;
    return opcode === BININT1 ? reader.uint8() : opcode === BININT2 ? reader.uint16() : reader.int32();
  }

  /**
   * Appends what follows a mark to the last list directly, if that is integers and nothing else. Lists of words are such runs, and the way over the stack
   * would take three times as much memory, and time. Otherwise false, and nothing has happened.
   */
  private appendIntegers(): boolean {
    const { reader, stack } = this;
    const list = stack.at(-1);
    let count = 0;
    let end = reader.position;
    for (let length = 0; (length = lengthOfInteger(reader.bytes[end])) > 0; count++) end += length;
    if (reader.bytes[end] !== APPENDS || !Array.isArray(list)) return false;
    const start = list.length;
    list.length += count;
    for (let i = start; i < list.length; i++) list[i] = this.shortInteger(reader.uint8());
    reader.take(1);
    return true;
  }

  /** A list in its final form, which the memo then has as well, so that nothing holds the first one any more. */
  private revive(list: unknown[]): unknown {
    const revived = this.reviveList(list);
    const place = this.places.get(list);
    if (place !== undefined) this.memo.set(place, revived);
    this.places.delete(list);
    return revived;
  }

  private setItems(items: readonly unknown[]): void {
    const map = this.top();
    if (!(map instanceof Map) || items.length % 2 !== 0) this.fail('is corrupted: it sets items of what is no dictionary');
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  }

  private keep(index: number): void {
    const value = this.top();
    this.memo.set(index, value);
    if (Array.isArray(value)) this.places.set(value, index);
  }

  private recall(index: number): unknown {
    if (!this.memo.has(index)) this.fail(`is corrupted: it recalls value ${index}, which it has not kept`);
    return this.memo.get(index);
  }
}

/** A little-endian integer in two's complement. */
function integer(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  const number = Number(signed);
  return Number.isSafeInteger(number) ? number : signed;
}
