/** Adds equal parts: y[o, i] = Σ_n parts[o, n, i], with i < floats, n < count, o < outer. */
import { type Call, ceilDiv, type ShaderSource, type Slice } from './shader.ts';

const source: ShaderSource = {
  key: 'sumParts',
  uniforms: ['outer', 'count', 'floats', 'stride', 'first'],
  buffers: [
    { name: 'parts', type: 'f32' },
    { name: 'y', type: 'f32', write: true },
  ],
  workgroup: 64,
  body: `
  if (id >= p.outer * p.floats) { return; }
  var at = p.first + (id / p.floats) * p.count * p.stride + id % p.floats;
  var total = 0.0;
  for (var n = 0; n < p.count; n++) { total += parts[at]; at += p.stride; }
  y[id] = total;`,
};

/** stride: floats from part to part; first: index of the first float that is added. */
export function sumParts(
  parts: Slice,
  y: Slice,
  size: { outer?: number; count: number; floats: number; stride?: number; first?: number },
): Call {
  const { outer = 1, count, floats, stride = floats, first = 0 } = size;
  return {
    source,
    uniforms: { outer, count, floats, stride, first },
    bindings: [parts, y],
    groups: ceilDiv(outer * floats, 64),
  };
}
