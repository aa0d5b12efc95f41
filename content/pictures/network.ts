/** Still pictures of chapter 4. */
import type { Strip } from '../../src/components/prose/picture.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { digit } from '../numbers/from-noise.ts';
import { cosine } from '../numbers/network.ts';
import { still } from './common.ts';

const noise = createRng(11).fillNormal(new Float64Array(digit.length));
const TIMES = [10, 100, 300, 500, 700, 900];

/** What the network is shown at six times, and the noise that it must name: the same each time. */
export const shown: Strip[] = [
  {
    name: 'it sees',
    role: 'q',
    images: TIMES.map((t) => still(diffuse(digit, t, cosine, noise), `t = ${t}`)),
  },
  { name: 'it must name', role: 'p', images: TIMES.map(() => still(noise)) },
];

/** The side of an image halved by means of 2 × 2, as the network does. */
function halved(values: ArrayLike<number>, side: number): Float64Array {
  const half = side / 2;
  return Float64Array.from({ length: half * half }, (_, i) => {
    const at = 2 * Math.floor(i / half) * side + 2 * (i % half);
    return (values[at] + values[at + 1] + values[at + side] + values[at + side + 1]) / 4;
  });
}
const fourteen = halved(digit, 28);
/** One digit at the three sizes of the network. */
export const sizesOfDigit: Strip[] = [
  {
    images: [
      still(digit, '28 × 28'),
      still(fourteen, '14 × 14', 14),
      still(halved(fourteen, 14), '7 × 7', 7),
    ],
  },
];
