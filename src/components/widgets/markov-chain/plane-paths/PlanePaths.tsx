import { Choices } from '../../plane/Choices.tsx';
import { PlaneFrame } from '../../plane/Frame.tsx';
import type { Beginning } from '../../plane/planeState.ts';
import { Stage } from '../../plane/Stage.tsx';
import { summaryOf } from '../../plane/summary.ts';
import { TimeStage } from '../../plane/TimeStage.tsx';
import { usePlane } from '../../plane/usePlane.ts';
import type { PlaneWords } from '../../plane/words.ts';

const BEGINNING: Beginning = {
  id: 'plane-paths',
  shape: 'rings',
  t: 60,
  ways: ['forward'],
  layers: ['heat'],
};

/** The forward chain with time as an axis: paths of single particles, and the density that all of them obey. */
export default function PlanePaths({ words: say }: { words: PlaneWords }) {
  const plane = usePlane(BEGINNING);
  return (
    <PlaneFrame
      plane={plane}
      words={say}
      title={say.title}
      caption={say.caption}
      stage={<Stage plane={plane} label={summaryOf(plane, say)} />}
      beside={<TimeStage plane={plane} words={say} />}
      choices={<Choices plane={plane} layers={['trails', 'heat']} words={say} />}
    />
  );
}
