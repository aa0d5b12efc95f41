/** The way of a point whose datum and noise are both known: signal(t)·x_0 + noise(t)·ε, a straight line on the straight path. */
import { type Process, pathOf, pointOf } from '../../math/process/process.ts';
import type { Square } from './particles.ts';
import { across, down } from './view.ts';

/** Ends of ways, x and y in turn. */
export interface Ends {
  x0: ArrayLike<number>;
  noise: ArrayLike<number>;
}

/** Where pair i is at time t, which need not be a whole one of a chain. */
export function conditionalAt({ x0, noise }: Ends, i: number, process: Process, t: number) {
  const point = pointOf(pathOf(process), t);
  return [0, 1].map((k) => point.signal * x0[2 * i + k] + point.noise * noise[2 * i + k]);
}

const PIECES = 24;

/** @param span the times of a way's two ends. */
export function drawConditionals(
  { context, size, dot }: Square,
  ends: Ends,
  { process, span, t }: { process: Process; span: number; t: number },
  colours: { way: string; now: string },
) {
  context.save();
  context.strokeStyle = colours.way;
  context.fillStyle = colours.now;
  context.lineWidth = dot * 0.55;
  const count = ends.x0.length / 2;
  const pieces = isStraight(process) ? 1 : PIECES;
  context.globalAlpha = 0.55;
  context.beginPath();
  for (let i = 0; i < count; i++)
    for (let piece = 0; piece <= pieces; piece++) {
      const [x, y] = conditionalAt(ends, i, process, (span * piece) / pieces);
      if (piece === 0) context.moveTo(across(x, size), down(y, size));
      else context.lineTo(across(x, size), down(y, size));
    }
  context.stroke();
  context.globalAlpha = 1;
  for (let i = 0; i < count; i++) {
    const [x, y] = conditionalAt(ends, i, process, t);
    context.beginPath();
    context.arc(across(x, size), down(y, size), 1.5 * dot, 0, 2 * Math.PI);
    context.fill();
  }
  context.restore();
}

const isStraight = (process: Process) => 'name' in process && process.name === 'straight';
