/**
 * One move of a sampler's program for every number of an image, with output = the network's prediction:
 *   output = free + g (conditional − free)   where guided: the first half of `prediction` is conditional, the second free
 *   x̂_0 = kx x + kp output, clipped to [−1, 1] where asked
 *   register r ← Σ_k w_rk·(register k) + b_r·answer + c_r·z,   answer = x̂_0 where clipped, else output
 * Register 0 is x; the others lie one after another in `memory`, and all of them in `next`.
 * z is drawn here from each image's own stream (`places`: its key, and the word where the next normal begins), or where
 * that cannot be, read from `z`.
 */
import { type Rng, restoreRng } from '../../../math/numerics/rng.ts';
import { MOST_REGISTERS, type Weights } from '../../../math/samplers/program.ts';
import { PHILOX } from './philox.ts';
import { type Call, ceilDiv, type ShaderSource, type Slice } from './shader.ts';

const WORKGROUP = 64;
const REGISTERS = Array.from({ length: MOST_REGISTERS }, (_, r) => r);
const FLOATS = [
  ...['g', 'kx', 'kp'],
  ...REGISTERS.flatMap((r) => [...REGISTERS.map((k) => `w${r}${k}`), `b${r}`, `c${r}`]),
];

/** The new value of register r. */
const set = (r: number) => `
  if (p.registers > ${r}) {
    var sum = p.w${r}0 * x[id];
    ${REGISTERS.slice(1)
      .map(
        (k) => `if (p.registers > ${k}) { sum += p.w${r}${k} * memory[id + ${k - 1} * p.count]; }`,
      )
      .join('\n    ')}
    next[id + ${r} * p.count] = sum + p.b${r} * value + p.c${r} * fresh;
  }`;

const source: ShaderSource = {
  key: 'samplerStep',
  uniforms: [
    ...['count', 'size', 'channels', 'answers', 'registers', 'guided', 'clip', 'noisy', 'drawn'],
    ...FLOATS,
  ],
  floats: FLOATS,
  buffers: [
    { name: 'x', type: 'f32' },
    { name: 'memory', type: 'f32' },
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
  let place = id / p.channels * p.answers + id % p.channels;
  var value = prediction[place];
  if (p.guided == 1) {
    let free = prediction[place + p.count / p.channels * p.answers];
    value = free + p.g * (value - free);
  }
  var clean = p.kx * x[id] + p.kp * value;
  if (p.clip == 1) { clean = clamp(clean, -1.0, 1.0); value = clean; }
  x0[id] = clean;
  // z may hold anything where no noise is added.
  var fresh = 0.0;
  if (p.noisy == 1) { fresh = noise(id); }${REGISTERS.map(set).join('')}`,
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
  /** Noise is added. */
  noisy: boolean;
  guided: boolean;
  clip: boolean;
  g: number;
  kx: number;
  kp: number;
  weights: readonly Weights[];
}

/** The weights under the names of the uniforms. */
const named = (weights: readonly Weights[]): Record<string, number> =>
  Object.fromEntries(
    REGISTERS.flatMap((r) => [
      ...REGISTERS.map((k) => [`w${r}${k}`, weights[r]?.registers[k] ?? 0]),
      [`b${r}`, weights[r]?.answer ?? 0],
      [`c${r}`, weights[r]?.z ?? 0],
    ]),
  );

export interface StepSize {
  /** Numbers of all images, and of one. */
  count: number;
  size: number;
  /** Of a pixel, and how many numbers the network gives for it: the first of them are the prediction. */
  channels: number;
  answers: number;
}

export function samplerStep(
  size: StepSize,
  buffers: Record<'x' | 'memory' | 'prediction' | 'z' | 'places' | 'next' | 'x0', Slice>,
  { guided, clip, noisy, drawn, weights, ...scalars }: StepNumbers,
): Call {
  const { x, memory, prediction, z, places, next, x0 } = buffers;
  const flags = {
    ...{ guided: Number(guided), clip: Number(clip), noisy: Number(noisy), drawn: Number(drawn) },
    registers: weights.length,
  };
  return {
    source,
    uniforms: { ...scalars, ...flags, ...named(weights), ...size },
    bindings: [x, memory, prediction, z, places, next, x0],
    groups: ceilDiv(size.count, WORKGROUP),
  };
}
