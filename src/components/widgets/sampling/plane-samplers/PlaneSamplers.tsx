import { useMemo, useState } from 'preact/hooks';
import { BELL, shapeDraws } from '../../../../lib/data/planeShapes.ts';
import type { Paths } from '../../../../lib/math/samplers/particles.ts';
import { INITIAL_VALUES } from '../../../../lib/math/samplers/record.ts';
import { shareNear } from '../../../../lib/plots/plane/near.ts';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, urlSignal } from '../../../controls/urlState.ts';
import {
  readSampler,
  type SamplerSettings,
  samplerChoice,
  samplerSignals,
} from '../../../trainer/samplerSettings.ts';
import { Choices } from '../../plane/Choices.tsx';
import { PlaneFrame } from '../../plane/Frame.tsx';
import { FreshNoise } from '../../plane/FreshNoise.tsx';
import { LearnedPane } from '../../plane/LearnedPane.tsx';
import { type Beginning, COUNT, T } from '../../plane/planeState.ts';
import { Stage } from '../../plane/Stage.tsx';
import { summaryOf } from '../../plane/summary.ts';
import { useLearned } from '../../plane/useLearned.ts';
import { usePlane } from '../../plane/usePlane.ts';
import { SamplerRow } from './SamplerRow.tsx';
import type { PlaneSamplersWords } from './words.ts';

const BEGINNING: Beginning = {
  id: 'plane-samplers',
  shape: 'moons',
  t: 0,
  ways: ['back'],
  layers: ['trails'],
};
const FIRST_STEPS = 20;
/** A draw of the data is farther from the line than that about once in a hundred times. */
const NEAR = 3 * BELL;

/** The way back by every sampler of the book, exact and learned, from the same noise. */
export default function PlaneSamplers({ words: say }: { words: PlaneSamplersWords }) {
  const [settings] = useState(() => ({
    ...samplerSignals('plane-samplers', 'ddim'),
    steps: urlSignal('plane-samplers.steps', FIRST_STEPS, integer(1, T)),
  }));
  const sampler = readSampler(settings);
  const change = (to: Partial<SamplerSettings & { steps: number }>) => {
    for (const [name, value] of Object.entries(to))
      (settings[name as keyof typeof settings] as { value: unknown }).value = value;
  };
  const sampling = { choice: samplerChoice(sampler), steps: settings.steps.value };
  const plane = usePlane(BEGINNING, sampling);
  const { state, walks, shape, colours } = plane;
  const learned = useLearned({ ...sampling, shape, seed: state.seed.value, exact: walks.back });
  const { run, paths, error } = learned;
  const ends = (of: Paths | null) =>
    of && shareNear(of.frames.subarray(-2 * COUNT), shape.centres, NEAR);
  const ofData = useMemo(
    () => shareNear(shapeDraws(shape, COUNT, 2).points, shape.centres, NEAR),
    [shape],
  );
  const near = useMemo(() => ends(walks.back), [walks.back]);
  const nearLearned = useMemo(() => ends(paths.value), [paths.value]);
  const shown = (share: number | null) => (share === null ? '–' : say.percent(share));
  return (
    <PlaneFrame
      plane={plane}
      words={say}
      title={say.title}
      caption={say.caption}
      computes
      triple
      onReset={() => change({ ...INITIAL_VALUES, sampler: 'ddim', steps: FIRST_STEPS })}
      stage={
        <>
          <p class="plot-title">{say.exact}</p>
          <Stage
            plane={plane}
            label={summaryOf(plane, say)}
            colours={colours ? [colours.exact, colours.exact] : undefined}
          />
        </>
      }
      beside={<LearnedPane plane={plane} learned={learned} words={say} />}
      below={
        <div class="stats">
          <Stat label={say.near} value={shown(near)} hint={say.nearHint} />
          <Stat label={say.nearLearned} value={shown(nearLearned)} hint={say.nearHint} />
          <Stat label={say.nearData} value={shown(ofData)} hint={say.nearHint} />
        </div>
      }
      choices={
        <>
          <div class="row controls">
            <SamplerRow
              settings={sampler}
              steps={settings.steps.value}
              words={say}
              onChange={change}
            />
            <FreshNoise plane={plane} label={say.fresh} />
          </div>
          {(run.error.value || error.value) && (
            <p class="error" role="alert">
              {run.error.value || error.value}
            </p>
          )}
          <Choices plane={plane} layers={['trails', 'heat', 'arrows']} narrow words={say} />
        </>
      }
    />
  );
}
