import { fixed } from '../../../../lib/words/printNumber.ts';
import '../../shared/forward.css';
import { useMemo, useState } from 'preact/hooks';
import { heat, neighbourCorrelation } from '../../../../lib/math/mistakes/heat.ts';
import { moments, thinned } from '../../../../lib/math/numerics/curves.ts';
import { makeSchedule } from '../../../../lib/math/process/schedule.ts';
import {
  followed,
  heatFilm,
  heatTime,
  LAST_SPREAD,
  paths,
  unitVariance,
} from '../../../../lib/plots/from-noise/ink.ts';
import { runChain } from '../../../../lib/plots/markov-chain/chain.ts';
import { Toggle } from '../../../controls/Choice.tsx';
import { ImagePicker } from '../../../controls/ImagePicker.tsx';
import { imageChoice } from '../../../controls/imageChoice.ts';
import { Pixels } from '../../../controls/Pixels.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Scrubber } from '../../../controls/Scrubber.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { boolean, integer, urlSignal } from '../../../controls/urlState.ts';
import { useChainNoise } from '../../../controls/useChainNoise.ts';
import { Widget } from '../../../controls/Widget.tsx';

const T = 200;
const START = 40;
const schedule = makeSchedule('linear', T);

function inkState() {
  return {
    choice: imageChoice('ink'),
    t: urlSignal('ink.t', START, integer(0, T)),
    shrink: urlSignal('ink.shrink', true, boolean),
  };
}

const three = (v: number) => (Number.isNaN(v) ? '–' : fixed(v, 3));

export default function Ink() {
  const [state] = useState(inkState);
  const picture = state.choice.picture.value;
  const { size, values } = picture;
  const shrink = state.shrink.value;
  const noises = useChainNoise(11, values.length, T);
  const chain = useMemo(
    () => runChain(values, schedule, noises, shrink ? 'right' : 'noShrinking'),
    [values, noises, shrink],
  );
  const film = useMemo(() => heatFilm(values, size, T), [picture]);
  const pixels = useMemo(() => followed(values), [values]);
  const t = Math.min(state.t.value, chain.length - 1);
  const noisy = chain[t];
  const spread = heat(values, size, heatTime(t, T));
  const unit = useMemo(() => unitVariance(schedule, shrink), [shrink]);

  const left = useMemo(
    () => () => {
      const times = thinned(0, chain.length - 1, 100);
      const states = times.map((time) => chain[time]);
      return paths({ states, times, pixels, t, T, domain: shrink ? [-4, 4] : [-10, 10] });
    },
    [chain, pixels, t, shrink],
  );
  const right = useMemo(
    () => () => paths({ ...film, pixels, t, T, domain: [-4, 4] }),
    [film, pixels, t],
  );
  const sigma = (LAST_SPREAD * t) / T;

  return (
    <Widget
      id="ink"
      inForce={{ t }}
      title="Ink in water, and noise in pixels"
      onReset={() => {
        state.choice.reset();
        state.t.value = START;
        state.shrink.value = true;
      }}
      caption="Left: every pixel wanders on its own and is pulled towards 0 (an Ornstein–Uhlenbeck process, taken in 200 steps). Right: the heat equation, solved exactly: ink moves to neighbouring pixels, and nothing is random. Solid lines follow pixels that begin as ink, dashed ones as paper."
    >
      <ImagePicker choice={state.choice} />
      <Scrubber
        label="Time"
        value={t}
        max={T}
        onInput={(next) => {
          state.t.value = next;
        }}
        format={(v) => `${v} of ${T}`}
      />
      <div class="columns">
        <section class="ink-side" aria-label="A diffusion model">
          <p class="plot-title">A diffusion model: pixel values diffuse</p>
          <div class="ink-top">
            <Pixels
              data={noisy}
              width={size}
              height={size}
              label={`${picture.label} with noise, at time ${t}`}
              size="14rem"
            />
            <div class="stats">
              <Stat label="Mean" value={three(moments(noisy).mean)} />
              <Stat label="Variance over pixels" value={three(moments(noisy).variance)} />
              <Stat
                label="Correlation of neighbours"
                value={three(neighbourCorrelation(noisy, size))}
              />
            </div>
          </div>
          <Plot
            options={left}
            ratio={0.5}
            summary={`Pixel values at time ${t}: mean ${three(moments(noisy).mean)}, variance ${three(moments(noisy).variance)}.`}
          />
        </section>
        <section class="ink-side" aria-label="Ink in water">
          <p class="plot-title">Ink in water: places diffuse</p>
          <div class="ink-top">
            <Pixels
              data={spread}
              width={size}
              height={size}
              label={`${picture.label} as ink spread over ${sigma.toFixed(1)} pixels`}
              size="14rem"
            />
            <div class="stats">
              <Stat label="Mean" value={three(moments(spread).mean)} />
              <Stat label="Variance over pixels" value={three(moments(spread).variance)} />
              <Stat
                label="Correlation of neighbours"
                value={three(neighbourCorrelation(spread, size))}
              />
            </div>
          </div>
          <Plot
            options={right}
            ratio={0.5}
            summary={`Ink spread by ${sigma.toFixed(1)} pixels: mean ${three(moments(spread).mean)}, variance ${three(moments(spread).variance)}.`}
          />
        </section>
      </div>
      <div class="row">
        <span class="controls">
          <Toggle
            label="Shrink by √(1 − β) at each step"
            checked={shrink}
            onChange={(on) => {
              state.shrink.value = on;
            }}
          />
        </span>
        <div class="stats">
          <Stat
            label="Variance now of a pixel with variance 1 in the data"
            value={three(unit[t])}
          />
          <Stat label="The same at the end" value={three(unit[T])} />
        </div>
      </div>
    </Widget>
  );
}
