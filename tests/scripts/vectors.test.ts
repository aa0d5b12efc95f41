/** Extracts of the reference vectors (scripts/vectors/extract.mjs) against floor 0, and what the command says of others. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { filesOf, judgeFile } from '../../scripts/vectors/folder.mjs';
import { createJudge } from '../../scripts/vectors/judge.mjs';
import { TOPICS } from '../../scripts/vectors/topics.mjs';

const EXTRACTS = 'tests/fixtures/vectors';
const scratch = mkdtempSync(join(tmpdir(), 'vectors-'));
afterAll(() => rmSync(scratch, { recursive: true }));

type Vectors = Record<string, never> & { meta: { topic: string } };
const read = (topic: string): Vectors =>
  JSON.parse(readFileSync(join(EXTRACTS, `${topic}.json`), 'utf8'));
const judged = (file: unknown) => {
  writeFileSync(join(scratch, 'file.json'), JSON.stringify(file));
  return judgeFile(scratch, 'file.json');
};

it('every topic that floor 0 has code for has an extract', () => {
  expect(filesOf(EXTRACTS)).toEqual(
    Object.keys(TOPICS)
      .map((topic) => `${topic}.json`)
      .sort(),
  );
});

it.each(Object.keys(TOPICS))('%s: floor 0 agrees with the published implementations', (topic) => {
  const { line, ok } = judgeFile(EXTRACTS, `${topic}.json`);
  expect(ok, line).toBe(true);
  expect(Number(/: (\d+) values/.exec(line)?.[1])).toBeGreaterThan(30);
});

/** One reference of each topic, a thousandth off. */
const falsified: [topic: string, path: (string | number)[]][] = [
  ['samplers', ['runs', 0, 'states', 0, 0]],
  ['learned_variance', ['terms', 3, 'term_nats', 0]],
  ['learned_variance', ['terms', 0, 'log_variance', 1]],
  ['learned_variance', ['terms', 9, 'd_term_nats_d_v', 0]],
  ['learned_variance', ['best', 1, 'best_fraction_unclipped']],
  ['learned_variance', ['sampling', 0, 'states', 2, 1]],
  ['learned_variance', ['importance', 'probabilities', 1]],
  ['sde', ['points', 1, 'score', 0]],
  ['sde', ['discrete_steps', 0, 'ancestral', 1]],
  ['repaint', ['runs', 0, 'operations', 3, 'x', 2]],
  ['repaint', ['laws', 'cases', 0, 'probability_if_x_T_is_overwritten_too']],
  ['posterior_sampling', ['finite', 0, 'posterior_mean', 1]],
  ['fid', ['bootstrap', 'standard_error']],
  ['kid', ['gaussians', 0, 'mmd2']],
  ['inception_score', ['bias', 1, 'expected_score']],
];

it.each(falsified)('%s: a falsified number is found and named (%j)', (topic, path) => {
  const file = read(topic);
  let owner = file as unknown as Record<string | number, never>;
  for (const key of path.slice(0, -1)) owner = owner[key];
  const last = path[path.length - 1];
  owner[last] = (owner[last] * 1.001) as never;
  const { line, ok } = judged(file);
  expect(ok).toBe(false);
  expect(line).toContain(`${topic}: `);
  expect(line).toMatch(/OFF at /);
});

it('a number that is not one is off, and so are too few of them', () => {
  const judge = createJudge();
  judge.close('a', [Number.NaN], [1], { tolerance: 1e-9 });
  expect(judge.result().worst).toEqual({ ratio: Number.POSITIVE_INFINITY, what: 'a' });
  expect(() => judge.close('b', [1], [1, 2], { tolerance: 1e-9 })).toThrow(
    /b: expected 2 numbers, floor 0 gave 1/,
  );
  expect(() => judge.close('c', [1], ['x'], { tolerance: 1e-9 })).toThrow(/c: expected numbers/);
});

it('the tolerance is of the vector’s largest number, or of a thousandth', () => {
  const worst = (ours: number[], reference: number[], floor?: number) => {
    const judge = createJudge();
    judge.close('v', ours, reference, { tolerance: 1e-6, floor });
    return judge.result().worst.ratio;
  };
  expect(worst([2, 1e-6], [2, 0])).toBeCloseTo(0.5, 9);
  expect(worst([1e-9], [0])).toBeCloseTo(1, 9);
  expect(worst([1e-6], [0], 1)).toBeCloseTo(1, 9);
});

const command = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/vectors.mjs', ...args], { encoding: 'utf8' });

it('the command: a line for each topic, and 1 where one is off', () => {
  const folder = mkdtempSync(join(scratch, 'folder-'));
  writeFileSync(join(folder, 'gan.json'), JSON.stringify({ meta: { topic: 'gan' } }));
  writeFileSync(join(folder, 'scores.json'), JSON.stringify(read('inception_score')));
  const right = command(folder);
  expect(right.stdout).toMatch(
    /^gan: not built yet\ninception_score: 4\d values, worst error over its tolerance /,
  );
  expect(right.status).toBe(0);

  const wrong = read('inception_score') as unknown as { scores: { mean: number }[] };
  wrong.scores[0].mean += 1e-6;
  writeFileSync(join(folder, 'scores.json'), JSON.stringify(wrong));
  const off = command(folder);
  expect(off.stdout).toContain('OFF at scores[0].mean');
  expect(off.status).toBe(1);
});

it('a folder that is missing or empty, and a file that is malformed, are told', () => {
  const missing = command(join(scratch, 'nowhere'));
  expect([missing.status, missing.stderr]).toEqual([
    1,
    expect.stringMatching(/There is no folder/),
  ]);
  const empty = command(mkdtempSync(join(scratch, 'empty-')));
  expect([empty.status, empty.stderr]).toEqual([1, expect.stringMatching(/holds no \.json file/)]);
  expect(command().status).toBe(1);

  writeFileSync(join(scratch, 'file.json'), '{');
  expect(judgeFile(scratch, 'file.json').line).toMatch(/^file\.json: could not be judged: .*JSON/);
  expect(judged({ samples: [] }).line).toMatch(/expected meta\.topic/);
  const { runs, ...rest } = read('samplers');
  expect(judged(rest)).toEqual({
    line: 'file.json: could not be judged: expected the part runs, found none',
    ok: false,
  });
  expect(judged({ ...rest, runs: [] }).line).toMatch(/expected numbers to judge, found none/);
});
