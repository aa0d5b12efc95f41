import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { expect, it } from 'vitest';
import { importsOf } from '../../scripts/architecture/imports.mjs';

/**
 * `npm start` and `npm test` begin on the reader's own Node, which may be 20, without packages; only then do they install
 * packages and change to a newer Node. Until then nothing may be loaded that Node 20 or an empty folder does not have.
 */
const AFTER_NODE_20 = ['globSync', 'glob', 'registerHooks', 'stripTypeScriptTypes', 'openAsBlob'];

function reachable(file: string, seen = new Set<string>()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { kind, target } of importsOf(file))
    if (kind === 'static' && target) reachable(target, seen);
  return seen;
}

it.each(['scripts/start.mjs', 'scripts/test.mjs'])(
  '%s loads on Node 20 without packages',
  (entry) => {
    const files = [...reachable(entry)];
    expect(files).toContain('scripts/environment.mjs');
    for (const file of files) {
      const packages = importsOf(file)
        .filter(({ kind, target }) => kind === 'static' && !target)
        .map(({ name }) => name)
        .filter((name) => !builtinModules.includes(name.replace('node:', '')));
      expect(packages, file).toEqual([]);
      const names = [...readFileSync(file, 'utf8').matchAll(/import\s*\{([^}]*)\}\s*from 'node:/g)]
        .flatMap(([, list]) => list.split(','))
        .map((name) => name.trim().split(' ')[0]);
      expect(
        names.filter((name) => AFTER_NODE_20.includes(name)),
        file,
      ).toEqual([]);
    }
  },
);
