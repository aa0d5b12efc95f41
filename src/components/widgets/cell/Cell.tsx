import { useSignal, useSignalEffect } from '@preact/signals';
import type { EditorView } from 'codemirror';
import { useEffect, useRef } from 'preact/hooks';
import type { FirstOutput } from '../../../markdown/cellOutputs.ts';
import { CellResult } from './CellResult.tsx';
import { CellShare } from './CellShare.tsx';
import { useCell } from './useCell.ts';
import type { CellWords } from './words.ts';

interface Props {
  name: string;
  title: string;
  code: string;
  /** What the code wrote when the book was built. */
  first: FirstOutput[];
  words: CellWords;
}

/** An editable piece of TypeScript beside the prose, run in its own worker against the book's own mathematics. */
export default function Cell({ name, title, code: book, first, words: say }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  /** The editor could not be fetched: the code can be run, not changed. */
  const fixed = useSignal(false);
  const cell = useCell(name, book, first, say);
  const { code, whose, problem, outputs, running, took } = cell;

  useEffect(() => {
    let view: EditorView | undefined;
    let gone = false;
    import('./cellEditor.ts').then(
      ({ createEditor }) => {
        if (gone || !host.current) return;
        host.current.replaceChildren();
        view = createEditor(host.current, code.value, say.code(title), cell.run, cell.edited);
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
  }, [book]);
  // Code that did not come from the editor: a link, a kept version, the book's again.
  useSignalEffect(() => {
    const view = editor.current;
    const text = code.value;
    if (view && view.state.doc.toString() !== text)
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  });

  return (
    <figure class="widget cell" id={`cell-${name}`} aria-label={say.cell(title)}>
      <div class="widget-head">
        <span class="widget-title">{title}</span>
        <span class="widget-tools">
          {cell.changed.value && (
            <button type="button" class="button small" onClick={cell.reset} title={say.resetHint}>
              {say.reset}
            </button>
          )}
          <CellShare {...{ name, book, code, problem, say }} />
          {running.value ? (
            <button type="button" class="button small" onClick={() => running.value?.abort()}>
              {say.stop}
            </button>
          ) : (
            <button
              type="button"
              class="button small primary"
              onClick={cell.run}
              title="Ctrl+Enter"
            >
              {say.run}
            </button>
          )}
        </span>
      </div>
      {whose.value !== 'book' && (
        <p class="note cell-note" role="status">
          {{ own: say.own, unkept: say.unkept, link: say.shared }[whose.value]}
        </p>
      )}
      <div class="cell-code notranslate" ref={host}>
        <pre tabindex={0}>
          <code>{code.value}</code>
        </pre>
      </div>
      {(fixed.value || problem.value) && (
        <p class="error" role="alert">
          {problem.value || say.fixed}
        </p>
      )}
      <div
        class="widget-body"
        aria-live="polite"
        // While it runs, what stands there is of the run before.
        aria-busy={running.value !== null}
        // What is longer than its place scrolls, by keyboard too.
        tabindex={0}
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
