import { describe, expect, it } from 'vitest';
import {
  type TimeInput,
  timeError,
  traceTutorialUNet,
} from '../../src/components/widgets/tutorialUNet.ts';
// What PyTorch itself answered when the tutorial's class was run on each of these inputs.
import fixture from '../fixtures/tutorial-unet.json' with { type: 'json' };

const { hidden, embedding } = fixture;

describe('trace of the tutorial’s UNet', () => {
  it.each(fixture.runs)(
    '$size px, $levels levels, mended: $mended',
    ({ size, levels, mended, parameters, shape, error }) => {
      const trace = traceTutorialUNet({ size, levels, hidden, embedding, mended });
      expect(trace.error).toBe(error);
      expect(trace.parameters).toBe(parameters);
      if (shape) expect(trace.rows.at(-1)?.shape).toEqual(shape.slice(1));
    },
  );
  it.each(fixture.times)('time $time, broadcast: $broadcast', ({ time, broadcast, error }) => {
    expect(timeError(time as TimeInput, broadcast, embedding)).toBe(error);
  });
});
