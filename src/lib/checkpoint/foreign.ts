/** Files that people have at hand when a checkpoint is asked for, known by their first bytes. */

const SIGNATURES: [bytes: number[], what: string][] = [
  [[0x1f, 0x8b], 'a gzip archive (the data sets come in such files; they are fetched, not loaded)'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive, as PyTorch (.pt, .pth) and NumPy (.npz) write'],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 file, as Keras (.h5) writes'],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], 'a NumPy array (.npy)'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x47, 0x55, 0x46], 'a GGUF model'],
];

/** A phrase for what `bytes` are instead of safetensors, or null where they may be that. */
export function knownFormat(bytes: Uint8Array): string | null {
  for (const [signature, what] of SIGNATURES)
    if (signature.every((byte, i) => bytes[i] === byte)) return what;
  // IDX: two zero bytes, a type from 0x08 to 0x0e, 1 to 4 dimensions; as a header's length it would be below 2^27.
  if (bytes.length >= 16 && bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 8 && bytes[3] <= 4)
    if (bytes[3] >= 1 && bytes[8] + bytes[9] + bytes[10] + bytes[11] > 0)
      return 'an IDX file, as MNIST comes in (choose the data set in the menu instead)';
  return null;
}
