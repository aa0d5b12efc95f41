import { areaY, barY, dot, lineY, type Markish, rectY, ruleX, ruleY } from '@observablehq/plot';
import type { Chart, MarkName } from '../../worker/cells/protocol.ts';

const constructors = { areaY, barY, dot, lineY, rectY, ruleX, ruleY } satisfies Record<
  MarkName,
  unknown
>;

/** Turns a cell's chart, which is plain data and checked where the cell runs, into marks of Observable Plot. */
export function chartMarks(marks: Chart['marks']): Markish[] {
  return marks.map(({ mark, data, channels }) => constructors[mark](data as never[], channels));
}
