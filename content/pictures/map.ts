/** Still pictures of the map. */
import { dot, text } from '@observablehq/plot';
import type { Chart, Strip } from '../../src/components/prose/picture.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { digitRows, knowing, still } from './common.ts';

const TREE = [
  [2013, 'variational autoencoder'],
  [2014, 'GANs, flows'],
  [2015, 'diffusion'],
  [2016, 'pixel by pixel'],
  [2019, 'score networks'],
  [2020, 'DDPM, DDIM, SDEs'],
  [2021, 'guidance, latents'],
  [2022, 'EDM, flow matching'],
  [2023, 'consistency models'],
].map(([year, name], i) => ({ year: year as number, name: name as string, lane: i % 3 }));
/** The years of the list below on one line. */
export const years: Chart = {
  options: {
    height: 170,
    x: { label: null, domain: [2011.4, 2024.6], ticks: 11, tickFormat: 'd' },
    y: { axis: null, domain: [-0.6, 2.6] },
    marginLeft: 12,
    marginBottom: 30,
    marks: [
      dot(TREE, { x: 'year', y: 'lane', fill: colours.p, r: 5 }),
      text(TREE, {
        x: 'year',
        y: 'lane',
        text: 'name',
        dy: -13,
        fill: colours.ink,
        fontSize: 11.5,
      }),
    ],
  },
};

const cosine = makeSchedule('cosine', 1000);
const rows = digitRows(400);
const START = 14;
/** A digit, noised to ever later times, and what the exact reverse chain makes of each. */
export const edited: Strip[] = (() => {
  const times = [200, 400, 600, 750, 900];
  const denoiser = knowing(
    rows.filter((_, i) => i !== START),
    cosine,
  ).predict('epsilon');
  const noised = times.map((t) =>
    diffuse(rows[START], t, cosine, createRng(`edit ${t}`).fillNormal(new Float64Array(784))),
  );
  const made = times.map((t, i) => {
    const visits = [...Array.from({ length: 20 }, (_, k) => Math.round((t * (20 - k)) / 20)), 0];
    const steps = sample({
      ...{ schedule: cosine, denoiser, prediction: 'epsilon', xT: noised[i], times: visits },
      ...{ rng: createRng(`back ${t}`), sampler: 'ddim', eta: 1 },
    });
    return [...steps].at(-1)!.x;
  });
  return [
    {
      name: 'with noise',
      role: 'q',
      images: [still(rows[START], 't = 0'), ...noised.map((x, i) => still(x, `t = ${times[i]}`))],
    },
    {
      name: 'and back',
      role: 'p',
      images: [still(rows[START], 'as it was'), ...made.map((x) => still(x))],
    },
  ];
})();
