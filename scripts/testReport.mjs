/** Counts the tests in Vitest's JSON report. */
import { readFileSync } from 'node:fs';

/**
 * { passed, failed, skipped }. A file that failed before its first test (an import, a hook) counts as one failure, and so
 * does a run that ended badly with no failure in its report: nothing that went wrong may count as nothing.
 */
export function countVitest(path, exitCode) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
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
