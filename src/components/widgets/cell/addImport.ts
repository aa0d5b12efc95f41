/** A name that was completed has to be imported: where, and what to write there. */
export interface Insertion {
  from: number;
  insert: string;
}

/** `module` as it stands in the import lines of a cell. */
export function addImport(
  code: string,
  name: string,
  module: string,
  at: number,
): Insertion | undefined {
  const lines = /import\s*(type\s*)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"];?/g;
  let own: RegExpExecArray | undefined;
  for (let line = lines.exec(code); line; line = lines.exec(code)) {
    const [text, type, names] = line;
    // Being written in an import itself: nothing else is needed.
    if (at >= line.index && at <= line.index + text.length) return undefined;
    if (names.split(',').some((one) => one.trim().split(/\s+as\s+/)[0] === name)) return undefined;
    if (!type && line[3] === module) own = line;
  }
  if (!own) return { from: 0, insert: `import { ${name} } from '${module}';\n` };
  const names = own[2].trimEnd();
  const from = own.index + own[0].indexOf('{') + 1 + names.length;
  return { from, insert: names === '' || names.endsWith(',') ? ` ${name}` : `, ${name}` };
}
