/** What of a file was not compared: a reference that floor 0 has no code for must not pass in silence. */

/**
 * Place → how many numbers there are neither inputs nor compared; the places without indices (points.drift for all points).
 * `null` is no number, "inf" is one.
 * @param {string[]} inputs places: all below them are inputs too
 * @param {Set<string>} compared places with their indices
 */
export function notBuilt(file, inputs, compared) {
  const counts = new Map();
  const visit = (value, path) => {
    const place = path.replaceAll(/\[\d+\]/g, '');
    if (compared.has(path) || inputs.includes(place)) return;
    if (Array.isArray(value)) {
      value.forEach((entry, i) => {
        visit(entry, `${path}[${i}]`);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) visit(entry, `${path}.${key}`);
    } else if (typeof value === 'number' || value === 'inf' || value === '-inf')
      counts.set(place, (counts.get(place) ?? 0) + 1);
  };
  for (const [key, value] of Object.entries(file)) if (key !== 'meta') visit(value, key);
  return counts;
}

/** For the report: "; 12 not built yet: points.drift 8, points.diffusion 4", or nothing. */
export function tellNotBuilt(counts) {
  const places = [...counts].map(([place, count]) => `${place} ${count}`);
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  return total ? `; ${total} not built yet: ${places.join(', ')}` : '';
}
