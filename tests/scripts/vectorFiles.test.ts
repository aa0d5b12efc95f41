/** What the command says of a folder of reference vectors: of files that are off, malformed, or hold more or less than floor 0 has. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeFile } from '../../scripts/vectors/folder.mjs';
import { createJudge } from '../../scripts/vectors/judge.mjs';
import { changed, command, EXTRACTS, judged, type Place, read, scratch } from './extracts.ts';

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
  expect(off.stdout).toMatch(
    /OFF at scores\[0\]\.mean in scores\.json: expected 1\.97994034\d+, found 1\.97993934\d+, .*\(1 off in all\)/,
  );
  expect(off.stdout).toMatch(/\nNo file for samplers, .*, kid\.\n$/);
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
  writeFileSync(join(scratch, 'file.json'), '{\n "tolerance": NaN\n}\n');
  expect(judgeFile(scratch, 'file.json').line).toMatch(/^file\.json: could not be judged: .*JSON$/);
  expect(judgeFile(scratch, '.').line).toMatch(/^\.: could not be judged: EISDIR/);
  expect(judged({ samples: [] }).line).toMatch(/expected meta\.topic/);
  const { runs, ...rest } = read('samplers');
  expect(judged(rest)).toMatchObject({
    line: 'file.json: could not be judged: expected the part runs, found none',
    ok: false,
  });
  expect(judged({ ...rest, runs: [] }).line).toMatch(/expected numbers to judge, found none/);
});

describe('a reference that is not compared is told as not built yet', () => {
  const judgedWith = (topic: string, change: (file: never) => void) => {
    const file = read(topic);
    change(file as never);
    return judged(file);
  };
  const countOf = (line: string, place: string) =>
    Number(new RegExp(`not built yet: .*\\b${place} (\\d+)`).exec(line)?.[1] ?? 0);

  it('of a part that floor 0 lacks', () => {
    const { terms } = read('learned_variance') as unknown as { terms: object[] };
    const more = terms.map((term) => ({ ...term, median: 1 }));
    const { line: whole } = judgedWith('learned_variance', (file: { terms: unknown }) => {
      file.terms = more;
    });
    expect(countOf(whole, 'terms.median')).toBe(terms.length);
    expect(judgeFile(EXTRACTS, 'learned_variance.json').line).not.toContain('not built yet');
  });

  it('of a name that is new, in a case or beside the parts; null is none', () => {
    type File = { more: unknown; runs: Record<string, unknown>[] };
    const { line, ok } = judgedWith('samplers', (file: File) => {
      file.more = { of: [1, [2, 'inf', null]], text: 'text' };
      file.runs[1].density = [1, 2];
    });
    expect(ok).toBe(true);
    expect([countOf(line, 'more.of'), countOf(line, 'runs.density')]).toEqual([3, 2]);
    expect(judgeFile(EXTRACTS, 'samplers.json').line).not.toContain('not built yet');
  });

  it('a part without entries is named', () => {
    const { line } = judgedWith('learned_variance', (file: { best: unknown }) => {
      file.best = [];
    });
    expect(line).toMatch(/; empty: best$/);
  });
});

describe('what a file leaves open is not judged, and what it lacks is told with its place', () => {
  const valuesOf = ({ line }: { line: string }) => Number(/: (\d+) values/.exec(line)?.[1]);
  const all = (topic: string) => valuesOf(judgeFile(EXTRACTS, `${topic}.json`));

  it.each([
    ['samplers', ['runs', 0, 'states', 0, 0], 3], // one number, of three kinds of prediction
    ['samplers', ['runs', 0, 'states', 0], 6],
    ['inception_score', ['scores', 0, 'scores'], 1],
    ['inception_score', ['scores', 0, 'mean'], 1],
    ['inception_score', ['bootstrap'], 13],
    ['repaint', ['laws'], 2],
  ] as [string, Place, number][])('%s: null at %j', (topic, path, count) => {
    const found = changed(topic, path, () => null);
    expect(found.ok, found.line).toBe(true);
    expect(valuesOf(found)).toBe(all(topic) - count);
  });

  it('a bootstrap without replicates', () => {
    const { bootstrap } = read('inception_score') as unknown as { bootstrap: object };
    const empty = { ...bootstrap, indices: [], replicates: [], standard_error: null };
    const found = changed('inception_score', ['bootstrap'], () => empty);
    expect(found.ok, found.line).toBe(true);
  });

  it('"inf" is ∞, and nothing else is', () => {
    const judge = createJudge();
    judge.close('a', [[1, Number.POSITIVE_INFINITY], [2]], [[1, 'inf'], null], { tolerance: 0 });
    expect(judge.result()).toMatchObject({ values: 2, worst: { ratio: 0 } });
    judge.close('b', [1e300], ['inf'], { tolerance: 1 });
    expect(judge.result().worst.what).toBe('b');
  });

  it.each([
    [
      'samplers',
      ['runs', 2, 'z', 1],
      [],
      /runs\[2\]: z\[1\]\[0\]: expected a number, found nothing/,
    ],
    [
      'samplers',
      ['runs', 2, 'sampler'],
      undefined,
      /runs\[2\]: expected the part sampler, found none/,
    ],
    ['samplers', ['runs', 2, 'sampler'], 'euler', /runs\[2\]: .*found "euler"/],
    ['inception_score', ['bootstrap', 'of'], 'all', /bootstrap.of "all"/],
    ['samplers', ['runs', 2, 'states'], [[0]], /runs\[2\]: expected a state after each step/],
    ['samplers', ['runs', 1, 'schedule'], 'none', /runs\[1\]: expected the part schedules\.none/],
    ['learned_variance', ['schedules'], null, /learned_variance: expected other parts/],
    ['learned_variance', ['terms', 4, 'v'], undefined, /terms\[4\]: expected other parts/],
    ['learned_variance', ['terms', 4, 'mean'], undefined, /terms\[4\]\.mean: expected numbers/],
    ['learned_variance', ['sampling', 1, 'grid'], [5, 0], /sampling\[1\]: expected a state after/],
    ['posterior_sampling', ['finite', 0, 'ddim'], {}, /finite\[0\]\.ddim: expected other parts/],
    ['inception_score', ['scores'], 'all', /scores: expected a list, found "all"/],
    ['repaint', ['meta', 'tolerance'], {}, /expected the part meta\.tolerance\.steps, found none/],
    [
      'sde',
      ['meta', 'tolerance', 'relative'],
      null,
      /relative: expected a number above 0, found null/,
    ],
    ['sde', ['discrete_steps', 0, 'sde'], 'vq', /discrete_steps\[0\]: expected the part sdes\.vq/],
    ['repaint', ['runs', 0, 'operations', 0, 'op'], 'back', /operations\[0\]: .*found "back"/],
    ['repaint', ['laws', 'jump_length'], undefined, /expected the part laws\.jump_length/],
    ['repaint', ['laws', 'cases', 0, 'resamplings'], undefined, /laws\.cases\[0\].*resamplings/],
    [
      'learned_variance',
      ['importance', 'uniform'],
      undefined,
      /expected the part importance.uniform/,
    ],
    ['learned_variance', ['schedules', 'custom', 'betas'], [2], /schedules\.custom: .*β_1 = 2/],
  ] as [string, Place, unknown, RegExp][])('%s: %j as %j', (topic, path, value, message) => {
    const { line, ok } = changed(topic, path, () => value);
    expect(ok).toBe(false);
    expect(line).toMatch(/^file\.json: could not be judged: /);
    expect(line).toMatch(message);
  });

  it('a file that was cut off is named, and the others are judged', () => {
    const folder = mkdtempSync(join(scratch, 'cut-'));
    const whole = JSON.stringify(read('inception_score'));
    writeFileSync(join(folder, 'a.json'), whole.slice(0, whole.length / 2));
    writeFileSync(join(folder, 'b.json'), whole);
    const { status, stdout } = command(folder);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^a\.json: could not be judged: expected JSON: .*\ninception_score: /);
  });
});
