/**
 * The film of a run: at moments of its training, the whole way of the same drawing. Two axes of time:
 * training (which moment) and generation (which step of the drawing). Pixels are kept as bytes, points as floats.
 */
import { fromByte } from '../../lib/data/dataset.ts';
import type { FrameEvent } from '../../lib/worker/client.ts';

export interface Moment {
  step: number;
  /** Of its random numbers. */
  seed?: number;
  /** The class that each picture was asked for. */
  labels?: readonly number[];
  /** One frame after each step of the drawing, the last is the picture; each count·size values. */
  frames: (Uint8Array | Float32Array)[];
  /** Where the end was seen when each frame was made. */
  clean: (Uint8Array | Float32Array)[];
  /** The place of each frame on its way, falling to 0. */
  times: number[];
  count: number;
  height: number;
  width: number;
  channels: number;
}

/** Moments of a film at most: a strip that is read, and some megabytes. */
const MOST = 32;

const toByte = (v: number) => Math.max(0, Math.min(255, (v + 1) * 127.5));

/** Bytes for pixels, floats for points. */
export function pack(values: Float32Array, channels: number): Uint8Array | Float32Array {
  return channels === 2 ? values : Uint8Array.from(values, toByte);
}

/** Back to values in [-1, 1]. */
export function unpack(values: Uint8Array | Float32Array): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values, fromByte);
}

/** Collects the steps of one sampling call. */
export function recordMoment(
  step: number,
  { seed, labels }: { seed?: number; labels?: readonly number[] } = {},
) {
  let moment: Moment | null = null;
  return {
    add(event: FrameEvent) {
      const { count, height, width, channels } = event;
      moment ??= {
        step,
        ...(seed === undefined ? {} : { seed }),
        ...(labels ? { labels } : {}),
        ...{ frames: [], clean: [], times: [], count, height, width, channels },
      };
      moment.frames.push(pack(event.x, channels));
      moment.clean.push(pack(event.guess ?? event.x, channels));
      moment.times.push(event.to);
    },
    get moment(): Moment | null {
      return moment;
    },
  };
}

/**
 * Adds a moment. Past `MOST` one goes: the one whose neighbours stand closest in ratio of their steps. So the moments end up
 * geometric in steps, as a network learns, from the first to the newest, and the page's memory stays bounded.
 */
export function addMoment(film: readonly Moment[], moment: Moment): Moment[] {
  const kept = film.filter((m) => m.step < moment.step);
  kept.push(moment);
  if (kept.length <= MOST) return kept;
  let closest = 1;
  const ratio = (i: number) => (kept[i + 1].step + 1) / (kept[i - 1].step + 1);
  for (let i = 2; i + 1 < kept.length; i++) if (ratio(i) < ratio(closest)) closest = i;
  return kept.filter((_, i) => i !== closest);
}

/** The step at which the film of a run begins that was taken up at `opened`, where it lacks moments before; 0 for a whole one. */
export const beginning = (film: readonly Moment[], opened: number): number =>
  opened > 0 && film[0]?.step >= opened ? film[0].step : 0;
