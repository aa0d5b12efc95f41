/** A trainer's connection as a tenant of the page (owner.ts): it waits for its turn, and its run outlives its worker. */
import { type Connection, WorkerError } from './connection.ts';
import type { Owner, Tenant } from './owner.ts';
import type { Command, RunState } from './protocol.ts';

/** Commands that begin to train. */
const trains = (command: Command): boolean =>
  command.type === 'resume' || (command.type === 'start' && command.options.train !== false);

/** What an ended worker's run is put into the next one with. */
export type WakeUp = (bytes: Uint8Array, keep: boolean) => Command;

/** The same connection, by the rules of the page. */
export function tenantOf(connection: Connection, owner: Owner, wakeUp: WakeUp): Connection {
  let state: RunState = 'idle';
  /** The run of a worker that was ended. */
  let asleep: Uint8Array | null = null;
  let present = false;
  let keep = true;
  /** The worker's memory holds what storage would not take: it is lost with the worker. */
  let onlyHere = false;
  connection.on((event) => {
    if (event.type === 'state') state = event.state;
    if (event.type === 'gone' || event.type === 'yielded') state = 'idle';
    if (event.type === 'saved') onlyHere ||= event.where === 'memory';
    if (event.type === 'gone') onlyHere = false;
  });
  const busy = () => state === 'training' || state === 'loading';

  const tenant: Tenant = {
    pause: async () => {
      if (busy()) await connection.ask({ type: 'pause' });
    },
    async rest() {
      if (onlyHere || busy() || connection.waiting() > 0) return false;
      // A worker without a run has nothing to hand back.
      if (state !== 'idle') asleep = await connection.ask<Uint8Array>({ type: 'save' });
      if (busy() || connection.waiting() > 0) return false;
      connection.rest();
      present = false;
      return true;
    },
  };

  /** Puts the run that rests into the new worker; gives the refusal where another has gone on with it meanwhile. */
  async function wake(): Promise<WorkerError | null> {
    const bytes = asleep;
    if (!bytes) return null;
    let owned: WorkerError | null = null;
    try {
      // What its run is, the page has been told.
      await connection.unheard(() => connection.ask(wakeUp(bytes, keep)));
    } catch (thrown) {
      if (!(thrown instanceof WorkerError && thrown.code === 'ownedElsewhere')) throw thrown;
      owned = thrown;
    }
    asleep = null;
    return owned;
  }

  return {
    ...connection,
    ask(command, options) {
      const direct = () => {
        if ('options' in command) keep = command.options.keep !== false;
        return connection.ask<never>(command, options);
      };
      // To stop, and to say that the page is hidden, is nobody's turn.
      if (command.type === 'pause' && present) return direct();
      if (command.type === 'cancel' || command.type === 'hidden') return direct();
      if (present && !asleep && !trains(command)) return direct();
      const turn = trains(command) ? owner.claim(tenant) : owner.enter(tenant);
      return turn
        .then(() => {
          present = true;
          return wake();
        })
        .then((owned) =>
          direct().catch((thrown) => {
            // That there is no run is no answer to who has it.
            throw owned && thrown instanceof WorkerError && thrown.code === 'noRun'
              ? owned
              : thrown;
          }),
        );
    },
    close() {
      owner.leave(tenant);
      present = false;
      asleep = null;
      connection.close();
    },
  };
}
