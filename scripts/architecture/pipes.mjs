/** What floors are asked for, as pipes beside the rooms. */
import { pipeX, round, steps, WALL } from './measures.mjs';

/**
 * Where what a floor is asked for comes down: thicker from each floor that asks.
 * @param {number} target the floor
 * @param {import('./house.mjs').Floor[]} floors from the ground up
 * @param {number[]} middle [floor]: its height in the picture
 * @returns {string | null} null where nobody asks
 */
export function pipeOf(target, floors, middle) {
  const x = pipeX(target);
  const askers = floors.filter(({ imports }) => imports[target] > 0).reverse();
  if (askers.length === 0) return null;
  let asked = 0;
  const parts = askers.map(({ floor, imports }, i) => {
    asked += imports[target];
    const next = askers[i + 1]?.floor;
    const width = round(1.4 * steps(asked));
    const path =
      next === undefined
        ? `M${x} ${middle[floor]}V${middle[target] - 8}q0 8 -8 8H${WALL + 9}`
        : `M${x} ${middle[floor]}V${middle[next]}`;
    return `<path d="${path}" class="pipe s${target}" stroke-width="${width}"/>`;
  });
  const y = middle[target];
  const dots = askers.map(
    ({ floor, imports }) =>
      `<circle cx="${x}" cy="${middle[floor]}" r="${round(1.8 + 1.1 * steps(imports[target]))}" class="f${target}"/>`,
  );
  return `<g><title>Floor ${target} is asked by ${askers.map(({ floor }) => floor).join(', ')}</title>
${parts.join('\n')}
<path d="M${WALL} ${y}l11 -6v12z" class="f${target}"/>${dots.join('')}</g>`;
}
