/**
 * The loss of one image for each workgroup, D numbers an image:
 *   e_b = (1/D) Σ_d (prediction − target)²,   d loss / d prediction = 2 w_b (prediction − target) / (B·D)
 * `errors` receives e_b at index 1 + b (index 0 is the gradient's norm, update.ts).
 */
import type { Call, ShaderSource, Slice } from './shader.ts';

const WORKGROUP = 64;

const source: ShaderSource = {
  key: 'weightedMse',
  uniforms: ['batch', 'size'],
  buffers: [
    { name: 'prediction', type: 'f32' },
    { name: 'wanted', type: 'f32' },
    { name: 'weights', type: 'f32' },
    { name: 'gradient', type: 'f32', write: true },
    { name: 'errors', type: 'f32', write: true },
  ],
  workgroup: WORKGROUP,
  declarations: `var<workgroup> sums: array<f32, ${WORKGROUP}>;`,
  body: `
  let scale = 2.0 * weights[group] / f32(p.batch * p.size);
  var total = 0.0;
  for (var n = local; n < p.size; n += ${WORKGROUP}) {
    let at = group * p.size + n;
    let difference = prediction[at] - wanted[at];
    gradient[at] = scale * difference;
    total += difference * difference;
  }
  sums[local] = total;
  workgroupBarrier();
  if (local == 0) {
    var all = 0.0;
    for (var n = 0; n < ${WORKGROUP}; n++) { all += sums[n]; }
    errors[1 + group] = all / f32(p.size);
  }`,
};

export function weightedMse(
  size: { batch: number; size: number },
  buffers: { prediction: Slice; target: Slice; weights: Slice; gradient: Slice; errors: Slice },
): Call {
  const { prediction, target, weights, gradient, errors } = buffers;
  return {
    source,
    uniforms: { ...size },
    bindings: [prediction, target, weights, gradient, errors],
    groups: size.batch,
  };
}
