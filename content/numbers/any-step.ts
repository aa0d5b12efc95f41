/** What chapter 3 says in numbers, once for every language. */

import { priorParts } from '../../src/lib/math/bound/priorParts.ts';
import { noiseShares } from '../../src/lib/math/process/noiseBudget.ts';
import {
  makeSchedule,
  type ScheduleKind,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';

export const example = scheduleFromBetas([0.1, 0.2]);
export const linear = makeSchedule('linear', 1000);
/** The ends of four chains: the example, and of a thousand steps scaled linear, linear and cosine. */
export const ends = [
  example,
  makeSchedule('scaledLinear', 1000),
  linear,
  makeSchedule('cosine', 1000),
].map((s) => ({
  left: Math.sqrt(s.alphaBar[s.T]),
  snr: s.snr[s.T],
  ...priorParts({ schedule: s, data: [[1], [-1]] }),
}));
export const shares = noiseShares(linear, 1000).slice(1);
export const parts = [shares[0], shares[499], shares[999]];
/** How many of the last steps own half of the variance of the image at the end. */
export const youngHalf =
  shares.length - shares.findLastIndex((_, i) => shares.slice(i).reduce((a, b) => a + b) >= 0.5);
/** The first step at which a schedule has more noise than image. */
export const crossing = (kind: ScheduleKind) =>
  makeSchedule(kind, 1000).snr.findIndex((snr) => snr <= 1);
/** ᾱ that a schedule of the cell ends with, β = 0.002 + k (i/100)². */
export const squareSchedule = (k: number) =>
  scheduleFromBetas(Array.from({ length: 100 }, (_, i) => 0.002 + k * (i / 100) ** 2))
    .alphaBar[100];
export const tooMuch = Math.round(squareSchedule(0.1) / makeSchedule('linear', 100).alphaBar[100]);
export const cleaner = makeSchedule('scaledLinear', 1000).snr[1000] / linear.snr[1000];
