import type { RunWords } from '../../../lib/worker/cells/cellClient.ts';

export const en = {
  cell: (title: string) => `Cell: ${title}`,
  code: (title: string) => `${title}: code`,
  reset: 'Reset',
  run: 'Run',
  stop: 'Stop',
  fixed:
    'The editor could not be fetched, so this code cannot be changed here. Run still runs it; check the connection and reload the page to edit.',
  silent: 'It ran and printed nothing.',
  table: 'Table',
  chart: (marks: readonly string[], rows: number) =>
    `Chart of the cell: ${marks.join(', ')} over ${rows} values.`,
  ended: {
    tooLong: (seconds) =>
      `Stopped after ${seconds} s: the cell did not end. Your code is kept; mend the loop and run it again.`,
    stopped: 'Stopped.',
    notStarted: (why) =>
      `The cell could not start: ${why || 'its worker did not load'}. Reload the page.`,
  } satisfies RunWords,
};
export type CellWords = typeof en;
