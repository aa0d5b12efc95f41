/**
 * Fetches a file from the first source that yields exactly the expected bytes.
 *
 * Every source is streamed (progress, abort, a time limit on silence), measured and hashed; a wrong one is dropped and the
 * next one asked. Good bytes go to Cache Storage under their SHA-256, so that a second visit needs no network.
 */
import { type Attempt, type AttemptValues, DataError, malformed } from './dataError.ts';
import { asText, type ReasonOf, toldBy } from './reason.ts';
import { within } from './within.ts';

export interface FileSpec {
  name: string;
  bytes: number;
  /** SHA-256 of the file as published, lower-case hex. */
  sha256: string;
  /** Size and sum of the unpacked content: some hosts undo gzip on the way, and those bytes are as good. */
  rawBytes?: number;
  rawSha256?: string;
}

export interface FetchProgress {
  /** Bytes received so far from the source being read, and the bytes expected. */
  loaded: number;
  total: number;
  label: string;
}

export interface FetchVerifiedOptions {
  onProgress?: (progress: FetchProgress) => void;
  signal?: AbortSignal;
  /** Milliseconds without a byte before a source is given up. Default 20,000. */
  silence?: number;
  /** Where good bytes are kept. Default: Cache Storage if the page may use it; null: nowhere. */
  cache?: Promise<Cache | null> | null;
  fetch?: typeof fetch;
  /** Milliseconds before a cache that does not answer is done without. Default 5,000. */
  patience?: number;
}

export interface VerifiedFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Address the bytes came from; 'cache' for Cache Storage. */
  from: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

export async function sha256Hex(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** Milliseconds before a cache that does not answer is done without. */
const PATIENCE = 5000;

/** Cache Storage, or null where it is missing, forbidden (private windows, plain http) or silent. */
export async function openDataCache(patience = PATIENCE): Promise<Cache | null> {
  try {
    return typeof caches === 'undefined'
      ? null
      : await within(patience, caches.open('from-noise-data-1'));
  } catch {
    return null;
  }
}

type Reason = ReasonOf<AttemptValues>;

/** A source is given up. */
class Passed extends Error {
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(asText(reason));
    this.reason = reason;
  }
}

/** Why `bytes` are not the file, or null when they are. */
async function mismatch(bytes: Bytes, file: FileSpec): Promise<Reason | null> {
  if (bytes.length !== file.bytes && bytes.length !== file.rawBytes)
    return { code: 'length', values: { found: bytes.length, expected: file.bytes } };
  const sum = await sha256Hex(bytes);
  if (sum === file.sha256 || sum === file.rawSha256) return null;
  return { code: 'content', values: { found: sum, expected: file.sha256 } };
}

/** Reads a response body, no further than the longest acceptable length plus one byte. */
async function readBody(
  response: Response,
  file: FileSpec,
  onBytes: (loaded: number) => void,
): Promise<Bytes> {
  const limit = Math.max(file.bytes, file.rawBytes ?? 0);
  const out = new Uint8Array(limit);
  let loaded = 0;
  const reader = response.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return out.subarray(0, loaded);
    if (loaded + value.length > limit) {
      await reader.cancel();
      throw new Passed({ code: 'tooLong', values: { expected: file.bytes } });
    }
    out.set(value, loaded);
    loaded += value.length;
    onBytes(loaded);
  }
}

async function fetchOne(
  url: string,
  file: FileSpec,
  options: FetchVerifiedOptions,
): Promise<Bytes> {
  const { onProgress, signal, silence = 20_000 } = options;
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () =>
        stop.abort(
          new Passed({ code: 'silence', values: { seconds: Math.round(silence / 1000) } }),
        ),
      silence,
    );
  };
  try {
    alive();
    const response = await (options.fetch ?? fetch)(url, { signal: stop.signal });
    if (!response.ok || !response.body)
      throw new Passed({ code: 'status', values: { status: response.status } });
    return await readBody(response, file, (loaded) => {
      alive();
      // A host that undoes gzip sends more than `bytes`: the bar then measures against the unpacked length.
      const total = loaded > file.bytes ? (file.rawBytes ?? file.bytes) : file.bytes;
      onProgress?.({ loaded, total, label: file.name });
    });
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function fromCache(
  cache: Cache | null,
  file: FileSpec,
  patience: number,
): Promise<Bytes | null> {
  try {
    const hit = cache && (await within(patience, cache.match(cacheKey(file))));
    if (!hit) return null;
    const bytes = new Uint8Array(await within(4 * patience, hit.arrayBuffer()));
    if ((await mismatch(bytes, file)) === null) return bytes;
    await cache?.delete(cacheKey(file));
  } catch {
    // A broken cache is an absent cache.
  }
  return null;
}

/** Never requested; Cache Storage wants an http address as its key. */
const cacheKey = (file: FileSpec) => `https://data.invalid/${file.sha256}`;

/**
 * The bytes of `file` (packed, or unpacked where a host undid gzip), from the cache or the first good source.
 * Throws DataError 'unreachable' or 'altered' after the last source, or the signal's reason when aborted.
 */
export async function fetchVerified(
  sources: readonly string[],
  file: FileSpec,
  options: FetchVerifiedOptions = {},
): Promise<VerifiedFile> {
  options.signal?.throwIfAborted();
  const cache = options.cache === undefined ? await openDataCache() : await options.cache;
  const { patience = PATIENCE } = options;
  const cached = await fromCache(cache, file, patience);
  if (cached) return { bytes: cached, from: 'cache' };
  const attempts: Attempt[] = [];
  let answered = false;
  for (const url of sources) {
    try {
      const bytes = await fetchOne(url, file, options);
      const reason = await mismatch(bytes, file);
      if (reason === null) {
        // Storage may be full or forbidden: the bytes are good all the same.
        if (cache)
          await within(patience, cache.put(cacheKey(file), new Response(bytes))).catch(() => {});
        return { bytes, from: url };
      }
      answered = true;
      attempts.push({ url, reason });
    } catch (error) {
      options.signal?.throwIfAborted();
      attempts.push({
        url,
        reason: error instanceof Passed ? error.reason : { code: 'failed', values: toldBy(error) },
      });
    }
  }
  throw new DataError({
    code: answered ? 'altered' : 'unreachable',
    values: { file: file.name, attempts },
  });
}

/** Unpacks gzip; bytes that are not gzip (a host undid it) come back as they are. */
export async function gunzip(bytes: Bytes): Promise<Bytes> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw malformed({ code: 'gzip', values: {} });
  }
}
