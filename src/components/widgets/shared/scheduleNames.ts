import { SCHEDULE_NAMES, type ScheduleKind } from '../../../lib/math/process/schedule.ts';

export const SCHEDULE_OPTIONS = Object.entries(SCHEDULE_NAMES).map(([value, label]) => ({
  value: value as ScheduleKind,
  label,
}));
