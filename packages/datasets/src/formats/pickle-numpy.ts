import { FormatError, type HostArray, halfToNumber, sizeOf } from '@jogak/ops';
import { decodeElements, isObjectType } from './numpy-dtype.js';

/** NumPy's `dtype`, being made: its byte order comes after it. */
class NumpyType {
  order = '';
  constructor(readonly name: string) {}

  get descriptor(): string {
    return `${this.order === '=' ? '<' : this.order}${this.name}`;
  }
}

/** NumPy's `ndarray`, being made: everything comes after it. The fields are a {@link HostArray}'s or an `ObjectArray`'s. */
class NumpyArray {
  data?: HostArray['data'];
  values?: readonly unknown[];
  shape: readonly number[] = [];
  dtype: HostArray['dtype'] | 'object' = 'object';
}

/** What the instruction BUILD can complete. */
export type PickleObject = NumpyType | NumpyArray;

/** A name on the allow-list. */
class Callable {
  constructor(
    readonly name: string,
    readonly apply: (args: readonly unknown[], where: string) => unknown,
  ) {}
}

const noCall =
  (name: string) =>
  (_args: readonly unknown[], where: string): never => {
    throw new FormatError(`${where} calls ${name}, which is not allowed`);
  };

const reconstruct = new Callable('_reconstruct', () => new NumpyArray());
const scalar = new Callable('scalar', ([type, bytes], where) => {
  const { data, dtype } = elements(type, [], bytes, false, where) as HostArray;
  const value = data[0] as number | bigint;
  if (dtype === 'bool') return value !== 0;
  if (dtype === 'float16') return halfToNumber(Number(value));
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
});
const fromBuffer = new Callable('_frombuffer', ([bytes, type, shape, order], where) =>
  Object.assign(new NumpyArray(), elements(type, shape, bytes, order === 'F', where)),
);
const dtype = new Callable('dtype', ([name]) => new NumpyType(String(name)));
/** How protocol 2, which has no bytes, writes them: as the text whose code points they are. */
const encode = new Callable('encode', ([text], where) => {
  if (typeof text !== 'string') throw new FormatError(`${where} is corrupted: it encodes what is no text`);
  return Uint8Array.from(text, character => character.charCodeAt(0));
});

/** Every name that a pickle may use. NumPy 2 calls `numpy.core` `numpy._core`. */
const allowed: ReadonlyMap<string, Callable> = new Map([
  ['numpy.core.multiarray _reconstruct', reconstruct],
  ['numpy._core.multiarray _reconstruct', reconstruct],
  ['numpy.core.multiarray scalar', scalar],
  ['numpy._core.multiarray scalar', scalar],
  ['numpy.core.numeric _frombuffer', fromBuffer],
  ['numpy._core.numeric _frombuffer', fromBuffer],
  ['numpy dtype', dtype],
  ['numpy ndarray', new Callable('ndarray', noCall('numpy.ndarray'))],
  ['_codecs encode', encode],
]);

/** The function that a pickle names. @throws {FormatError} when it is not on the list. */
export function callable(module: string, name: string, where: string): Callable {
  const found = allowed.get(`${module} ${name}`);
  if (!found)
    throw new FormatError(
      `${where} asks for ${module}.${name}, which is not allowed: only NumPy's own arrays and plain containers are read`,
    );
  return found;
}

/** Calls what {@link callable} gave. */
export function call(target: unknown, args: unknown, where: string): unknown {
  if (!(target instanceof Callable) || !Array.isArray(args)) throw new FormatError(`${where} is corrupted: it calls what is no function`);
  return target.apply(args, where);
}

/** Completes an object by its state: a type by its byte order, an array by its shape, type and elements. */
export function build(object: unknown, state: unknown, where: string): void {
  if (object instanceof NumpyType && Array.isArray(state)) {
    object.order = String(state[1]);
    return;
  }
  if (!(object instanceof NumpyArray) || !Array.isArray(state) || state.length !== 5)
    throw new FormatError(`${where} is corrupted: it completes what is neither an array nor a type`);
  const [, shape, type, fortran, content] = state;
  Object.assign(object, elements(type, shape, content, fortran === true, where));
}

function elements(type: unknown, shape: unknown, content: unknown, fortran: boolean, where: string): Partial<NumpyArray> {
  if (!(type instanceof NumpyType) || !Array.isArray(shape) || !shape.every(size => Number.isInteger(size) && size >= 0))
    throw new FormatError(`${where} is corrupted: an array's shape or type is none`);
  if (isObjectType(type.descriptor)) {
    if (!Array.isArray(content) || content.length !== sizeOf(shape))
      throw new FormatError(`${where} is corrupted: an array does not hold the ${sizeOf(shape)} objects of its shape`);
    if (fortran && shape.length > 1) throw new FormatError(`${where} has an object array in Fortran order, which is not supported`);
    return { values: content, shape, dtype: 'object' };
  }
  if (!(content instanceof Uint8Array)) throw new FormatError(`${where} is corrupted: an array's elements are no bytes`);
  return decodeElements(type.descriptor, shape, content, fortran, where);
}
