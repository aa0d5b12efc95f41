/** Exact numbers that take longer than a frame, computed off the page. */

import { asText } from '../../data/reason.ts';
import type { Bound } from '../../math/bound/elbo.ts';
import type { Paths } from '../../math/samplers/particles.ts';
import { createAsking } from '../asking.ts';
import type {
  ArenaAnswer,
  ArenaRequest,
  BoundRequest,
  DrawsRequest,
  ExactQuestion,
  ExactReason,
  FloorRequest,
  GuidanceAnswer,
  GuidanceRequest,
  LangevinRequest,
  LineRequest,
  MarginalRequest,
  WalkRequest,
} from './protocol.ts';

/** Rejects with an ExactError. */
export interface ExactClient {
  bound(request: BoundRequest): Promise<Bound>;
  /** mmse_t for t = 0..T, summed over pixels. */
  mmse(request: FloorRequest): Promise<Float64Array>;
  walk(request: WalkRequest): Promise<Paths>;
  marginal(request: MarginalRequest): Promise<Float64Array>;
  arena(request: ArenaRequest): Promise<ArenaAnswer>;
  line(request: LineRequest): Promise<Paths>;
  langevin(request: LangevinRequest): Promise<Float64Array>;
  /** Images, one after another. */
  draws(request: DrawsRequest): Promise<Float32Array>;
  guidance(request: GuidanceRequest): Promise<GuidanceAnswer>;
  /** Drops what is under way, if anything: its promises stay pending for ever, and nobody should await them. */
  drop(): void;
}

/** `message` is for programmers; readers get the sentence of `reason`. */
export class ExactError extends Error {
  readonly reason: ExactReason;
  constructor(reason: ExactReason) {
    super(asText(reason));
    this.name = 'ExactError';
    this.reason = reason;
  }
}

const spawnExactWorker = () =>
  new Worker(new URL('./exactWorker.ts', import.meta.url), { type: 'module' });

/** One worker for one widget, started with the first question. */
export function createExact(spawn = spawnExactWorker): ExactClient {
  const { ask, waiting, drop } = createAsking<ExactQuestion, ExactReason, never>({
    spawn,
    refused: (reason) => new ExactError(reason),
    crashed: () => new ExactError({ code: 'notStarted', values: {} }),
  });
  return {
    bound: (request) => ask({ type: 'bound', request }),
    mmse: (request) => ask({ type: 'mmse', request }),
    walk: (request) => ask({ type: 'walk', request }),
    marginal: (request) => ask({ type: 'marginal', request }),
    arena: (request) => ask({ type: 'arena', request }),
    line: (request) => ask({ type: 'line', request }),
    langevin: (request) => ask({ type: 'langevin', request }),
    draws: (request) => ask({ type: 'draws', request }),
    guidance: (request) => ask({ type: 'guidance', request }),
    drop() {
      // A sum under way cannot be interrupted: its worker is ended. One that rests is kept.
      if (waiting() > 0) drop();
    },
  };
}
