/** Colours, one a floor, for a light page and a dark one, and letters that every system has. */

const LIGHT = [
  '#5b3fb5',
  '#2b6cb8',
  '#0b8484',
  '#2f8a3e',
  '#a37a00',
  '#cb5a1e',
  '#b0316b',
  '#6b6b6b',
];
const DARK = [
  '#ab97f5',
  '#74b0f2',
  '#4cc9c4',
  '#7fd18a',
  '#e3bd4a',
  '#f79a66',
  '#f086b4',
  '#b5b5b5',
];
/**
 * @param {string[]} colours of the floors
 * @param {string} back of the picture
 * @param {string} band of a floor
 * @param {string} room
 * @param {string} ink
 * @param {string} faint ink
 */
const paint = (colours, back, band, room, ink, faint) =>
  [
    `.back{fill:${back}}.band{fill:${band}}.room{fill:${room};stroke:${faint};stroke-opacity:.45}`,
    `text{fill:${ink}}.what,.files,.note{fill:${faint}}.none{fill:${faint};opacity:.6}`,
    ...colours.map((c, i) => `.f${i}{fill:${c}}.s${i}{stroke:${c}}`),
  ].join('');
export const STYLE = `text{font:13px ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.title{font-size:21px;font-weight:650}.number{font-size:17px;font-weight:700}.sign{font-size:15px;font-weight:650}
.name{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.files{font-size:12px;text-anchor:end}.pipe{fill:none}
${paint(LIGHT, '#fff', '#f4f4f1', '#fff', '#1d1d1b', '#62625c')}
@media(prefers-color-scheme:dark){${paint(DARK, '#16171a', '#202226', '#16171a', '#ecece8', '#a5a59e')}}`;
