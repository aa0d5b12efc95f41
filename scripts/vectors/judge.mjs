/**
 * Holds one topic's numbers against their references. How to judge is a rule of the vectors:
 * |ours − reference| ≤ tolerance · max(largest |reference| of that vector, floor), the floor 10⁻³ (1 for log densities).
 */

/** Below this a reference is as good as 0: its error is absolute. */
const FLOOR = 1e-3;

/** "inf" stands for ∞; everything else must be a number. */
function numberOf(value, what) {
  if (value === 'inf') return Number.POSITIVE_INFINITY;
  if (value === '-inf') return Number.NEGATIVE_INFINITY;
  if (Number.isFinite(value)) return value;
  throw new Error(`${what}: expected numbers, found ${JSON.stringify(value) ?? 'nothing'}`);
}

/** [ours, reference] number by number. `null` is not defined there: one number, a row, or all of it. */
function pairs(ours, reference, what) {
  if (reference === null) return [];
  if (!Array.isArray(reference)) return [[ours, numberOf(reference, what)]];
  if (ours?.length !== reference.length)
    throw new Error(
      `${what}: expected ${reference.length} numbers, floor 0 gave ${ours?.length ?? 'one'}`,
    );
  return reference.flatMap((value, i) => pairs(ours[i], value, what));
}

export function createJudge() {
  /** The worst value so far, by its error over what is allowed. */
  let worst = { ratio: -1, what: '', expected: 0, found: 0 };
  let values = 0;
  let off = 0;
  /** The places in the file, with their indices, of what was compared. */
  const compared = new Set();

  const weigh = (what, found, expected, allowed) => {
    values++;
    // Infinity − Infinity is no number.
    const error = found === expected ? 0 : Math.abs(found - expected);
    // NaN is worse than anything.
    const ratio =
      error <= allowed ? (allowed === 0 ? 0 : error / allowed) : Math.max(1.0001, error / allowed);
    const worse = Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
    if (worse > 1) off++;
    if (worse > worst.ratio) worst = { ratio: worse, what, found, expected };
  };

  const note = (what) => compared.add(what.split(', ')[0]);

  return {
    /**
     * One vector (a number, an array, rows) against its reference.
     * @param {string} what its place in the file; after a comma may follow by which of our ways
     * @param {{ tolerance: number, floor?: number, absolute?: number }} rule `absolute` takes the place of a smaller error allowed
     */
    close(what, ours, reference, { tolerance, floor = FLOOR, absolute = 0 }) {
      const all = pairs(ours, reference, what);
      note(what);
      const largest = all
        .map(([, value]) => Math.abs(value))
        .filter(Number.isFinite)
        .reduce((a, b) => Math.max(a, b), floor);
      const allowed = Math.max(tolerance * largest, absolute);
      for (const [found, value] of all) weigh(what, found, value, allowed);
    },
    /** A simulated number against one with a standard error, or two of them: five of the two together are allowed. */
    simulated(what, ours, ourError, reference, referenceError = 0) {
      note(what);
      for (const [found, value] of pairs(ours, reference, what))
        weigh(what, found, value, 5 * Math.hypot(ourError, referenceError));
    },
    /** How many values were compared, where they are, how many are off, and the worst. */
    result: () => ({ values, compared, off, worst }),
  };
}

/**
 * f(value, path): what goes wrong there is told with its path. `null` is not defined there, and nothing is judged.
 */
export function inside(path, value, f) {
  if (value === null) return;
  try {
    f(value, path);
  } catch (error) {
    if (error.message.startsWith(path)) throw error;
    // A part that is missing, or of another form, is met as undefined somewhere in here.
    const what = error instanceof TypeError ? 'expected other parts than those found: ' : '';
    throw new Error(`${path}: ${what}${error.message}`, { cause: error });
  }
}

/** The same for each entry of a list. */
export function each(path, list, f) {
  inside(path, list, () => {
    if (!Array.isArray(list)) throw new Error(`expected a list, found ${JSON.stringify(list)}`);
    list.forEach((entry, i) => {
      inside(`${path}[${i}]`, entry, f);
    });
  });
}

/** A tolerance of the file, which must be there. */
export function toleranceOf(file, name = 'relative') {
  const tolerance = part(file.meta.tolerance, name, 'meta.tolerance.');
  if (!(Number.isFinite(tolerance) && tolerance > 0))
    throw new Error(
      `meta.tolerance.${name}: expected a number above 0, found ${JSON.stringify(tolerance)}`,
    );
  return tolerance;
}

/** The places of some keys of a part. */
export const under = (place, ...keys) => keys.map((key) => `${place}.${key}`);

/** A part of a file, which must be there. */
export function part(owner, key, path = '') {
  const value = owner?.[key];
  if (value === undefined) throw new Error(`expected the part ${path}${key}, found none`);
  return value;
}
