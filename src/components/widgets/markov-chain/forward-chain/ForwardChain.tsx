import { fixed } from '../../../../lib/words/printNumber.ts';
import '../../shared/forward.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { moments } from '../../../../lib/math/numerics/curves.ts';
import { klGaussian } from '../../../../lib/math/numerics/gaussian.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import {
  momentPlot,
  noiseVarianceOf,
  pixelHistogram,
  runChain,
} from '../../../../lib/plots/markov-chain/chain.ts';
import { Toggle } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { ImagePicker } from '../../../controls/ImagePicker.tsx';
import { Legend } from '../../../controls/Legend.tsx';
import { publishLive } from '../../../controls/live.ts';
import { ImageGrid, Pixels } from '../../../controls/Pixels.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Scrubber } from '../../../controls/Scrubber.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { useChainNoise } from '../../../controls/useChainNoise.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { ChainSchedule } from './ChainSchedule.tsx';
import { FilmStrip } from './FilmStrip.tsx';
import { forwardChainState } from './forwardChainState.ts';
import type { ForwardChainWords } from './words.ts';

/** A 2 × 2 image has too few pixels for a histogram: so many chains run side by side. */
const COPIES = 256;

export default function ForwardChain({ words: say }: { words: ForwardChainWords }) {
  const [state] = useState(forwardChainState);
  const picture = state.choice.picture.value;
  const schedule = state.schedule.value;
  const mistake = state.mistake.value;
  const { size } = picture;
  const name = say.picker.picture(picture.source, picture.digit);
  const copies = size === 2 ? COPIES : 1;

  const x0 = useMemo(() => {
    const all = new Float64Array(copies * size * size);
    for (let i = 0; i < all.length; i++) all[i] = picture.values[i % (size * size)];
    return all;
  }, [picture, copies]);
  const noises = useChainNoise(state.seed.value, x0.length, schedule.T);
  const states = useMemo(
    () => runChain(x0, schedule, noises, mistake ? 'betaAsDeviation' : 'right'),
    [x0, schedule, noises, mistake],
  );
  const noiseVariance = useMemo(() => noiseVarianceOf(schedule, mistake), [schedule, mistake]);

  const t = Math.min(state.time.value, states.length - 1);
  const now = states[t];
  const seen = moments(now);
  const start = moments(x0);
  const scale = Math.sqrt(schedule.alphaBar[t]);
  const expected = {
    mean: scale * start.mean,
    variance: schedule.alphaBar[t] * start.variance + noiseVariance[t],
  };
  const end = noiseVariance[schedule.T];
  const kl = klGaussian(Math.sqrt(schedule.alphaBar[schedule.T]), end, 0, 1);

  useEffect(() => {
    publishLive({ t, beta: schedule.beta[t], alphaBar: schedule.alphaBar[t] });
  }, [t, schedule]);

  const bars = useMemo(
    () => () =>
      pixelHistogram({
        values: now,
        x0,
        scale,
        variance: noiseVariance[t],
        mistake,
        axes: say.axes,
      }),
    [now, x0, noiseVariance],
  );
  const curves = useMemo(
    () => () => momentPlot({ states, schedule, mistake, t, axes: say.axes, names: say.names }),
    [states, schedule, mistake, t],
  );
  const three = (v: number) => fixed(v, 3);

  return (
    <Widget
      id="forward-chain"
      inForce={{ t }}
      title={say.title}
      onReset={state.reset}
      caption={say.caption}
    >
      <Desk
        main={
          <>
            <Scrubber
              label={say.step}
              value={t}
              max={schedule.T}
              onInput={(next) => {
                state.t.value = next;
              }}
              format={(v) => say.stepOf(v, schedule.T)}
              seconds={schedule.T > SLOW ? 8 : 4}
            />
            <Toggle
              label={say.mistake}
              checked={mistake}
              onChange={(on) => {
                state.mistake.value = on;
              }}
            />
            <div class="buttons">
              <button type="button" class="button" onClick={() => state.preset([0.1, 0.2])}>
                β = 0.1, 0.2
              </button>
              <button type="button" class="button" onClick={state.published}>
                {say.published}
              </button>
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
        stats={
          <div class="stats">
            <Stat label={say.beta} value={t === 0 ? '–' : schedule.beta[t]} />
            <Stat label={say.signal} value={scale} />
            <Stat label={say.mean} value={`${three(seen.mean)} / ${three(expected.mean)}`} />
            <Stat
              label={say.variance}
              value={`${three(seen.variance)} / ${three(expected.variance)}`}
            />
            <Stat label={say.end} value={end} digits={5} />
            <Stat label={say.kl} value={kl} />
          </div>
        }
        settings={state.settings}
        fold
        rest={
          <>
            <ImagePicker choice={state.choice} words={say.picker} />
            <ChainSchedule state={state} say={say} />
          </>
        }
      >
        <div class="chain-images">
          <figure>
            <Pixels
              data={picture.values}
              width={size}
              height={size}
              label={say.start(name)}
              size="9rem"
            />
            <figcaption>
              x<sub>0</sub>
            </figcaption>
          </figure>
          <figure>
            <Pixels
              data={now.subarray(0, size * size)}
              width={size}
              height={size}
              label={say.after(name, t, schedule.T)}
              size="13rem"
            />
            <figcaption>
              x<sub>{t}</sub>
            </figcaption>
          </figure>
          {copies > 1 && (
            <figure>
              <ImageGrid
                data={Float32Array.from(now.subarray(0, 36 * 4))}
                width={2}
                height={2}
                across={6}
                label={say.many}
              />
              <figcaption>{say.manyNote}</figcaption>
            </figure>
          )}
        </div>
        <FilmStrip
          states={states}
          size={size}
          t={t}
          say={say}
          onPick={(time) => {
            state.t.value = time;
          }}
        />
        <div class="pair">
          <Plot
            title={say.histogram}
            options={bars}
            ratio={0.55}
            summary={say.histogramSummary(t, three(seen.mean), three(seen.variance), [
              three(expected.mean),
              three(expected.variance),
            ])}
          />
          <Plot
            title={say.moments}
            options={curves}
            ratio={0.55}
            summary={say.momentsSummary(
              [three(start.mean), three(Math.sqrt(schedule.alphaBar[schedule.T]) * start.mean)],
              [three(start.variance), three(schedule.alphaBar[schedule.T] * start.variance + end)],
            )}
          />
        </div>
        <Legend
          entries={[
            { name: say.measured, colour: mistake ? colours.warn : colours.q },
            ...(mistake ? [{ name: say.wrongTheory, colour: colours.ink, dash: '5 3' }] : []),
            {
              name: mistake ? say.rightTheory : say.theory,
              colour: colours.exact,
              dash: '5 3',
            },
          ]}
        />
      </Desk>
    </Widget>
  );
}

/** Chains longer than this get more time when played. */
const SLOW = 50;
