import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Allocator } from '../allocator.js';
import type { TensorData } from '../tensor-data.js';
import type { Threads } from '../threads.js';
import { Arena } from './arena.js';

/** A kernel's work, as {@link Threads.run} takes it. */
interface Job {
  readonly kernel: number;
  readonly chunks: number;
  readonly args: number[];
}

/** An argument that is another one each time: an address of an input, or a number that was fed. */
interface Patch {
  readonly job: Job;
  readonly argument: number;
  /** Its place among the addresses of all inputs, and behind them the numbers that are fed. */
  readonly place: number;
  /** What is added to it: bytes behind the address. */
  readonly offset: number;
}

/** What an input has to be like to stand for those of before. */
interface Form {
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** A tensor that is no input, and the address of its values. */
interface Constant {
  readonly tensor: TensorInfo;
  readonly data: TensorData;
  readonly pointer: number;
}

/** A look at the whole numbers of an input, which decided what came next. */
interface Look {
  readonly input: number;
  readonly test: (numbers: Int32Array) => boolean;
  readonly answer: boolean;
}

/** An output, and after which job its values are there: −1 for what JavaScript wrote. */
interface Output {
  readonly data: TensorData;
  readonly job: number;
  /** How many see the values when only this computation's own outputs do. */
  readonly references: number;
}

/** What a capture needs of its backend. */
export interface CaptureHost {
  readonly allocator: Allocator;
  readonly threads: Threads;
  dataOf(tensor: TensorInfo): TensorData;
  /** Told which capture watches the kernels now. */
  watchedBy(capture: Capture | undefined): void;
}

/**
 * A computation's kernels, to be run again without the JavaScript that led to them: most of a small training step is JavaScript.
 *
 * It is computed twice under watch ({@link record}). The second time it has to run the same kernels on the same blocks; where an argument differs,
 * it must be the address of an input, or a number that was fed, which is how these are found. What counts, keeps a state, looks at what a kernel has
 * computed or runs one of `cpu`'s fails that test, and is given up: computed anew each time. After that {@link replay} runs the kernels on other inputs.
 */
export class Capture {
  /** `open` until it was computed twice. */
  state: 'open' | 'ready' | 'given up' = 'open';
  readonly #arena: Arena;
  readonly #jobs: Job[] = [];
  #patches: Patch[] = [];
  #looks: Look[] = [];
  #outputs: Output[] = [];
  #forms: Form[] | undefined;
  /** Addresses of the inputs, two of each, of the first time; and the numbers that were fed. */
  #addresses: number[] = [];
  #fed: number[] = [];
  /** The inputs whose values kernels read, not only what is known about them. */
  #read = new Set<number>();
  /** Other tensors that may be read, and where they were the last time. */
  #constants: readonly Constant[] = [];
  /** While it is computed under watch: the inputs. */
  #inputs: TensorData[] = [];
  #isWatching = false;
  /** The second time: their addresses, the job that comes next, and the jobs after which tensors were there. */
  #addressesNow: number[] | undefined;
  #fedNow: number[] = [];
  #next = 0;
  readonly #madeAfter = new Map<TensorData, number>();

  constructor(private readonly host: CaptureHost) {
    this.#arena = new Arena(host.allocator);
  }

  /**
   * Computes, and watches the kernels.
   *
   * @param inputs the tensors that are others each time
   * @param constants other tensors that may be read: they keep their place, whatever they hold
   * @returns what `compute` gives: the outputs, null where there is none
   */
  record<Outputs extends readonly (TensorInfo | null)[]>(
    inputs: readonly TensorInfo[],
    constants: readonly TensorInfo[],
    compute: () => Outputs,
  ): Outputs {
    if (this.state !== 'open' || (this.#forms && !this.fits(inputs))) return compute();
    const data = inputs.map(input => this.host.dataOf(input));
    const addresses = addressesOf(data);
    // An input that has the same place again could not be told from what always stands there.
    if (this.#forms && addresses.some((address, place) => address > 0 && address === this.#addresses[place])) return compute();
    this.#inputs = data;
    this.#constants = constants.map(tensor => {
      const values = this.host.dataOf(tensor);
      return { tensor, data: values, pointer: values.pointer };
    });
    this.#begin(inputs, addresses);
    let outputs: Outputs | undefined;
    try {
      outputs = compute();
      // One that waits to be written has to be written by the kernels that will run again.
      for (const output of outputs) if (output) this.#settle(this.host.dataOf(output));
      return outputs;
    } finally {
      this.#end(outputs);
    }
  }

  #settle(output: TensorData): void {
    if (!output.unwritten) return;
    output.settle();
    this.made(output);
  }

  #begin(inputs: readonly TensorInfo[], addresses: number[]): void {
    if (this.#forms) {
      this.#addressesNow = addresses;
      this.#next = 0;
      this.#arena.rewind();
    } else {
      this.#forms = inputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
      this.#addresses = addresses;
    }
    this.#isWatching = true;
    this.host.allocator.arena = this.#arena;
    this.host.watchedBy(this);
    // Nor could one of two inputs from the other, which lies where it does.
    const places = addresses.filter(address => address > 0);
    if (new Set(places).size < places.length) this.host.allocator.arena = undefined;
  }

  #end(outputs: readonly (TensorInfo | null)[] | undefined): void {
    const isIntact = this.host.allocator.arena === this.#arena && outputs !== undefined;
    const wasSecond = this.#addressesNow !== undefined;
    this.host.allocator.arena = undefined;
    this.host.watchedBy(undefined);
    this.#isWatching = false;
    this.#inputs = [];
    this.#addressesNow = undefined;
    if (!isIntact) this.giveUp();
    else if (wasSecond) this.#conclude(outputs.flatMap(output => (output ? [this.host.dataOf(output)] : [])));
  }

  /** Decides, after the second time, whether the kernels can be run again. */
  #conclude(outputs: readonly TensorData[]): void {
    const isWhole = this.#next === this.#jobs.length && this.#fedNow.length === this.#fed.length && this.#arena.isExhausted;
    // An output that lies elsewhere, an input that is passed on for one, would stay what it is.
    if (!isWhole || !outputs.every(output => this.#arena.has(output.pointer))) {
      this.giveUp();
      return;
    }
    this.#outputs = [...new Set(outputs)].map(data => ({
      data,
      job: this.#madeAfter.get(data) ?? -1,
      references: outputs.filter(other => other === data).length,
    }));
    this.#madeAfter.clear();
    this.#read = new Set(
      this.#patches.filter(({ place }) => place < this.#addresses.length && place % 2 === 0).map(({ place }) => place / 2),
    );
    this.state = 'ready';
  }

  /** Forgets the kernels: the computation cannot, or need not, be run again. Its outputs stay good. */
  giveUp(): void {
    if (this.state === 'given up') return;
    this.state = 'given up';
    this.#jobs.length = 0;
    this.#patches = [];
    this.#looks = [];
    this.#outputs = [];
    this.#constants = [];
    this.#madeAfter.clear();
    this.#arena.release();
  }

  // — What the backend tells while it is watched

  /** A kernel was put into the queue. */
  ran(kernel: number, chunks: number, args: number[]): void {
    if (!this.#addressesNow) {
      this.#jobs.push({ kernel, chunks, args });
      return;
    }
    const job = this.#jobs[this.#next++];
    const isSame =
      job && job.kernel === kernel && job.chunks === chunks && job.args.length === args.length && this.#compareArguments(job, args);
    if (!isSame) this.host.allocator.arena = undefined;
  }

  #compareArguments(job: Job, args: readonly number[]): boolean {
    return args.every((value, argument) => {
      const before = job.args[argument]!;
      if (Object.is(value, before)) return true;
      const address = this.#addresses.findIndex((start, place) => {
        const offset = before - start;
        return start > 0 && offset >= 0 && value - this.#addressesNow![place]! === offset && offset < this.#lengthOf(place);
      });
      if (address >= 0) {
        this.#patches.push({ job, argument, place: address, offset: before - this.#addresses[address]! });
        return true;
      }
      const fed = this.#fedNow.findIndex((number, place) => number === value && this.#fed[place] === before);
      if (fed >= 0) this.#patches.push({ job, argument, place: this.#addresses.length + fed, offset: 0 });
      return fed >= 0;
    });
  }

  /** Bytes of the block at an address of an input. */
  #lengthOf(place: number): number {
    return this.host.allocator.sizeOf(this.#addressesNow![place]!);
  }

  /** To be called within the computation: numbers that are others each time, and may be arguments of kernels as they are. */
  feed(numbers: readonly number[]): void {
    if (!this.#isWatching) return;
    const fed = this.#addressesNow ? this.#fedNow : this.#fed;
    for (const number of numbers) {
      // The same one again could not be told from what always stands there.
      if (this.#addressesNow && this.#fed[fed.length] === number) this.host.allocator.arena = undefined;
      fed.push(number);
    }
  }

  /** A kernel asked for the address of a tensor. */
  uses(data: TensorData): void {
    if (!this.#arena.has(data.pointer) && !this.#inputs.includes(data) && !this.#isConstant(data)) this.host.allocator.arena = undefined;
  }

  #isConstant(data: TensorData): boolean {
    return this.#constants.some(constant => constant.data === data);
  }

  /** The values of a tensor are there after the last job. */
  made(data: TensorData): void {
    if (this.#addressesNow) this.#madeAfter.set(data, this.#next - 1);
  }

  /** Someone decided by the whole numbers of a tensor what comes next. */
  lookedAt(data: TensorData, test: (numbers: Int32Array) => boolean, answer: boolean): void {
    const input = this.#inputs.indexOf(data);
    if (input < 0) this.host.allocator.arena = undefined;
    else if (this.#addressesNow) this.#looks.push({ input, test, answer });
  }

  // — Running the kernels again

  /** Whether these are as many tensors, of the same shapes and types, as those of before. */
  fits(inputs: readonly TensorInfo[]): boolean {
    const forms = this.#forms;
    return (
      forms?.length === inputs.length &&
      inputs.every(({ shape, dtype }, index) => {
        const form = forms[index]!;
        return dtype === form.dtype && shape.length === form.shape.length && shape.every((size, axis) => size === form.shape[axis]);
      })
    );
  }

  /**
   * Puts the kernels into the queue once more, for other inputs; the outputs of before have new values then.
   *
   * @param fed in the place of those that were fed
   * @returns false, with nothing done, when they do not hold for these inputs, or someone keeps an output of before
   */
  replay(inputs: readonly TensorInfo[], fed: readonly number[] = []): boolean {
    if (this.state !== 'ready' || !this.fits(inputs) || fed.length !== this.#fed.length) return false;
    // A program may have had its tensors on another backend in between.
    if (this.#constants.some(({ tensor, pointer }) => this.host.dataOf(tensor).pointer !== pointer)) {
      this.giveUp();
      return false;
    }
    const data = inputs.map(input => this.host.dataOf(input));
    for (const input of this.#read) data[input]!.settle();
    const addresses = addressesOf(data);
    const hold =
      addresses.every((address, place) => address > 0 === this.#addresses[place]! > 0) &&
      this.#outputs.every(output => output.data.refCount === output.references) &&
      this.#looks.every(({ input, test, answer }) => {
        const numbers = data[input]!.written;
        return numbers !== undefined && test(numbers) === answer;
      });
    if (!hold) return false;
    const values = [...addresses, ...fed];
    for (const { job, argument, place, offset } of this.#patches) job.args[argument] = values[place]! + offset;
    const { threads } = this.host;
    let next = 0;
    for (const { kernel, chunks, args } of this.#jobs) {
      threads.run(kernel, chunks, args);
      for (const output of this.#outputs) if (output.job === next) output.data.readyAt = threads.next;
      next++;
    }
    return true;
  }
}

/** Of each input where its values are, and where what is known about them. */
const addressesOf = (inputs: readonly TensorData[]): number[] => inputs.flatMap(({ pointer, note }) => [pointer, note]);
