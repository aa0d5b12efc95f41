import { toBase64 } from './base64.ts';
import { bytesOf, jsonOf } from './files.ts';
import type { Entry } from './storage.ts';

/** What a browser holds of edition 1, and the links that show those runs. Bytes that are a fixture of their own are named by file. */
export function storedEntries(): { all: Entry[]; links: Record<string, string> } {
  const { links, entries } = jsonOf<{ links: Record<string, string>; entries: Entry[] }>('stored');
  const whole = (value: unknown): unknown => {
    const { bytes, ...rest } = (value ?? {}) as { bytes?: { file?: string } };
    return bytes?.file ? { ...rest, bytes: { base64: toBase64(bytesOf(bytes.file)) } } : value;
  };
  return { links, all: entries.map((entry) => ({ ...entry, value: whole(entry.value) })) };
}
