import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { runInWorker } from '../../../lib/worker/cells/cellClient.ts';
import type { CellOutput } from '../../../lib/worker/cells/protocol.ts';
import type { FirstOutput } from '../../../markdown/cellOutputs.ts';
import { unpackCode } from './codeLink.ts';
import { keepCode, keptCode } from './keptCode.ts';
import type { CellWords } from './words.ts';

/** Whose code stands in a cell. Only the book's runs by itself. */
export type Whose = 'book' | 'own' | 'unkept' | 'link';

/** What has been changed since is not what the address says. */
function forgetLink(name: string): void {
  const url = new URL(location.href);
  url.searchParams.delete(`cell-${name}.code`);
  history.replaceState(history.state, '', url);
}

/** The state of a cell: its code, whose it is, what it wrote, and the ways to run and to put it back. */
export function useCell(name: string, book: string, first: FirstOutput[], say: CellWords) {
  const code = useSignal(book);
  const whose = useSignal<Whose>('book');
  const problem = useSignal('');
  const outputs = useSignal<readonly (CellOutput | FirstOutput)[]>(first);
  const running = useSignal<AbortController | null>(null);
  const took = useSignal<number | null>(null);
  /** A run that nobody asked for, of the book's version. */
  const quiet = useRef<AbortController | null>(null);

  const run = async () => {
    if (running.value) return;
    quiet.current?.abort();
    const controller = new AbortController();
    running.value = controller;
    outputs.value = [];
    took.value = null;
    const collected: CellOutput[] = [];
    const hear = (output: CellOutput) => {
      collected.push(output);
      outputs.value = [...collected];
    };
    took.value = await runInWorker(code.value, hear, say.ended, { signal: controller.signal });
    running.value = null;
  };

  /** What was computed at build stays until all of it is there anew, and if it cannot be had. */
  const runQuietly = async () => {
    const controller = new AbortController();
    quiet.current = controller;
    const collected: CellOutput[] = [];
    await runInWorker(book, (output) => collected.push(output), say.ended, {
      signal: controller.signal,
    });
    const failed = collected.some(({ kind }) => kind === 'error');
    if (!failed && !controller.signal.aborted && whose.value === 'book') outputs.value = collected;
  };

  const edited = (next: string) => {
    if (next === code.value) return;
    code.value = next;
    problem.value = '';
    if (whose.value === 'link') forgetLink(name);
    whose.value = keepCode(name, next, book) ? (next === book ? 'book' : 'own') : 'unkept';
  };

  const put = (text: string, from: Whose) => {
    quiet.current?.abort();
    code.value = text;
    whose.value = from;
    if (from !== 'book') outputs.value = [];
    took.value = null;
  };

  useEffect(() => {
    const packed = new URL(location.href).searchParams.get(`cell-${name}.code`);
    const kept = keptCode(name);
    const own = () => {
      if (kept !== null && kept !== book) put(kept, 'own');
      else void runQuietly();
    };
    if (packed === null) own();
    else
      unpackCode(packed).then(
        (text) => put(text, 'link'),
        () => {
          problem.value = say.linkBroken;
          own();
        },
      );
    return () => quiet.current?.abort();
  }, []);

  const reset = () => {
    keepCode(name, book, book);
    forgetLink(name);
    problem.value = '';
    outputs.value = first;
    put(book, 'book');
    void runQuietly();
  };

  return {
    code,
    whose,
    problem,
    outputs,
    running,
    took,
    changed: useComputed(() => code.value !== book),
    run,
    edited,
    reset,
  };
}
