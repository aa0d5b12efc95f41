import { useCallback, useMemo, useState } from 'preact/hooks';
import { drawConditionals } from '../../../../lib/plots/plane/conditionals.ts';
import type { Square } from '../../../../lib/plots/plane/particles.ts';
import { Segmented, Toggle } from '../../../controls/Choice.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { boolean, integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Choices } from '../../plane/Choices.tsx';
import { PlaneFrame } from '../../plane/Frame.tsx';
import { FreshNoise } from '../../plane/FreshNoise.tsx';
import { LearnedPane } from '../../plane/LearnedPane.tsx';
import {
  type Beginning,
  PLANE_PATHS,
  type PlanePath,
  processOn,
  T,
  timeOn,
} from '../../plane/planeState.ts';
import { Stage } from '../../plane/Stage.tsx';
import { summaryOf } from '../../plane/summary.ts';
import { useLearned } from '../../plane/useLearned.ts';
import { usePlane } from '../../plane/usePlane.ts';
import { byChance, useEnds, useFine } from '../shared.ts';
import type { FlowPlaneWords } from './words.ts';

const BEGINNING: Beginning = {
  id: 'flow-plane',
  shape: 'moons',
  t: 100,
  ways: ['back'],
  layers: ['trails'],
};
const METHODS = ['ddim', 'heun'] as const;
type Method = (typeof METHODS)[number];
const FIRST = { path: 'straight' as PlanePath, method: 'ddim' as Method, steps: 50, lines: true };

/** Particles along the marginal velocity of a path, exact and learned, over the lines of which it is the mean. */
export default function FlowPlane({ words: say }: { words: FlowPlaneWords }) {
  const [own] = useState(() => ({
    path: urlSignal<PlanePath>('flow-plane.path', FIRST.path, oneOf(PLANE_PATHS)),
    method: urlSignal<Method>('flow-plane.solver', FIRST.method, oneOf(METHODS)),
    steps: urlSignal('flow-plane.steps', FIRST.steps, integer(1, 50)),
    lines: urlSignal('flow-plane.lines', FIRST.lines, boolean),
  }));
  const { path, method, steps, lines } = own;
  const on = path.value;
  const choice = useMemo(() => ({ sampler: method.value }), [method.value]);
  const sampling = { choice, steps: steps.value, path: on };
  const plane = usePlane(BEGINNING, sampling);
  const { state, walks, shape, colours } = plane;
  const seed = state.seed.value;
  const learned = useLearned({ ...sampling, shape, seed, exact: walks.back });
  const fine = useFine(shape, seed, on);
  const [near, nearLearned] = [useEnds(walks.back, shape), useEnds(learned.paths.value, shape)];
  const shown = (share: number | null) => (share === null ? '–' : say.percent(share));
  const pairs = useMemo(() => fine.paths && byChance(shape, fine.paths), [fine.paths, shape]);
  const drawn = lines.value;
  const over = useCallback(
    (square: Square, clock: number) => {
      if (!pairs || !colours || !drawn) return;
      const at = { process: processOn(on), span: timeOn(on, T), t: timeOn(on, clock) };
      drawConditionals(square, pairs, at, { way: colours.muted, now: colours.noise });
    },
    [pairs, colours, drawn, on],
  );
  const reset = () => {
    path.value = FIRST.path;
    method.value = FIRST.method;
    steps.value = FIRST.steps;
    lines.value = FIRST.lines;
  };
  const problem = learned.run.error.value || learned.error.value;
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
          <p class="plot-title">{say.exact}</p>
          <Stage
            plane={plane}
            label={summaryOf(plane, say)}
            colours={colours ? [colours.exact, colours.exact] : undefined}
            over={over}
          />
        </>
      }
      beside={<LearnedPane plane={plane} learned={learned} words={say} />}
      below={
        <div class="stats">
          <Stat
            label={say.straightness}
            value={fine.straightness ?? '–'}
            digits={3}
            hint={say.straightnessHint}
          />
          <Stat label={say.near} value={shown(near)} hint={say.nearHint} />
          <Stat label={say.nearLearned} value={shown(nearLearned)} hint={say.nearHint} />
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
            <Segmented
              label={say.method}
              value={method.value}
              options={METHODS.map((value) => ({ value, label: say.methods[value] }))}
              onChange={(v) => {
                method.value = v;
              }}
            />
            <Segmented
              label={say.path}
              value={on}
              options={PLANE_PATHS.map((value) => ({ value, label: say.paths[value] }))}
              onChange={(v) => {
                path.value = v;
              }}
            />
            <FreshNoise plane={plane} label={say.fresh} />
          </div>
          {problem && (
            <p class="error" role="alert">
              {problem}
            </p>
          )}
          <Choices plane={plane} layers={['trails', 'heat', 'arrows']} narrow words={say} />
          <Toggle
            label={say.lines}
            checked={drawn}
            onChange={(v) => {
              lines.value = v;
            }}
          />
        </>
      }
    />
  );
}
