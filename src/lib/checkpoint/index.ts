/** Floor 1, checkpoint: safetensors files of the book. */
export type { CheckpointRecord, MlpConfig, ModelConfig, UNetConfig } from './config.ts';
export { CheckpointError, type CheckpointErrorCode, type CheckpointReason } from './error.ts';
export {
  type Checkpoint,
  type CheckpointInput,
  type ExpectedTensor,
  FORMAT,
  readCheckpoint,
  requireTensors,
  writeCheckpoint,
} from './model.ts';
export {
  type DecodeLimits,
  decodeSafetensors,
  encodeSafetensors,
  MOST_BYTES,
  type Safetensors,
  type Tensor,
  type TensorInput,
} from './safetensors.ts';
