import {
  ConfigError,
  options as config,
  DataError,
  decodePng,
  FormatError,
  type HostArray,
  hostArray,
  isJogakError,
  type ResizeImageOptions,
  resizeImage,
} from '@jogak/ops';
import { Dataset } from '../pipeline/dataset.js';
import { filesOf, readFile, readStage } from './files.js';

/** Options of {@link imageFolder}. */
export interface ImageFolderOptions extends Pick<ResizeImageOptions, 'method' | 'keepAspect' | 'fill'> {
  /** Height and width that all images are brought to; one number for squares. */
  size: number | readonly [height: number, width: number];
  /** 1 for grey, 3 for colours, 4 for colours and transparency. @default 3 */
  channels?: 1 | 3 | 4;
  /** The classes, in the order of their numbers. @default the names of the folders, sorted */
  classNames?: readonly string[];
}

/** An image and its class. */
export interface ImageSample {
  /** `uint8 [height, width, channels]`. */
  readonly x: HostArray;
  /** `int32 []`. */
  readonly y: HostArray;
}

/** Images of one's own. */
export interface ImageFolder {
  readonly classNames: readonly string[];
  /** Paths of the images, class by class. */
  readonly files: readonly string[];
  /** Their classes, `int32 [n]`: what a split is stratified by. */
  readonly labels: HostArray;
  /** All images; each is read when its turn comes. Shuffling mixes the paths, and holds no image. */
  readonly dataset: Dataset<ImageSample>;
  /** The images `indices`, in this order: the parts of a split. */
  select(indices: ArrayLike<number>): Dataset<ImageSample>;
}

/** Kinds of images that someone may expect to be read. */
const otherImages = /\.(jpe?g|gif|webp|bmp|tiff?|avif|heic)$/i;

/**
 * Images of one's own, in a folder for each class, named after it: `pets/cat/1.png`, `pets/dog/2.png`. PNG files of any size and kind are read one
 * by one, and brought to one size; so the folder may be larger than memory.
 *
 * @param folder path of the folder of folders
 * @throws {DataError} when there is no such folder or class, a class has no image, or there are images that are not PNG; `FormatError`s of single
 * files, which name them, come as the images are read
 * @throws {ConfigError} on wrong options, and in a page.
 */
export async function imageFolder(folder: string, options: ImageFolderOptions): Promise<ImageFolder> {
  const { size, channels, classNames: given, ...resize } = parse(options);
  const classNames = given ?? (await foldersIn(folder));
  const paths: string[] = [];
  const labels: number[] = [];
  for (const [label, className] of classNames.entries()) {
    const images = await imagesIn(folder, className);
    paths.push(...images);
    labels.push(...images.map(() => label));
  }
  const read = async (index: number): Promise<ImageSample> => {
    const path = paths[index] as string;
    const image = decodeNamed(await readFile(path, 'imageFolder'), channels, path);
    return { x: resizeImage(image, size, resize), y: hostArray(Int32Array.of(labels[index] as number), []) };
  };
  const select = (indices: ArrayLike<number>): Dataset<ImageSample> => {
    const chosen = Array.from(indices);
    const bad = chosen.find(index => !(Number.isInteger(index) && index >= 0 && index < paths.length));
    if (bad !== undefined) throw new DataError(`imageFolder: there are images 0 to ${paths.length - 1}; got ${bad}`);
    return new Dataset(readStage(chosen.length, position => read(chosen[position] as number)));
  };
  return { classNames, files: paths, labels: hostArray(Int32Array.from(labels)), dataset: select(paths.map((_, i) => i)), select };
}

function parse(options: ImageFolderOptions) {
  if (typeof options !== 'object' || options === null)
    throw new ConfigError(`imageFolder needs options beside the folder: imageFolder(folder, { size: 28 }); got ${config.show(options)}`);
  const { size, channels = 3, classNames, ...resize } = options;
  const known = ['method', 'keepAspect', 'fill'];
  const unknown = Object.keys(resize).find(key => !known.includes(key));
  if (unknown !== undefined)
    throw new ConfigError(
      `imageFolder: there is no option "${unknown}"${config.suggestion(unknown, ['size', 'channels', 'classNames', ...known])}`,
    );
  const sides = typeof size === 'number' ? [size, size] : size;
  if (!Array.isArray(sides) || sides.length !== 2 || !sides.every(side => Number.isInteger(side) && side >= 1))
    throw new ConfigError(`imageFolder: size must be a positive integer, or [height, width]; got ${config.show(size)}`);
  if (![1, 3, 4].includes(channels)) throw new ConfigError(`imageFolder: channels must be 1, 3 or 4; got ${config.show(channels)}`);
  return { size: sides as unknown as readonly [number, number], channels, classNames, ...resize };
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await filesOf('imageFolder').list(folder);
  if (!entries) throw new DataError(`imageFolder: there is no folder ${folder}`, { code: 'data-missing' });
  const names = entries.filter(({ name, isFolder }) => isFolder && !name.startsWith('.')).map(({ name }) => name);
  if (names.length === 0)
    throw new DataError(`imageFolder: ${folder} has no folders; put the images of each class into a folder named after it`);
  return names;
}

async function imagesIn(folder: string, className: string): Promise<string[]> {
  const files = filesOf('imageFolder');
  const path = files.join(folder, className);
  const entries = await files.list(path);
  if (!entries) throw new DataError(`imageFolder: there is no folder ${path} for the class "${className}"`, { code: 'data-missing' });
  const visible = entries.filter(({ name, isFolder }) => !isFolder && !name.startsWith('.'));
  const other = visible.find(({ name }) => otherImages.test(name));
  if (other) throw new DataError(`imageFolder: ${files.join(path, other.name)} is not a PNG image; convert it, or take it away`);
  const images = visible.filter(({ name }) => /\.png$/i.test(name));
  if (images.length === 0) throw new DataError(`imageFolder: ${path} has no PNG images`);
  return images.map(({ name }) => files.join(path, name));
}

function decodeNamed(bytes: Uint8Array, channels: 1 | 3 | 4, path: string): HostArray {
  try {
    return decodePng(bytes, { channels });
  } catch (error) {
    if (isJogakError(error, 'format')) throw new FormatError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
