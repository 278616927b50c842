import { backend, env, keep, type Tensor } from '@tensorflow/tfjs-core';
import { another } from '../engine.js';
import type { RandomKey } from '../random.js';
import { sourceOf, type TensorSource } from '../tensor-source.js';
import type { Capture, CapturingBackend } from './capture-contract.js';
import { type KeyOfStep, type NumbersCheck, numbersOf, watched } from './watched.js';

/** Captures in a row that were never made use of, because constants moved, after which none is tried. */
const MOST_IN_VAIN = 4;

/** What a computation is given, with the tensors that its inputs were converted from. */
interface Given {
  readonly inputs: readonly Tensor[];
  readonly all: readonly Tensor[];
  readonly constants: readonly Tensor[];
  readonly step: number;
}

/** A check of the numbers of an input. */
interface InputCheck {
  readonly input: number;
  readonly check: NumbersCheck;
}

/**
 * A computation that is done again and again on tensors of the same shapes, such as a training step. Where the backend can, its kernels are
 * captured and run again without the JavaScript of ops, layers and tape, which takes half of a small step.
 *
 * The results are the same, to the bit. An output that is kept is not written over: as long as it is there, each is computed anew. The computation has to be a function of its tensors and its step, by which it may draw random numbers
 * ({@link stepKey}): no counter, no decision by what was computed. What the backend can find out of that it does, and computes anew each time then.
 */
export class CapturedComputation {
  #capture: Capture | undefined;
  #backend: unknown;
  #inVain = 0;
  /** For each input whether it was converted from another tensor. */
  #conversions: readonly boolean[] = [];
  /** Where the values of the constants are. */
  #places: readonly object[] = [];
  #checks: readonly InputCheck[] = [];
  #keys: readonly KeyOfStep[] = [];
  /** Own references: to the inputs while the capture is open, to the outputs after that. */
  #kept: (Tensor | null)[] = [];

  /**
   * The outputs, the caller's.
   *
   * @param inputs the tensors that are others each time
   * @param constants other tensors that it reads, weights for one: they may change, but in place
   * @param compute gives the outputs; null where there is none
   * @param step the number of the training step, by which it draws: see {@link stepKey}
   * @throws what `compute` throws, and what {@link checkNumbers} throws in it
   */
  run<Outputs extends readonly (Tensor | null)[]>(
    inputs: readonly Tensor[],
    constants: readonly Tensor[],
    compute: () => Outputs,
    step = 0,
  ): (Tensor | null)[] {
    const capture = this.#captureFor(constants);
    if (!capture || capture.state === 'given up') return [...compute()];
    const all = inputs.flatMap(withSource);
    const conversions = inputs.map(isConverted);
    if (this.#conversions.length === 0) this.#conversions = conversions;
    if (conversions.length !== this.#conversions.length || conversions.some((is, index) => is !== this.#conversions[index]))
      return [...compute()];
    // The shapes of the first time are those of all that are captured.
    if (capture.state === 'open' && this.#kept.length > 0 && !capture.fits(all)) return [...compute()];
    if (capture.state === 'open') return this.#record(capture, { inputs, all, constants, step }, compute);
    if (!capture.fits(all)) return [...compute()];
    for (const { input, check } of this.#checks) check(numbersOf(inputs[input]!));
    const fed = this.#keys.flatMap(make => wordsOf(make(step)));
    if (!capture.replay(all, fed)) return [...compute()];
    this.#inVain = 0;
    return this.#kept.map(output => output && another(output));
  }

  /** A capture for the backend in use and constants that stand where these do. */
  #captureFor(constants: readonly Tensor[]): Capture | undefined {
    const now = backend() as unknown as Partial<CapturingBackend>;
    const isCurrent =
      this.#backend === now &&
      this.#places.length === constants.length &&
      constants.every((constant, index) => constant.dataId === this.#places[index]);
    if (isCurrent) return this.#capture;
    this.#forget();
    this.#backend = now;
    this.#places = constants.map(constant => constant.dataId);
    // Checks of numerics look at every kernel's result.
    if (this.#inVain++ < MOST_IN_VAIN && !env().getBool('DEBUG')) this.#capture = now.capture?.();
    return this.#capture;
  }

  #record<Outputs extends readonly (Tensor | null)[]>(
    capture: Capture,
    { inputs, all, constants, step }: Given,
    compute: () => Outputs,
  ): (Tensor | null)[] {
    const checks: InputCheck[] = [];
    const keys: KeyOfStep[] = [];
    let isKnown = true;
    const watcher = {
      checked(tensor: Tensor, check: NumbersCheck): void {
        const input = inputs.indexOf(tensor);
        isKnown &&= input >= 0;
        checks.push({ input, check });
      },
      drew(from: number, make: KeyOfStep, key: RandomKey): void {
        // What numbers its steps otherwise, as a layer that is called several times in one, would have to be asked for the number.
        isKnown &&= from === step;
        keys.push(make);
        capture.feed(wordsOf(key));
      },
    };
    const result = watched(watcher, () => capture.record(all, constants, compute));
    this.#checks = checks;
    this.#keys = keys;
    if (!isKnown) capture.giveUp();
    if (capture.state === 'open') {
      // Tensors in the places of the first ones would not be known as inputs.
      if (this.#kept.length === 0) this.#kept = all.map(input => keep(another(input)));
      return [...result];
    }
    this.#release();
    if (capture.state === 'ready') this.#kept = result.map(output => output && keep(another(output)));
    return [...result];
  }

  #release(): void {
    for (const tensor of this.#kept) tensor?.dispose();
    this.#kept = [];
  }

  /** Frees what is kept for the next time. It may be run again. */
  dispose(): void {
    this.#forget();
    this.#inVain = 0;
  }

  #forget(): void {
    this.#capture?.giveUp();
    this.#conversions = [];
    this.#capture = undefined;
    this.#backend = undefined;
    this.#release();
  }
}

/** As kernels take them. */
const wordsOf = ({ k0, k1 }: RandomKey): number[] => [k0 | 0, k1 | 0];

/** A tensor, and the one that it was converted from. */
const withSource = (tensor: Tensor): Tensor[] => (isConverted(tensor) ? [tensor, (sourceOf(tensor) as TensorSource).tensor] : [tensor]);

function isConverted(tensor: Tensor): boolean {
  const source = sourceOf(tensor)?.tensor;
  return source !== undefined && source !== tensor;
}
