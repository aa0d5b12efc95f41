import { useCallback, useMemo, useState } from 'preact/hooks';
import { drawConditionals, type Ends } from '../../../../lib/plots/plane/conditionals.ts';
import type { Square } from '../../../../lib/plots/plane/particles.ts';
import { Segmented, Toggle } from '../../../controls/Choice.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { boolean, integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Choices } from '../../plane/Choices.tsx';
import { PlaneFrame } from '../../plane/Frame.tsx';
import { FreshNoise } from '../../plane/FreshNoise.tsx';
import { LearnedPane } from '../../plane/LearnedPane.tsx';
import { type Beginning, processOn, timeOn } from '../../plane/planeState.ts';
import { Stage } from '../../plane/Stage.tsx';
import { summaryOf } from '../../plane/summary.ts';
import { useLearned } from '../../plane/useLearned.ts';
import { type Plane, usePlane } from '../../plane/usePlane.ts';
import { ExactMissing } from '../../shared/exactAnswer.tsx';
import { byChance, byFlow, useEnds, useFine } from '../shared.ts';
import { SecondPane } from './SecondPane.tsx';
import { useReflow } from './useReflow.ts';
import type { ReflowWords } from './words.ts';

const BEGINNING: Beginning = {
  id: 'reflow',
  shape: 'moons',
  t: 0,
  ways: ['back'],
  layers: [],
};
/** The velocity of the new pairs: by a sum over them, or as a network learns it. */
const KINDS = ['exact', 'learned'] as const;
type Kind = (typeof KINDS)[number];
const EULER = { sampler: 'ddim' } as const;
const PATH = processOn('straight');

/** Lines of pairs at the time of the clock. */
const useLines = ({ colours }: Plane, pairs: Ends | null, on: boolean) =>
  useCallback(
    (square: Square, clock: number) => {
      if (!pairs || !colours || !on) return;
      const at = { process: PATH, span: 1, t: timeOn('straight', clock) };
      drawConditionals(square, pairs, at, { way: colours.muted, now: colours.noise });
    },
    [pairs, colours, on],
  );

/** Independent pairs beside those of reflow: their lines, and the particles along the mean velocity of each. */
export default function Reflow({ words: say }: { words: ReflowWords }) {
  const [own] = useState(() => ({
    steps: urlSignal('reflow.steps', 1, integer(1, 50)),
    lines: urlSignal('reflow.lines', true, boolean),
    on: urlSignal('reflow.on', false, boolean),
    kind: urlSignal<Kind>('reflow.kind', 'exact', oneOf(KINDS)),
  }));
  const { steps, lines, on } = own;
  const plane = usePlane(BEGINNING, { choice: EULER, steps: steps.value, path: 'straight' });
  const { state, walks, shape, colours } = plane;
  const seed = state.seed.value;
  const fine = useFine(shape, seed, 'straight');
  const answer = useReflow({ shape, seed, steps: steps.value, wanted: on.value });
  const { second } = answer;
  const chance = useMemo(() => fine.paths && byChance(shape, fine.paths), [fine.paths, shape]);
  const flow = useMemo(() => fine.paths && byFlow(fine.paths), [fine.paths]);
  const [overFirst, overSecond] = [
    useLines(plane, chance, lines.value),
    useLines(plane, flow, lines.value),
  ];
  const shown = (share: number | null) => (share === null ? '–' : say.percent(share));
  const kind = own.kind.value;
  const learned = useLearned({
    ...{ choice: EULER, steps: steps.value, path: 'straight', pairing: 'flow' },
    ...{ shape, seed, exact: walks.back },
  });
  const after = kind === 'learned' ? learned.paths.value : (second?.paths ?? null);
  const [near, nearSecond] = [useEnds(walks.back, shape), useEnds(after, shape)];
  const problem = learned.run.error.value || learned.error.value;
  const pair = (of: 'exact' | 'p') => (colours ? ([colours[of], colours[of]] as const) : undefined);
  const reset = () => {
    steps.value = 1;
    lines.value = true;
    on.value = false;
    own.kind.value = 'exact';
  };
  return (
    <PlaneFrame
      plane={plane}
      words={say}
      title={say.title}
      caption={say.caption}
      computes
      triple
      onReset={reset}
      stage={
        <>
          <p class="plot-title">{say.first}</p>
          <Stage
            plane={plane}
            label={summaryOf(plane, say)}
            colours={pair('exact')}
            over={overFirst}
          />
        </>
      }
      beside={
        kind === 'learned' ? (
          <LearnedPane plane={plane} learned={learned} words={say} over={overSecond} />
        ) : (
          <SecondPane
            plane={plane}
            second={second}
            wanted={on.value}
            words={say}
            over={overSecond}
            onReflow={() => {
              on.value = true;
            }}
          />
        )
      }
      below={
        <div class="stats">
          <Stat
            label={say.bend}
            value={fine.straightness ?? '–'}
            digits={3}
            hint={say.straightnessHint}
          />
          <Stat
            label={say.bendSecond}
            value={second?.straightness ?? '–'}
            digits={2}
            hint={say.straightnessHint}
          />
          <Stat label={say.near} value={shown(near)} hint={say.nearHint} />
          <Stat label={say.nearSecond} value={shown(nearSecond)} hint={say.nearHint} />
        </div>
      }
      choices={
        <>
          <div class="row controls">
            <Slider
              label={say.steps}
              value={steps.value}
              min={1}
              max={50}
              log
              onInput={(v) => {
                steps.value = v;
              }}
            />
            <FreshNoise plane={plane} label={say.fresh} />
          </div>
          <Segmented
            label={say.kind}
            value={kind}
            options={KINDS.map((value) => ({ value, label: say.kinds[value] }))}
            onChange={(v) => {
              own.kind.value = v;
            }}
          />
          <ExactMissing lacks={say.lacks} of={answer} />
          {problem && (
            <p class="error" role="alert">
              {problem}
            </p>
          )}
          <Choices plane={plane} layers={['trails', 'heat']} narrow words={say} />
          <Toggle
            label={say.lines}
            checked={lines.value}
            onChange={(v) => {
              lines.value = v;
            }}
          />
        </>
      }
    />
  );
}
