/** A look into the shipped network: what its blocks give out for a digit at noise level t. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { drawnDigits } from '../../../../lib/data/digits.ts';
import { createRng } from '../../../../lib/math/numerics/rng.ts';
import { diffuse } from '../../../../lib/math/process/forward.ts';
import { makeSchedule } from '../../../../lib/math/process/schedule.ts';
import type { ActivationResult } from '../../../../lib/tensor/recipes/diffusion/questions.ts';
import { href } from '../../../../lib/words/paths.ts';
import { createSampler, type Sampler } from '../../../../lib/worker/sampler.ts';
import { sayError } from '../../../trainer/sayError.ts';

/** Until the network runs, the record of scripts/stills.mjs shows the first digit and t. */
export function useLook() {
  const digit = useSignal(3);
  const t = useSignal(300);
  const result = useSignal<ActivationResult | null>(null);
  const status = useSignal<'off' | 'loading' | 'on' | string>('off');
  const sampler = useRef<Sampler | null>(null);

  const x = useMemo(() => {
    const clean = drawnDigits({ count: 1, seed: 7, start: digit.value }).images;
    const noise = new Float64Array(784);
    createRng(5).fillNormal(noise);
    return Float32Array.from(
      diffuse(Float64Array.from(clean), t.value, makeSchedule('cosine', 1000), noise),
    );
  }, [digit.value, t.value]);

  const run = async () => {
    try {
      if (!sampler.current) {
        status.value = 'loading';
        sampler.current = createSampler();
        await sampler.current.load(href('checkpoints/digits.safetensors'));
      }
      result.value = await sampler.current.activations({ x, t: t.value, label: digit.value });
      status.value = 'on';
    } catch (error) {
      status.value = await sayError(error);
    }
  };
  useEffect(() => {
    if (status.value === 'on') run();
  }, [x]);
  useEffect(() => () => sampler.current?.dispose(), []);
  const mapOf = (name: string) => result.value?.layers.find((layer) => layer.name === name);
  return { digit, t, x, result, status, run, mapOf };
}
export type Look = ReturnType<typeof useLook>;
