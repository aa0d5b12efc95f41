import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { DATASETS } from '../../../../lib/data/records.ts';
import { evaluationsOf, INITIAL_VALUES } from '../../../../lib/math/samplers/record.ts';
import type { ModelInfo } from '../../../../lib/worker/protocol.ts';
import { createSampler, type Sampler as Drawer } from '../../../../lib/worker/sampler.ts';
import { Segmented } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { integer, number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { type Moment, recordMoment } from '../../../trainer/film.ts';
import * as show from '../../../trainer/format.ts';
import { freshSeed, noiseSeed } from '../../../trainer/freshNoise.ts';
import { MomentView } from '../../../trainer/MomentView.tsx';
import { NoiseNote } from '../../../trainer/NoiseNote.tsx';
import { SampleControls, type SampleSettings } from '../../../trainer/SampleControls.tsx';
import { readSampler, samplerChoice, samplerSignals } from '../../../trainer/samplerSettings.ts';
import { sayError } from '../../../trainer/sayError.ts';
import { useHydrated } from '../../../trainer/useHydrated.ts';
import '../../../lab/lab.css';
import type { SamplerWords } from './words.ts';

const CHECKPOINTS = ['mnist', 'digits'] as const;
type Checkpoint = (typeof CHECKPOINTS)[number];
/** Both shipped networks were trained on a chain of this length. */
const T = 1000;
const COUNT = 20;
/** There is no run here whose seed the fresh noise could follow. */
const RUN_SEED = 1;

const DEFAULTS: SampleSettings = {
  sampler: 'ddim',
  ...INITIAL_VALUES,
  sampleSteps: 50,
  sampleSeed: null,
  clip: true,
  label: -1,
  guidance: 2,
};

/** Twenty digits from a network that came with the book, by any sampler, in any number of steps. */
export default function Sampler({ words: say }: { words: SamplerWords }) {
  const state = useMemo(
    () => ({
      checkpoint: urlSignal<Checkpoint>('sampler.network', 'mnist', oneOf(CHECKPOINTS)),
      ...samplerSignals('sampler', DEFAULTS.sampler),
      sampleSteps: urlSignal('sampler.steps', DEFAULTS.sampleSteps, integer(1, T)),
      sampleSeed: urlSignal('sampler.seed', DEFAULTS.sampleSeed, noiseSeed),
      label: urlSignal('sampler.class', DEFAULTS.label, integer(-1, 9)),
      guidance: urlSignal('sampler.guidance', DEFAULTS.guidance, number(0, 10)),
    }),
    [],
  );
  const asleep = !useHydrated();
  const [clip, setClip] = useState(true);
  const [moment, setMoment] = useState<Moment | null>(null);
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState('');
  const [fault, setFault] = useState('');
  const loaded = useRef<{ name: Checkpoint; drawer: Drawer; info: ModelInfo } | null>(null);
  const stop = useRef<AbortController | null>(null);
  const presses = useRef(0);

  useEffect(
    () => () => {
      stop.current?.abort();
      loaded.current?.drawer.dispose();
    },
    [],
  );

  const { checkpoint: _, ...rest } = state;
  const settings: SampleSettings = {
    ...readSampler(state),
    sampleSteps: state.sampleSteps.value,
    sampleSeed: state.sampleSeed.value,
    label: state.label.value,
    guidance: state.guidance.value,
    clip,
  };
  const change = ({ clip: nextClip, ...part }: Partial<SampleSettings>) => {
    if (nextClip !== undefined) setClip(nextClip);
    for (const [key, value] of Object.entries(part))
      (state[key as keyof typeof part] as { value: unknown }).value = value;
  };

  const open = async (name: Checkpoint) => {
    if (loaded.current?.name === name) return loaded.current;
    setNote(say.fetching);
    const drawer = createSampler();
    try {
      const info = await drawer.load(
        `${(import.meta.env.BASE_URL ?? '/').replace(/\/?$/, '/')}checkpoints/${name}.safetensors`,
      );
      loaded.current?.drawer.dispose();
      loaded.current = { name, drawer, info };
      return loaded.current;
    } catch (error) {
      drawer.dispose();
      throw error;
    }
  };

  const draw = async () => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setBusy(true);
    setFault('');
    try {
      const { drawer, info } = await open(state.checkpoint.value);
      setNote(say.loaded(show.count(info.parameters), info.backend.name));
      const seed = settings.sampleSeed ?? freshSeed(RUN_SEED, ++presses.current);
      const recording = recordMoment(0, { seed });
      const began = performance.now();
      await drawer.sample(
        {
          count: COUNT,
          steps: settings.sampleSteps,
          ...samplerChoice(settings),
          seed,
          clip,
          guidanceScale: settings.guidance,
          labels: Array.from({ length: COUNT }, (_, i) =>
            settings.label < 0 ? i % 10 : settings.label,
          ),
          weights: 'ema',
          trajectory: true,
        },
        (step) => {
          recording.add(step);
          if (stop.current === own) setMoment(recording.moment && { ...recording.moment });
        },
        { signal: own.signal },
      );
      const seconds = (performance.now() - began) / 1000;
      setNote(
        say.drawn(
          COUNT,
          evaluationsOf(settings, settings.sampleSteps),
          settings.guidance !== 1,
          seconds.toFixed(1),
          info.backend.name,
        ),
      );
    } catch (error) {
      if (!own.signal.aborted) setFault(await sayError(error));
    } finally {
      if (stop.current === own) setBusy(false);
    }
  };

  return (
    <Widget id="sampler" computes title={say.title} caption={say.caption}>
      {fault && (
        <p class="error" role="alert">
          {fault}
        </p>
      )}
      <Desk
        main={
          <>
            <div class="row">
              {busy ? (
                <button type="button" class="button" onClick={() => stop.current?.abort()}>
                  {say.stop}
                </button>
              ) : (
                <button type="button" class="button primary" disabled={asleep} onClick={draw}>
                  {say.sample}
                </button>
              )}
              <p class="note" role="status">
                {note}
              </p>
            </div>
            <div class="row">
              <Segmented
                label={say.network}
                value={state.checkpoint.value}
                options={CHECKPOINTS.map((value) => ({ value, label: say.networks[value] }))}
                onChange={(value) => {
                  state.checkpoint.value = value;
                }}
              />
            </div>
          </>
        }
        settings={Object.values(rest)}
        rest={
          <SampleControls
            settings={settings}
            T={T}
            classes={DATASETS.mnist.classNames}
            onChange={change}
            fresh={{ last: moment?.seed }}
          />
        }
      >
        {moment ? (
          <>
            <MomentView moment={moment} live={busy} across={5} />
            {moment.seed !== undefined && (
              <NoiseNote
                seed={moment.seed}
                kept={settings.sampleSeed === moment.seed}
                onKeep={(sampleSeed) => change({ sampleSeed })}
              />
            )}
          </>
        ) : (
          <div class="empty tall">{say.empty}</div>
        )}
      </Desk>
    </Widget>
  );
}
