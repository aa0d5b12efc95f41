/** Lets waiting messages in between two pieces of work, without the 4 ms (hidden tabs: 1 s) that timers cost. */
export function createNextTask(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(0);
    });
}

export const nextTask = createNextTask();
