/** What the documents of the repository name is there: files, folders, commits. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourcesIn } from '../../scripts/architecture/imports.mjs';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'docs/extending.md', 'bench/README.md'];

const sources = sourcesIn('src', 'content', 'scripts', 'bench', 'tests');
/** NAME, NN, CHAPTER, *, <date>: what the reader fills in. */
const isPattern = (name: string) => /\b[A-Z]{2,}\b|[*…<]/.test(name);
const isThere = (name: string) =>
  existsSync(name) || sources.some((file) => file.endsWith(`/${name}`));

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names files and folders that are there', () => {
    const named = [...text.matchAll(/`([^`\s]+)`/g)].map(([, name]) => name);
    const files = named.filter(
      (name) =>
        !isPattern(name) &&
        (/^(src|content|scripts|bench|tests|docs|python|kernels)\//.test(name) ||
          /^[\w./-]+\.(ts|tsx|mjs|mdx|astro)$/.test(name)),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((name) => !isThere(name))).toEqual([]);
  });

  it('tells commands that are there', () => {
    const commands = [...text.matchAll(/\bnode ([\w./-]+\.mjs)/g)].map(([, file]) => file);
    expect(commands.filter((file) => !existsSync(file))).toEqual([]);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const runs = [...text.matchAll(/\bnpm run ([\w-]+)/g)].map(([, name]) => name);
    expect(runs.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)#:\s]+)\)/g)].map(([, target]) => target);
    expect(links.filter((target) => !existsSync(join(dirname(document), target)))).toEqual([]);
  });
});

it('the guide to extensions names commits of this repository', ({ skip }) => {
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' });
  // A copy without its history, or with the last commit of it, has nothing to ask.
  if (git('rev-parse', '--is-shallow-repository').stdout?.trim() !== 'false') skip('no history');
  const text = readFileSync('docs/extending.md', 'utf8');
  const named = [...text.matchAll(/`([0-9a-f]{7})`/g)].map(([, hash]) => hash);
  expect(named.length).toBeGreaterThan(8);
  const unknown = named.filter(
    (hash) => git('merge-base', '--is-ancestor', hash, 'HEAD').status !== 0,
  );
  expect(unknown).toEqual([]);
});
