/** What the reader chooses before training. */
export interface TrainingSettings {
  readonly epochs: number;
  /** Of the first weights and of the order of the images. */
  readonly seed: number;
  /** Training images, the first of the sample's. */
  readonly images: number;
}

/** A test image that the network never trains on. */
export interface TestImage {
  /** 28 × 28 grey values of 0 to 255, row by row. */
  readonly pixels: Uint8ClampedArray;
  /** What is on it. */
  readonly label: string;
}

/** A class, and how likely the network finds it. */
export interface Guess {
  readonly label: string;
  readonly probability: number;
}

/** Loss and accuracy at a time of the training, which counts in epochs: 1.5 is the middle of the second one. */
export interface CurvePoint {
  readonly epoch: number;
  readonly training?: Figures;
  readonly validation?: Figures;
}

export interface Figures {
  readonly loss: number;
  readonly accuracy: number;
}

/** What computes, and on how many threads. */
export interface Computing {
  readonly backend: string;
  readonly threads: number;
}

/** What the worker tells the page. */
export type TrainingEvent =
  | { readonly kind: 'ready'; readonly testImages: readonly TestImage[]; readonly computing: Computing }
  | { readonly kind: 'point'; readonly point: CurvePoint }
  /** The likeliest classes of every test image, the likeliest first. */
  | { readonly kind: 'guesses'; readonly guesses: readonly (readonly Guess[])[] };

/** What the page may ask of the worker; it trains one network at a time. */
export interface TrainingWorker {
  /** @returns whether it came to its end, or was stopped */
  train(settings: TrainingSettings, listener: (event: TrainingEvent) => void): Promise<'done' | 'stopped'>;
  pause(): void;
  resume(): void;
  stop(): void;
}
