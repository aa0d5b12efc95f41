/** The tests themselves: they wait on conditions, never on time, and assert no seconds. A busy machine fails none. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = globSync('tests/**/*.{ts,tsx}')
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('patience.test.ts'));

const FORBIDDEN: [what: RegExp, instead: string][] = [
  [/\blauncher\.launch\(/, 'launch() of e2e/support.ts: its pages have patience'],
  [/waitForTimeout/, 'wait on what the page shows: expect.poll, locator.waitFor, frames, settled'],
  [
    /new Promise(<\w+>)?\(\((\w+)\) => setTimeout\(\2,/,
    'wait for the event, or for an answer that comes after it',
  ],
  [
    /\b(performance|Date)\.now\(\)/,
    'a test that asserts seconds fails on a busy machine: bench/ measures',
  ],
];

/** What nothing can replace, with the reason. */
const ALLOWED = [
  'tests/e2e/support.ts: launcher.launch(',
  // What idle threads cost is the processor time of some while in which nothing is asked of them.
  'tests/kernels/threads.test.ts: new Promise((resolve) => setTimeout(resolve,',
  // A reader's cell may sleep: it is what is tried.
  'tests/cells/output.test.ts: new Promise((done) => setTimeout(done,',
  // Stands in for the browser's clock of frames.
  'tests/worker/support/tab.ts: performance.now()',
  // A thread that is busy for long is what is tried.
  'tests/browser/support/busyClaim.ts: performance.now()',
  // A part is not longer than the whole, on any machine.
  'tests/browser/compiled-drawing.test.ts: performance.now()',
];

it('wait on conditions, and measure no time', () => {
  expect(files.length).toBeGreaterThan(50);
  const found = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return FORBIDDEN.flatMap(([what, instead]) => {
      const hit = what.exec(text)?.[0];
      return hit && !ALLOWED.includes(`${file}: ${hit}`) ? [`${file}: ${hit} – ${instead}`] : [];
    });
  });
  expect(found).toEqual([]);
});
