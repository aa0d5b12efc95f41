/** A worker that asks for a run and is busy for long before it can hear the answer. */
import { createLeases } from '../../../src/lib/worker/leases.ts';

const TURN_MS = 100;
const asked = createLeases(async () => {}, { turn: TURN_MS }).claim(crypto.randomUUID(), false);
// As long as an owner has to answer, and more.
const end = performance.now() + 10 * TURN_MS;
while (performance.now() < end);
asked.then((claimed) => postMessage(typeof claimed === 'string' ? claimed : 'lease'));
