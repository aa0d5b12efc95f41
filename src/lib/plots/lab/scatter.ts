/** Points in the plane: the data behind, the samples before them. */
import { dot, type PlotOptions } from '@observablehq/plot';
import { colours } from '../common/colours.ts';

export interface Cloud {
  /** x and y in turn. */
  xy: ArrayLike<number>;
  colour: keyof typeof colours;
  opacity?: number;
  radius?: number;
}

/** Equal scales on both axes; points outside [-limit, limit] are cut off at the frame. */
export function scatter(clouds: readonly Cloud[], limit = 1.6) {
  const pairs = (xy: ArrayLike<number>) =>
    Array.from({ length: Math.floor(xy.length / 2) }, (_, i) => [xy[2 * i], xy[2 * i + 1]]);
  return {
    x: { domain: [-limit, limit], label: 'x', ticks: 5 },
    y: { domain: [-limit, limit], label: 'y', ticks: 5 },
    aspectRatio: 1,
    marginLeft: 40,
    marginBottom: 34,
    marks: clouds.map(({ xy, colour, opacity = 0.7, radius = 1.8 }) =>
      dot(pairs(xy), {
        x: '0',
        y: '1',
        r: radius,
        fill: colours[colour],
        fillOpacity: opacity,
        clip: true,
      }),
    ),
  } satisfies PlotOptions;
}
