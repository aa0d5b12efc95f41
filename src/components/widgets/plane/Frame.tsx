import './plane.css';
import type { ComponentChildren } from 'preact';
import { DrawPad } from '../../controls/DrawPad.tsx';
import { Widget } from '../../controls/Widget.tsx';
import { ExactMissing } from '../shared/exactAnswer.tsx';
import { Moments } from './Moments.tsx';
import { onPaper } from './planeState.ts';
import { Transport } from './Transport.tsx';
import type { Plane } from './usePlane.ts';
import { useStill } from './useStill.ts';
import type { PlaneWords } from './words.ts';

interface Props {
  plane: Plane;
  words: PlaneWords;
  title: string;
  caption: string;
  computes?: boolean;
  /** The picture. */
  stage: ComponentChildren;
  /** A second picture beside it; without one the choices stand there. */
  beside?: ComponentChildren;
  /** Room is left for the choices beside both. */
  triple?: boolean;
  choices: ComponentChildren;
  /** Below the clock. */
  below?: ComponentChildren;
  onReset?: () => void;
}

/** The widget's frame: pictures, the clock below them, and the choices where there is room. */
export function PlaneFrame({ plane, words: say, beside, triple, ...parts }: Props) {
  const still = useStill();
  const reset = () => {
    plane.player.set({});
    plane.state.reset();
    parts.onReset?.();
  };
  return (
    <Widget
      id={plane.beginning.id}
      title={parts.title}
      caption={parts.caption}
      computes={parts.computes}
      onReset={reset}
    >
      <div class={triple ? 'plane triple' : beside ? 'plane paired' : 'plane'}>
        <div class="plane-stage">
          {onPaper(plane.state) ? <Paper plane={plane} words={say} /> : parts.stage}
        </div>
        {beside && <div class="plane-beside">{beside}</div>}
        <Transport plane={plane} words={say} />
        <div class="plane-side">{parts.choices}</div>
        {parts.below && <div class="plane-below">{parts.below}</div>}
      </div>
      <ExactMissing lacks={say.lacks} of={plane.walks} />
      {still && !beside && <Moments plane={plane} words={say} />}
    </Widget>
  );
}

/** Where the reader draws, as large as the plane. */
function Paper({ plane: { state }, words: say }: { plane: Plane; words: PlaneWords }) {
  return (
    <>
      <DrawPad
        words={say.picker}
        strokes={state.drawing.value}
        onChange={(strokes) => {
          state.pen.value = true;
          state.drawing.value = strokes;
        }}
      />
      <p class="note">{say.paper}</p>
    </>
  );
}
