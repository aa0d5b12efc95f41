import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FLOORS, floorOf, HOUSE, PROSE_DATA } from '../scripts/architecture/floors.mjs';
import { importsOf, isCode, sourcesIn } from '../scripts/architecture/imports.mjs';
import { circles } from './circles.ts';

const everything = sourcesIn(...HOUSE);
const files = everything.filter((file) => file.startsWith('src/'));
const imports = (file: string) => importsOf(file).map(({ name }) => name);

describe('import lines', () => {
  it('of every form are read', () => {
    const text = `import { a } from './a.ts';
import type { B } from './b.ts';
import './c.css';
export { d } from '../d.ts';
export type { E } from './e.ts';
import {
  f,
  type G,
} from './f.ts';
const h = await import('./h.ts');
const i = new URL('./i.wasm', import.meta.url);
import j from './j.ts?worker&url';
import { k } from 'package';`;
    expect(
      importsOf('src/x/y.ts', text).map(({ kind, target, name }) => [kind, target ?? name]),
    ).toEqual([
      ['static', 'src/x/a.ts'],
      ['type', 'src/x/b.ts'],
      ['static', 'src/x/c.css'],
      ['static', 'src/d.ts'],
      ['type', 'src/x/e.ts'],
      ['static', 'src/x/f.ts'],
      ['dynamic', 'src/x/h.ts'],
      ['url', 'src/x/i.wasm'],
      ['static', 'src/x/j.ts'],
      ['static', 'package'],
    ]);
  });

  it('that go round are found', () => {
    const graph = new Map([
      ['a', ['b', 'x']],
      ['b', ['c', 'a']],
      ['c', ['d']],
      ['d', ['c', 'elsewhere']],
      ['x', ['x']],
      ['y', ['a']],
    ]);
    expect(circles(graph)).toEqual([['c', 'd'], ['x'], ['a', 'b']]);
  });
});

describe('architecture', () => {
  it('sees the files of every floor', () => {
    for (const [prefix] of FLOORS)
      expect(
        everything.some((file) => file.startsWith(prefix)),
        prefix,
      ).toBe(true);
    expect(everything.some((file) => file.endsWith('.mdx'))).toBe(true);
  });

  it('imports only files that exist, from the same floor or a lower one; types, prose, scripts and bench too', () => {
    const breaches: string[] = [];
    for (const file of everything) {
      for (const { target } of importsOf(file)) {
        if (target === null) continue;
        if (!existsSync(target)) breaches.push(`${file} → ${target}, which does not exist`);
        if (!isCode(target) || PROSE_DATA.test(target)) continue;
        const [from, to] = [floorOf(file), floorOf(target)];
        if (from === undefined || to === undefined || to > from)
          breaches.push(`${file} → ${target}`);
      }
    }
    expect(breaches).toEqual([]);
  });

  it('keeps prose data free of everything else', () => {
    const data = everything.filter((file) => PROSE_DATA.test(file));
    expect(data.length).toBeGreaterThan(2);
    for (const file of data)
      for (const { name, target } of importsOf(file))
        expect(target ?? name, file).toMatch(PROSE_DATA);
  });

  it('goes in no circle, not even by types', () => {
    const graph = new Map(
      everything.map((file) => [
        file,
        importsOf(file).flatMap(({ target }) => (target === null ? [] : [target])),
      ]),
    );
    expect(circles(graph)).toEqual([]);
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

  it('sets formulas in one place, which keeps translators off them', () => {
    const setting = files.filter((file) => /\brenderToString\(/.test(readFileSync(file, 'utf8')));
    expect(setting).toEqual(['src/markdown/renderTex.ts']);
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
