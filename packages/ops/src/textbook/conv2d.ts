import { ShapeError } from '../errors.js';
import { type Array4d, array4dShape, at, type Vector, zeroArray4d, zeroVector } from './arrays.js';
import { checkKeys } from './options.js';
import { type AxisPadding, type TextbookPadding, tensorflowPadding } from './padding.js';

/** Options of {@link conv2d}. */
export interface TextbookConv2dOptions {
  /** 'same' is TensorFlow's: the odd zero stands after. @default 'valid' */
  padding?: TextbookPadding;
  /** Step from one output to the next, down and to the right. @default 1 */
  stride?: number;
}

/** What {@link conv2dBackward} returns: the error's derivative by each thing that went in, of its shape. */
export interface Conv2dGradients {
  readonly dx: number[][][][];
  readonly dKernel: number[][][][];
  readonly dBias: number[];
}

/**
 * Convolution layer: each of `out` kernels slides over all channels of each image,
 * `y[n][i][j][o] = bias[o] + Σ_a Σ_b Σ_c x[n][i·stride + a − top][j·stride + b − left][c] · kernel[a][b][c][o]`.
 *
 * @param x `[batch, height, width, in]`
 * @param kernel `[kernel height, kernel width, in, out]`
 * @param bias `[out]`, zeros by default
 * @returns `[batch, new height, new width, out]`
 * @throws {ShapeError} when the channels of `x` and `kernel` differ, `bias` is not `[out]`, or the kernel does not fit
 */
export function conv2d(x: Array4d, kernel: Array4d, bias?: Vector, options: TextbookConv2dOptions = {}): number[][][][] {
  const geometry = geometryOf(x, kernel, options, 'conv2d');
  const { batch, vertical, horizontal, outChannels } = geometry;
  if (bias && bias.length !== outChannels)
    throw new ShapeError(`conv2d has ${outChannels} kernels and needs as many biases; got ${bias.length}`);
  const y = zeroArray4d([batch, vertical.outputSize, horizontal.outputSize, outChannels]);
  for (const pixel of y.flat(2)) {
    for (let o = 0; o < outChannels; o++) pixel[o] = bias?.[o] ?? 0;
  }
  forEachProduct(geometry, (output, input, weight) => {
    const from = pixelAt(x, input);
    const to = pixelAt(y, output);
    const weights = at(at(kernel, weight[0]), weight[1]);
    for (const [c, value] of from.entries()) {
      for (const [o, w] of at(weights, c).entries()) to[o] = at(to, o) + value * w;
    }
  });
  return y;
}

/**
 * The gradients of {@link conv2d}. Each product `x · kernel` that went into an output takes the error of that output back:
 * to its pixel times the weight, and to its weight times the pixel. A bias takes the sum of its channel's errors.
 *
 * @param x `[batch, height, width, in]`
 * @param kernel `[kernel height, kernel width, in, out]`
 * @param dy `[batch, new height, new width, out]`, the error of the output
 */
export function conv2dBackward(x: Array4d, kernel: Array4d, dy: Array4d, options: TextbookConv2dOptions = {}): Conv2dGradients {
  const geometry = geometryOf(x, kernel, options, 'conv2dBackward');
  const { batch, vertical, horizontal, outChannels } = geometry;
  const expected = [batch, vertical.outputSize, horizontal.outputSize, outChannels];
  const given = array4dShape(dy, 'conv2dBackward');
  if (given.some((size, axis) => size !== expected[axis]))
    throw new ShapeError(`conv2dBackward: the output is [${expected.join(', ')}]; its error is [${given.join(', ')}]`);

  const dx = zeroArray4d(array4dShape(x, 'conv2dBackward'));
  const dKernel = zeroArray4d(array4dShape(kernel, 'conv2dBackward'));
  forEachProduct(geometry, (output, input, weight) => {
    const errors = pixelAt(dy, output);
    const pixel = pixelAt(x, input);
    const dPixel = pixelAt(dx, input);
    const weights = at(at(kernel, weight[0]), weight[1]);
    const dWeights = at(at(dKernel, weight[0]), weight[1]);
    for (const [c, value] of pixel.entries()) {
      for (const [o, error] of errors.entries()) {
        dPixel[c] = at(dPixel, c) + error * at(at(weights, c), o);
        at(dWeights, c)[o] = at(at(dWeights, c), o) + error * value;
      }
    }
  });
  const dBias = zeroVector(outChannels);
  for (const pixel of dy.flat(2)) {
    for (const [o, error] of pixel.entries()) dBias[o] = at(dBias, o) + error;
  }
  return { dx, dKernel, dBias };
}

interface Geometry {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outChannels: number;
  readonly stride: number;
  readonly vertical: AxisPadding;
  readonly horizontal: AxisPadding;
}

function geometryOf(x: Array4d, kernel: Array4d, options: TextbookConv2dOptions, where: string): Geometry {
  checkKeys(options, ['padding', 'stride'], where);
  const { padding = 'valid', stride = 1 } = options;
  const [batch, height, width, channels] = array4dShape(x, where);
  const [kernelHeight, kernelWidth, inChannels, outChannels] = array4dShape(kernel, where);
  if (channels !== inChannels) throw new ShapeError(`${where}: the images have ${channels} channels, the kernels ${inChannels}`);
  const vertical = tensorflowPadding(height, kernelHeight, padding, stride, where);
  const horizontal = tensorflowPadding(width, kernelWidth, padding, stride, where);
  return { batch, height, width, kernelHeight, kernelWidth, outChannels, stride, vertical, horizontal };
}

/** Image, row and column of a pixel. */
type PixelIndex = readonly [image: number, row: number, column: number];

const pixelAt = <Pixel>(images: readonly (readonly (readonly Pixel[])[])[], [n, i, j]: PixelIndex): Pixel => at(at(at(images, n), i), j);

/** Calls `visit` for every output pixel and every place of the kernel that lies inside the image. */
function forEachProduct(
  { batch, height, width, kernelHeight, kernelWidth, stride, vertical, horizontal }: Geometry,
  visit: (output: PixelIndex, input: PixelIndex, weight: readonly [row: number, column: number]) => void,
): void {
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < vertical.outputSize; i++) {
      for (let j = 0; j < horizontal.outputSize; j++) {
        for (let a = 0; a < kernelHeight; a++) {
          for (let b = 0; b < kernelWidth; b++) {
            const row = i * stride + a - vertical.before;
            const column = j * stride + b - horizontal.before;
            if (row >= 0 && row < height && column >= 0 && column < width) visit([n, i, j], [n, row, column], [a, b]);
          }
        }
      }
    }
  }
}
