/** The clock of the picture: a time t that is dragged or plays, and the way on which the particles are. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';

export const WAYS = ['forward', 'back'] as const;
export type Way = (typeof WAYS)[number];

export interface Player {
  /** What is shown now; t need not be whole while it plays. */
  t: ReadonlySignal<number>;
  way: ReadonlySignal<Way>;
  playing: Signal<boolean>;
  /** From where it stands to the end of this way, or from its start if it is there; forward goes on to back where `returns`. */
  play(): void;
  /** Stands still, and the address says where. */
  stop(): void;
  /** The reader's own choice, which the address keeps. */
  set(change: { t?: number; way?: Way }): void;
  dispose(): void;
}

interface Options {
  /** What the address keeps. */
  t: Signal<number>;
  way: Signal<Way>;
  T: number;
  returns: boolean;
  /** Whether the particles of this way are known: until then they wait at its start. */
  ready(way: Way): boolean;
  /** Seconds for one way. */
  seconds?: number;
}

/** Seconds in the noise between the two ways. */
const REST = 0.6;

export function createPlayer({ t, way, T, returns, ready, seconds = 5 }: Options): Player {
  /** Where it plays, or came to its end by itself: the address is not told of that. */
  const own = signal<{ t: number; way: Way } | null>(null);
  const playing = signal(false);
  let frame = 0;
  const shown = computed(() => own.value ?? { t: t.value, way: way.value });
  const endOf = (of: Way) => (of === 'forward' ? T : 0);
  const halt = () => {
    cancelAnimationFrame(frame);
    playing.value = false;
  };
  const player: Player = {
    t: computed(() => shown.value.t),
    way: computed(() => shown.value.way),
    playing,
    play() {
      const { way: from, t: at } = shown.peek();
      let now: { t: number; way: Way } = { way: from, t: at };
      if (at === endOf(from))
        now = returns ? { way: 'forward', t: 0 } : { way: from, t: T - endOf(from) };
      let rest = REST;
      let last = performance.now();
      playing.value = true;
      const tick = (time: number) => {
        const spent = Math.min(0.1, (time - last) / 1000);
        last = time;
        const step = (spent / seconds) * T;
        const end = endOf(now.way);
        if (!ready(now.way)) {
          // Their ways are still being computed.
        } else if (now.t !== end) {
          const t = now.way === 'forward' ? Math.min(T, now.t + step) : Math.max(0, now.t - step);
          now = { ...now, t };
        } else if (now.way === 'forward' && returns) {
          rest -= spent;
          if (rest <= 0) now = { t: T, way: 'back' };
        }
        own.value = now;
        const over = now.t === endOf(now.way) && !(now.way === 'forward' && returns);
        if (over || document.hidden) playing.value = false;
        else frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
    },
    stop() {
      halt();
      player.set({});
    },
    set(change) {
      halt();
      const { t: at, way: on } = { ...shown.peek(), ...change };
      t.value = Math.round(at);
      way.value = on;
      own.value = null;
    },
    dispose: halt,
  };
  return player;
}
