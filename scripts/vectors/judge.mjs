/**
 * Holds one topic's numbers against their references. How to judge is a rule of the vectors:
 * |ours − reference| ≤ tolerance · max(largest |reference| of that vector, floor), the floor 10⁻³ (1 for log densities).
 */

/** Below this a reference is as good as 0: its error is absolute. */
const FLOOR = 1e-3;

/** `null` where nothing is defined, "inf" for ∞; everything else must be a number. */
function numbersOf(reference, what) {
  return [reference].flat(Number.POSITIVE_INFINITY).map((value) => {
    if (value === 'inf') return Number.POSITIVE_INFINITY;
    if (value === '-inf') return Number.NEGATIVE_INFINITY;
    if (value === null || Number.isFinite(value)) return value;
    throw new Error(`${what}: expected numbers, found ${JSON.stringify(value) ?? 'nothing'}`);
  });
}

const flatten = (ours) =>
  ArrayBuffer.isView(ours) ? [...ours] : Array.isArray(ours) ? ours.flatMap(flatten) : [ours];

export function createJudge() {
  /** The worst value so far, by its error over what is allowed. */
  let worst = { ratio: 0, what: '' };
  let values = 0;
  const notBuilt = new Set();

  const weigh = (what, error, allowed) => {
    values++;
    // NaN is worse than anything.
    const ratio =
      error <= allowed ? (allowed === 0 ? 0 : error / allowed) : Math.max(1.0001, error / allowed);
    const found = Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
    if (found > worst.ratio) worst = { ratio: found, what };
  };

  return {
    /**
     * One vector (a number, an array, rows) against its reference.
     * @param {string} what names it in the report
     * @param {{ tolerance: number, floor?: number, absolute?: number }} rule `absolute` takes the place of a smaller error allowed
     */
    close(what, ours, reference, { tolerance, floor = FLOOR, absolute = 0 }) {
      const expected = numbersOf(reference, what);
      const found = flatten(ours);
      if (found.length !== expected.length)
        throw new Error(
          `${what}: expected ${expected.length} numbers, floor 0 gave ${found.length}`,
        );
      const finite = expected.filter((value) => Number.isFinite(value)).map(Math.abs);
      const allowed = Math.max(tolerance * Math.max(floor, ...finite), absolute);
      expected.forEach((value, i) => {
        if (value === null) return;
        if (Number.isFinite(value)) weigh(what, Math.abs(found[i] - value), allowed);
        else weigh(what, found[i] === value ? 0 : Number.POSITIVE_INFINITY, allowed);
      });
    },
    /** A simulated number against one with a standard error, or two of them: five of the two together are allowed. */
    simulated(what, ours, ourError, reference, referenceError = 0) {
      weigh(what, Math.abs(ours - reference), 5 * Math.hypot(ourError, referenceError));
    },
    /** A part of the topic that floor 0 has no code for. */
    notBuilt(...parts) {
      for (const part of parts) notBuilt.add(part);
    },
    result: () => ({ values, worst, notBuilt: [...notBuilt] }),
  };
}

/** A part of a file, which must be there. */
export function part(owner, key, path = '') {
  const value = owner?.[key];
  if (value === undefined) throw new Error(`expected the part ${path}${key}, found none`);
  return value;
}
