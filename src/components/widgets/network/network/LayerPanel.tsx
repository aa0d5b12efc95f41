import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { UNetConfig } from '../../../../lib/checkpoint/config.ts';
import { ImageGrid, Pixels } from '../../../controls/Pixels.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { channelOf } from './alive.ts';
import type { Look } from './look.ts';
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
export function LayerPanel({
  layer,
  config,
  look,
}: {
  layer: NetworkLayer;
  config: UNetConfig;
  look: Look;
}) {
  const { digit, t, x, result, status, run } = look;
  const shipped = config.classes > 0;
  const map = look.mapOf(layer.name);
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
    for (let k = 0; k < c; k++) out.set(channelOf(data, c, k).values, k * h * w);
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
