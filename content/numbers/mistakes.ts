/** What the chapter of mistakes says in numbers, once for every language. */

import { toyData } from '../../src/lib/data/toyData.ts';
import { priorParts } from '../../src/lib/math/bound/priorParts.ts';
import { type BugName, partsOf } from '../../src/lib/math/mistakes/bugs.ts';
import { correctionValues } from '../../src/lib/math/mistakes/corrections.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';

export const example = scheduleFromBetas([0.1, 0.2]);
export const startPrice = priorParts({ schedule: example, ...toyData('all16') }).mismatch;
/** Does a program with this bug train on the same data, times and rates as the right one? */
export const trainsAlike = (bug: BugName) => {
  const [schedule, images, rates] = [
    makeSchedule('linear', 10),
    new Float32Array(4),
    { learningRate: 1e-3, warmup: 1, clipNorm: 1 },
  ];
  const { forward, data, told, hyper } = partsOf(bug);
  return (
    forward(schedule) === schedule &&
    data(images) === images &&
    told(2) === 2 &&
    hyper(rates) === rates
  );
};
export const thousand = makeSchedule('linear', 1000);
export const [long, short] = [thousand.T, 30];
export const visited = timesteps(long, short);
export const waves = 32;
/** The last of the 32 frequencies, when the exponents are k over this many. */
export const slowest = (parts: number) => 10000 ** (-(waves - 1) / parts);
export const number = (row: number, label: string) =>
  correctionValues(row).find((value) => value.label === label)?.value ?? Number.NaN;
