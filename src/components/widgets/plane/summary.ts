import { pointOf } from '../../../lib/math/process/process.ts';
import { fixed } from '../../../lib/words/printNumber.ts';
import { processOn, T, timeOn } from './planeState.ts';
import type { Plane } from './usePlane.ts';
import type { PlaneWords } from './words.ts';

/** The picture in a sentence, as it stood when it last stood still. */
export function summaryOf({ rests, state, player, path }: Plane, say: PlaneWords): string {
  const t = rests.value;
  const { signal, noise } = pointOf(processOn(path), timeOn(path, t), 0);
  const shape = say.shapes[state.shape.value];
  const picture = say.summary(shape, say.ways[player.way.value], t, T);
  return `${picture} ${say.mixture(fixed(signal, 2), fixed(noise, 2))}`;
}
