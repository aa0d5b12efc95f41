import { useCallback, useState } from 'preact/hooks';
import { entropy } from '../../../../lib/math/exact/finiteData.ts';
import type { Square } from '../../../../lib/plots/plane/particles.ts';
import { drawPosterior } from '../../../../lib/plots/plane/posterior.ts';
import { REACH } from '../../../../lib/plots/plane/view.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { number, urlSignal } from '../../../controls/urlState.ts';
import { Choices } from '../../plane/Choices.tsx';
import { PlaneFrame } from '../../plane/Frame.tsx';
import type { Beginning } from '../../plane/planeState.ts';
import { Stage } from '../../plane/Stage.tsx';
import { summaryOf } from '../../plane/summary.ts';
import { usePlane } from '../../plane/usePlane.ts';
import type { PlaneScoreWords } from './words.ts';

const BEGINNING: Beginning = {
  id: 'plane-score',
  shape: 'moons',
  t: 70,
  ways: ['back', 'forward'],
  layers: ['heat', 'arrows'],
};
const START = { x: 1.1, y: 1.2 };
const EDGE = REACH - 0.1;
const two = (v: number) => fixed(v, 2);

/** The score as arrows, and for one noisy point of the reader's choice what may be behind it. */
export default function PlaneScore({ words: say }: { words: PlaneScoreWords }) {
  const plane = usePlane(BEGINNING);
  const [place] = useState(() => ({
    x: urlSignal('plane-score.x', START.x, number(-EDGE, EDGE)),
    y: urlSignal('plane-score.y', START.y, number(-EDGE, EDGE)),
  }));
  const [x, y] = [place.x.value, place.y.value];
  const { field, shape, colours } = plane;
  const over = useCallback(
    (square: Square, time: number) => {
      // Where there is no noise, x_t is the clean point itself: the first step is as near as one can ask.
      const t = Math.max(1, Math.round(time));
      if (!colours) return;
      drawPosterior(square, {
        place: [x, y],
        mean: field.denoiser.posteriorMean([x, y], t),
        weights: field.denoiser.posteriorWeights([x, y], t),
        centres: shape.centres,
        colours: { marks: colours.ink, data: colours.p },
      });
    },
    [x, y, field, shape, colours],
  );
  const t = Math.max(1, plane.rests.value);
  const mean = field.denoiser.posteriorMean([x, y], t);
  const likely = Math.exp(entropy(field.denoiser.posteriorWeights([x, y], t)));
  const put = (to: { x: number; y: number }) => {
    for (const axis of ['x', 'y'] as const)
      place[axis].value = Number(Math.min(EDGE, Math.max(-EDGE, to[axis])).toFixed(2));
  };
  const slider = (axis: 'x' | 'y', label: string) => (
    <Slider
      label={label}
      value={place[axis].value}
      min={-EDGE}
      max={EDGE}
      step={0.05}
      format={two}
      onInput={(value) => {
        place[axis].value = value;
      }}
    />
  );
  return (
    <PlaneFrame
      plane={plane}
      words={say}
      title={say.title}
      caption={say.caption}
      onReset={() => put(START)}
      stage={
        <Stage
          plane={plane}
          label={summaryOf(plane, say)}
          over={over}
          colours={colours ? [colours.muted, colours.muted] : undefined}
          onPoint={(px, py) => put({ x: px, y: py })}
        />
      }
      choices={
        <>
          <div class="row controls">
            {slider('x', say.placeX)}
            {slider('y', say.placeY)}
          </div>
          <div class="stats">
            <Stat label={say.mean} value={say.pair(two(mean[0]), two(mean[1]))} />
            <Stat
              label={say.likely}
              value={say.of(likely.toFixed(likely < 10 ? 1 : 0), shape.parts.length)}
              hint={say.likelyHint}
            />
          </div>
          <Choices plane={plane} layers={['trails', 'heat', 'arrows']} words={say} />
        </>
      }
    />
  );
}
