export interface LegendEntry {
  name: string;
  colour: string;
  dash?: string;
}

/** Names of the curves, each beside a piece of its line. */
export function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul class="key" aria-label="Legend" style="padding:0;margin:0">
      {entries.map(({ name, colour, dash }) => (
        <li key={name}>
          <svg
            width="26"
            height="8"
            aria-hidden="true"
            style="vertical-align:0.15em;margin-right:0.4em"
          >
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
          {name}
        </li>
      ))}
    </ul>
  );
}
