import { interpolatedVariance } from '../../math/bound/learnedVariance.ts';
import { sampled } from '../../math/numerics/curves.ts';
import { normalPdf } from '../../math/numerics/gaussian.ts';
import { makeSchedule } from '../../math/process/schedule.ts';
import { arenaCurve } from '../../math/samplers/arena.ts';
import { lineWalk } from '../../math/samplers/lineWalks.ts';
import { colours } from '../common/colours.ts';
import { LAW } from '../few-steps/arena.ts';
import { LAW as SCORE_LAW } from '../scores/line.ts';
import { crossing, ONE_OF_TWO } from '../straight-paths/crossing.ts';
import { type Shape, scales } from './frame.ts';

const T = 60;
const schedule = makeSchedule('cosine', T);
const long = makeSchedule('linear', 1000);

/** The way back without noise, over time. */
function uphill(): Shape[] {
  const { times, frames } = lineWalk({ law: SCORE_LAW, schedule, way: 'ode', count: 11, seed: 1 });
  const { line } = scales([0, T], [-2.4, 2.4]);
  return Array.from({ length: 11 }, (_, k) =>
    line(
      times.map((t, i) => ({ x: T - t, y: frames[11 * i + k] })).filter((_, i) => i % 3 === 0),
      k < 4 ? colours.q : colours.exact,
      1.1,
    ),
  );
}

/** Errors over evaluations, one order and two. */
function slopes(): Shape[] {
  const { line, dots } = scales([Math.log(8), Math.log(64)], [-7.5, -1]);
  return (['ddim', 'dpmSolver'] as const).flatMap((sampler, i) => {
    const arena = { law: LAW, schedule: long, grid: 'logSnr', count: 12, seed: 1 } as const;
    const points = arenaCurve({ ...arena, choice: { sampler } }, [8, 16, 32, 64]).map(
      ({ evaluations, error }) => ({ x: Math.log(evaluations), y: Math.log(error) }),
    );
    const colour = [colours.q, colours.exact][i];
    return [line(points, colour), dots(points, colour)];
  });
}

/** A bell between two, whose width is to be found. */
function widths(): Shape[] {
  const step = makeSchedule('linear', 10);
  const [t, reach] = [4, [-1.1, 1.1] as const];
  const at = (f: number) =>
    sampled((x) => normalPdf(x, 0, interpolatedVariance(step, t, f)), reach, 61);
  const top = at(0)[30].y;
  const { line, area } = scales(reach, [0, 1.05 * top]);
  return [
    area(at(0.5), colours.p),
    line(at(0), colours.noise, 1),
    line(at(1), colours.q, 1),
    line(at(0.5), colours.p),
  ];
}

/** Straight lines between two data and noise, by chance; and the flow along their mean, which never crosses itself. */
function crossingLines(): Shape[] {
  const { line, dots } = scales([0, 1], [-2, 2]);
  const noises = Array.from({ length: 8 }, (_, i) => -1.75 + 0.5 * i);
  const ways = crossing(noises, 40);
  return [
    ...noises.map((noise, i) => ({
      ...line(
        [
          { x: 0, y: ONE_OF_TWO[i % ONE_OF_TWO.length] },
          { x: 1, y: noise },
        ],
        colours.muted,
        0.8,
      ),
      opacity: 0.7,
    })),
    ...ways.map((way) => line(way, colours.exact, 1.5)),
    dots(
      [-1, 1].map((y) => ({ x: 0, y })),
      colours.ink,
    ),
  ];
}

/** By the chapter's name in the address. */
export const ROADS: Record<string, () => Shape[]> = {
  scores: uphill,
  'few-steps': slopes,
  'straight-paths': crossingLines,
  'learned-width': widths,
};
