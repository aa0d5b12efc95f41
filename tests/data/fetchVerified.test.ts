import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import {
  type FileSpec,
  fetchVerified,
  gunzip,
  openDataCache,
  sha256Hex,
} from '../../src/lib/data/fetchVerified.ts';
import { DataError } from '../../src/lib/data/index.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { sayData } from '../../src/lib/words/errors/data.ts';

const rng = createRng('file');
// Values below 64: gzip takes a quarter off, and enough stays for several chunks.
const raw = Uint8Array.from({ length: 50_000 }, () => rng.int(64));
const packed = new Uint8Array(gzipSync(raw));
const file: FileSpec = {
  name: 'numbers.gz',
  bytes: packed.length,
  sha256: await sha256Hex(packed),
  rawBytes: raw.length,
  rawSha256: await sha256Hex(raw),
};

type Answer = Uint8Array<ArrayBuffer> | number | Error | 'silence';

/** A network in which each address has its answer; body in chunks of 1,000 bytes. Counts the requests. */
function network(answers: Record<string, Answer>) {
  const asked: string[] = [];
  const get = async (input: unknown, init?: RequestInit): Promise<Response> => {
    const url = String(input);
    asked.push(url);
    const answer = answers[url] ?? 404;
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'number') return new Response('', { status: answer });
    return new Response(
      new ReadableStream({
        start(stream) {
          init?.signal?.addEventListener('abort', () => stream.error(init.signal?.reason));
          if (answer === 'silence') return;
          for (let at = 0; at < answer.length; at += 1000)
            stream.enqueue(answer.slice(at, at + 1000));
          stream.close();
        },
      }),
    );
  };
  return { asked, fetch: get as typeof fetch };
}

/** Cache Storage as a map; `broken` throws on every call. */
function memoryCache(broken = false) {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const guard = () => {
    if (broken) throw new DOMException('Quota exceeded', 'QuotaExceededError');
  };
  const cache = {
    match: async (key: string) => {
      guard();
      const hit = kept.get(key);
      return hit && new Response(hit);
    },
    put: async (key: string, response: Response) => {
      guard();
      kept.set(key, new Uint8Array(await response.arrayBuffer()));
    },
    delete: async (key: string) => kept.delete(key),
  };
  return { kept, cache: Promise.resolve(cache as unknown as Cache) };
}

const altered = packed.slice();
altered[1234] ^= 1;

async function failure(promise: Promise<unknown>): Promise<DataError> {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
}

describe('fetchVerified', () => {
  it('takes the first good source and reports progress', async () => {
    const { fetch, asked } = network({ a: packed, b: packed });
    const seen: number[] = [];
    const { bytes, from } = await fetchVerified(['a', 'b'], file, {
      fetch,
      cache: null,
      onProgress: ({ loaded, total, label }) => {
        expect([total, label]).toEqual([packed.length, 'numbers.gz']);
        seen.push(loaded);
      },
    });
    expect(bytes).toEqual(packed);
    expect([from, asked]).toEqual(['a', ['a']]);
    expect(seen.length).toBe(Math.ceil(packed.length / 1000));
    expect(seen).toEqual([...seen].sort((x, y) => x - y));
    expect(seen.at(-1)).toBe(packed.length);
  });

  it.each<[string, Answer]>([
    ['404', 404],
    ['500', 500],
    ['no network', new TypeError('Failed to fetch')],
    ['an altered byte', altered],
    ['a cut file', packed.slice(0, -1)],
    ['a file too long', new Uint8Array(60_000)],
    ['another file of the same length', new Uint8Array(packed.length)],
    ['an empty file', new Uint8Array(0)],
    ['silence', 'silence'],
  ])('goes on to the next source after %s', async (_, answer) => {
    const { fetch, asked } = network({ bad: answer, good: packed });
    const { bytes, from } = await fetchVerified(['bad', 'good'], file, {
      fetch,
      cache: null,
      silence: 30,
    });
    expect(bytes).toEqual(packed);
    expect([from, asked]).toEqual(['good', ['bad', 'good']]);
  });

  it('accepts the unpacked bytes when a host undid gzip', async () => {
    const { fetch } = network({ a: raw });
    const { bytes } = await fetchVerified(['a'], file, { fetch, cache: null });
    expect(await gunzip(bytes)).toEqual(raw);
  });

  it('says what happened, what was kept and what to do', async () => {
    const { fetch } = network({
      'https://one.example/x': 503,
      'https://two.example/x': new TypeError('Failed to fetch'),
    });
    const sources = ['https://one.example/x', 'https://two.example/x'];
    const error = await failure(fetchVerified(sources, file, { fetch, cache: null }));
    expect(error).toMatchObject({ code: 'unreachable', fallback: 'digits' });
    expect(sayData(error.reason)).toBe(
      'numbers.gz could not be fetched (one.example: the server answered 503; two.example: Failed to fetch). ' +
        'Your run, its weights and all other data sets are untouched. ' +
        'Try again later, or train on the drawn digits, which need no download.',
    );
    const wrong = network({ a: altered, b: 404 });
    const second = await failure(
      fetchVerified(['a', 'b'], file, { fetch: wrong.fetch, cache: null }),
    );
    expect(second.reason).toMatchObject({
      code: 'altered',
      values: { attempts: [{ url: 'a' }, { url: 'b' }] },
    });
    expect(sayData(second.reason)).toMatch(/came, but not as published .* so it was not used/);
  });

  it('stops at once when aborted, before and during', async () => {
    const before = network({ a: packed });
    await expect(
      fetchVerified(['a'], file, { fetch: before.fetch, cache: null, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(before.asked).toEqual([]);
    const during = network({ a: 'silence', b: packed });
    const control = new AbortController();
    const pending = fetchVerified(['a', 'b'], file, {
      fetch: during.fetch,
      cache: null,
      signal: control.signal,
    });
    setTimeout(() => control.abort(), 20);
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    expect(during.asked).toEqual(['a']);
  });

  it('needs no network the second time', async () => {
    const { cache, kept } = memoryCache();
    await fetchVerified(['a'], file, { fetch: network({ a: packed }).fetch, cache });
    expect(kept.size).toBe(1);
    const offline = network({});
    const { bytes, from } = await fetchVerified(['a'], file, { fetch: offline.fetch, cache });
    expect([from, offline.asked]).toEqual(['cache', []]);
    expect(bytes).toEqual(packed);
  });

  it('does not believe an altered cache entry: drops it and fetches again', async () => {
    const { cache, kept } = memoryCache();
    await fetchVerified(['a'], file, { fetch: network({ a: packed }).fetch, cache });
    for (const key of kept.keys()) kept.set(key, altered);
    const again = network({ a: packed });
    expect((await fetchVerified(['a'], file, { fetch: again.fetch, cache })).bytes).toEqual(packed);
    expect([...kept.values()]).toEqual([packed]);
  });

  it('keeps nothing that is not verified', async () => {
    const { cache, kept } = memoryCache();
    await failure(fetchVerified(['a'], file, { fetch: network({ a: altered }).fetch, cache }));
    expect(kept.size).toBe(0);
  });

  it('works where storage is full or forbidden', async () => {
    const { cache } = memoryCache(true);
    expect(
      (await fetchVerified(['a'], file, { fetch: network({ a: packed }).fetch, cache })).bytes,
    ).toEqual(packed);
  });
});

describe('gunzip', () => {
  it('unpacks, passes plain bytes, refuses a cut stream', async () => {
    expect(await gunzip(packed)).toEqual(raw);
    expect(await gunzip(raw)).toEqual(raw);
    const error = await failure(gunzip(packed.slice(0, 400)));
    expect(error.code).toBe('malformed');
    expect(sayData(error.reason)).toContain('not complete');
  });
});

describe('a cache that does not answer', () => {
  it('holds nobody up: the file is fetched, and nothing waits for its being kept', async () => {
    const never = () => new Promise<never>(() => {});
    const cache = Promise.resolve({ match: never, put: never } as unknown as Cache);
    const { fetch } = network({ a: packed });
    const { from } = await fetchVerified(['a'], file, { fetch, cache, patience: 10 });
    expect(from).toBe('a');
  });

  it('is done without from its opening on', async () => {
    vi.stubGlobal('caches', { open: () => new Promise(() => {}) });
    expect(await openDataCache(10)).toBeNull();
    vi.unstubAllGlobals();
  });
});
