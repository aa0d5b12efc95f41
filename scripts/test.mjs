/** `npm test`: installs what is missing, then runs every check. The last line counts them: `N passed, M failed`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { commandLine } from './commandLine.mjs';
import { ensureNode, ensurePackages, run, say } from './environment.mjs';
import { ensureBrowser } from './installBrowser.mjs';
import { countVitest } from './testReport.mjs';

const PROJECTS = ['unit', 'browser', 'e2e'];
const STAGES = ['lint', 'types', 'build', ...PROJECTS];

const { only } = commandLine(`npm test: installs what is missing, then runs every check
  --only STAGES   some of: ${STAGES.join(',')}`);
const chosen = only ? only.split(',') : STAGES;
const unknown = chosen.filter((stage) => !STAGES.includes(stage));
if (unknown.length) {
  console.error(`There is no stage ${unknown.join(', ')}. Choose from: ${STAGES.join(', ')}.`);
  process.exit(1);
}

ensurePackages();
await ensureNode();
const projects = PROJECTS.filter((project) => chosen.includes(project));
const needsBrowser = chosen.includes('browser') || chosen.includes('e2e');
const browser = needsBrowser ? ensureBrowser() : null;

const total = { passed: 0, failed: 0 };
const failures = [];

function count(name, passed, failed) {
  total.passed += passed;
  total.failed += failed;
  if (failed) failures.push(`${name}: ${failed} failed`);
}

/** A check that is one program: passed when it exits with 0. */
async function check(stage, what, start) {
  if (!chosen.includes(stage)) return;
  say(what);
  const ok = (await start()) === 0;
  count(stage, ok ? 1 : 0, ok ? 0 : 1);
}

await check('lint', 'Lint and format (Biome).', () => run('@biomejs/biome', ['check', '.']));
await check('types', 'Types (tsc).', async () => {
  // Astro writes the types of content collections and assets that the sources refer to.
  const synced = await run('astro', ['sync']);
  return synced || run('@typescript/native', ['--noEmit'], { name: 'tsc' });
});
await check('build', 'Build.', () => build());

const runnable =
  browser || !needsBrowser ? projects : projects.filter((project) => project === 'unit');
for (const project of projects) if (!runnable.includes(project)) count(project, 0, 1);
if (runnable.length) {
  say(`Tests (Vitest: ${runnable.join(', ')}).`);
  const folder = mkdtempSync(join(tmpdir(), 'from-noise-test-'));
  const report = join(folder, 'report.json');
  const code = await run(
    'vitest',
    [
      'run',
      ...runnable.map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env: browser ? { CHROMIUM_PATH: browser } : {} },
  );
  const { passed, failed, skipped } = countVitest(report, code);
  rmSync(folder, { recursive: true });
  count('tests', passed, failed);
  if (skipped) say(`${skipped} skipped.`);
}

for (const line of failures) say(line);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
