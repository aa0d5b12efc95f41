/**
 * One step of a sampler for every number of x_t, with output = the network's prediction:
 *   output = free + g (conditional − free)   where guided: the first half of `prediction` is conditional, the second free
 *   x̂_0 = kx x_t + kp output, clipped to [−1, 1] where asked
 *   x_s = a x_t + b value + c z,   value = x̂_0 where clipped, else output
 */
import { type Call, ceilDiv, type ShaderSource, type Slice } from './shader.ts';

const WORKGROUP = 64;
const FLOATS = ['g', 'kx', 'kp', 'a', 'b', 'c'] as const;

const source: ShaderSource = {
  key: 'samplerStep',
  uniforms: ['count', 'guided', 'clip', ...FLOATS],
  floats: FLOATS,
  buffers: [
    { name: 'x', type: 'f32' },
    { name: 'prediction', type: 'f32' },
    { name: 'z', type: 'f32' },
    { name: 'next', type: 'f32', write: true },
    { name: 'x0', type: 'f32', write: true },
  ],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }
  var value = prediction[id];
  if (p.guided == 1) { let free = prediction[id + p.count]; value = free + p.g * (value - free); }
  var clean = p.kx * x[id] + p.kp * value;
  if (p.clip == 1) { clean = clamp(clean, -1.0, 1.0); value = clean; }
  x0[id] = clean;
  var moved = p.a * x[id] + p.b * value;
  // z may hold anything where no noise is added.
  if (p.c != 0.0) { moved += p.c * z[id]; }
  next[id] = moved;`,
};

export interface StepNumbers {
  guided: boolean;
  clip: boolean;
  g: number;
  kx: number;
  kp: number;
  a: number;
  b: number;
  c: number;
}

export function samplerStep(
  count: number,
  buffers: { x: Slice; prediction: Slice; z: Slice; next: Slice; x0: Slice },
  numbers: StepNumbers,
): Call {
  const { x, prediction, z, next, x0 } = buffers;
  const [guided, clip] = [Number(numbers.guided), Number(numbers.clip)];
  return {
    source,
    uniforms: { ...numbers, count, guided, clip },
    bindings: [x, prediction, z, next, x0],
    groups: ceilDiv(count, WORKGROUP),
  };
}
