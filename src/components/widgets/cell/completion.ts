import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { javascriptLanguage } from '@codemirror/lang-javascript';
import { syntaxTree } from '@codemirror/language';
import { type EditorView, keymap } from '@codemirror/view';
import { href } from '../../../lib/words/paths.ts';
import type { ExportedName } from '../../../markdown/exportsOf.ts';
import { addImport } from './addImport.ts';

const MATH = 'from-noise/math';
const CELL = 'from-noise/cell';
const KINDS = { function: 'function', constant: 'constant', type: 'interface' } as const;

/** Writes the name, and imports it where it is not imported yet. */
const applied =
  (module: string) =>
  (view: EditorView, { label }: Completion, from: number, to: number): void => {
    const added = addImport(view.state.doc.toString(), label, module, from);
    view.dispatch({
      changes: [{ from, to, insert: label }, ...(added ? [added] : [])],
      selection: {
        anchor: from + label.length + (added && added.from <= from ? added.insert.length : 0),
      },
      userEvent: 'input.complete',
    });
  };

const TOOLS: Completion[] = [
  { label: 'print', detail: '(…values)' },
  { label: 'table', detail: '(rows)' },
  { label: 'chart', detail: '(spec)' },
].map((tool) => ({ ...tool, type: 'function', apply: applied(CELL) }));

let names: Promise<Completion[]> | undefined;
/** Fetched once, when first asked for; without them the editor completes what the code itself names. */
const mathCompletions = () => {
  names ??= fetch(href('math-names.json')).then(
    async (response): Promise<Completion[]> =>
      ((await response.json()) as ExportedName[]).map(({ name, kind, given, about }) => ({
        label: name,
        type: KINDS[kind],
        detail: given,
        info: about || undefined,
        apply: applied(MATH),
      })),
  );
  return names.catch((): Completion[] => {
    names = undefined;
    return [];
  });
};

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[A-Za-z_$][\w$]*/);
  if (!word && !context.explicit) return null;
  const { name } = syntaxTree(context.state).resolveInner(context.pos, -1);
  // A property of something else, a text or a remark names nothing of the book.
  if (/PropertyName|String|Comment/.test(name)) return null;
  return {
    from: word?.from ?? context.pos,
    options: [...TOOLS, ...(await mathCompletions())],
    validFor: /^[\w$]*$/,
  };
}

/** All names of `from-noise/math` and `from-noise/cell`, beside those of the code itself. */
export const bookCompletion = [
  autocompletion({ icons: false }),
  javascriptLanguage.data.of({ autocomplete: complete }),
  keymap.of(completionKeymap),
];
