import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { EditorView, minimalSetup } from 'codemirror';

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--noise)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--exact)' },
  { tag: [tags.number, tags.bool], color: 'var(--p)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.typeName], color: 'var(--q)' },
]);

const look = EditorView.theme({
  '&': { fontSize: '0.84rem', backgroundColor: 'var(--paper)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-content': { fontFamily: 'var(--mono)', padding: '0.8rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 1rem' },
  '.cm-scroller': { lineHeight: '1.5' },
});

/** A CodeMirror editor; Ctrl+Enter (or Cmd+Enter) runs, Tab leaves it, so that the keyboard is never caught. */
export function createEditor(
  parent: HTMLElement,
  doc: string,
  label: string,
  run: () => void,
): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        Prec.highest(
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                run();
                return true;
              },
            },
          ]),
        ),
        minimalSetup,
        javascript({ typescript: true }),
        syntaxHighlighting(highlight),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
      ],
    }),
  });
}
