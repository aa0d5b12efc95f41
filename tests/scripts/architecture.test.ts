import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOUSE } from '../../scripts/architecture/floors.mjs';
import { houseOf } from '../../scripts/architecture/house.mjs';
import { sourcesIn } from '../../scripts/architecture/imports.mjs';
import { WALL } from '../../scripts/architecture/measures.mjs';
import { placed } from '../../scripts/architecture/rooms.mjs';
import { drawn, PICTURE } from '../../scripts/architecture.mjs';

describe('the picture of the house', () => {
  it('is the house as it is', () => {
    // The whole text would be no help: the command is.
    expect(
      readFileSync(PICTURE, 'utf8') === drawn(houseOf()),
      `${PICTURE} shows another house: run node scripts/architecture.mjs`,
    ).toBe(true);
  });

  it('counts files and what they import of lower floors, room by room', () => {
    const imports: Record<string, string[]> = {
      'src/lib/math/index.ts': ['src/lib/math/process/path.ts'],
      'src/lib/math/process/path.ts': [],
      'src/lib/tensor/kernels/wasm/plan.ts': ['src/lib/math/index.ts', 'src/lib/tensor/tf.ts'],
      'src/lib/tensor/tf.ts': ['src/lib/data/idx.ts', 'src/lib/math/index.ts'],
      'src/lib/data/idx.ts': [],
      'src/lib/data/glyphs/one.ts': ['src/lib/math/index.ts'],
      'src/components/prose/Term.astro': ['content/glossary.ts', 'src/lib/math/index.ts'],
      'content/glossary.ts': [],
    };
    const house = houseOf(Object.keys(imports), (file) => [
      { target: null },
      ...imports[file].map((target) => ({ target })),
    ]);
    expect(house.map(({ floor }) => floor)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(house[0].rooms).toEqual([
      { folder: 'src/lib/math', files: 1, imports: [] },
      { folder: 'src/lib/math/process', files: 1, imports: [] },
    ]);
    expect(house[1].rooms).toEqual([{ folder: 'src/lib/data', files: 2, imports: [1] }]);
    expect(house[2].rooms).toEqual([
      { folder: 'src/lib/tensor/kernels/wasm', files: 1, imports: [1, 0] },
      { folder: 'src/lib/tensor', files: 1, imports: [1, 1] },
    ]);
    expect(house[2].imports).toEqual([2, 1]);
    expect(house[4].imports).toEqual([1, 0, 0, 0]);
    expect(house[5].rooms).toEqual([{ folder: 'content', files: 1, imports: [0, 0, 0, 0, 0] }]);
  });

  it('has every source in a room, and every room between the walls', () => {
    const house = houseOf();
    const rooms = house.flatMap((floor) => floor.rooms);
    expect(rooms.reduce((sum, { files }) => sum + files, 0)).toBe(sourcesIn(...HOUSE).length);
    for (const floor of house) {
      const { at, rows } = placed(floor.rooms);
      expect(at.map(({ room }) => room)).toEqual(floor.rooms);
      for (let row = 0; row < rows; row++) {
        const own = at.filter((place) => place.row === row);
        expect(own.length).toBeGreaterThan(0);
        own.slice(1).forEach(({ x }, i) => {
          expect(x).toBeGreaterThan(own[i].x + own[i].width);
        });
        const { x, width } = own[own.length - 1];
        expect(x + width).toBeCloseTo(WALL, 6);
      }
    }
  });
});
