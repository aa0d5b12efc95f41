import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Folding marks of editors: no part of the code that is quoted. */
const REGION = /^[ \t]*\/\/ #(?:end)?region.*\n?/gm;

/**
 * The text of one exported declaration, cut from the tested source: `sourceOf('math/process/posterior.ts#posterior')`
 * returns its doc comment and body. Without `#name`, the whole file. Throws if there is no such declaration.
 */
export function sourceOf(reference: string): string {
  const [file, name] = reference.split('#');
  const path = `src/lib/${file}`;
  const text = readFileSync(path, 'utf8');
  if (!name) return text.trim();
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map((d) => d.name.getText())
      : [(statement as { name?: ts.Identifier }).name?.text];
    if (names.includes(name))
      return text.slice(statement.getFullStart(), statement.end).replace(REGION, '').trim();
  }
  throw new Error(`${path} declares no "${name}" at top level: the book quotes it`);
}
