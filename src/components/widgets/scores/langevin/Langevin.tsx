import { useMemo, useRef } from 'preact/hooks';
import { lineCdf } from '../../../../lib/math/exact/lineLaw.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import {
  KIND,
  LAW,
  PARTICLES,
  schedule,
  shareRight,
  T,
} from '../../../../lib/plots/scores/line.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Toggle } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { boolean, integer, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { ExactMissing, useExactAnswer } from '../../shared/exactAnswer.tsx';
import type { LangevinWords } from './words.ts';

const MOST_STEPS = 400;
const percent = (share: number) => `${fixed(100 * share, 0)} %`;

function langevinState() {
  return {
    t: urlSignal('langevin.t', 5, integer(1, T)),
    steps: urlSignal('langevin.steps', 200, integer(0, MOST_STEPS)),
    annealed: urlSignal('langevin.annealed', false, boolean),
    seed: urlSignal('langevin.seed', 1, integer(0, 999_999)),
  };
}

/** Particles that follow the score at one noise level: how they find the bell in which they are, and not the other. */
export default function Langevin({ words: say }: { words: LangevinWords }) {
  const state = useMemo(langevinState, []);
  const [t, steps, annealed, seed] = [
    state.t.value,
    state.steps.value,
    state.annealed.value,
    state.seed.value,
  ];
  const answer = useExactAnswer(`${t} ${steps} ${annealed} ${seed}`, (exact) =>
    exact.langevin({
      ...{ law: LAW, schedule: { kind: KIND, T }, count: PARTICLES },
      ...{ t, steps, annealed, seed },
    }),
  );
  // While a slider moves, where they were a moment ago is better than nowhere.
  const last = useRef<Float64Array | null>(null);
  if (answer.value) last.current = answer.value;
  const particles = last.current;
  const options = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/scores/histograms.ts')).cloudPlot(
        particles ?? [],
        t,
        colours.p,
        say.axes,
      ),
    [particles, t],
  );
  const right = particles ? percent(shareRight(particles)) : '…';
  const should = 1 - lineCdf(LAW, schedule, t, 0);
  return (
    <Widget
      id="langevin"
      inForce={{ t }}
      title={say.title}
      caption={say.caption}
      onReset={() => {
        state.t.value = 5;
        state.steps.value = 200;
        state.annealed.value = false;
        state.seed.value = 1;
      }}
    >
      <ExactMissing lacks={say.lacks} of={answer} />
      <Desk
        main={
          <>
            <Slider
              label={say.steps}
              value={steps}
              min={0}
              max={MOST_STEPS}
              onInput={(value) => {
                state.steps.value = value;
              }}
            />
            <Slider
              label={say.noise}
              value={t}
              min={1}
              max={T}
              onInput={(value) => {
                state.t.value = value;
              }}
            />
            <Toggle
              label={say.anneal}
              checked={annealed}
              onChange={(on) => {
                state.annealed.value = on;
              }}
            />
          </>
        }
        stats={
          <div class="stats" aria-busy={!answer.value}>
            <Stat label={say.right} value={right} />
            <Stat label={say.should} value={percent(should)} />
          </div>
        }
        settings={[state.seed]}
        rest={
          <button
            type="button"
            class="button small"
            onClick={() => {
              state.seed.value = (seed + 1) % 1_000_000;
            }}
          >
            {say.fresh}
          </button>
        }
      >
        <Plot
          title={say.plot(t)}
          options={options}
          ratio={0.5}
          summary={say.summary(right, percent(should), t, steps)}
        />
      </Desk>
    </Widget>
  );
}
