// Write your own schedule

import { chart, print } from 'from-noise/cell';
import { makeSchedule, scheduleFromBetas } from 'from-noise/math';

// Your β_1 … β_T: change this line. Each must lie between 0 and 1.
const T = 100;
const betas = Array.from({ length: T }, (_, i) => 0.002 + 0.1 * (i / T) ** 2);

const mine = scheduleFromBetas(betas);
const linear = makeSchedule('linear', T);

print('ᾱ at the end, yours:', mine.alphaBar[T], ' linear:', linear.alphaBar[T]);
chart({
  marks: [mine, linear].map((schedule, i) => ({
    mark: 'lineY',
    data: Array.from(schedule.alphaBar, (alphaBar, t) => ({
      t,
      alphaBar,
      name: i ? 'linear' : 'yours',
    })),
    channels: { x: 't', y: 'alphaBar', stroke: 'name' },
  })),
  y: { label: 'ᾱ' },
  color: { legend: true },
});
