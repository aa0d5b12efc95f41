import { useSignal } from '@preact/signals';
import type { EditorView } from 'codemirror';
import { useEffect, useRef } from 'preact/hooks';
import { runInWorker } from '../../../lib/worker/cells/cellClient.ts';
import type { CellOutput } from '../../../lib/worker/cells/protocol.ts';
import { CellResult } from './CellResult.tsx';
import type { CellWords } from './words.ts';

interface Props {
  name: string;
  title: string;
  code: string;
  words: CellWords;
}

/** An editable piece of TypeScript beside the prose, run in its own worker against the book's own mathematics. */
export default function Cell({ name, title, code, words: say }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const outputs = useSignal<CellOutput[]>([]);
  const running = useSignal<AbortController | null>(null);
  const took = useSignal<number | null>(null);
  /** The editor could not be fetched: the code can be run, not changed. */
  const fixed = useSignal(false);

  const run = async () => {
    if (running.value) return;
    const controller = new AbortController();
    running.value = controller;
    outputs.value = [];
    took.value = null;
    const collected: CellOutput[] = [];
    took.value = await runInWorker(
      editor.current?.state.doc.toString() ?? code,
      (output) => {
        collected.push(output);
        outputs.value = [...collected];
      },
      say.ended,
      { signal: controller.signal },
    );
    running.value = null;
  };
  const reset = () => {
    const view = editor.current;
    view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } });
    outputs.value = [];
    took.value = null;
  };

  useEffect(() => {
    let view: EditorView | undefined;
    let gone = false;
    import('./cellEditor.ts').then(
      ({ createEditor }) => {
        if (gone || !host.current) return;
        host.current.replaceChildren();
        view = createEditor(host.current, code, say.code(title), run);
        editor.current = view;
      },
      () => {
        fixed.value = !gone;
      },
    );
    return () => {
      gone = true;
      view?.destroy();
    };
  }, [code]);

  return (
    <figure class="widget cell" id={`cell-${name}`} aria-label={say.cell(title)}>
      <div class="widget-head">
        <span class="widget-title">{title}</span>
        <span class="widget-tools">
          <button type="button" class="button small" onClick={reset}>
            {say.reset}
          </button>
          {running.value ? (
            <button type="button" class="button small" onClick={() => running.value?.abort()}>
              {say.stop}
            </button>
          ) : (
            <button type="button" class="button small primary" onClick={run} title="Ctrl+Enter">
              {say.run}
            </button>
          )}
        </span>
      </div>
      <div class="cell-code notranslate" ref={host}>
        <pre tabindex={0}>
          <code>{code}</code>
        </pre>
      </div>
      {fixed.value && (
        <p class="error" role="alert">
          {say.fixed}
        </p>
      )}
      <div
        class="widget-body"
        aria-live="polite"
        hidden={outputs.value.length === 0 && took.value === null}
      >
        {outputs.value.map((output, i) => (
          <CellResult key={i} output={output} say={say} />
        ))}
        {took.value !== null && outputs.value.length === 0 && <p class="note">{say.silent}</p>}
      </div>
    </figure>
  );
}
