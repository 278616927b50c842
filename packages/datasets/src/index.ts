export { gunzip } from './formats/gzip.js';
export { parseIdx } from './formats/idx.js';
export { type ObjectArray, parseNpy } from './formats/npy.js';
export { type NpzFile, readNpz } from './formats/npz.js';
export { type ListReviver, unpickle } from './formats/pickle.js';
export { openZip, type ZipArchive } from './formats/zip.js';
export { fashionMnist } from './images/fashion-mnist.js';
export type { ImageDataSet, ImageLoader, LabeledImages } from './images/image-classes.js';
export { mnist } from './images/mnist.js';
export type { DataFile, DataSet } from './load/data-set.js';
export { type DataSetStatus, dataSetNamed, dataSets, type FetchedFile, fetchDataSet, verifyDataSet } from './load/data-sets.js';
export type { LoadOptions, LoadProgress, SampleSource } from './load/load-options.js';
export { type CsvSummary, csv, inspectCsv } from './own/csv.js';
export type { CsvOptions, CsvSample, CsvSource } from './own/csv-rows.js';
export type { FileContent } from './own/files.js';
export { type ImageFolder, type ImageFolderOptions, type ImageSample, imageFolder } from './own/image-folder.js';
export type { TextSource } from './own/text-stream.js';
export type { Arrays, Row } from './pipeline/arrays.js';
export type { Batched } from './pipeline/collate.js';
export { data } from './pipeline/data.js';
export {
  type BatchOptions,
  Dataset,
  type DatasetState,
  type GeneratorFactory,
  type ShuffleOptions,
  type Zipped,
} from './pipeline/dataset.js';
export type { ElementPosition } from './pipeline/transforms.js';
export type { Labeled } from './split/labeled.js';
export { toCategorical } from './split/to-categorical.js';
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from './split/train-test-split.js';
export { type Imdb, type ImdbData, type ImdbDecodeOptions, type ImdbOptions, imdb } from './text/imdb.js';
export type { LabeledTexts } from './text/labeled-texts.js';
export { type PadSequencesOptions, padSequences } from './text/pad-sequences.js';
export { type PreparedSequences, type PrepareSequencesOptions, prepareSequences } from './text/prepare-sequences.js';
export { RaggedArray } from './text/ragged.js';
export { type SpamData, type SpamLoader, type SpamOptions, spam } from './text/spam.js';
