/** Timers of a cell: what it has put off, so that its end is known, and so that errors in it are heard. */
export interface Timers {
  /** What the cell sees under the names of the globals. */
  readonly globals: Record<string, unknown>;
  /** Resolves when nothing is put off any more. */
  idle(): Promise<void>;
  /** Forgets all that is put off. */
  cancel(): void;
}

/** @param failed is given what a timer's function throws. */
export function trackTimers(failed: (error: unknown) => void): Timers {
  const waiting = new Map<unknown, () => void>();
  let heard: (() => void)[] = [];
  const settle = () => {
    if (waiting.size > 0) return;
    for (const resolve of heard) resolve();
    heard = [];
  };
  const clear = (id: unknown) => {
    waiting.get(id)?.();
    waiting.delete(id);
    settle();
  };
  const later =
    (repeats: boolean) =>
    (callback: (...args: unknown[]) => unknown, delay?: number, ...args: unknown[]) => {
      const call = () => {
        try {
          // An async function's failure is one of this timer.
          Promise.resolve(callback(...args)).catch(failed);
        } catch (error) {
          failed(error);
        }
        if (!repeats) clear(id);
      };
      const id = repeats ? setInterval(call, delay) : setTimeout(call, delay);
      waiting.set(id, () => (repeats ? clearInterval(id) : clearTimeout(id)));
      return id;
    };
  return {
    globals: {
      setTimeout: later(false),
      setInterval: later(true),
      clearTimeout: clear,
      clearInterval: clear,
    },
    async idle() {
      // Promises that are settled already have their say first, and may put something off. A browser reports those
      // that failed unheard one turn later.
      do {
        for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setTimeout(resolve));
        if (waiting.size > 0) await new Promise<void>((resolve) => heard.push(resolve));
      } while (waiting.size > 0);
    },
    cancel() {
      for (const id of [...waiting.keys()]) clear(id);
    },
  };
}
