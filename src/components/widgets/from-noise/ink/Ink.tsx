import { fixed } from '../../../../lib/words/printNumber.ts';
import '../../shared/forward.css';
import type { ComponentChildren } from 'preact';
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
import { Desk } from '../../../controls/Desk.tsx';
import { ImagePicker } from '../../../controls/ImagePicker.tsx';
import { imageChoice } from '../../../controls/imageChoice.ts';
import { Pixels } from '../../../controls/Pixels.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Scrubber } from '../../../controls/Scrubber.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { boolean, integer, urlSignal } from '../../../controls/urlState.ts';
import { useChainNoise } from '../../../controls/useChainNoise.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { Grains } from './Grains.tsx';
import type { InkWords } from './words.ts';

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

export default function Ink({ words: say }: { words: InkWords }) {
  const [state] = useState(inkState);
  const picture = state.choice.picture.value;
  const { size, values } = picture;
  const name = say.picker.picture(picture.source, picture.digit);
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
      return paths({
        states,
        times,
        pixels,
        t,
        T,
        domain: shrink ? [-4, 4] : [-10, 10],
        axes: say.axes,
      });
    },
    [chain, pixels, t, shrink],
  );
  const right = useMemo(
    () => () => paths({ ...film, pixels, t, T, domain: [-4, 4], axes: say.axes }),
    [film, pixels, t],
  );
  const sigma = (LAST_SPREAD * t) / T;

  return (
    <Widget
      id="ink"
      inForce={{ t }}
      title={say.title}
      onReset={() => {
        state.choice.reset();
        state.t.value = START;
        state.shrink.value = true;
      }}
      caption={say.caption}
    >
      <Desk
        main={
          <>
            <Scrubber
              label={say.time}
              value={t}
              max={T}
              onInput={(next) => {
                state.t.value = next;
              }}
              format={(v) => say.timeOf(v, T)}
            />
            <Toggle
              label={say.shrink}
              checked={shrink}
              onChange={(on) => {
                state.shrink.value = on;
              }}
            />
          </>
        }
        stats={
          <div class="stats">
            <Stat label={say.unitNow} value={three(unit[t])} />
            <Stat label={say.unitEnd} value={three(unit[T])} />
          </div>
        }
        settings={state.choice.settings}
        rest={<ImagePicker choice={state.choice} words={say.picker} />}
      >
        <div class="ink-pair">
          <InkImage title={say.modelTitle} about={say.model} values={noisy} size={size} say={say}>
            <Pixels
              data={noisy}
              width={size}
              height={size}
              label={say.noisy(name, t)}
              size="14rem"
            />
          </InkImage>
          <InkImage title={say.inkTitle} about={say.ink} values={spread} size={size} say={say}>
            <Grains
              image={values}
              spread={spread}
              size={size}
              t={t}
              T={T}
              label={say.spread(name, sigma.toFixed(1))}
            />
          </InkImage>
        </div>
        <div class="pair">
          <Plot
            options={left}
            ratio={0.5}
            summary={say.modelSummary(
              t,
              three(moments(noisy).mean),
              three(moments(noisy).variance),
            )}
          />
          <Plot
            options={right}
            ratio={0.5}
            summary={say.inkSummary(
              sigma.toFixed(1),
              three(moments(spread).mean),
              three(moments(spread).variance),
            )}
          />
        </div>
      </Desk>
    </Widget>
  );
}

interface ImageProps {
  title: string;
  /** Names the part for assistive technology. */
  about: string;
  values: ArrayLike<number>;
  size: number;
  say: InkWords;
  /** The image itself. */
  children: ComponentChildren;
}

/** One of the two images with its numbers. */
function InkImage({ title, about, values, size, say, children }: ImageProps) {
  const { mean, variance } = moments(values);
  return (
    <section class="ink-side" aria-label={about}>
      <p class="plot-title">{title}</p>
      <div class="ink-top">
        {children}
        <div class="stats">
          <Stat label={say.mean} value={three(mean)} />
          <Stat label={say.variance} value={three(variance)} />
          <Stat label={say.correlation} value={three(neighbourCorrelation(values, size))} />
        </div>
      </div>
    </section>
  );
}
