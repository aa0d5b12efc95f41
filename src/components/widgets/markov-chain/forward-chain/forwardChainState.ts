import { computed } from '@preact/signals';
import {
  MAX_BETA,
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
  scheduleFromBetas,
} from '../../../../lib/math/process/schedule.ts';
import { imageChoice } from '../../../controls/imageChoice.ts';
import { boolean, integer, number, numbers, oneOf, urlSignal } from '../../../controls/urlState.ts';

/** Up to this many steps, every β has its own slider. */
export const SHORT = 10;
export const MIN_BETA = 0.0001;
const id = 'forward-chain';
const START = { T: 10, t: 3 };

/** Everything the reader can change in the forward chain, and the schedule that follows from it. */
export function forwardChainState() {
  const choice = imageChoice(id);
  const T = urlSignal(`${id}.T`, START.T, integer(2, 1000));
  const kind = urlSignal<ScheduleKind>(`${id}.kind`, 'cosine', oneOf(SCHEDULE_KINDS));
  const scale = urlSignal(`${id}.scale`, 1, number(0.1, 10));
  const betas = urlSignal<number[]>(`${id}.betas`, [], numbers(MIN_BETA, MAX_BETA, SHORT));
  const t = urlSignal(`${id}.t`, START.t, integer(0, 1000));
  const mistake = urlSignal(`${id}.mistake`, false, boolean);
  const seed = urlSignal(`${id}.seed`, 1, integer(0, 1_000_000));

  const schedule = computed(() => {
    if (betas.value.length === T.value) return scheduleFromBetas(betas.value);
    const named = makeSchedule(kind.value, T.value);
    if (scale.value === 1) return named;
    return scheduleFromBetas(
      named.beta.slice(1).map((b) => Math.min(MAX_BETA, Math.max(1e-7, b * scale.value))),
    );
  });
  const time = computed(() => Math.min(t.value, T.value));

  return {
    choice,
    T,
    kind,
    scale,
    betas,
    t,
    time,
    mistake,
    seed,
    schedule,
    /** What a link may set behind the fold. */
    settings: [...choice.settings, T, kind, scale, betas],
    /** Moves one β of a short chain; the rest stay where they are. */
    setBeta(step: number, value: number) {
      const list = Array.from(schedule.value.beta.slice(1));
      list[step - 1] = Math.min(MAX_BETA, Math.max(MIN_BETA, value));
      betas.value = list.map((b) => Math.max(MIN_BETA, b));
    },
    setSteps(steps: number) {
      // The same place on the way to noise, on the new scale of time.
      t.value = Math.round((time.value / T.value) * steps);
      betas.value = [];
      T.value = steps;
    },
    preset(list: number[]) {
      T.value = list.length;
      betas.value = list;
      t.value = list.length;
    },
    /** The chain of the DDPM paper, shown at its end. */
    published() {
      betas.value = [];
      kind.value = 'linear';
      scale.value = 1;
      T.value = 1000;
      t.value = 1000;
    },
    reset() {
      choice.reset();
      betas.value = [];
      T.value = START.T;
      t.value = START.t;
      kind.value = 'cosine';
      scale.value = 1;
      mistake.value = false;
      seed.value = 1;
    },
  };
}
