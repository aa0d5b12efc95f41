/** Batches by step, from 1, of which one may be made while the device is busy with the step before it. */
export interface AheadOf<Batch> {
  at(step: number): Batch;
  /** Makes the batch of a step ahead of time; `at` then hands it out. */
  prepare(step: number): void;
}

export function aheadOf<Batch>(make: (step: number) => Batch): AheadOf<Batch> {
  let ahead: { step: number; batch: Batch } | null = null;
  return {
    at(step) {
      const batch = ahead?.step === step ? ahead.batch : make(step);
      ahead = null;
      return batch;
    },
    prepare(step) {
      ahead = { step, batch: make(step) };
    },
  };
}
