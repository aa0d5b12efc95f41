import { useCallback, useMemo } from 'preact/hooks';
import { BELL } from '../../../lib/data/planeShapes.ts';
import type { Square } from '../../../lib/plots/plane/particles.ts';
import { drawNow, drawPaths, timeShades } from '../../../lib/plots/plane/timeAxis.ts';
import { cells } from '../../../lib/plots/plane/view.ts';
import { Canvas } from '../../controls/Canvas.tsx';
import { channels } from '../../controls/useColours.ts';
import { useExactAnswer } from '../shared/exactAnswer.tsx';
import { SCHEDULE, T } from './planeState.ts';
import { partColours } from './Stage.tsx';
import { asCanvas } from './useField.ts';
import type { Plane } from './usePlane.ts';
import type { PlaneWords } from './words.ts';

const ROWS = 96;
const PLACES = cells(ROWS);
/** What is ahead of the particles is only hinted at. */
const AHEAD = 0.22;

/** The same particles with time as an axis: their height in the plane over t, and behind them q(x_t) of that height. */
export function TimeStage({ plane, words: say }: { plane: Plane; words: PlaneWords }) {
  const { player, shape, walks, colours } = plane;
  const heights = useMemo(() => shape.centres.filter((_, k) => k % 2 === 1), [shape]);
  const request = { schedule: SCHEDULE, centres: heights, deviation: BELL, places: PLACES };
  const { value: marginal } = useExactAnswer(heights.join(), (exact) => exact.marginal(request));
  const pair = partColours(plane);
  const heat = useMemo(
    () =>
      marginal && colours
        ? asCanvas(timeShades(marginal, ROWS, channels(colours.exact)), T + 1)
        : null,
    [marginal, colours],
  );
  const draw = useCallback(() => {
    /** The whole paths, drawn once for each way and size: a moment only shows more or less of them. */
    const layers = new Map<string, HTMLCanvasElement>();
    return ({ context, size: width, height, dot }: Square & { height: number }, t: number) => {
      if (!colours) return;
      if (heat) context.drawImage(heat, 0, 0, width, height);
      const way = player.way.value;
      const paths = walks[way];
      if (!paths) return;
      const dots = { paths, t, parts: walks.parts, colours: pair };
      const key = `${way} ${width}`;
      let layer = layers.get(key);
      if (!layer) {
        layer = document.createElement('canvas');
        Object.assign(layer, { width, height });
        const own = layer.getContext('2d');
        if (own) drawPaths({ context: own, width, height, dot }, dots, T);
        layers.set(key, layer);
      }
      context.globalAlpha = AHEAD;
      context.drawImage(layer, 0, 0);
      context.globalAlpha = 1;
      const now = Math.round((t / T) * width);
      const [from, to] = way === 'forward' ? [0, now] : [now, width];
      if (to > from)
        context.drawImage(layer, from, 0, to - from, height, from, 0, to - from, height);
      drawNow({ context, width, height, dot }, dots, T, colours.muted);
    };
  }, [colours, heat, walks.forward, walks.back, walks.parts, ...pair]);
  const drawn = useMemo(draw, [draw]);
  return (
    <figure class="plane-time">
      <Canvas t={player.t} draw={drawn} label={say.timeSummary(T)} />
      <p class="plane-axis" aria-hidden="true">
        <span>t = 0</span>
        <span>{say.timeAxis}</span>
        <span>t = {T}</span>
      </p>
    </figure>
  );
}
