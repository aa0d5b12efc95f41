import 'fake-indexeddb/auto';
import { createStore, set } from 'idb-keyval';
import { afterEach, expect, it, vi } from 'vitest';
import { readStamp, stampKey, stampOf } from '../../src/lib/worker/stamp.ts';
import { DATABASE, openRunStore, RUNS } from '../../src/lib/worker/storage.ts';

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
  expect(trouble).toHaveBeenCalledWith('full');
  expect((await runs.get('a'))?.step).toBe(3);
  full.mockRestore();
  expect(await runs.put('a', run(4))).toBe('indexedDB');
  expect((await openRunStore(trouble).get('a'))?.step).toBe(4);
});

it('says so again when storing fails again, or for another run', async () => {
  const trouble = vi.fn();
  const runs = openRunStore(trouble);
  const fails = async (key: string) => {
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await runs.put(key, run(1));
    full.mockRestore();
    return trouble.mock.calls.length;
  };
  expect([await fails('f'), await fails('f'), await fails('g')]).toEqual([1, 1, 2]);
  await runs.put('f', run(2));
  expect(await fails('f')).toBe(3);
});

it('tells a run that is not there from a storage that does not say', async () => {
  const runs = openRunStore(vi.fn());
  expect(await runs.take('shelf:none')).toBeNull();
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
    throw new DOMException('no', 'SecurityError');
  });
  await expect(runs.take('shelf:none')).rejects.toThrow('no');
});

const told = (step: number) => ({ step, date: '2026-01-01', bytes: 1 });

it('tells what it keeps without reading it', async () => {
  const runs = openRunStore(vi.fn());
  await runs.put('a', run(5));
  await runs.put('a', run(6));
  const reads = vi.spyOn(IDBObjectStore.prototype, 'get');
  expect(await openRunStore(vi.fn()).saved('a', 'old')).toEqual(told(6));
  expect(reads.mock.calls).toEqual([[stampKey('a')]]);
  await runs.setAside('a', 'reset');
  expect(await runs.saved('a', 'old')).toBeNull();
});

it.each([
  ['without a stamp', 'b', undefined],
  ['with a stamp that names the writer only', 'c', 'm0x-abc 12'],
  ['under its former name', 'former', undefined],
])('tells of a run that an earlier version kept %s', async (_, where, stamp) => {
  const store = createStore(DATABASE, RUNS);
  await set(where, run(7), store);
  if (stamp) await set(stampKey(where), stamp, store);
  const key = where === 'former' ? 'd' : where;
  expect(await openRunStore(vi.fn()).saved(key, 'former')).toEqual(told(7));
});

it('tells of a run that storage would not take', async () => {
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const runs = openRunStore(vi.fn());
  await runs.put('e', run(8));
  expect(await runs.saved('e', 'old')).toEqual(told(8));
});

it('reads no run from a stamp that tells none', () => {
  expect(readStamp(stampOf('me', 3, run(4)))).toEqual(told(4));
  for (const stamp of [undefined, 'me 3', 'me 3 {', 'me 3 {"step":"4"}'])
    expect(readStamp(stamp)).toBeNull();
});
