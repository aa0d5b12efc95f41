/**
 * Distributions in the plane that readers see whole: a drawing in strokes, laid out as a few hundred centres with a small bell about
 * each. Every one has mean 0 and, bells included, variance 1 averaged over its two coordinates, as noise has: the chain then keeps it.
 */
import { createRng } from '../math/numerics/rng.ts';

type Stroke = ReadonlyArray<readonly [number, number]>;

export const SHAPE_NAMES = ['moons', 'rings', 'spiral', 'letters'] as const;
export type ShapeName = (typeof SHAPE_NAMES)[number];

/** Standard deviation of the bell about each centre, in each coordinate. */
export const BELL = 0.07;
/** Enough for the bells of any of these shapes to overlap into one even line. */
const CENTRES = 160;

export interface PlaneShape {
  /** x and y in turn. */
  readonly centres: Float64Array;
  /** Which of two parts each centre belongs to, 0 or 1: to tell where a particle is from. */
  readonly parts: Uint8Array;
}

const TURN = 2 * Math.PI;
const arc = (x: number, y: number, radius: number, from: number, to: number): Stroke =>
  Array.from({ length: 65 }, (_, i) => {
    const angle = from + ((to - from) * i) / 64;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });

/** The strokes of each shape, in any units, y upwards; the first ones make part 0, the others part 1. */
const STROKES: Record<ShapeName, { first: Stroke[]; second: Stroke[] }> = {
  moons: {
    first: [arc(-0.5, -0.25, 1, 0, TURN / 2)],
    second: [arc(0.5, 0.25, 1, TURN / 2, TURN)],
  },
  rings: { first: [arc(0, 0, 2, 0, TURN)], second: [arc(0, 0, 1, 0, TURN)] },
  spiral: { first: [spiral(0.15, 0.6)], second: [spiral(0.6, 1)] },
  // The letters of the two chains.
  letters: {
    first: [arc(-1.15, 0.35, 0.75, 0, TURN), stem(-0.4)],
    second: [arc(1.15, 0.35, 0.75, 0, TURN), stem(0.4)],
  },
};

function spiral(from: number, to: number): Stroke {
  return Array.from({ length: 65 }, (_, i) => {
    const u = from + ((to - from) * i) / 64;
    return [u * Math.cos(2.2 * TURN * u), u * Math.sin(2.2 * TURN * u)];
  });
}
function stem(x: number): Stroke {
  return [
    [x, 1.1],
    [x, -1.6],
  ];
}

/** `count` points evenly along strokes, in the middle of equal pieces; where each is, and on which stroke. */
function along(strokes: readonly Stroke[], count: number) {
  const pieces = strokes.flatMap((stroke, index) =>
    stroke.slice(stroke.length > 1 ? 1 : 0).map((to, i) => {
      const from = stroke[i];
      return { index, from, to, length: Math.hypot(to[0] - from[0], to[1] - from[1]) || 1e-3 };
    }),
  );
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  let [at, before] = [0, 0];
  return Array.from({ length: count }, (_, i) => {
    const mark = ((i + 0.5) / count) * total;
    while (mark > before + pieces[at].length && at < pieces.length - 1)
      before += pieces[at++].length;
    const { index, from, to, length } = pieces[at];
    const u = (mark - before) / length;
    return { index, x: from[0] + u * (to[0] - from[0]), y: from[1] + u * (to[1] - from[1]) };
  });
}

/** Moved and scaled so that the mean is 0 and the variance, bells included, 1. */
function standardised(points: readonly { x: number; y: number }[]): Float64Array {
  const n = points.length;
  const [mx, my] = [
    points.reduce((sum, { x }) => sum + x, 0) / n,
    points.reduce((sum, { y }) => sum + y, 0) / n,
  ];
  const variance = points.reduce((sum, { x, y }) => sum + (x - mx) ** 2 + (y - my) ** 2, 0) / 2 / n;
  // A single tap of the pen has no spread to scale.
  const scale = variance > 1e-6 ? Math.sqrt((1 - BELL ** 2) / variance) : 1;
  return Float64Array.from(points.flatMap(({ x, y }) => [scale * (x - mx), scale * (y - my)]));
}

export function planeShape(name: ShapeName): PlaneShape {
  const { first, second } = STROKES[name];
  const points = along([...first, ...second], CENTRES);
  return {
    centres: standardised(points),
    parts: Uint8Array.from(points, ({ index }) => Number(index >= first.length)),
  };
}

/** A reader's drawing (x right, y down, both 0 … 1), its first half part 0 and its second part 1; null before there is any. */
export function drawnShape(strokes: readonly Stroke[]): PlaneShape | null {
  const kept = strokes.filter((stroke) => stroke.length > 0);
  if (kept.length === 0) return null;
  const points = along(kept, CENTRES).map(({ x, y }) => ({ x, y: -y }));
  return {
    centres: standardised(points),
    parts: Uint8Array.from(points, (_, i) => Number(2 * i >= points.length)),
  };
}

/** `count` independent draws, x and y in turn, and the part that each is from. */
export function shapeDraws({ centres, parts }: PlaneShape, count: number, seed: number) {
  const rng = createRng(seed).fork('plane shape');
  const points = new Float64Array(2 * count);
  const from = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const k = rng.int(parts.length);
    from[i] = parts[k];
    points[2 * i] = centres[2 * k] + BELL * rng.normal();
    points[2 * i + 1] = centres[2 * k + 1] + BELL * rng.normal();
  }
  return { points, parts: from };
}
