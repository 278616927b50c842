// What the runner and its drivers say to each other: a line of JSON for each message, on the driver's standard input and output.

/** An array in a file of its own, row-major, little-endian. */
export interface FileArray {
  readonly path: string;
  readonly dtype: 'float32' | 'int32' | 'uint8';
  readonly shape: readonly number[];
}

/** First weights by layer and weight: `{conv2d: {kernel: …, bias: …}}`, names and layouts being Keras'. */
export type FileWeights = Readonly<Record<string, Readonly<Record<string, FileArray>>>>;

/** Networks that every driver builds by these names. */
export type NetworkName = 'fashion-cnn' | 'one-hot-rnn' | 'embedding-rnn' | 'embedding-lstm' | 'resnet-20' | 'transformer' | 'lstm-256';

/** How weights are moved; Keras' meaning and defaults. */
export type OptimizerSpec =
  | { readonly name: 'sgd'; readonly learningRate: number; readonly momentum: number }
  | { readonly name: 'adam'; readonly learningRate: number };

/** Trains a network, batch by batch, in a new random order every epoch. A unit is a step. */
export interface TrainTask {
  readonly kind: 'train';
  readonly network: NetworkName;
  /** The recipe of which this is the network; null for others. */
  readonly recipe: string | null;
  /** Whether Jogak takes the data from the recipe's own pipeline, as its users do, and not from the files. */
  readonly ownPipeline: boolean;
  readonly optimizer: OptimizerSpec;
  /** Softmax of as many outputs as there are classes, or one sigmoid. */
  readonly loss: 'categorical' | 'binary';
  readonly batchSize: number;
  /** Length of the one-hot vectors that ids become on their way into the network; null where it takes `x` as it is. */
  readonly oneHot: number | null;
  /** What every number of `x` is multiplied by beforehand: pixels are bytes in the file. */
  readonly scale: number;
  /** Part of the features in front of the dense layers that is dropped. */
  readonly dropout: number;
  /** Through how many of the last steps errors go back; null for all. */
  readonly window: number | null;
  readonly x: FileArray;
  /** Classes, int32 `[samples]`. */
  readonly y: FileArray;
  readonly weights: FileWeights;
}

/** Predicts one sample at a time, from numbers in host memory to numbers in host memory. A unit is a prediction. */
export interface PredictTask extends Omit<TrainTask, 'kind'> {
  readonly kind: 'predict';
}

/** `[size, size] · [size, size]`, float32. A unit is a product. */
export interface MatMulTask {
  readonly kind: 'matmul';
  readonly size: number;
  readonly a: FileArray;
  readonly b: FileArray;
}

/** A convolution of `[batch, height, width, inChannels]`, or both of its gradients. A unit is one of these. */
export interface ConvolutionTask {
  readonly kind: 'conv2d';
  readonly direction: 'forward' | 'backward';
  readonly stride: number;
  readonly padding: 'same' | 'valid';
  /** `[batch, height, width, inChannels]` */
  readonly x: FileArray;
  /** `[kernel, kernel, inChannels, outChannels]` */
  readonly filter: FileArray;
  /** Gradient of the output, `[batch, outHeight, outWidth, outChannels]`. */
  readonly dy: FileArray;
}

/** Ops that are measured by themselves; what each does is told by the titles of src/workloads/ops. */
export type OpName =
  | 'add'
  | 'argMax'
  | 'avgPool'
  | 'avgPoolGradient'
  | 'all'
  | 'batchNorm'
  | 'castToBool'
  | 'castToFloat'
  | 'clip'
  | 'concat'
  | 'cumsum'
  | 'depthwise'
  | 'depthwiseFilterGradient'
  | 'depthwiseInputGradient'
  | 'dropout'
  | 'elu'
  | 'erf'
  | 'exp'
  | 'gather'
  | 'gatherRows'
  | 'globalPool'
  | 'greater'
  | 'localResponse'
  | 'localResponseGradient'
  | 'log'
  | 'logSoftmax'
  | 'max'
  | 'maxPool'
  | 'maxPoolGradient'
  | 'mean'
  | 'mod'
  | 'multiply'
  | 'normal'
  | 'oneHot'
  | 'pad'
  | 'pow'
  | 'prod'
  | 'relu'
  | 'resizeBilinear'
  | 'resizeBilinearGradient'
  | 'resizeNearest'
  | 'resizeNearestGradient'
  | 'reverse'
  | 'scatterRows'
  | 'segmentSum'
  | 'sigmoid'
  | 'slice'
  | 'softmax'
  | 'sumAll'
  | 'sumColumns'
  | 'tanh'
  | 'tile'
  | 'topK'
  | 'transpose'
  | 'transposeHeads'
  | 'transposedConvolution'
  | 'uniform'
  | 'where';

/** One op, on arrays that are ready. A unit is a call. */
export interface OpTask {
  readonly kind: 'op';
  readonly op: OpName;
  /** float32, int32, or, as `uint8`, bool. */
  readonly inputs: readonly FileArray[];
}

export type Task = TrainTask | PredictTask | MatMulTask | ConvolutionTask | OpTask;

/** From the runner. */
export type Request =
  | {
      readonly do: 'prepare';
      readonly task: Task;
      /** Threads to compute with; null for as many as the engine takes by itself. */
      readonly threads: number | null;
      /** Where the user's data are; null where they are nowhere. */
      readonly dataDir: string | null;
    }
  | { readonly do: 'run'; readonly units: number };

/** A driver's answer to `prepare`. */
export type Prepared =
  | {
      /** Names and versions of what computes: `PyTorch 2.13.0`. */
      readonly engine: string;
      /** Numbers in the weights that are trained; null where there are none. */
      readonly parameters: number | null;
      /**
       * Figures that must be the same on all peers: the losses of two steps on the first batch, from the given weights; of a prediction, its first numbers; of a
       * product or convolution, the first and last number of each result.
       */
      readonly check: readonly number[];
      /** Units that a run can have at most, where the data end before an epoch does. */
      readonly maxUnits: number | null;
      /** What is other work than on the other peers, in words. */
      readonly note: string | null;
    }
  | { readonly cannot: string };

/** A driver's answer to `run`. */
export interface Ran {
  readonly seconds: number;
  readonly peakMemoryBytes: number;
}

/** Any answer, or how the driver failed. */
export type Reply = Prepared | Ran | { readonly error: string };
