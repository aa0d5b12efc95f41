/** A cell's code in a link: compressed, in letters that an address may hold. */

/** Most characters of code in a link: longer addresses are cut off by some mail programs, chats and servers. */
export const MOST_IN_LINK = 6000;
/** Most characters that a link may unpack to: a few kilobytes can swell to gigabytes. */
const MOST_UNPACKED = 200_000;

const bytesThrough = async (
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: BlobPart[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > most) {
      await reader.cancel();
      throw new RangeError(`unpacked, the code has more than ${most} bytes`);
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

/** The text for a link; it may be longer than `MOST_IN_LINK`. */
export async function packCode(code: string): Promise<string> {
  const packed = await bytesThrough(
    new TextEncoder().encode(code),
    new CompressionStream('deflate-raw'),
    Number.POSITIVE_INFINITY,
  );
  return btoa(String.fromCharCode(...packed))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** What `packCode` packed. Rejects where the text was cut off or changed. */
export async function unpackCode(text: string): Promise<string> {
  const packed = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = await bytesThrough(
    Uint8Array.from(packed, (letter) => letter.charCodeAt(0)),
    new DecompressionStream('deflate-raw'),
    MOST_UNPACKED,
  );
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
