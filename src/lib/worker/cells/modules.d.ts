/** Gives cells under content/cells their types: `from-noise/cell` is made by run.ts when a cell runs. */
declare module 'from-noise/cell' {
  type Tools = import('./protocol.ts').CellTools;
  export const print: Tools['print'];
  export const table: Tools['table'];
  export const chart: Tools['chart'];
}
