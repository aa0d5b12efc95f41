/** A contact sheet: the first pictures of a set in a square grid, as a grey PNG. */
import { greyPng } from '../greyPng.mjs';
import { SIZE } from './digits.mjs';

/** `pictures` in [-1, 1], 28×28 each; `side`² of them, one pixel of grey between. Returns the file's bytes. */
export function contactSheet(pictures, side = 8, zoom = 2) {
  const cell = 28 * zoom + zoom;
  const width = side * cell + zoom;
  const grey = new Float32Array(width * width).fill(-0.25);
  for (let n = 0; n < side * side && (n + 1) * SIZE <= pictures.length; n++)
    for (let y = 0; y < 28 * zoom; y++)
      for (let x = 0; x < 28 * zoom; x++) {
        const [row, column] = [
          Math.floor(n / side) * cell + zoom + y,
          (n % side) * cell + zoom + x,
        ];
        grey[row * width + column] =
          pictures[n * SIZE + 28 * Math.floor(y / zoom) + Math.floor(x / zoom)];
      }
  return greyPng(grey, width, width);
}
