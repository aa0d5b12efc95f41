/**
 * One step of a sampler for every number of x_t, with output = the network's prediction:
 *   output = free + g (conditional − free)   where guided: the first half of `prediction` is conditional, the second free
 *   x̂_0 = kx x_t + kp output, clipped to [−1, 1] where asked
 *   x_s = a x_t + b value + c z,   value = x̂_0 where clipped, else output
 * z is drawn here from each image's own stream (`places`: its key, and the word where the next normal begins), or where
 * that cannot be, read from `z`.
 */
import { type Rng, restoreRng } from '../../../math/rng.ts';
import { PHILOX } from './philox.ts';
import { type Call, ceilDiv, type ShaderSource, type Slice } from './shader.ts';

const WORKGROUP = 64;
const FLOATS = ['g', 'kx', 'kp', 'a', 'b', 'c'] as const;

const source: ShaderSource = {
  key: 'samplerStep',
  uniforms: ['count', 'size', 'guided', 'clip', 'drawn', ...FLOATS],
  floats: FLOATS,
  buffers: [
    { name: 'x', type: 'f32' },
    { name: 'prediction', type: 'f32' },
    { name: 'z', type: 'f32' },
    { name: 'places', type: 'u32' },
    { name: 'next', type: 'f32', write: true },
    { name: 'x0', type: 'f32', write: true },
  ],
  workgroup: WORKGROUP,
  declarations: `${PHILOX}
fn noise(id: i32) -> f32 {
  if (p.drawn == 0) { return z[id]; }
  let place = 3 * (id / p.size);
  let k = id % p.size;
  let key = vec2u(places[place], places[place + 1]);
  let at = places[place + 2] + 4u * u32(k / 2);
  let pair = normalPair(uniformBits(at, key), uniformBits(at + 2u, key));
  return select(pair.x, pair.y, k % 2 == 1);
}`,
  body: `
  if (id >= p.count) { return; }
  var value = prediction[id];
  if (p.guided == 1) { let free = prediction[id + p.count]; value = free + p.g * (value - free); }
  var clean = p.kx * x[id] + p.kp * value;
  if (p.clip == 1) { clean = clamp(clean, -1.0, 1.0); value = clean; }
  x0[id] = clean;
  var moved = p.a * x[id] + p.b * value;
  // z may hold anything where no noise is added.
  if (p.c != 0.0) { moved += p.c * noise(id); }
  next[id] = moved;`,
};

/**
 * Three words for each stream, from which the device draws the next `size` normals; the streams are replaced by such as
 * have drawn them. Null, and nothing is replaced, where normals come in broken pairs or the words run past 2³².
 */
export function takeStreams(streams: Rng[], size: number): Uint32Array<ArrayBuffer> | null {
  const states = streams.map((rng) => rng.state());
  const whole = states.every(
    ({ position, spare }) =>
      spare === null && position % 2 === 0 && position + 2 * size < 2 ** 32 && size % 2 === 0,
  );
  if (!whole) return null;
  states.forEach((state, i) => {
    streams[i] = restoreRng({ ...state, position: state.position + 2 * size });
  });
  return Uint32Array.from(states.flatMap(({ key, position }) => [...key, position]));
}

export interface StepNumbers {
  /** z is drawn from `places`. */
  drawn: boolean;
  guided: boolean;
  clip: boolean;
  g: number;
  kx: number;
  kp: number;
  a: number;
  b: number;
  c: number;
}

/** `size`: numbers of an image. */
export function samplerStep(
  { count, size }: { count: number; size: number },
  buffers: Record<'x' | 'prediction' | 'z' | 'places' | 'next' | 'x0', Slice>,
  numbers: StepNumbers,
): Call {
  const { x, prediction, z, places, next, x0 } = buffers;
  const { guided, clip, drawn } = numbers;
  const flags = { guided: Number(guided), clip: Number(clip), drawn: Number(drawn) };
  return {
    source,
    uniforms: { ...numbers, ...flags, count, size },
    bindings: [x, prediction, z, places, next, x0],
    groups: ceilDiv(count, WORKGROUP),
  };
}
