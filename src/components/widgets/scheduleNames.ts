import type { ScheduleKind } from '../../lib/math/schedule.ts';

/** What the book calls each schedule. */
export const SCHEDULE_NAMES: Record<ScheduleKind, string> = {
  linear: 'linear',
  cosine: 'cosine',
  quadratic: 'quadratic',
  sigmoidBeta: 'sigmoid on β',
  sigmoidAlphaBar: 'sigmoid on ᾱ',
  scaledLinear: 'scaled linear',
};

export const SCHEDULE_OPTIONS = Object.entries(SCHEDULE_NAMES).map(([value, label]) => ({
  value: value as ScheduleKind,
  label,
}));
