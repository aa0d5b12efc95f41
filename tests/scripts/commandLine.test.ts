import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commandLine } from '../../scripts/commandLine.mjs';

const USAGE = `program: does it
  --port N        a number
  --quiet         says nothing`;

it('takes its options from the usage text, in both forms', () => {
  expect({ ...commandLine(USAGE, ['--port', '80', '--quiet']) }).toEqual({
    port: '80',
    quiet: true,
  });
  expect({ ...commandLine(USAGE, ['--port=80']) }).toEqual({ port: '80' });
});

const run = (...args: string[]) =>
  spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 100_000 });

it.each([
  'scripts/start.mjs',
  'scripts/test.mjs',
  'scripts/data.mjs',
  'scripts/serve.mjs',
  'bench/bench.mjs',
])('%s --help tells and does nothing', (name) => {
  const { status, stdout } = run(name, '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('--');
  expect(stdout.split('\n').length).toBeLessThan(12);
});

it('an unknown option, or one without its value, is told and nothing is done', () => {
  const unknown = run('scripts/data.mjs', '--form', '/tmp');
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toContain("'--form'");
  expect(unknown.stderr).toContain('--from DIR');
  const bare = run('scripts/serve.mjs', '--port');
  expect(bare.status).toBe(1);
  expect(bare.stderr).toContain('--port');
});
