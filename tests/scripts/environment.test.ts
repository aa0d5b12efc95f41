import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeIsNewEnough, staleReason } from '../../scripts/environment.mjs';
import { policyFor } from '../../scripts/policy.mjs';
import { countVitest, longestTests } from '../../scripts/testReport.mjs';

const root = mkdtempSync(join(tmpdir(), 'env-'));
afterAll(() => rmSync(root, { recursive: true }));

it.each([
  ['20.20.2', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['24.0.0', true],
])('Node %s is new enough: %s', (version, expected) =>
  expect(nodeIsNewEnough(version)).toBe(expected),
);

describe('stale packages', () => {
  const lock = (path: string, packages: object) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify({ packages }));
  };
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  it.each([
    [
      'everything as locked',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } },
      null,
    ],
    ['an optional package left out', { 'node_modules/a': { version: '1.0.0' } }, null],
    ['another version', { 'node_modules/a': { version: '1.1.0' } }, 'a is 1.1.0, wanted 1.0.0'],
    ['a package missing', { 'node_modules/b': { version: '2.0.0' } }, 'a is missing, wanted 1.0.0'],
    [
      'an old optional package',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.9.0' } },
      'b is 1.9.0, wanted 2.0.0',
    ],
  ])('%s', (_, found, expected) => {
    lock('package-lock.json', wanted);
    lock('node_modules/.package-lock.json', found);
    expect(staleReason(root)).toBe(expected);
  });

  it('nothing installed', () => {
    expect(staleReason(join(root, 'nowhere'))).toBe('no packages are installed yet');
  });
});

describe('the count of tests', () => {
  const report = (...testResults: object[]) => {
    const path = join(root, 'report.json');
    writeFileSync(path, JSON.stringify({ testResults }));
    return path;
  };
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  });

  it('sums over files', () => {
    const path = report(
      file('passed', 'passed', 'passed', 'pending'),
      file('failed', 'passed', 'failed'),
    );
    expect(countVitest(path, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('counts a file that could not even load', () => {
    expect(countVitest(report(file('passed', 'passed'), file('failed')), 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it('counts a bad end without a failure, and a missing report', () => {
    expect(countVitest(report(file('passed', 'passed')), 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
    expect(countVitest(join(root, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(countVitest(report(file('passed', 'passed')), 0)).toMatchObject({
      passed: 1,
      failed: 0,
    });
  });
});

describe('the longest tests', () => {
  it('are found in all reports, the longest first', () => {
    const report = (name: string, ...durations: number[]) => {
      const path = join(root, `${name}.json`);
      const assertionResults = durations.map((duration) => ({
        duration,
        fullName: `takes ${duration} ms`,
      }));
      writeFileSync(
        path,
        JSON.stringify({
          testResults: [{ name: join(root, `tests/${name}.ts`), assertionResults }],
        }),
      );
      return path;
    };
    const paths = [report('a', 1500, 90), report('b', 61_040), join(root, 'none.json')];
    expect(longestTests(paths, root, 2)).toEqual([
      '   61.0 s  tests/b.ts: takes 61040 ms',
      '    1.5 s  tests/a.ts: takes 1500 ms',
    ]);
    expect(longestTests(paths, root)).toHaveLength(3);
  });
});

describe('policyFor', () => {
  it('reads the meta element whatever the order of its attributes', () => {
    expect(
      policyFor(
        `<meta content="script-src 'self' &#39;sha256-x&#39;;" http-equiv="Content-Security-Policy">`,
      ),
    ).toBe("script-src 'self' 'sha256-x'");
    expect(policyFor("<meta name='x' content='y'>")).toMatch(
      /^default-src 'self'; .*script-src 'self' 'wasm-unsafe-eval'; style-src/,
    );
  });
});
