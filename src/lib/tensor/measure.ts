/** Speeds and memory of the present backend. Each measurement ends when its numbers have been read back. */
import {
  matMul,
  memory,
  randomNormal,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { conv2d } from './ops/conv2d.ts';
import { convFilterGradient, convInputGradient } from './ops/convGradients.ts';

/** Bytes of the tensors that the present backend holds (on a GPU: of its buffers or textures, pooled ones too). */
export function deviceBytes(): number {
  const { numBytes, numBytesInGPU } = memory() as { numBytes: number; numBytesInGPU?: number };
  return Math.max(numBytes, numBytesInGPU ?? 0);
}

/** A run is about as long as a training step, so that what else the machine does meets both alike. */
const RUN_MS = 30;

/** GFLOP/s of a call that is repeated through one run. */
async function speedOf(flops: number, call: () => Tensor): Promise<number> {
  const timed = async (repeats: number) => {
    const begin = performance.now();
    let last: Tensor | undefined;
    for (let i = 0; i < repeats; i++) {
      last?.dispose();
      last = call();
    }
    await last?.data();
    last?.dispose();
    return performance.now() - begin;
  };
  await timed(1);
  const repeats = Math.max(1, Math.round(RUN_MS / (await timed(1))));
  return (repeats * flops) / (await timed(repeats)) / 1e6;
}

/** GFLOP/s of single operations. */
export interface Speeds {
  convolutions: Record<string, number>;
  /** 512×512×512 */
  matmul: number;
}

/** Speeds of the kernels that run now: 3×3 convolutions of the UNet's main sizes, and a product. */
export async function measureSpeeds(): Promise<Speeds> {
  const convolutions: Speeds['convolutions'] = {};
  for (const [side, channels] of [
    [28, 16],
    [14, 32],
  ]) {
    const x = randomNormal([16, side, side, channels]) as Tensor4D;
    const w = randomNormal([3, 3, channels, channels]) as Tensor4D;
    const flops = 2 * 16 * side * side * 9 * channels * channels;
    const ways = {
      forward: () => conv2d(x, w, null),
      'input gradient': () => convInputGradient(x, w),
      'filter gradient': () => {
        const [dw, db] = convFilterGradient(x, x, 3);
        db.dispose();
        return dw;
      },
    };
    for (const [way, call] of Object.entries(ways))
      convolutions[`${way} ${side}²×${channels}`] = await speedOf(flops, call);
    x.dispose();
    w.dispose();
  }
  const a = randomNormal([512, 512]) as Tensor2D;
  const matmul = await speedOf(2 * 512 ** 3, () => matMul(a, a));
  a.dispose();
  return { convolutions, matmul };
}
