import { type HostArray, resizeImage } from '@jogak/ops';

/** From dark to bright; shades that terminals have without colours. */
const shades = ' ░▒▓█';

/**
 * An image as lines of text, in shades.
 *
 * @param image `uint8 [height, width, 1]`
 * @param columns of text; a line has half as many for the same height, since letters are twice as high as wide
 */
export function terminalImage(image: HostArray, columns: number): string[] {
  const [height = 1, width = 1] = image.shape;
  const lines = Math.max(1, Math.round((columns * height) / width / 2));
  const { data } = resizeImage(image, [lines, columns], { method: 'area' });
  const brightest = Math.max(1, ...(data as Uint8Array));
  return Array.from({ length: lines }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns) as Uint8Array, pixel => {
      return shades[Math.round((pixel / brightest) * (shades.length - 1))];
    }).join(''),
  );
}
