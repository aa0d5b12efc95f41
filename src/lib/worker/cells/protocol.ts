/** What a cell may show. Everything survives structured cloning: it crosses from the cell's worker to the page. */
export type CellOutput =
  | { kind: 'text'; text: string }
  | { kind: 'table'; columns: string[]; rows: (string | number)[][] }
  | { kind: 'chart'; chart: Chart }
  | { kind: 'error'; message: string };

/** The marks of a chart: the names of Observable Plot. */
export const MARKS = ['lineY', 'dot', 'barY', 'areaY', 'ruleY', 'ruleX', 'rectY'] as const;
export type MarkName = (typeof MARKS)[number];

/** A chart of Observable Plot as data: each mark by name, its rows, and channels as column names. */
export interface Chart {
  marks: {
    mark: MarkName;
    data: unknown[];
    channels?: Record<string, string | number | boolean>;
  }[];
  x?: Record<string, unknown>;
  y?: Record<string, unknown>;
  color?: Record<string, unknown>;
}

/** What `import … from 'from-noise/cell'` gives a cell. */
export interface CellTools {
  /** Writes values as one line of text. */
  print(...values: unknown[]): void;
  /** Shows rows as a table: one column for each key that occurs. */
  table(rows: readonly unknown[]): void;
  /** Draws a chart. */
  chart(spec: Chart): void;
}

export type CellRequest = { code: string };
export type CellReply =
  | { type: 'output'; output: CellOutput }
  | { type: 'done'; milliseconds: number };
