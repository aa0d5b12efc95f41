import { useEffect, useMemo, useState } from 'preact/hooks';
import { DATASETS } from '../../../../lib/data/records.ts';
import { all16, bars, two } from '../../../../lib/data/toy2x2.ts';
import { type PathPoint, paths } from '../../../../lib/plots/sampling/paths.ts';
import { patternShares } from '../../../../lib/plots/sampling/patterns.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Scrubber } from '../../../controls/Scrubber.tsx';
import { integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { exactSamples, patternsOf } from '../../../trainer/exactMoment.ts';
import { Frame } from '../../../trainer/Frames.tsx';
import { unpack } from '../../../trainer/film.ts';
import * as show from '../../../trainer/format.ts';
import { runOf } from '../../../trainer/runConfig.ts';
import { SampleControls, type SampleSettings } from '../../../trainer/SampleControls.tsx';
import { readSampler, samplerChoice, samplerSignals } from '../../../trainer/samplerSettings.ts';
import { createSession, sameRun } from '../../../trainer/session.ts';
import { defaultSettings } from '../../../trainer/settings.ts';
import { Trouble } from '../../../trainer/Trouble.tsx';
import { useHydrated } from '../../../trainer/useHydrated.ts';
import '../../../lab/lab.css';
import type { ExactSamplerWords } from './words.ts';

const SETS = { two, bars, all16 };
type Name = keyof typeof SETS;
const NAMES = Object.keys(SETS) as Name[];
const COUNT = 64;
/** Paths drawn: enough to see the shape, few enough to follow one. */
const PATHS = 12;

/** 2×2 images sampled without a network, by the exact denoiser; and, once trained, by a network from the same noise. */
export default function ExactSampler({ words: say }: { words: ExactSamplerWords }) {
  const state = useMemo(
    () => ({
      dataset: urlSignal<Name>('exact.data', 'two', oneOf(NAMES)),
      ...samplerSignals('exact', 'ddpm'),
      sampleSteps: urlSignal('exact.steps', 100, integer(1, 100)),
      sampleSeed: urlSignal('exact.seed', 7, integer(0, 4294967295)),
    }),
    [],
  );
  const session = useMemo(createSession, []);
  const asleep = !useHydrated();
  const [frame, setFrame] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => session.dispose, []);
  const name = state.dataset.value;
  const run = useMemo(() => runOf(defaultSettings(name)), [name]);
  const settings: SampleSettings = {
    ...readSampler(state),
    sampleSteps: state.sampleSteps.value,
    sampleSeed: state.sampleSeed.value,
    clip: true,
    label: -1,
    guidance: 1,
  };
  const request = {
    count: COUNT,
    steps: settings.sampleSteps,
    ...samplerChoice(settings),
    seed: state.sampleSeed.value,
    clip: true,
  };
  const key = JSON.stringify([name, request]);
  const exact = useMemo(() => exactSamples(SETS[name](), run.diffusion, request), [key]);
  const learned = session.sampled.value;
  const last = exact.moment.frames.length - 1;
  const at = Math.min(frame, last);
  const t = exact.moment.times[at];
  const trained =
    sameRun(session.run.value, run) &&
    (session.state.value === 'finished' || session.state.value === 'paused');

  // A change of sampler draws anew from the trained network.
  useEffect(() => {
    if (trained) void session.sample(run, () => ({ ...request, weights: 'ema', trajectory: true }));
  }, [key, trained]);

  const change = ({ clip: _, label: __, guidance: ___, ...part }: Partial<SampleSettings>) => {
    for (const [field, value] of Object.entries(part))
      (state[field as keyof typeof part] as { value: unknown }).value = value;
  };
  const training = session.state.value === 'training' || session.state.value === 'loading';
  const stats = session.stats.value;
  const learnedLast = learned && unpack(learned.frames[learned.frames.length - 1]);
  const agree = learnedLast ? agreement(exact.values[exact.values.length - 1], learnedLast) : null;
  return (
    <Widget id="exact" title={say.title} caption={say.caption}>
      <Trouble of={session.trouble} />
      <Desk
        main={
          <>
            <div class="row">
              <Select
                label={say.data}
                value={name}
                options={NAMES.map((value) => ({ value, label: DATASETS[value].title }))}
                onChange={(value) => {
                  if (training) void session.pause();
                  session.sampled.value = null;
                  state.dataset.value = value;
                }}
              />
            </div>
            <Scrubber
              label={say.along}
              value={at}
              max={last}
              onInput={setFrame}
              format={(i) => say.at(exact.moment.times[Math.min(i, last)])}
              seconds={4}
            />
            {agree !== null && (
              <p class="note" role="status">
                {say.agree(agree, COUNT)}
              </p>
            )}
          </>
        }
        settings={Object.values(state)}
        rest={<SampleControls settings={settings} T={100} onChange={change} hideClip />}
      >
        <div class="pair exact low">
          <figure>
            <p class="plot-title">{say.exact}</p>
            <Frame moment={exact.moment} frame={at} label={say.byFormula(COUNT, t)} />
            <Shares
              say={say}
              values={exact.values[exact.values.length - 1]}
              name={name}
              colour="exact"
            />
          </figure>
          <figure>
            <p class="plot-title">{say.learned}</p>
            {learned ? (
              <>
                <Frame moment={learned} frame={at} label={say.byNetwork(COUNT, t)} />
                {learnedLast && <Shares say={say} values={learnedLast} name={name} colour="p" />}
              </>
            ) : (
              <div class="empty tall">
                <p>
                  {training
                    ? say.training(
                        show.count(stats?.step ?? 0),
                        show.count(run.steps),
                        stats ? show.loss(stats.smoothed) : '…',
                      )
                    : say.untrained}
                </p>
                <button
                  type="button"
                  class="button primary"
                  disabled={training || asleep}
                  onClick={() => void session.train(run)}
                >
                  {say.train}
                </button>
              </div>
            )}
          </figure>
        </div>
        <div class="low">
          <Paths say={say} exact={exact} />
        </div>
      </Desk>
    </Widget>
  );
}

/** How many samples end on the same side of grey in all four pixels. */
function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let same = 0;
  for (let n = 0; n < COUNT; n++) {
    let equal = true;
    for (let k = 4 * n; k < 4 * n + 4; k++) equal &&= a[k] > 0 === b[k] > 0;
    if (equal) same++;
  }
  return same;
}

function Shares({
  values,
  name,
  colour,
  say,
}: {
  values: ArrayLike<number>;
  name: Name;
  colour: 'exact' | 'p';
  say: ExactSamplerWords;
}) {
  const { options, wrong } = useMemo(() => {
    const drawn = patternsOf(values);
    const data = patternsOf(SETS[name]().images);
    const all = [...new Set([...data.keys(), ...drawn.keys()])].sort();
    const shares = all.map((pattern) => ({
      pattern,
      drawn: drawn.get(pattern) ?? 0,
      data: data.get(pattern) ?? 0,
    }));
    const wrong = shares.filter((s) => s.data === 0).reduce((sum, s) => sum + s.drawn, 0);
    return { options: patternShares(shares, colour, say.axes), wrong };
  }, [values, name, colour]);
  return (
    <Plot
      options={options}
      title={say.shares}
      summary={say.sharesSummary((100 * wrong).toFixed(0), COUNT)}
      ratio={0.55}
    />
  );
}

function Paths({ exact, say }: { exact: ReturnType<typeof exactSamples>; say: ExactSamplerWords }) {
  const options = useMemo(() => {
    const points: PathPoint[] = [];
    for (let n = 0; n < PATHS; n++)
      exact.values.forEach((x, i) => {
        points.push({ sample: n, t: exact.times[i], value: x[4 * n] });
      });
    return paths(points, exact.times[0], say.axes);
  }, [exact]);
  return (
    <Plot
      options={options}
      title={say.paths(PATHS)}
      summary={say.pathsSummary(exact.times[0], exact.times.length - 1)}
      ratio={0.36}
    />
  );
}
