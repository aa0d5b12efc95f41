/** Exclusive Web Locks in memory, as the specification has them: Node before 24.5 brings none. */
type Callback = (lock: Lock | null) => unknown;
interface Holder {
  reject(reason: unknown): void;
}

export function createLocks(): Pick<LockManager, 'request'> {
  const holders = new Map<string, Holder>();
  const queues = new Map<string, (() => void)[]>();
  const grant = (name: string, callback: Callback) =>
    new Promise<unknown>((resolve, reject) => {
      const holder: Holder = { reject };
      holders.set(name, holder);
      Promise.resolve(callback({ name, mode: 'exclusive' }))
        .then(resolve, reject)
        .finally(() => {
          if (holders.get(name) !== holder) return;
          holders.delete(name);
          queues.get(name)?.shift()?.();
        });
    });
  const request = async (name: string, options: LockOptions, callback: Callback) => {
    if (options.steal) {
      holders.get(name)?.reject(new DOMException('stolen', 'AbortError'));
      return grant(name, callback);
    }
    if (!holders.has(name)) return grant(name, callback);
    if (options.ifAvailable) return callback(null);
    await new Promise<void>((resolve, reject) => {
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      queue.push(resolve);
      options.signal?.addEventListener('abort', () => {
        queue.splice(queue.indexOf(resolve), 1);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
    return grant(name, callback);
  };
  return { request } as unknown as Pick<LockManager, 'request'>;
}
