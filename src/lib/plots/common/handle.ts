/** How a dot looks that can be dragged: larger than a point of data, with a rim of paper. */
export const HANDLE = { r: 7, stroke: 'var(--paper)', strokeWidth: 2 } as const;
