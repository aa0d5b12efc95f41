import { areaY, barY, dot, lineY, type Markish, rectY, ruleX, ruleY } from '@observablehq/plot';
import type { Chart } from '../worker/cells/protocol.ts';

const constructors = { areaY, barY, dot, lineY, rectY, ruleX, ruleY };

/** Turns a cell's chart, which is plain data, into marks of Observable Plot. Throws on a mark it does not know. */
export function chartMarks(marks: Chart['marks']): Markish[] {
  return marks.map(({ mark, data, channels }) => {
    const make = constructors[mark];
    if (!make)
      throw new Error(`"${mark}" is no mark: expected ${Object.keys(constructors).join(', ')}.`);
    return make(data as never[], channels);
  });
}
