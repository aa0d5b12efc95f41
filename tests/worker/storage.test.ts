import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { openRunStore } from '../../src/lib/worker/storage.ts';

const run = (step: number) => ({ bytes: new Uint8Array([step]), step, date: '2026-01-01' });

afterEach(() => vi.restoreAllMocks());

it('keeps runs across two openings, and forgets them when asked', async () => {
  const trouble = vi.fn();
  expect(await openRunStore(trouble).put('a', run(3))).toBe('indexedDB');
  const again = openRunStore(trouble);
  expect(await again.get('a')).toEqual(run(3));
  expect(await again.get('b')).toBeNull();
  await again.setAside('a', 'reset');
  expect(await openRunStore(trouble).get('a')).toBeNull();
  expect(trouble).not.toHaveBeenCalled();
});

it('says once that the storage is full, keeps the run in memory, and stores again when there is room', async () => {
  const trouble = vi.fn();
  const runs = openRunStore(trouble);
  await runs.put('a', run(1));
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(await runs.put('a', run(2))).toBe('memory');
  expect(await runs.put('a', run(3))).toBe('memory');
  expect(trouble).toHaveBeenCalledOnce();
  expect(trouble.mock.calls[0][0]).toMatch(/storage is full.*kept in this tab/);
  expect((await runs.get('a'))?.step).toBe(3);
  full.mockRestore();
  expect(await runs.put('a', run(4))).toBe('indexedDB');
  expect((await openRunStore(trouble).get('a'))?.step).toBe(4);
});
