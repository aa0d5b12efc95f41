/** A drawing of points in the plane on a canvas: the data behind, the points that are drawn before them with their trails. */
import type { Paths } from '../../math/samplers/particles.ts';
import { drawParticles, drawTrails, type Square } from '../plane/particles.ts';
import { across, down } from '../plane/view.ts';

/** The lab's data lie in [−1, 1]: shown this much larger than other shapes, the window ends at ±1.8. */
const ZOOM = 5 / 3;
const TICKS = [-1, 0, 1];

/** Frames of points, x and y in turn, as a way that a cloud goes; its times are the numbers of the frames. */
export function pathsOf(frames: readonly ArrayLike<number>[]): Paths {
  const size = frames[0]?.length ?? 0;
  const all = new Float32Array(size * frames.length);
  frames.forEach((frame, k) => {
    for (let i = 0; i < size; i++) all[k * size + i] = ZOOM * frame[i];
  });
  return { times: frames.map((_, k) => k), frames: all };
}

export interface PointColours {
  data: string;
  drawn: string;
  rule: string;
}

/** @param drawn the way of the drawn points, and the frame that is shown; left out, the data alone are. */
export function drawPoints(
  square: Square,
  data: Paths,
  colours: PointColours,
  drawn?: { paths: Paths; frame: number },
): void {
  const { context, size, dot } = square;
  context.fillStyle = colours.rule;
  context.globalAlpha = 0.45;
  for (const tick of TICKS) {
    context.fillRect(across(ZOOM * tick, size), 0, dot / 3, size);
    context.fillRect(0, down(ZOOM * tick, size), size, dot / 3);
    context.fillText(String(tick).replace('-', '−'), across(ZOOM * tick, size) + dot, size - dot);
  }
  const cloud = (paths: Paths, t: number, colour: string) => ({
    paths,
    t,
    parts: new Uint8Array(paths.frames.length / paths.times.length / 2),
    colours: [colour, colour] as const,
  });
  // The data step back behind what is drawn.
  context.globalAlpha = drawn ? 0.4 : 0.8;
  drawParticles(square, cloud(data, 0, colours.data));
  context.globalAlpha = 1;
  if (!drawn) return;
  const points = cloud(drawn.paths, drawn.frame, colours.drawn);
  drawTrails(square, points);
  drawParticles({ ...square, dot: 1.4 * dot }, points);
}
