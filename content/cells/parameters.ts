// How much does a network cost?
import { print, table } from 'from-noise/cell';

// One residual block at a given size: two 3×3 convolutions, and a 1×1 where the channels change.
function block(size: number, input: number, output: number) {
  const weights =
    9 * input * output + 9 * output * output + (input === output ? 0 : input * output);
  return { size, input, output, weights, multiplyAdds: size * size * weights };
}

// The way down and up of the standard model. Try other widths: [32, 64, 64] or [8, 32, 32].
const widths = [16, 32, 32];
const blocks = widths.map((width, i) => block(28 / 2 ** i, widths[Math.max(0, i - 1)], width));
const middle = block(28 / 2 ** (widths.length - 1), widths.at(-1)!, widths.at(-1)!);
const up = [...widths.keys()]
  .reverse()
  .map((i) =>
    block(28 / 2 ** i, widths[Math.min(widths.length - 1, i + 1)] + widths[i], widths[i]),
  );

const all = [...blocks, middle, ...up];
table(all);
print(
  'million multiply–adds for one image:',
  all.reduce((sum, b) => sum + b.multiplyAdds, 0) / 1e6,
);
