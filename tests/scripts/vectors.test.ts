/** Extracts of the reference vectors (scripts/vectors/extract.mjs) against floor 0, and what the command says of others. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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
  ['learned_variance', ['terms', 5, 'mse']],
  ['learned_variance', ['terms', 2, 'hybrid_improved_diffusion']],
  ['learned_variance', ['best', 1, 'best_fraction_unclipped']],
  ['learned_variance', ['sampling', 0, 'states', 2, 1]],
  ['learned_variance', ['importance', 'probabilities', 1]],
  ['sde', ['points', 1, 'score', 0]],
  ['sde', ['discrete_steps', 0, 'ancestral', 1]],
  ['sde', ['points', 3, 'std']],
  ['sde', ['steps', 2, 'euler_maruyama_mean', 1]],
  ['sde', ['steps', 1, 'euler_maruyama', 0]],
  ['sde', ['points', 2, 'ode_drift', 1]],
  ['sde', ['points', 1, 'ode_divergence']],
  ['pf_ode', ['in_time', 0, 'exact', 3, 1]],
  ['pf_ode', ['in_sigma', 0, 'exact_at_zero', 0]],
  ['pf_ode', ['in_sigma', 1, 'heun_states', 2, 0]],
  ['pf_ode', ['in_time', 2, 'uniform_grids', '10', 'heun_end', 1]],
  ['pf_ode', ['in_time', 1, 'uniform_grids', '40', 'euler_end', 0]],
  ['dpm_solver', ['runs', 2, 'states', 4, 1]],
  ['dpm_solver', ['runs', 6, 'states', 3, 0]],
  ['dpm_solver', ['runs', 1, 'predictions', 0, 0]],
  ['edm', ['preconditioning', 1, 'c_skip']],
  ['edm', ['preconditioning', 2, 'F_target', 0]],
  ['edm', ['training', 'weighted_squared_error', 1, 0]],
  ['edm', ['vp_grid', 'sigma', 4]],
  ['edm', ['sampling', 0, 'states', 3, 0]],
  ['edm', ['sampling', 1, 'states', 6, 1]],
  ['likelihood', ['by_sde', 0, 'model_bits_per_dim']],
  ['likelihood', ['hutchinson', 1, 'jacobian', 0, 1]],
  ['flow_matching', ['points', 3, 'velocity', 0]],
  ['flow_matching', ['loss_floor', 2, 'loss_floor']],
  ['flow_matching', ['match_to_chain', 'rows', 1, 'flow_t']],
  ['flow_matching', ['logit_normal', 'density', 2]],
  ['flow_matching', ['sampling', 1, 'grids', 1, 'euler', 5, 0]],
  ['flow_matching', ['sampling', 0, 'grids', 0, 'heun_last_step_euler', 1]],
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
  expect(judge.result()).toMatchObject({
    off: 1,
    worst: { ratio: Number.POSITIVE_INFINITY, what: 'a', expected: 1 },
  });
  expect(() => judge.close('b', [1], [1, 2], { tolerance: 1e-9 })).toThrow(
    /b: expected 2 numbers, floor 0 gave 1/,
  );
  expect(() => judge.close('c', [1], ['x'], { tolerance: 1e-9 })).toThrow(/c: expected numbers/);
  expect(() => judge.close('d', 1, [], { tolerance: 1e-9 })).toThrow(
    /d: expected 0 numbers, floor 0 gave one/,
  );
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
  const changed = (topic: string, change: (file: never) => void) => {
    const file = read(topic);
    change(file as never);
    return judged(file);
  };
  const countOf = (line: string, place: string) =>
    Number(new RegExp(`not built yet: .*\\b${place} (\\d+)`).exec(line)?.[1] ?? 0);

  it('of a part that floor 0 lacks, and of a case that it leaves out', () => {
    const { terms } = read('learned_variance') as unknown as { terms: object[] };
    const more = terms.map((term) => ({ ...term, median: 1 }));
    const { line: whole } = changed('learned_variance', (file: { terms: unknown }) => {
      file.terms = more;
    });
    expect(countOf(whole, 'terms.median')).toBe(terms.length);
    expect(judgeFile(EXTRACTS, 'learned_variance.json').line).not.toContain('not built yet');
    const { line } = judgeFile(EXTRACTS, 'sde.json');
    const { discrete_steps } = read('sde') as unknown as {
      discrete_steps: { sde: string; i_1based: number; ancestral: number[] }[];
    };
    const left = discrete_steps.filter(({ sde, i_1based: i }) => sde === 've' || i === 1);
    expect(countOf(line, 'discrete_steps.ancestral')).toBe(
      left.flatMap(({ ancestral }) => ancestral).length,
    );
  });

  it('of a name that is new, in a case or beside the parts; null is none', () => {
    type File = { more: unknown; runs: Record<string, unknown>[] };
    const { line, ok } = changed('samplers', (file: File) => {
      file.more = { of: [1, [2, 'inf', null]], text: 'text' };
      file.runs[1].density = [1, 2];
    });
    expect(ok).toBe(true);
    expect([countOf(line, 'more.of'), countOf(line, 'runs.density')]).toEqual([3, 2]);
    expect(judgeFile(EXTRACTS, 'samplers.json').line).not.toContain('not built yet');
  });

  it('a part without entries is named', () => {
    const { line } = changed('learned_variance', (file: { best: unknown }) => {
      file.best = [];
    });
    expect(line).toMatch(/; empty: best$/);
  });
});

it('the plane’s bias is held to the file’s tolerance where the reference’s own quadrature is', () => {
  type Bias = { d: number; n: number; against_the_exact_law: number };
  const file = read('fid') as unknown as { bias: Bias[] };
  const whole = { d: 2, n: 10, exact: true, against_the_exact_law: 0.3676716618406918 };
  const rest = { samples: [], statistics: [], infinity: null, bootstrap: null };
  const bias = (value: number) =>
    judged({ ...file, ...rest, bias: [{ ...whole, against_the_exact_law: value }] });
  expect(bias(whole.against_the_exact_law).ok).toBe(true);
  expect(bias(whole.against_the_exact_law * (1 + 1e-6)).line).toMatch(/OFF at bias\[0\]/);
});

describe('what a file leaves open is not judged, and what it lacks is told with its place', () => {
  /** The extract with one value (or none) in the place of what is there. */
  const changed = (topic: string, path: (string | number)[], value?: unknown) => {
    const file = read(topic) as unknown as Record<string | number, never>;
    let owner = file;
    for (const key of path.slice(0, -1)) owner = owner[key];
    owner[path[path.length - 1]] = value as never;
    return judged(file);
  };
  const valuesOf = ({ line }: { line: string }) => Number(/: (\d+) values/.exec(line)?.[1]);
  const all = (topic: string) => valuesOf(judgeFile(EXTRACTS, `${topic}.json`));

  it.each([
    ['samplers', ['runs', 0, 'states', 0, 0], 3], // one number, of three kinds of prediction
    ['samplers', ['runs', 0, 'states', 0], 6],
    ['inception_score', ['scores', 0, 'scores'], 1],
    ['inception_score', ['scores', 0, 'mean'], 1],
    ['inception_score', ['bootstrap'], 13],
    ['repaint', ['laws'], 2],
  ] as [string, (string | number)[], number][])('%s: null at %j', (topic, path, count) => {
    const found = changed(topic, path, null);
    expect(found.ok, found.line).toBe(true);
    expect(valuesOf(found)).toBe(all(topic) - count);
  });

  it('a bootstrap without replicates', () => {
    const { bootstrap } = read('inception_score') as unknown as { bootstrap: object };
    const empty = { ...bootstrap, indices: [], replicates: [], standard_error: null };
    const found = changed('inception_score', ['bootstrap'], empty);
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
  ] as [string, (string | number)[], unknown, RegExp][])(
    '%s: %j as %j',
    (topic, path, value, message) => {
      const { line, ok } = changed(topic, path, value);
      expect(ok).toBe(false);
      expect(line).toMatch(/^file\.json: could not be judged: /);
      expect(line).toMatch(message);
    },
  );

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
