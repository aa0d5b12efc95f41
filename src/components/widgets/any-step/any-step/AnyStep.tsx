import '../../shared/forward.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createRng } from '../../../../lib/math/numerics/rng.ts';
import { diffuse, forwardStep, mergeNoise } from '../../../../lib/math/process/forward.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
} from '../../../../lib/math/process/schedule.ts';
import { commonTop, pixelHistogram } from '../../../../lib/plots/markov-chain/chain.ts';
import { printCount } from '../../../../lib/words/printCount.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { ImagePicker } from '../../../controls/ImagePicker.tsx';
import { imageChoice } from '../../../controls/imageChoice.ts';
import { publishLive } from '../../../controls/live.ts';
import { Pixels } from '../../../controls/Pixels.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Scrubber } from '../../../controls/Scrubber.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { useChainNoise } from '../../../controls/useChainNoise.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { useLanguage } from '../../../language/context.ts';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { AnyStepWords } from './words.ts';

const START = { T: 100, t: 25 };

function anyStepState() {
  return {
    choice: imageChoice('any-step', { digit: 8 }),
    kind: urlSignal<ScheduleKind>('any-step.kind', 'linear', oneOf(SCHEDULE_KINDS)),
    T: urlSignal('any-step.T', START.T, integer(2, 1000)),
    t: urlSignal('any-step.t', START.t, integer(0, 1000)),
    seed: urlSignal('any-step.seed', 1, integer(0, 1_000_000)),
  };
}

export default function AnyStep({ words: say }: { words: AnyStepWords }) {
  const language = useLanguage();
  const [state] = useState(anyStepState);
  const picture = state.choice.picture.value;
  const { size, values } = picture;
  const pictureName = say.picker.picture(picture.source, picture.digit);
  const [kind, T, seed] = [state.kind.value, state.T.value, state.seed.value];
  const schedule = useMemo(() => makeSchedule(kind, T), [kind, T]);
  const noises = useChainNoise(seed, values.length, T);
  const t = Math.min(state.t.value, T, noises.length);

  const { walked, jumped, other, gap } = useMemo(() => {
    let walked: Float64Array = values;
    for (let s = 1; s <= t; s++) walked = forwardStep(walked, s, schedule, noises[s - 1]);
    const merged = t > 0 ? mergeNoise(noises, t, schedule) : new Float64Array(values.length);
    const jumped = diffuse(values, t, schedule, merged);
    const fresh = createRng(seed).fork('fresh').fillNormal(new Float64Array(values.length));
    const other = diffuse(values, t, schedule, fresh);
    const gap = walked.reduce((most, x, i) => Math.max(most, Math.abs(x - jumped[i])), 0);
    return { walked, jumped, other, gap };
  }, [values, schedule, noises, t, seed]);

  useEffect(() => {
    publishLive({ t, beta: schedule.beta[t], alphaBar: schedule.alphaBar[t] });
  }, [t, schedule]);

  const scale = Math.sqrt(schedule.alphaBar[t]);
  const variance = schedule.noiseVariance[t];
  const [walkedBars, otherBars] = useMemo(() => {
    const both = [walked, other].map((shown) => ({
      values: shown,
      x0: values,
      scale,
      variance,
      bins: 32,
    }));
    const top = commonTop(both);
    return both.map((bars) => () => pixelHistogram({ ...bars, top, axes: say.axes }));
  }, [walked, other]);
  const columns = [
    { name: say.walked(t), image: walked, note: say.walkedNote },
    { name: say.jumped, image: jumped, note: say.jumpedNote },
    { name: say.other, image: other, note: say.otherNote },
  ];

  return (
    <Widget
      id="any-step"
      inForce={{ t }}
      title={say.title}
      onReset={() => {
        state.choice.reset();
        state.kind.value = 'linear';
        state.T.value = START.T;
        state.t.value = START.t;
        state.seed.value = 1;
      }}
      caption={say.caption}
    >
      <Desk
        main={
          <Scrubber
            label={say.step}
            value={t}
            max={T}
            onInput={(next) => {
              state.t.value = next;
            }}
            format={(v) => say.stepOf(v, T)}
          />
        }
        stats={
          <div class="stats">
            <Stat label={say.gap} value={gap} digits={2} hint={say.gapHint} />
            <Stat label="√ᾱ" value={scale} />
            <Stat label="√(1 − ᾱ)" value={Math.sqrt(variance)} />
            <Stat
              label={say.multiplications}
              value={`${printCount(2 * t * values.length, language)} / ${printCount(2 * values.length, language)}`}
            />
          </div>
        }
        settings={[...state.choice.settings, state.kind, state.T, state.seed]}
        rest={
          <>
            <ImagePicker choice={state.choice} words={say.picker} />
            <div class="row">
              <Select
                label={say.schedule}
                value={kind}
                options={SCHEDULE_OPTIONS}
                onChange={(next) => {
                  state.kind.value = next;
                }}
              />
              <Slider
                label={say.steps}
                value={T}
                min={2}
                max={1000}
                log
                onInput={(next) => {
                  state.t.value = Math.round((t / T) * next);
                  state.T.value = next;
                }}
              />
              <button
                type="button"
                class="button"
                onClick={() => {
                  state.seed.value += 1;
                }}
              >
                {say.newNoise}
              </button>
            </div>
          </>
        }
      >
        <div class="three">
          {columns.map(({ name, image, note }) => (
            <figure key={note}>
              <span class="plot-title">{name}</span>
              <Pixels
                data={image}
                width={size}
                height={size}
                label={say.imageAt(name, pictureName, t)}
              />
              <figcaption>{note}</figcaption>
            </figure>
          ))}
        </div>
        <div class="pair">
          <Plot
            title={say.walkedTitle}
            options={walkedBars}
            summary={say.walkedSummary(t, printNumber(variance))}
          />
          <Plot title={say.otherTitle} options={otherBars} summary={say.otherSummary(t)} />
        </div>
      </Desk>
    </Widget>
  );
}
