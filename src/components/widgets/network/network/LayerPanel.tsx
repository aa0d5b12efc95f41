import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { UNetConfig } from '../../../../lib/checkpoint/config.ts';
import { drawnDigits } from '../../../../lib/data/digits.ts';
import { createRng } from '../../../../lib/math/numerics/rng.ts';
import { diffuse } from '../../../../lib/math/process/forward.ts';
import { makeSchedule } from '../../../../lib/math/process/schedule.ts';
import type { ActivationResult } from '../../../../lib/tensor/recipes/diffusion/questions.ts';
import { href } from '../../../../lib/words/paths.ts';
import { createSampler, type Sampler } from '../../../../lib/worker/sampler.ts';
import { ImageGrid, Pixels } from '../../../controls/Pixels.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { sayError } from '../../../trainer/sayError.ts';
import type { LayerKind, NetworkLayer } from './networkLayers.ts';

/** What each kind of block computes, in the words of the code. */
const FORMULAS: Record<LayerKind, string> = {
  time: String.raw`\mathbf e(t)=W_2\,\mathrm{silu}\!\left(W_1\,[\sin\omega t,\;\cos\omega t]+b_1\right)+b_2`,
  conv: String.raw`y_{ij}=b+\sum_{u,v\in\{-1,0,1\}}W_{uv}\,x_{i+u,\,j+v}`,
  block: String.raw`\begin{aligned}h&=\mathrm{conv}_1\big(\mathrm{silu}(\mathrm{GN}(x))\big)+W_t\,\mathrm{silu}(\mathbf e(t))\\ y&=\mathrm{conv}_2\big(\mathrm{silu}(\mathrm{GN}(h))\big)+\mathrm{skip}(x)\end{aligned}`,
};

function TeX({ tex }: { tex: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let gone = false;
    import('katex').then(({ default: katex }) => {
      if (!gone && ref.current)
        katex.render(tex, ref.current, { displayMode: true, throwOnError: false });
    });
    return () => {
      gone = true;
    };
  }, [tex]);
  return (
    <div
      ref={ref}
      class="tex"
      translate={false}
      tabindex={0}
      role="group"
      aria-label="Formula of the block"
    />
  );
}

/** The chosen block: formula, parameters, and its feature maps for a digit at noise level t, run by the shipped network. */
export function LayerPanel({ layer, config }: { layer: NetworkLayer; config: UNetConfig }) {
  const digit = useSignal(3);
  const t = useSignal(300);
  const result = useSignal<ActivationResult | null>(null);
  const status = useSignal<'off' | 'loading' | 'on' | string>('off');
  const sampler = useRef<Sampler | null>(null);
  const shipped = config.classes > 0;

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

  const map = result.value?.layers.find(({ name }) => name === layer.name);
  return (
    <section class="layer-panel" aria-label={`Block ${layer.title}`} aria-live="polite">
      <div>
        <p class="plot-title">
          {layer.title} <code>{layer.name}</code>
        </p>
        <TeX tex={FORMULAS[layer.kind]} />
        <p class="note">
          {layer.parameters.toLocaleString('en')} parameters,{' '}
          {(layer.multiplyAdds / 1e6).toFixed(2)} million multiply–adds.
        </p>
        <details class="fold">
          <summary>Its tensors</summary>
          <ul class="tensors">
            {layer.tensors.map(({ name, shape }) => (
              <li key={name}>
                <code>{name}</code> [{shape.join(', ')}]
              </li>
            ))}
          </ul>
        </details>
      </div>
      {shipped && (
        <div>
          <div class="controls columns">
            <Slider
              label="Digit"
              value={digit.value}
              min={0}
              max={9}
              onInput={(v) => (digit.value = v)}
            />
            <Slider
              label="Noise level t"
              value={t.value}
              min={1}
              max={1000}
              onInput={(v) => (t.value = v)}
            />
          </div>
          <div class="pair">
            <figure>
              <Pixels
                data={x}
                width={28}
                height={28}
                label={`The digit ${digit.value} at t = ${t.value}: the network’s input`}
              />
              <figcaption>input</figcaption>
            </figure>
            {result.value && (
              <figure>
                <Pixels
                  data={result.value.x0}
                  width={28}
                  height={28}
                  label="The clean image that the network believes in"
                />
                <figcaption>its guess of x₀</figcaption>
              </figure>
            )}
          </div>
          {status.value === 'on' && map ? (
            <FeatureMaps data={map.data} shape={map.shape} />
          ) : (
            <button
              type="button"
              class="button primary"
              disabled={status.value === 'loading'}
              onClick={run}
            >
              {status.value === 'loading' ? 'Starting the network …' : 'Run the network'}
            </button>
          )}
          {!['off', 'on', 'loading'].includes(status.value) && (
            <p class="error" role="alert">
              {status.value}
            </p>
          )}
        </div>
      )}
    </section>
  );
}

/** Channels side by side, each scaled to its own range; a vector is one row of cells. */
function FeatureMaps({
  data,
  shape: [h, w, c],
}: {
  data: Float32Array;
  shape: [number, number, number];
}) {
  const images = useMemo(() => {
    if (h === 1) {
      const top = data.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-12);
      return data.map((v) => v / top);
    }
    const out = new Float32Array(data.length);
    for (let channel = 0; channel < c; channel++) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = channel; i < data.length; i += c) {
        low = Math.min(low, data[i]);
        high = Math.max(high, data[i]);
      }
      for (let i = 0; i < h * w; i++) {
        out[channel * h * w + i] = (2 * (data[i * c + channel] - low)) / (high - low || 1) - 1;
      }
    }
    return out;
  }, [data]);
  return (
    <ImageGrid
      data={images}
      width={w}
      height={h}
      across={h === 1 ? 16 : 8}
      label={`${c} feature maps of ${h} by ${w}`}
    />
  );
}
