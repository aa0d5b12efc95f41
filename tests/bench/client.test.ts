/** A bench's cell on a worker that answers as the test says. */
import { expect, it } from 'vitest';
import { openCell } from '../../src/lib/bench/client.ts';
import type { BenchCell, BenchQuestion } from '../../src/lib/bench/types.ts';

const CELL: BenchCell = { engine: 'ours', backend: 'cpu', threads: 1, batch: 1 };

function setUp(answer: (question: BenchQuestion) => object | null) {
  const workers: Worker[] = [];
  let ended = 0;
  const spawn = () => {
    const shim = {
      onmessage: null,
      onerror: null,
      terminate: () => ended++,
      postMessage(question: BenchQuestion & { id: number }) {
        const data = answer(question);
        if (data)
          queueMicrotask(() =>
            shim.onmessage?.({ data: { id: question.id, ...data } } as MessageEvent),
          );
      },
    } as unknown as Worker;
    workers.push(shim);
    return shim;
  };
  return { spawn, workers, ended: () => ended };
}

it('opens, passes over the steps of a drawing, and says why it cannot run', async () => {
  const { spawn, workers } = setUp(({ type }) => {
    if (type === 'open') return { type: 'reply', value: { loss: 1 } };
    if (type === 'speeds') return { type: 'refusal', reason: 'no single operations' };
    workers[0].onmessage?.({ data: { type: 'frame', id: 2 } } as MessageEvent);
    return { type: 'reply', value: { ms: [3] } };
  });
  const open = await openCell(CELL, spawn);
  expect(open.info).toEqual({ loss: 1 });
  expect(await open.run('sample', 1, 0)).toEqual({ ms: [3] });
  await expect(open.speeds()).rejects.toThrow('no single operations');
});

it('leaves nobody waiting when its worker fails, and starts no other: that one would have no engine', async () => {
  const { spawn, workers, ended } = setUp(({ type }) =>
    type === 'open' ? { type: 'reply', value: {} } : null,
  );
  const open = await openCell(CELL, spawn);
  const lost = open.run('train', 1, 0);
  workers[0].onerror?.({ message: 'out of memory' } as ErrorEvent);
  await expect(lost).rejects.toThrow('out of memory');
  await expect(open.run('train', 1, 0)).rejects.toThrow('out of memory');
  expect([workers.length, ended()]).toEqual([1, 1]);
});

it('is stopped by its signal while it opens, and before', async () => {
  const { spawn, workers } = setUp(() => null);
  const stop = new AbortController();
  const opening = openCell(CELL, spawn, stop.signal);
  stop.abort();
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  await expect(openCell(CELL, spawn, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(workers).toHaveLength(1);
});
