/** Files that people have at hand when a checkpoint is asked for, known by their first bytes. */

export type KnownFormat = 'gzip' | 'zip' | 'hdf5' | 'npy' | 'png' | 'jpeg' | 'gguf' | 'idx';

const SIGNATURES: [bytes: number[], format: KnownFormat][] = [
  [[0x1f, 0x8b], 'gzip'],
  // As PyTorch and NumPy write.
  [[0x50, 0x4b, 0x03, 0x04], 'zip'],
  // As Keras writes.
  [[0x89, 0x48, 0x44, 0x46], 'hdf5'],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], 'npy'],
  [[0x89, 0x50, 0x4e, 0x47], 'png'],
  [[0xff, 0xd8, 0xff], 'jpeg'],
  [[0x47, 0x47, 0x55, 0x46], 'gguf'],
];

/** What `bytes` are instead of safetensors, or null where they may be that. */
export function knownFormat(bytes: Uint8Array): KnownFormat | null {
  for (const [signature, format] of SIGNATURES)
    if (signature.every((byte, i) => bytes[i] === byte)) return format;
  // IDX: two zero bytes, a type from 0x08 to 0x0e, 1 to 4 dimensions; as a header's length it would be below 2^27.
  if (bytes.length >= 16 && bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 8 && bytes[3] <= 4)
    if (bytes[3] >= 1 && bytes[8] + bytes[9] + bytes[10] + bytes[11] > 0) return 'idx';
  return null;
}
