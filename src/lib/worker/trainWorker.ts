/** The training worker: one per page, spawned by client.ts. */
import { createHost } from './host.ts';
import type { Request, WorkerMessage } from './protocol.ts';

/** What is used of the worker's global scope (TypeScript knows the page's or the worker's, not both). */
interface WorkerScope {
  postMessage(message: WorkerMessage, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
}

const scope = self as unknown as WorkerScope;
const handle = createHost((message, transfer) => scope.postMessage(message, transfer ?? []));

scope.onmessage = (event) => {
  void handle(event.data);
};
