import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Floors of the house: a file imports only from its own floor or a lower one. First match counts. */
const FLOORS: [prefix: string, floor: number][] = [
  ['src/lib/math/', 0],
  ['src/lib/data/', 1],
  ['src/lib/checkpoint/', 1],
  ['src/lib/tensor/', 2],
  ['src/lib/', 3],
  ['src/markdown/', 3],
  ['src/vite/', 3],
  ['src/components/', 4],
  ['src/', 5],
  ['content/', 5],
];
const floorOf = (file: string) => FLOORS.find(([prefix]) => file.startsWith(prefix))?.[1];

const files = globSync('src/**/*.{ts,tsx,astro}', { exclude: ['**/*.d.ts'] }).map((file) =>
  file.replaceAll('\\', '/'),
);

/** Module names that a file imports at run time (not `import type`), statically or dynamically. */
function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const names = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g,
  );
  return [...names].map(([, fixed, dynamic, url]) => fixed ?? dynamic ?? url);
}

describe('architecture', () => {
  it('sees the files', () => expect(files.length).toBeGreaterThan(50));

  it('imports only from the same floor or a lower one', () => {
    const breaches: string[] = [];
    for (const file of files) {
      for (const name of imports(file).filter((n) => n.startsWith('.'))) {
        const target = join(dirname(file), name).replaceAll('\\', '/');
        const [from, to] = [floorOf(file), floorOf(target)];
        // Formulas and glossary are prose data, which import nothing.
        if (/^content\/\w+\.ts$/.test(target)) continue;
        if (from === undefined || to === undefined || to > from)
          breaches.push(`${file} → ${target}`);
      }
    }
    expect(breaches).toEqual([]);
  });

  it('lets only src/lib/tensor import TensorFlow.js', () => {
    const users = files.filter((file) =>
      imports(file).some((name) => name.startsWith('@tensorflow/')),
    );
    expect(users.filter((file) => !file.startsWith('src/lib/tensor/'))).toEqual([]);
    expect(users.length).toBeGreaterThan(0);
  });

  it('keeps floor 0 pure: no package, no DOM, no Math.random, no clock', () => {
    for (const file of files.filter((f) => f.startsWith('src/lib/math/'))) {
      expect(
        imports(file).filter((name) => !name.startsWith('.')),
        file,
      ).toEqual([]);
      const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(code, file).not.toMatch(
        /\b(document|window|localStorage|Math\.random|Date\.now|performance)\b/,
      );
    }
  });

  it('exports every floor-0 module to the cells', () => {
    const index = readFileSync('src/lib/math/index.ts', 'utf8');
    for (const file of files.filter(
      (f) => f.startsWith('src/lib/math/') && !f.endsWith('/index.ts'),
    )) {
      expect(index).toContain(`'./${file.replace('src/lib/math/', '')}'`);
    }
  });
});
