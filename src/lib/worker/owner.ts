/**
 * Who computes on a page. One trainer trains at a time: whoever starts makes the others pause. And few workers are kept, each
 * with TensorFlow.js, its threads and its memory: of those that stand still, the one used longest ago hands its run back
 * and is ended; it begins again when it is next asked for something.
 */
import { within } from '../data/within.ts';

/** Something that has a worker, or will have one. */
export interface Tenant {
  /** Stops what it computes by itself; resolves when it stands. */
  pause(): Promise<unknown>;
  /** Ends its worker, which loses nothing by it; false where that cannot be now. */
  rest(): Promise<boolean>;
}

export interface Owner {
  /** The tenant is about to be asked something; resolves when it may be. */
  enter(tenant: Tenant): Promise<void>;
  /** The same, and it is about to train: by then the others stand. */
  claim(tenant: Tenant): Promise<void>;
  /** Its worker is gone for good. */
  leave(tenant: Tenant): void;
}

/** What a widget that cannot go on says when it was made to pause. */
export const OTHERS =
  'Another training of this page began, so this one stopped. Start it again: one runs at a time.';

/** Workers that trainers of a page have at most: the one whose turn it is, and the one before it. */
export const MOST_WORKERS = 2;
/** A worker that does not answer keeps nobody else from training. */
const PATIENCE_MS = 5000;

export function createOwner(most = MOST_WORKERS): Owner {
  /** In the order of their last use. */
  let tenants: Tenant[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = queue.then(work);
    queue = turn.catch(() => {});
    return turn;
  };
  const leave = (tenant: Tenant) => {
    tenants = tenants.filter((other) => other !== tenant);
  };

  async function enter(tenant: Tenant): Promise<void> {
    leave(tenant);
    // Makes room first, so that there is never one more.
    for (const other of [...tenants]) {
      if (tenants.length < most) break;
      if (await other.rest().catch(() => false)) leave(other);
    }
    tenants.push(tenant);
  }

  return {
    enter: (tenant) => inTurn(() => enter(tenant)),
    claim: (tenant) =>
      inTurn(async () => {
        const others = tenants.filter((other) => other !== tenant);
        await Promise.allSettled(others.map((other) => within(PATIENCE_MS, other.pause())));
        await enter(tenant);
      }),
    leave,
  };
}

/** This page's. */
export const pageOwner = createOwner();
