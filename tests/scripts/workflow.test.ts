/** The workflow on GitHub: nothing is published that did not pass, and every pull request is tried. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const text = readFileSync('.github/workflows/pages.yml', 'utf8');
/** The lines of one job: those below its name that stand further in. */
const job = (name: string) =>
  new RegExp(`\\n  ${name}:\\n((?: {4,}.*\\n|\\n)+)`).exec(text)?.[1] ?? '';

it('tests pushes and pull requests, and publishes after the tests only', () => {
  expect(readdirSync('.github/workflows')).toEqual(['pages.yml']);
  expect(/\non:\n((?: +.*\n)+)/.exec(text)?.[1]).toMatch(/^ {2}pull_request:/m);
  expect(job('test')).toMatch(/run: npm test$/m);
  expect(job('test')).not.toContain('continue-on-error');
  expect(job('build')).toMatch(/^ {4}needs: test$/m);
  expect(job('build')).toMatch(/^ {4}if: .*!= 'pull_request'/m);
  expect(job('deploy')).toMatch(/^ {4}needs: build$/m);
  // The right to publish is with the jobs that publish.
  expect(text.slice(0, text.indexOf('\njobs:'))).not.toContain('write');
});
