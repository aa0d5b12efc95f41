import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A name that a cell may import. */
export interface ExportedName {
  name: string;
  kind: 'function' | 'constant' | 'type';
  /** What a function is given: "(schedule, t, s?)"; '' for others. */
  given: string;
  /** The first sentence of its comment. */
  about: string;
}

/** Up to the full stop before a capital letter: "eq. 4" ends nothing. */
const firstSentence = (comment: string): string => {
  const text = comment.replace(/\s+/g, ' ').trim();
  return /^.*?\.(?= [A-Z])/.exec(text)?.[0] ?? text;
};

function givenOf(node: ts.SignatureDeclaration): string {
  const names = node.parameters.map(
    ({ name, questionToken, initializer, dotDotDotToken }) =>
      `${dotDotDotToken ? '…' : ''}${ts.isIdentifier(name) ? name.text : 'options'}${questionToken || initializer ? '?' : ''}`,
  );
  return `(${names.join(', ')})`;
}

function aboutOf(statement: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  return firstSentence(ts.getTextOfJSDocComment(docs.at(-1)?.comment) ?? '');
}

/** export { one as another } from './elsewhere.ts' */
function passedOn({ exportClause, moduleSpecifier }: ts.ExportDeclaration, file: string) {
  if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier) return [];
  const there = namesIn(join(dirname(file), (moduleSpecifier as ts.StringLiteral).text));
  return exportClause.elements.flatMap(({ name, propertyName }) =>
    there
      .filter((one) => one.name === (propertyName ?? name).text)
      .map((one) => ({ ...one, name: name.text })),
  );
}

/** The exported names of one module, in its order. */
function namesIn(file: string): ExportedName[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  return source.statements.flatMap((statement): ExportedName[] => {
    if (ts.isExportDeclaration(statement)) return passedOn(statement, file);
    const exported = ts.canHaveModifiers(statement)
      ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
    if (!exported) return [];
    const about = aboutOf(statement);
    if (ts.isFunctionDeclaration(statement) && statement.name)
      return [{ name: statement.name.text, kind: 'function', given: givenOf(statement), about }];
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      return [{ name: statement.name.text, kind: 'type', given: '', about }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(
      ({ name, initializer }): ExportedName[] => {
        // Several at once: const [a, b] = …
        if (!ts.isIdentifier(name))
          return name.elements.flatMap((one) =>
            ts.isBindingElement(one)
              ? [{ name: one.name.getText(), kind: 'constant', given: '', about }]
              : [],
          );
        const called =
          initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
        return called
          ? [{ name: name.text, kind: 'function', given: givenOf(initializer), about }]
          : [{ name: name.text, kind: 'constant', given: '', about }];
      },
    );
  });
}

/** Every name that `from-noise/math` has, once, by the `export * from` lines of its index. */
export function mathNames(index = 'src/lib/math/index.ts'): ExportedName[] {
  const all = [...readFileSync(index, 'utf8').matchAll(/^export \* from '(.+)';$/gm)].flatMap(
    ([, file]) => namesIn(join(dirname(index), file)),
  );
  // A name may be a type and a value, or a function with several lists of parameters: the value, as first declared.
  const byName = new Map<string, ExportedName>();
  for (const one of all) {
    const before = byName.get(one.name);
    if (!before || (before.kind === 'type' && one.kind !== 'type')) byName.set(one.name, one);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
