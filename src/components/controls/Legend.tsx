import { useControlWords } from '../language/context.ts';

export interface LegendEntry {
  name: string;
  colour: string;
  dash?: string;
}

/** A piece of a curve's line, to stand before its name. */
export function LineMark({ colour, dash }: Omit<LegendEntry, 'name'>) {
  return (
    <svg class="line-mark" width="26" height="8" aria-hidden="true">
      <line
        x1="0"
        y1="4"
        x2="26"
        y2="4"
        stroke={colour}
        stroke-width="2.5"
        stroke-dasharray={dash}
      />
    </svg>
  );
}

/** Names of the curves, each beside a piece of its line. */
export function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul class="key" aria-label={useControlWords().legend}>
      {entries.map(({ name, ...line }) => (
        <li key={name}>
          <LineMark {...line} />
          {name}
        </li>
      ))}
    </ul>
  );
}
