import { proxy, type Remote, wrap } from 'comlink';
import { computed, onBeforeUnmount, type Ref, ref, shallowRef } from 'vue';
import type { Computing, CurvePoint, Guess, TestImage, TrainingEvent, TrainingSettings, TrainingWorker } from './training-events.js';

export type TrainingState = 'idle' | 'loading' | 'training' | 'paused' | 'done' | 'stopped' | 'failed';

/** A training in a worker, as a page shows it. */
export interface Training {
  readonly state: Ref<TrainingState>;
  /** Whether there is something to pause or to stop. */
  readonly running: Ref<boolean>;
  readonly points: Ref<readonly CurvePoint[]>;
  readonly testImages: Ref<readonly TestImage[]>;
  readonly guesses: Ref<readonly (readonly Guess[])[]>;
  /** What computes; null before the first training. */
  readonly computing: Ref<Computing | null>;
  /** What went wrong, in the state `failed`. */
  readonly problem: Ref<string>;
  start(settings: TrainingSettings): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Starts the worker with the first training, and ends it with the page. */
export function useTraining(): Training {
  const state = ref<TrainingState>('idle');
  const running = computed(() => ['loading', 'training', 'paused'].includes(state.value));
  const points = shallowRef<readonly CurvePoint[]>([]);
  const testImages = shallowRef<readonly TestImage[]>([]);
  const guesses = shallowRef<readonly (readonly Guess[])[]>([]);
  const computing = shallowRef<Computing | null>(null);
  const problem = ref('');
  let worker: Worker | null = null;
  let remote: Remote<TrainingWorker> | null = null;

  function fail(message: string): void {
    problem.value = message;
    state.value = 'failed';
    worker?.terminate();
    worker = remote = null;
  }

  function startWorker(): Remote<TrainingWorker> {
    worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
    // A module that cannot be loaded says so here alone.
    worker.onerror = event => fail(event.message || 'the training could not be loaded; load the page again');
    return wrap<TrainingWorker>(worker);
  }

  function listen(event: TrainingEvent): void {
    if (event.kind === 'ready') {
      testImages.value = event.testImages;
      computing.value = event.computing;
      if (state.value === 'loading') state.value = 'training';
    } else if (event.kind === 'point') points.value = [...points.value, event.point];
    else guesses.value = event.guesses;
  }

  async function start(settings: TrainingSettings): Promise<void> {
    points.value = [];
    guesses.value = [];
    problem.value = '';
    state.value = 'loading';
    try {
      remote ??= startWorker();
      state.value = await remote.train(settings, proxy(listen));
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  function pause(): void {
    state.value = 'paused';
    void remote?.pause();
  }

  function resume(): void {
    state.value = 'training';
    void remote?.resume();
  }

  onBeforeUnmount(() => worker?.terminate());
  return { state, running, points, testImages, guesses, computing, problem, start, pause, resume, stop: () => void remote?.stop() };
}
