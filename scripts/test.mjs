/** `npm test`: installs what is missing, then runs every check. The last line counts them: `N passed, M failed`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { commandLine } from './commandLine.mjs';
import { ensureNode, ensurePackages, ROOT, run, say } from './environment.mjs';
import { ensureBrowser } from './installBrowser.mjs';
import { countVitest, longestTests } from './testReport.mjs';

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
const folder = mkdtempSync(join(tmpdir(), 'from-noise-test-'));
const reports = [];

function count(name, passed, failed) {
  total.passed += passed;
  total.failed += failed;
  if (failed) failures.push(`${name}: ${failed} failed`);
}

/** A check that is one program: passed when it exits with 0. Resolves with whether what needs it may go on. */
async function check(stage, what, start) {
  if (!chosen.includes(stage)) return true;
  say(what);
  const ok = (await start()) === 0;
  count(stage, ok ? 1 : 0, ok ? 0 : 1);
  return ok;
}

async function vitest(project) {
  if (!projects.includes(project)) return;
  if (project !== 'unit' && !browser) return count(project, 0, 1);
  say(`Tests (Vitest: ${project}).`);
  const report = join(folder, `${project}.json`);
  reports.push(report);
  const code = await run(
    'vitest',
    [
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { aside: true, env: browser ? { CHROMIUM_PATH: browser } : {} },
  );
  const { passed, failed, skipped } = countVitest(report, code);
  count(project, passed, failed);
  if (skipped) say(`${project}: ${skipped} skipped.`);
}

const aside = { aside: true };
/** Two cores, two lanes: what needs the built site in one, what does not in the other. */
async function site() {
  await check('lint', 'Lint and format (Biome).', () =>
    run('@biomejs/biome', ['check', '.'], aside),
  );
  await check('types', 'Types (tsc).', async () => {
    // Astro writes the types of content collections and assets that the sources refer to.
    const synced = await run('astro', ['sync'], aside);
    return synced || run('@typescript/native', ['--noEmit'], { name: 'tsc', ...aside });
  });
  const built = await check('build', 'Build.', () => build());
  if (built) await vitest('e2e');
  else if (projects.includes('e2e')) count('e2e (nothing was built)', 0, 1);
}
async function sources() {
  await vitest('unit');
  await vitest('browser');
}
await Promise.all([site(), sources()]);

const longest = longestTests(reports, ROOT);
rmSync(folder, { recursive: true });
for (const line of failures) say(line);
if (longest.length) say(`The ${longest.length} tests that took longest:\n${longest.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
