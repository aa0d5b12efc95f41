/** A network with fixed weights, for sampling on WebGPU by recorded passes. */
import { backend } from '@tensorflow/tfjs-core';
import type { Network } from '../../network.ts';
import type { WebGPUBackend } from './device.ts';
import { flatLayout } from './flatWeights.ts';
import { fitsRecording } from './fusion.ts';
import { ownedNetwork, type RecordedNetwork } from './recordedNetwork.ts';

/** Null where this network has to run op by op. `weights` is flat, in the order of the specs, and copied. */
export function createSampler(network: Network, weights: Float32Array): RecordedNetwork | null {
  if (!fitsRecording(network.graph)) return null;
  const { device } = backend() as unknown as WebGPUBackend;
  const layout = flatLayout(network.specs);
  return ownedNetwork(network, layout, (buffer) =>
    device.queue.writeBuffer(buffer, 0, layout.pack(weights)),
  );
}
