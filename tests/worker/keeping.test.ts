/** Nothing that was kept is lost: by another run of the same name, another tab, a lost or a silent storage. */
import 'fake-indexeddb/auto';
import { createStore, set } from 'idb-keyval';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { turns } from '../../src/lib/data/turns.ts';
import { answerOf, openDurable } from '../../src/lib/worker/durable.ts';
import {
  clearFromShelf,
  labelOf,
  listShelf,
  putOnShelf,
  type Reason,
  shelfKey,
  takeFromShelf,
} from '../../src/lib/worker/shelf.ts';
import { DATABASE, openRunStore, RUNS } from '../../src/lib/worker/storage.ts';

const run = (step: number) => ({
  bytes: new Uint8Array([step, 1, 2]),
  step,
  date: '2026-01-01',
});
const shelf = (key: string) =>
  listShelf(openDurable(DATABASE, RUNS)).then((all) => all.filter((entry) => entry.run === key));

afterEach(() => vi.restoreAllMocks());

describe('a run in the place of another', () => {
  it('that it never read is put on the shelf, and can be had from there', async () => {
    await openRunStore(vi.fn()).put('two:a', run(40));
    const later = openRunStore(vi.fn());
    expect(await later.put('two:a', run(1))).toBe('indexedDB');
    expect((await openRunStore(vi.fn()).get('two:a'))?.step).toBe(1);
    const [entry, ...more] = await shelf('two:a');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ why: 'replaced', dataset: 'two', step: 40, bytes: 3 });
    expect(await later.take(entry.id)).toEqual(run(40).bytes);
    // Its own writes replace each other, also after it read what was there.
    await later.put('two:a', run(2));
    const reader = openRunStore(vi.fn());
    await reader.get('two:a');
    await reader.put('two:a', run(3));
    expect(await shelf('two:a')).toHaveLength(1);
  });

  it('that another tab writes meanwhile is not overwritten: the other one keeps it, and that is said', async () => {
    const trouble = vi.fn();
    const here = openRunStore(trouble);
    await here.put('two:b', run(5));
    const there = openRunStore(vi.fn());
    await there.get('two:b');
    await there.put('two:b', run(9));
    // The first one reads nothing anew: to it the place still holds what it wrote itself.
    await here.get('two:b');
    const stale = openRunStore(trouble);
    await stale.get('two:b');
    await there.put('two:b', run(12));
    expect(await stale.put('two:b', run(10))).toBe('memory');
    expect(trouble).toHaveBeenCalledOnce();
    expect(trouble).toHaveBeenCalledWith('elsewhere');
    expect((await openRunStore(vi.fn()).get('two:b'))?.step).toBe(12);
    expect((await stale.get('two:b'))?.step).toBe(10);
  });

  it('is found under its former name, once', async () => {
    await set('two-old', run(7), createStore(DATABASE, RUNS));
    const runs = openRunStore(vi.fn());
    expect((await runs.get('two:c', 'two-old'))?.step).toBe(7);
    await runs.setAside('two:c', 'reset');
    expect(await runs.get('two:c', 'two-old')).toBeNull();
  });
});

describe('what is set aside', () => {
  it('leaves its place empty and lies on the shelf', async () => {
    const runs = openRunStore(vi.fn());
    await runs.put('bars:d', run(30));
    const entry = await runs.setAside('bars:d', 'unreadable');
    expect(entry).toMatchObject({ why: 'unreadable', step: 30, dataset: 'bars' });
    expect(await runs.get('bars:d')).toBeNull();
    expect(await runs.take(entry!.id)).toEqual(run(30).bytes);
    expect(await runs.setAside('bars:d', 'reset')).toBeNull();
  });

  it('stays in the tab where storage is forbidden', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const runs = openRunStore(vi.fn());
    expect(await runs.put('bars:e', run(4))).toBe('memory');
    const entry = await runs.setAside('bars:e', 'reset');
    expect(entry?.step).toBe(4);
    expect(await runs.get('bars:e')).toBeNull();
    expect(await runs.take(entry!.id)).toEqual(run(4).bytes);
  });
});

describe('the shelf', () => {
  it('is listed without its runs, newest first, and gives and drops single ones', async () => {
    const durable = openDurable(DATABASE, RUNS);
    const label = (date: string, why: Reason = 'saved') => ({
      why,
      run: 'points:f',
      dataset: 'points',
      step: 3,
      date,
      bytes: 2,
    });
    await putOnShelf(durable, label('2026-01-01'), Uint8Array.of(1, 2));
    await putOnShelf(durable, label('2026-01-02'), Uint8Array.of(3, 4));
    const [newest, oldest] = await shelf('points:f');
    expect([newest.date, oldest.date]).toEqual(['2026-01-02', '2026-01-01']);
    expect(await takeFromShelf(durable, oldest.id)).toEqual(Uint8Array.of(1, 2));
    await clearFromShelf(durable, oldest.id);
    expect(await shelf('points:f')).toEqual([newest]);
    expect(labelOf(shelfKey(label('x')))).toMatchObject(label('x'));
    expect([labelOf('shelf:{'), labelOf('two-abc'), labelOf(7)]).toEqual([null, null, null]);
  });
});

describe('a connection', () => {
  it('that is lost is opened anew', async () => {
    const trouble = vi.fn();
    const runs = openRunStore(trouble);
    await runs.put('two:g', run(1));
    const original = IDBDatabase.prototype.transaction;
    const dead = new WeakSet<IDBDatabase>();
    let uses = 0;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      ...args: Parameters<typeof original>
    ) {
      if (uses++ === 0) dead.add(this);
      if (dead.has(this)) throw new DOMException('closing', 'InvalidStateError');
      return original.apply(this, args);
    });
    expect(await runs.put('two:g', run(2))).toBe('indexedDB');
    expect((await runs.get('two:g'))?.step).toBe(2);
    expect(trouble).not.toHaveBeenCalled();
  });

  it('that never answers holds nobody up for longer than its patience, and that is said', async () => {
    const opening = vi
      .spyOn(indexedDB, 'open')
      .mockImplementation(() => ({}) as unknown as IDBOpenDBRequest);
    const trouble = vi.fn();
    const runs = openRunStore(trouble, { patience: 20 });
    expect(await runs.get('two:h')).toBeNull();
    expect(await runs.put('two:h', run(1))).toBe('memory');
    expect((await runs.get('two:h'))?.step).toBe(1);
    expect(opening).toHaveBeenCalledOnce();
    expect(trouble).toHaveBeenCalledOnce();
    expect(trouble).toHaveBeenCalledWith('silent');
  });

  it('that answers is given the time to move a run, however large', async () => {
    const durable = openDurable(DATABASE, RUNS, 20);
    let long = false;
    void turns(() => 60, 1, new AbortController().signal).then(() => {
      long = true;
    });
    const moved = durable.use('readonly', async (store) => {
      while (!long) await answerOf(store.getKey('two:j'));
      return 'moved';
    });
    expect(await moved).toBe('moved');
  });

  it('that answers late stores again, and what lay there unread is not lost', async () => {
    await openRunStore(vi.fn()).put('two:i', run(99));
    let open = (_: unknown) => {};
    const gate = new Promise((resolve) => {
      open = resolve;
    });
    const original = indexedDB.open.bind(indexedDB);
    vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
      const late = {} as { onsuccess?: () => void; result?: IDBDatabase };
      void gate.then(() => {
        const real = original(...args);
        real.onsuccess = () => {
          late.result = real.result;
          late.onsuccess?.();
        };
      });
      return late as unknown as IDBOpenDBRequest;
    });
    const runs = openRunStore(vi.fn(), { patience: 20 });
    expect(await runs.put('two:i', run(1))).toBe('memory');
    open(null);
    await vi.waitFor(async () => expect(await runs.put('two:i', run(2))).toBe('indexedDB'));
    expect((await openRunStore(vi.fn()).get('two:i'))?.step).toBe(2);
    expect((await shelf('two:i')).map(({ step }) => step)).toContain(99);
  });
});
