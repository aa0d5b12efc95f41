/** Every network by the kind in its config: one page and one entry each. */
import type { ModelConfig } from '../../checkpoint/config.ts';
import type { Graph } from '../graph/node.ts';
import { mlp } from './mlp.ts';
import { unet } from './unet.ts';

const NETWORKS: {
  [K in ModelConfig['kind']]: (config: Extract<ModelConfig, { kind: K }>) => Graph;
} = { unet, mlp };

export const graphOf = (config: ModelConfig): Graph =>
  (NETWORKS[config.kind] as (config: ModelConfig) => Graph)(config);
