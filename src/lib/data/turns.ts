/**
 * Patience counted in a thread's own turns: one timer after another, each set when the one before was heard. A thread that
 * was busy and a machine that slept lose one turn, however long that took, and what came meanwhile is heard before the next.
 * Resolves after `count()` turns of `ms` milliseconds; never, once `signal` is aborted.
 */
export function turns(count: () => number, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let taken = 0;
    const next = () => {
      if (taken++ >= count()) resolve();
      else timer = setTimeout(next, ms);
    };
    signal.addEventListener('abort', () => clearTimeout(timer));
    next();
  });
}
