/** package.json against the import lines: every package used, declared, pinned, and in the list that its users need. */
import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import { importsOf, sourcesIn } from '../../scripts/architecture/imports.mjs';

const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
  readFileSync('package.json', 'utf8'),
) as Record<string, Record<string, string>>;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;

const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
/** Not packages: files, Node, Astro's and the build's own modules, the cells' name for floor 0. */
const isPackage = (name: string) =>
  !/^(\.|\/|astro:|virtual:|from-noise\/|vitest\/browser$)/.test(name) && !isBuiltin(name);

/** What runs only on an author's machine: tests, bench, and the scripts for them. */
const FOR_AUTHORS =
  /^(tests|bench)\/|^vitest\.config|^scripts\/(test|testReport|installBrowser|browser|figures|thumbnails)\.mjs$/;

const files = [
  ...sourcesIn('src', 'content', 'scripts', 'bench', 'tests'),
  ...globSync('*.{ts,mjs}'),
  // Its examples of import lines are text.
].filter((file) => file !== 'tests/architecture.test.ts');

const users = new Map<string, { file: string; type: boolean }[]>();
function used(name: string, file: string, type = false): void {
  users.set(name, [...(users.get(name) ?? []), { file, type }]);
}
for (const file of files) {
  for (const { name, kind } of importsOf(file))
    if (isPackage(name)) used(packageOf(name), file, kind === 'type');
  // Programs of packages: run('astro', …).
  if (file.endsWith('.mjs'))
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/\brun\(\s*'([@\w/-]+)',\s*\[/g))
      if (name in dependencies || name in devDependencies) used(name, file);
}
const tsconfig = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
for (const name of tsconfig.compilerOptions.types)
  used(name.startsWith('@') ? name : `@types/${name}`, 'tsconfig.json', true);
// Declarations of packages that bring none, and of names that are nothing but declarations.
for (const name of Object.keys(devDependencies).filter((name) => name.startsWith('@types/'))) {
  const plain = users.get(name.replace('@types/', ''));
  if (!plain) continue;
  used(name, plain[0].file, true);
  if (plain.every(({ type }) => type)) users.delete(name.replace('@types/', ''));
}

describe('package.json', () => {
  it('declares what is imported or run, and nothing else', () => {
    const declared = Object.keys({ ...dependencies, ...devDependencies }).sort();
    expect(declared).toEqual([...users.keys()].sort());
  });

  it('has in dependencies what building and serving the book needs, and nothing else', () => {
    const needed = [...users]
      .filter(([, all]) => all.some(({ file, type }) => !type && !FOR_AUTHORS.test(file)))
      .map(([name]) => name)
      .sort();
    expect(Object.keys(dependencies).sort()).toEqual(needed);
  });

  it('pins every version, to the one that is locked', () => {
    for (const [name, wanted] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      expect(wanted, name).toMatch(/^(npm:[@\w/-]+@)?\d+\.\d+\.\d+$/);
      expect(lock[`node_modules/${name}`]?.version, name).toBe(wanted.split('@').at(-1));
    }
  });
});
