import type { RunWords } from '../../../lib/worker/cells/cellClient.ts';

export const en = {
  cell: (title: string) => `Cell: ${title}`,
  code: (title: string) => `${title}: code`,
  reset: 'Reset',
  resetHint: 'Back to the book’s version',
  copy: 'Copy',
  copyHint: 'Copy this code',
  copied: 'Copied',
  link: 'Link',
  linkHint: 'Copy a link to this code',
  /** Above the code, where it is not the book's. */
  own: 'Your own version, kept in this browser.',
  unkept: 'Your own version. This browser keeps nothing, so it is gone when the page is closed.',
  shared:
    'This code came with the link. Nothing of it has been run: read it first, then press Run.',
  linkBroken:
    'The code in this link is cut off or changed, so the book’s version stands here. Ask for the link again.',
  linkTooLong: (found: number, most: number) =>
    `As a link this code has ${found} characters; more than ${most} get cut off on the way. Shorten it, or copy the code itself.`,
  noClipboard:
    'This browser did not allow the copy. Select the code, or take the link from the address bar.',
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
