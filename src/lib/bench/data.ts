/** What every engine starts from: the same weights and the same batch, so that their losses can be compared. */
import { createRng } from '../math/numerics/rng.ts';
import { unet } from '../tensor/networks/unet.ts';
import { initialParameters } from '../tensor/params.ts';
import { BENCH_MODEL } from './types.ts';

/** Every weight matrix drawn, none zero: with zero layers an engine could be wrong unseen. */
export function benchParameters(): Float32Array<ArrayBuffer> {
  const specs = unet(BENCH_MODEL).specs.map((spec) =>
    spec.init === 'zeros' && spec.shape.length > 1 ? { ...spec, init: 'kaiming' as const } : spec,
  );
  return initialParameters(specs, 1);
}

/** Gaussian images and targets (their values do not matter for speed), times spread over 1…1000. */
export function benchBatch(count: number) {
  const rng = createRng('bench');
  const numbers = () => {
    const values = new Float32Array(count * BENCH_MODEL.imageSize ** 2);
    rng.fillNormal(values);
    return values;
  };
  const t = Int32Array.from({ length: count }, (_, i) => 1 + Math.floor((1000 * i) / count));
  return { xt: numbers(), target: numbers(), t };
}
