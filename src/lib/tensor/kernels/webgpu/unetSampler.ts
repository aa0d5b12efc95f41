/** A UNet with fixed weights, for sampling on WebGPU by recorded passes. */
import { backend } from '@tensorflow/tfjs-core';
import type { Network } from '../../network.ts';
import type { WebGPUBackend } from './device.ts';
import { flatLayout } from './flatWeights.ts';
import { ownedNetwork, type RecordedNetwork } from './recordedNetwork.ts';
import { fitsRecording } from './recording.ts';

/** Null where this network has to run op by op. `weights` is flat, in the order of the specs, and copied. */
export function createSampler(network: Network, weights: Float32Array): RecordedNetwork | null {
  const { config, specs } = network;
  if (config.kind !== 'unet' || !fitsRecording(config)) return null;
  const { device } = backend() as unknown as WebGPUBackend;
  const layout = flatLayout(specs);
  return ownedNetwork(network, config, layout, (buffer) =>
    device.queue.writeBuffer(buffer, 0, layout.pack(weights)),
  );
}
