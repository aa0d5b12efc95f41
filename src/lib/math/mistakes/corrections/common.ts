/** What the rows of the corrections page share: the small data sets and schedules they speak of. */
import { makeSchedule, type Schedule, scheduleFromBetas } from '../../process/schedule.ts';

/** One number (or message) of a row, computed when asked for. */
export interface CorrectionValue {
  readonly label: string;
  readonly value: number | string;
  /** Of a number that is an average over random draws: digits below it are luck. */
  readonly standardError?: number;
}

export type Row = () => CorrectionValue[];

/** All 16 images of ±1 on 2×2 pixels. */
export const D16: readonly number[][] = Array.from({ length: 16 }, (_, code) =>
  [0, 1, 2, 3].map((bit) => ((code >> bit) & 1 ? 1 : -1)),
);

/** {a, −a} with a = (1, −1, −1, 1), the checkerboard. */
export const D2: readonly number[][] = [
  [1, -1, -1, 1],
  [-1, 1, 1, -1],
];

/** The 2×2 example's chain: β = 0.1, 0.2. */
export const example = (): Schedule => scheduleFromBetas([0.1, 0.2]);

export const linear1000 = (): Schedule => makeSchedule('linear', 1000);

export const bits = (nats: number): number => nats / Math.LN2;

export const value = (
  label: string,
  v: number | string,
  standardError?: number,
): CorrectionValue => ({
  label,
  value: v,
  ...(standardError === undefined ? {} : { standardError }),
});
