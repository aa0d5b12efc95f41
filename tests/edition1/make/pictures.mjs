/** What is drawn today: every sampler, variance, η, clipping, number of steps, prediction; with each mistake; with guidance. */
import { runOfName } from '../files.ts';
import { CONTINUED, LINKED, OTHERS, SCHEDULES } from './runs.mjs';

const SAMPLERS = [
  { sampler: 'ddpm', variance: 'beta', eta: 0 },
  { sampler: 'ddpm', variance: 'betaTilde', eta: 0 },
  { sampler: 'ddim', variance: 'betaTilde', eta: 0 },
  { sampler: 'ddim', variance: 'betaTilde', eta: 0.5 },
  { sampler: 'ddim', variance: 'betaTilde', eta: 1 },
];

const product = (...lists) =>
  lists.reduce(
    (all, list) => all.flatMap((one) => list.map((part) => ({ ...one, ...part }))),
    [{}],
  );
const each = (name, values) => values.map((value) => ({ [name]: value }));

/** A schedule and a data set in turn: all of them, without all combinations. */
const EXACT = product(
  SAMPLERS,
  each('clip', [true, false]),
  each('steps', [1, 7, 20]),
  each('prediction', ['epsilon', 'x0', 'v', 'score']),
).map((one, i) => ({
  ...one,
  T: 20,
  seed: 1 + (i % 2),
  schedule: SCHEDULES[i % 6],
  data: ['all16', 'two', 'bars'][i % 3],
}));

const BASE = { count: 2, seed: 1, weights: 'ema', clip: true, steps: 7 };
const plain = product([BASE], SAMPLERS, each('clip', [true, false]), each('steps', [1, 7])).map(
  (one, i) => ({ ...one, weights: i % 2 ? 'raw' : 'ema', seed: 1 + (i % 3) }),
);
const few = product([BASE], [SAMPLERS[0], SAMPLERS[3]]);
const guided = (classes) =>
  product([BASE], [SAMPLERS[1], SAMPLERS[2]], each('guidanceScale', [0, 1, 2.5]), [
    { labels: [0, 1] },
    { labels: [1, classes] },
  ]);

/** Which requests go to which run; the others' networks draw with `few`. */
const REQUESTS = {
  'points-epsilon': plain,
  'points-x0': plain,
  'points-v-classes': [...plain, ...guided(2)],
  'two-betas': few.map((one) => ({ ...one, steps: 4 })),
  'digits-classes': product(
    [{ ...BASE, steps: 3 }],
    [SAMPLERS[1]],
    each('guidanceScale', [1, 2.5]),
    [{ labels: [0, 7] }, { labels: [7, 10] }],
  ),
};
const BUGGY = product([{ ...BASE, count: 1 }], SAMPLERS, each('weights', ['ema', 'raw']));

const MEASURED = {
  'points-epsilon': [
    { kind: 'lossPerT', timesteps: [1, 50, 200], samplesPerT: 4, seed: 2, weights: 'ema' },
    {
      kind: 'lossPerT',
      timesteps: [10, 150],
      samplesPerT: 4,
      seed: 2,
      weights: 'raw',
      split: 'test',
    },
  ],
  all16: [{ kind: 'bits', timesteps: [1, 10, 50, 100], samplesPerT: 3, seed: 5, weights: 'ema' }],
};

export async function drawAll(sources) {
  const { draw, drawExact, measure } = await sources.load('/tests/edition1/pictures.ts');
  const { ON_CPU, withTrainer, withSampler } = await sources.load('/tests/edition1/inNode.ts');
  const exact = [];
  for (const asked of EXACT) exact.push([asked, await drawExact(asked)]);
  const trained = {};
  const loaded = {};
  const measured = {};
  for (const name of [...[...LINKED, ...OTHERS].map(([name]) => name), CONTINUED.name]) {
    const bug = OTHERS.find(([other, config]) => other === name && config.bug);
    const requests = REQUESTS[name] ?? (bug ? BUGGY : few);
    const pictures = [];
    // 20,000 digits would have to be drawn before a trainer could have this run.
    if (name.startsWith('digits'))
      await withSampler(async (sampler) => {
        await sampler.load(runOfName(name));
        for (const request of requests) pictures.push([request, await draw(sampler, request)]);
        loaded[name] = pictures;
      });
    else
      await withTrainer(async (trainer) => {
        await trainer.load(runOfName(name), ON_CPU);
        for (const request of requests) pictures.push([request, await draw(trainer, request)]);
        trained[name] = pictures;
        if (MEASURED[name]) measured[name] = [];
        for (const request of MEASURED[name] ?? [])
          measured[name].push([request, await measure(trainer, request)]);
      });
  }
  return { exact, trained, loaded, measured };
}
