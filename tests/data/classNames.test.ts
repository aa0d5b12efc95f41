import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classNames } from '../../src/lib/data/classNames.ts';
import { DATASET_NAMES, drawnDigits } from '../../src/lib/data/index.ts';

describe('names of the classes', () => {
  it('Fashion-MNIST’s are those of its authors’ table, in the order of the labels', () => {
    // github.com/zalandoresearch/fashion-mnist, README, "Labels" (its "T-shirt/top" shortened).
    const published = 'T-shirt,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot';
    expect(classNames('fashion').join()).toBe(published);
    expect(classNames('mnist').join()).toBe('0,1,2,3,4,5,6,7,8,9');
    expect(drawnDigits({ count: 1, seed: 1 }).classNames).toEqual(classNames('digits'));
  });

  it('every data set has as many as it has labels, or none', () => {
    for (const name of DATASET_NAMES) expect([0, 10], name).toContain(classNames(name).length);
  });

  it('stand in one place', () => {
    const users = globSync('{src,content}/**/*.{ts,tsx,json,mdx,astro}').filter((file) =>
      /pullover/i.test(readFileSync(file, 'utf8')),
    );
    expect(users).toEqual(['src/lib/data/sources.json']);
  });
});
