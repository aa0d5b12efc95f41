/** Counts the tests in Vitest's JSON reports, and tells which took longest. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * { passed, failed, skipped }. A file that failed before its first test (an import, a hook) counts as one failure, and so
 * does a run that ended badly with no failure in its report: nothing that went wrong may count as nothing.
 */
export function countVitest(path, exitCode) {
  const report = read(path);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const brokenFiles = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter((test) => test.status === 'failed').length + brokenFiles;
  const bad = exitCode !== 0 && failed === 0;
  return {
    passed,
    failed: bad ? 1 : failed,
    skipped: tests.length - passed - failed + brokenFiles,
  };
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The `count` tests of these reports that took longest, a line each: seconds, file, name. */
export function longestTests(paths, root, count = 10) {
  const tests = paths.flatMap((path) =>
    (read(path)?.testResults ?? []).flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ duration, fullName }) => ({
        seconds: (duration ?? 0) / 1000,
        name: `${relative(root, name).replaceAll('\\', '/')}: ${fullName}`,
      })),
    ),
  );
  return tests
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ seconds, name }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`);
}
