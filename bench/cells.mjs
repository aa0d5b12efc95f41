/** What `npm run bench` measures: groups of cells that are compared with each other and therefore take turns. */

/**
 * @typedef {import('../src/lib/bench/types.ts').BenchCell} BenchCell
 * @typedef {{ only: string[] | null, batches: number[], torch: boolean }} Wanted
 */

const GPU = ['webgl', 'webgpu'];

/**
 * `only` holds engine and backend names; a cell stays when all given engines and backends allow it.
 *
 * @param {Wanted} wanted
 * @returns {{ name: string, cells: BenchCell[] }[]}
 */
export function benchGroups({ only, batches, torch }) {
  const groups = [];
  for (const batch of batches) {
    const cpu = [1, 2].flatMap((threads) => [
      { engine: 'ours', backend: 'wasm', threads, batch },
      { engine: 'tfjs', backend: 'wasm', threads, batch, variant: 'im2col' },
      { engine: 'tfjs', backend: 'wasm', threads, batch },
      ...(torch ? [{ engine: 'pytorch', backend: 'cpu', threads, batch }] : []),
    ]);
    cpu.push({ engine: 'tf.layers', backend: 'wasm', threads: 2, batch });
    cpu.push({ engine: 'jax-js', backend: 'wasm', threads: 2, batch });
    groups.push({ name: `processor, batch ${batch}`, cells: cpu });
  }
  for (const batch of batches)
    for (const backend of GPU) {
      const cells = ['ours', 'tfjs', 'tf.layers', 'jax-js'].map((engine) => ({
        engine,
        backend,
        threads: 1,
        batch,
      }));
      groups.push({ name: `${backend}, batch ${batch}`, cells });
    }
  return groups
    .map(({ name, cells }) => ({ name, cells: cells.filter((cell) => allowed(cell, only)) }))
    .filter(({ cells }) => cells.length > 0);
}

const BACKENDS = ['wasm', 'webgl', 'webgpu', 'cpu'];
const ENGINES = ['ours', 'tfjs', 'tf.layers', 'jax-js', 'pytorch'];

/** Throws a sentence for a name that is neither an engine nor a backend. */
export function parseOnly(text) {
  if (!text) return null;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => ![...BACKENDS, ...ENGINES].includes(name));
  if (unknown.length > 0)
    throw new Error(
      `--only does not know ${unknown.join(', ')}. Engines: ${ENGINES.join(', ')}. Backends: ${BACKENDS.join(', ')}.`,
    );
  return names;
}

function allowed({ engine, backend }, only) {
  if (!only) return true;
  const engines = only.filter((name) => ENGINES.includes(name));
  const backends = only.filter((name) => BACKENDS.includes(name));
  return (
    (engines.length === 0 || engines.includes(engine)) &&
    (backends.length === 0 || backends.includes(backend))
  );
}
