import { computed } from '@preact/signals';
import { scheduleFromLogSnr } from '../../../../lib/math/process/logSnrSchedule.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  SCHEDULE_NAMES,
  type Schedule,
} from '../../../../lib/math/process/schedule.ts';
import { colours, dashes, palette } from '../../../../lib/plots/common/colours.ts';
import { integer, numbers, urlSignal } from '../../../controls/urlState.ts';

/** Range of a knot of the hand-drawn log-SNR, and the least fall between neighbours. */
export const KNOTS = { min: -16, max: 12, gap: 0.1, start: [9, 4, 2, 0, -2, -5, -10] };

export interface Row {
  name: string;
  schedule: Schedule;
  colour: string;
  dash?: string;
  shown: boolean;
}

/** @param own the name of the reader's own schedule. */
export function schedulesState(own: string) {
  const T = urlSignal('schedules.T', 1000, integer(10, 1000));
  const t = urlSignal('schedules.t', 500, integer(1, 1000));
  /** One bit a row: six kinds, then the reader's own. */
  const shown = urlSignal('schedules.shown', 127, integer(0, 127));
  const knots = urlSignal('schedules.knots', KNOTS.start, {
    ...numbers(KNOTS.min, KNOTS.max, KNOTS.start.length),
    parse: (text) => {
      const list = numbers(KNOTS.min, KNOTS.max, KNOTS.start.length).parse(text);
      const falls = list?.every((v, k) => k === 0 || v < list[k - 1]);
      return falls && list?.length === KNOTS.start.length ? list : undefined;
    },
  });
  const named = computed(() => SCHEDULE_KINDS.map((kind) => makeSchedule(kind, T.value)));
  const drawn = computed(() => scheduleFromLogSnr(knots.value, T.value));
  const rows = computed<Row[]>(() =>
    [...named.value, drawn.value].map((schedule, i) => ({
      name: i < SCHEDULE_KINDS.length ? SCHEDULE_NAMES[SCHEDULE_KINDS[i]] : own,
      schedule,
      colour: i < SCHEDULE_KINDS.length ? palette[i] : colours.ink,
      dash: i < SCHEDULE_KINDS.length ? dashes[i] : undefined,
      shown: (shown.value & (1 << i)) !== 0,
    })),
  );
  return {
    T,
    t,
    shown,
    knots,
    rows,
    /** Moves a knot; neighbours that stand in the way are pushed along, for log-SNR can only fall. */
    moveKnot(index: number, value: number) {
      knots.value = pushed(knots.value, index, value);
    },
    reset() {
      T.value = 1000;
      t.value = 500;
      shown.value = 127;
      knots.value = KNOTS.start;
    },
  };
}

/** Falling knots with one of them moved. Ends keep room for the others. */
export function pushed(knots: readonly number[], index: number, value: number): number[] {
  const { min, max, gap } = KNOTS;
  const list = [...knots];
  const room = (k: number) => [min + gap * (list.length - 1 - k), max - gap * k] as const;
  const [low, high] = room(index);
  list[index] = Math.min(high, Math.max(low, value));
  for (let k = index + 1; k < list.length; k++) list[k] = Math.min(list[k], list[k - 1] - gap);
  for (let k = index - 1; k >= 0; k--) list[k] = Math.max(list[k], list[k + 1] + gap);
  return list.map((v) => Number(v.toFixed(4)));
}
