import type { Kind } from '../recipe.ts';
import type { CheckpointConfig } from './config.ts';
import type {
  ActivationRequest,
  ActivationResult,
  EvaluationPoint,
  EvaluationRequest,
  EvaluationResult,
  SampleRequest,
} from './questions.ts';
import type { RunConfig } from './run.ts';

/** The data types of this recipe. */
export interface DiffusionKind extends Kind {
  config: RunConfig;
  description: CheckpointConfig;
  draw: SampleRequest;
  measure: EvaluationRequest;
  point: EvaluationPoint;
  result: EvaluationResult;
  look: ActivationRequest;
  layers: ActivationResult;
}
