/** One small picture for each chapter, computed as its widgets compute theirs. Chapter 1 shows recorded digits instead. */
import record from '../../../../public/checkpoints/mnist.json' with { type: 'json' };
import { all16 } from '../../data/toy2x2.ts';
import { finiteDenoiser } from '../../math/exact/finite.ts';
import { type Point, sampled, series } from '../../math/numerics/curves.ts';
import { mixtureLogPdf, normalPdf } from '../../math/numerics/gaussian.ts';
import { createRng } from '../../math/numerics/rng.ts';
import { forwardStep } from '../../math/process/forward.ts';
import { posterior } from '../../math/process/posterior.ts';
import { makeSchedule } from '../../math/process/schedule.ts';
import { sample } from '../../math/samplers/sample.ts';
import { unetPlan } from '../../tensor/networks/unetPlan.ts';
import { viewPoints } from '../any-step/schedules.ts';
import { bestForward, bestReverse, noisyPixel } from '../bound/klFitter.ts';
import { weightCurve } from '../bound-to-loss/weightCurve.ts';
import { colours } from '../common/colours.ts';
import { noiseVarianceOf } from '../markov-chain/chain.ts';
import { boxes, HEIGHT, type Shape, scales, WIDTH } from './frame.ts';
import { ROADS } from './roads.ts';

const T = 60;
const schedule = makeSchedule('cosine', T);
const long = makeSchedule('linear', 1000);
/** One pixel, black or white. */
const PIXEL = [[-1], [1]];
const WALKS = 10;

/** A pixel's walk from ±1 into noise. */
function forwardWalk(i: number): Point[] {
  const rng = createRng('thumbnail').fork(i);
  let x = Float64Array.of(i % 2 ? 1 : -1);
  return Array.from({ length: T + 1 }, (_, t) => {
    if (t > 0) x = Float64Array.from(forwardStep(x, t, schedule, Float64Array.of(rng.normal())));
    return { x: t, y: x[0] };
  });
}

/** The exact sampler's walk back, from noise to ±1. */
function backwardWalk(i: number): Point[] {
  const rng = createRng('thumbnail').fork(i);
  const xT = Float64Array.of(rng.normal());
  const denoiser = finiteDenoiser({ data: PIXEL, schedule }).predict('x0');
  const steps = [...sample({ schedule, denoiser, prediction: 'x0', xT, rng })];
  return [{ x: 0, y: xT[0] }, ...steps.map(({ s, x }) => ({ x: T - s, y: x[0] }))];
}

const walks = (walk: (i: number) => Point[], colour: string, end: number): Shape[] => {
  const { line, dots } = scales([0, T], [-2.6, 2.6]);
  return [
    ...Array.from({ length: WALKS }, (_, i) => ({ ...line(walk(i), colour, 1), opacity: 0.75 })),
    dots(
      PIXEL.map(([y]) => ({ x: end, y })),
      colours.ink,
    ),
  ];
};

function schedulesSeen(): Shape[] {
  const { line } = scales([0, 1], [0, 1]);
  const kinds = [
    ['linear', colours.q],
    ['cosine', colours.p],
    ['quadratic', colours.exact],
  ] as const;
  return kinds.map(([kind, colour]) =>
    line(
      viewPoints(makeSchedule(kind, 1000), 'alphaBar').filter((_, i) => i % 8 === 0),
      colour,
    ),
  );
}

/** Blocks as high as their pictures and as wide as their channels: down, through the middle, up. */
function network(): Shape[] {
  const { down, middle, up } = unetPlan(record.config.model as Parameters<typeof unetPlan>[0]);
  const blocks = [...down, middle, ...up];
  const gap = 4;
  const total = blocks.reduce((sum, { output }) => sum + Math.sqrt(output), 0);
  const room = WIDTH - 10 - gap * (blocks.length - 1);
  let x = 5;
  const placed = blocks.map(({ output, size }) => {
    const [w, h] = [(room * Math.sqrt(output)) / total, ((HEIGHT - 12) * size) / down[0].size];
    const box = { x, y: (HEIGHT - h) / 2, w, h };
    x += w + gap;
    return box;
  });
  const half = down.length;
  return [
    boxes(placed.slice(0, half), colours.q, 0.85),
    boxes(placed.slice(half, half + 1), colours.noise, 0.85),
    boxes(placed.slice(half + 1), colours.p, 0.85),
  ];
}

/** Gradient descent on the loss of one weight, E(w·x_t − ε)² = w² − 2 w √(1−ᾱ) + 1 for data of variance 1. */
function descent(): Shape[] {
  const best = Math.sqrt(schedule.noiseVariance[T / 3]);
  const loss = (w: number) => w * w - 2 * w * best + 1;
  const steps = [-0.75];
  while (steps.length < 9)
    steps.push(steps[steps.length - 1] - 0.17 * (2 * steps[steps.length - 1] - 2 * best));
  const { line, dots } = scales([-0.9, 2 * best + 0.9], [loss(best) - 0.15, loss(-0.9)]);
  const walk = steps.map((w) => ({ x: w, y: loss(w) }));
  return [
    line(sampled(loss, [-0.9, 2 * best + 0.9], 49), colours.muted),
    line(walk, colours.p, 1),
    dots(walk, colours.p, 2),
  ];
}

/** q(x_s|x_0) of an earlier time s, and what seeing x_t makes of it. */
function whisper(): Shape[] {
  const [t, s] = [36, 22];
  const [x0, xt] = [1, -0.9];
  const q = posterior(schedule, t, s);
  const mean = q.x0Coefficient * x0 + q.xtCoefficient * xt;
  const before = Math.sqrt(schedule.alphaBar[s]) * x0;
  const [from, to] = [-1.6, 2.4];
  const bell = (m: number, v: number) => sampled((x) => normalPdf(x, m, v), [from, to], 61);
  const after = bell(mean, q.variance);
  const top = Math.max(...after.map(({ y }) => y));
  const { line, area, dots } = scales([from, to], [0, 1.08 * top]);
  return [
    area(bell(before, schedule.noiseVariance[s]), colours.q),
    line(bell(before, schedule.noiseVariance[s]), colours.q),
    area(after, colours.p),
    line(after, colours.p),
    dots(
      [
        { x: xt, y: 0 },
        { x: x0, y: 0 },
      ],
      colours.ink,
    ),
  ];
}

/** A truth with two bumps, and the bells that are best for each direction of the divergence. */
function fits(): Shape[] {
  const truth = noisyPixel(schedule, T / 4);
  const [wide, mode] = [bestForward(truth), bestReverse(truth, { mean: 0.8, variance: 0.2 })];
  const reach = [-2.6, 2.6] as const;
  const density = sampled((x) => Math.exp(mixtureLogPdf(x, truth)), reach, 97);
  const bell = ({ mean, variance }: typeof wide) =>
    sampled((x) => normalPdf(x, mean, variance), reach, 97);
  const top = Math.max(...[...density, ...bell(mode)].map(({ y }) => y));
  const { line, area } = scales(reach, [0, 1.05 * top]);
  return [
    area(density, colours.exact, 0.3),
    line(density, colours.exact),
    line(bell(wide), colours.q),
    line(bell(mode), colours.p),
  ];
}

/** Weights of three losses on the squared error of the noise, both axes logarithmic. */
function weights(): Shape[] {
  const named = [
    ['elbo', colours.exact],
    ['epsilon', colours.q],
    ['minSnr', colours.p],
  ] as const;
  const curves = named.map(([name, colour]) => ({
    colour,
    points: weightCurve(name, 'epsilon', long, 'formula')
      .filter(({ y }) => y > 0)
      .map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) })),
  }));
  const heights = curves.flatMap(({ points }) => points.map(({ y }) => y));
  const { line } = scales([0, Math.log(1000)], [Math.min(...heights), Math.max(...heights)]);
  return curves.map(({ points, colour }) =>
    line(
      points.filter((_, i) => i % 6 === 0),
      colour,
    ),
  );
}

/** The sixteen pictures of four pixels. */
function fourPixels(): Shape[] {
  const { images } = all16();
  const [pixel, gap] = [5.5, 4];
  const across = 6;
  const inked: Parameters<typeof boxes>[0][number][] = [];
  const paper: typeof inked = [];
  for (let n = 0; n < images.length / 4; n++)
    for (let k = 0; k < 4; k++) {
      const column = n % across;
      const box = {
        x: 5 + column * (2 * pixel + gap) + (k % 2) * pixel,
        y: 11.5 + Math.floor(n / across) * (2 * pixel + gap) + Math.floor(k / 2) * pixel,
        w: pixel,
        h: pixel,
      };
      (images[4 * n + k] > 0 ? inked : paper).push(box);
    }
  return [boxes(paper, colours.rule), boxes(inked, colours.ink)];
}

/** The variance of a pixel along the chain: right, and with β in place of √β before the noise. */
function mistake(): Shape[] {
  const [right, wrong] = [false, true].map((without) => {
    const noise = noiseVarianceOf(long, without);
    return series(long.alphaBar.map((a, t) => a + noise[t])).filter((_, t) => t % 20 === 0);
  });
  const { line } = scales([0, 1000], [0, 1.25]);
  return [line(right, colours.exact), line(wrong, colours.warn)];
}

/** The two chains: to noise above, back below. */
function chains(): Shape[] {
  const { line, dots } = scales([0, 4], [0, 1]);
  const row = (y: number) => Array.from({ length: 5 }, (_, x) => ({ x, y }));
  const [forward, back] = [row(0.8), row(0.2)];
  return [
    line(forward, colours.q),
    dots(forward, colours.q, 4),
    line(back, colours.p),
    dots(back, colours.p, 4),
    line([forward[4], back[4]], colours.muted, 1),
    line([back[0], forward[0]], colours.muted, 1),
  ];
}

/** By the chapter's name in the address. */
export const THUMBNAILS: Record<string, () => Shape[]> = {
  'markov-chain': () => walks(forwardWalk, colours.q, 0),
  'any-step': schedulesSeen,
  network,
  training: descent,
  sampling: () => walks(backwardWalk, colours.p, T),
  'going-back': whisper,
  bound: fits,
  'bound-to-loss': weights,
  'four-pixels': fourPixels,
  ...ROADS,
  mistakes: mistake,
  map: chains,
};
