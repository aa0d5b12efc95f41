/** What a reader does with a cell besides running it: links, completed names. */
import { describe, expect, it } from 'vitest';
import { addImport } from '../../src/components/widgets/cell/addImport.ts';
import { MOST_IN_LINK, packCode, unpackCode } from '../../src/components/widgets/cell/codeLink.ts';
import * as math from '../../src/lib/math/index.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { mathNames } from '../../src/markdown/exportsOf.ts';

describe('code in a link', () => {
  const code = "import { print } from 'from-noise/cell';\nprint('β → ᾱ', 1 / 3);\n";
  it('comes back as it was, in letters that an address may hold', async () => {
    for (const text of ['', code, code.repeat(100)]) {
      const packed = await packCode(text);
      expect(packed).toMatch(/^[\w-]*$/);
      expect(await unpackCode(packed)).toBe(text);
    }
    expect((await packCode(code.repeat(100))).length).toBeLessThan(code.length * 3);
  });
  it('is refused when it was cut off, changed or made to swell', async () => {
    const packed = await packCode(code.repeat(3));
    await expect(unpackCode(packed.slice(0, -8))).rejects.toThrow();
    await expect(unpackCode(`${packed}%`)).rejects.toThrow();
    await expect(unpackCode(await packCode(' '.repeat(1e6)))).rejects.toThrow(RangeError);
  });
  it('can be longer than a link should be', async () => {
    const rng = createRng(1);
    const noise = Array.from({ length: 8000 }, () => String.fromCharCode(33 + 90 * rng.uniform()));
    expect((await packCode(noise.join(''))).length).toBeGreaterThan(MOST_IN_LINK);
  });
});

describe('a completed name', () => {
  const added = (code: string, name: string, at = code.length) => {
    const one = addImport(code, name, 'from-noise/math', at);
    return one ? code.slice(0, one.from) + one.insert + code.slice(one.from) : code;
  };
  it('is imported beside the others of its module, once', () => {
    const code =
      "import { print } from 'from-noise/cell';\nimport { diffuse } from 'from-noise/math';\n";
    const once = added(code, 'posterior');
    expect(once).toBe(code.replace('{ diffuse }', '{ diffuse, posterior }'));
    expect(added(once, 'posterior')).toBe(once);
    expect(added(once, 'print')).toBe(once);
  });
  it('gets a line of its own where nothing of its module is imported', () =>
    expect(added('1 + 1', 'heat')).toBe("import { heat } from 'from-noise/math';\n1 + 1"));
  it('keeps lists of several lines, and what has another name', () => {
    const lines = "import {\n  diffuse,\n  heat as warm,\n} from 'from-noise/math';\n";
    expect(added(lines, 'entropy')).toBe(lines.replace('warm,', 'warm, entropy'));
    expect(added(lines, 'heat')).toBe(lines);
  });
  it('adds nothing while an import itself is written', () => {
    const code = "import { diffuse, he } from 'from-noise/math';";
    expect(added(code, 'heat', code.indexOf('he }'))).toBe(code);
  });
});

describe('the names that are offered', () => {
  it('are those of from-noise/math, all and no others', () => {
    const names = mathNames();
    const values = names.filter(({ kind }) => kind !== 'type').map(({ name }) => name);
    expect(new Set(values)).toEqual(new Set(Object.keys(math)));
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
    const exported: Record<string, unknown> = { ...math };
    const functions = names.filter(({ kind }) => kind === 'function');
    expect(functions.filter(({ name }) => typeof exported[name] !== 'function')).toEqual([]);
    expect(names.find(({ name }) => name === 'diffuse')).toEqual({
      name: 'diffuse',
      kind: 'function',
      given: '(x0, t, process, epsilon)',
      about: 'Any number of steps at once, DDPM eq. 4: x_t = √ᾱ_t x_0 + √(1−ᾱ_t) ε.',
    });
  });
});
