import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/lib/data/dataset.ts';
import { loadDataset } from '../../src/lib/data/index.ts';
import { DATASET_NAMES, DATASETS, datasetOf, exactRows } from '../../src/lib/data/records.ts';

const OPTIONS = { count: 20, drawn: [[1, 0, -1, 0.5]] };
const computed = DATASET_NAMES.filter((name) => datasetOf(name).source === 'computed');

describe('the record of a data set', () => {
  it.each(computed)(
    '%s: what is loaded has the shape and the labels that it says',
    async (name) => {
      const { shape, classNames } = datasetOf(name);
      const data = await loadDataset(name, OPTIONS);
      expect([data.name, data.height, data.width, data.channels]).toEqual([name, ...shape]);
      expect(data.images.length).toBe(data.count * shape[0] * shape[1] * shape[2]);
      // The moons have labels that no network of the book learns.
      if (classNames.length > 0) expect(data.classes).toBe(classNames.length);
      const exact = exactRows(name, OPTIONS.drawn);
      if (exact) expect(exact).toEqual(rowsOf(data));
    },
  );

  it('Fashion-MNIST’s classes are those of its authors’ table, in the order of the labels', () => {
    // github.com/zalandoresearch/fashion-mnist, README, "Labels" (its "T-shirt/top" shortened).
    const published = 'T-shirt,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot';
    expect(DATASETS.fashion.classNames.join()).toBe(published);
    for (const name of ['mnist', 'digits'] as const)
      expect(DATASETS[name].classNames.join()).toBe('0,1,2,3,4,5,6,7,8,9');
  });

  it('names its classes in one place', () => {
    const users = globSync('{src,content}/**/*.{ts,tsx,json,mdx,astro}').filter((file) =>
      /pullover/i.test(readFileSync(file, 'utf8')),
    );
    expect(users).toEqual(['src/lib/data/sources.json']);
  });

  it('is all that the rest of the book asks: no page, panel or worker branches on the data sets that are fetched', () => {
    const users = globSync('src/**/*.{ts,tsx,astro}', { exclude: ['src/lib/data/**'] }).filter(
      (file) => /'fashion'|'points'(?=\s*[),?&|]|\s*===)/.test(readFileSync(file, 'utf8')),
    );
    // The lab has places to begin, bugs are shown on the points, and the plane's network learns them.
    expect(users.sort()).toEqual([
      'src/components/lab/presets.ts',
      'src/components/widgets/mistakes/bug-lab/bugLab.ts',
      'src/components/widgets/plane/useLearned.ts',
    ]);
  });

  it('gives the PyTorch twin its folders', ({ skip }) => {
    // Not by way of the package, which wants PyTorch.
    const script =
      'import sys, json; sys.path.insert(0, "python/from_noise"); import folders; print(json.dumps(folders.FOLDERS))';
    let printed: string;
    try {
      printed = execFileSync('python3', ['-c', script], { encoding: 'utf8' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') skip('there is no Python here');
      throw error;
    }
    expect(JSON.parse(printed)).toEqual({
      mnist: 'mnist',
      fashion: 'fashion-mnist',
      digits: 'digits',
    });
  });
});
