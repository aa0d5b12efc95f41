import { describe, expect, it } from 'vitest';
import { traceTutorialUnet } from '../../src/lib/math/mistakes/tutorialUnet.ts';
// What PyTorch itself answered when the tutorial's class was run on each of these inputs.
import fixture from '../fixtures/tutorial-unet.json' with { type: 'json' };

const { hidden, embedding: embeddingDim } = fixture;
const TIMES = { B1: 'floatColumn', B: 'floatVector', int64: 'intColumn' } as const;

describe('trace of the tutorial’s UNet against PyTorch', () => {
  it.each(fixture.runs)('$size px, $levels levels, mended: $mended', (run) => {
    const trace = traceTutorialUnet({
      imageSize: run.size,
      layers: run.levels,
      hidden,
      embeddingDim,
      batch: 1,
      broadcastEmbedding: true,
      mendChannels: run.mended,
    });
    expect(trace.error).toBe(run.error);
    expect(trace.parameters).toBe(run.parameters);
    if (run.shape) expect(trace.lines.at(-1)?.shape).toEqual(run.shape);
  });

  it.each(fixture.times)('time $time, broadcast: $broadcast', ({ time, broadcast, error }) => {
    const trace = traceTutorialUnet({
      imageSize: 28,
      layers: 1,
      hidden,
      embeddingDim,
      time: TIMES[time as keyof typeof TIMES],
      broadcastEmbedding: broadcast,
    });
    expect(trace.error).toBe(error);
  });
});
