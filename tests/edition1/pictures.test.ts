/** What edition 1 drew is drawn again: by every sampler, with the exact denoiser and with the networks of saved runs. */
import { describe, expect, it } from 'vitest';
import type {
  EvaluationRequest,
  SampleRequest,
} from '../../src/lib/tensor/recipes/diffusion/questions.ts';
import { apart } from './apart.ts';
import { jsonOf, runOfName } from './files.ts';
import { ON_CPU, withSampler, withTrainer } from './inNode.ts';
import { draw, drawExact, type ExactCase, measure } from './pictures.ts';

type Kept<Request> = [request: Request, numbers: number[]][];
const { exact, trained, loaded, measured } = jsonOf<{
  exact: Kept<ExactCase>;
  trained: Record<string, Kept<SampleRequest>>;
  loaded: Record<string, Kept<SampleRequest>>;
  measured: Record<string, Kept<EvaluationRequest>>;
}>('pictures');

/**
 * Float64, but another order of the same sums rounds differently, and the division by √ᾱ_T at the first step makes more of
 * it: between the four predictions, which are the same mathematics, up to 8e-9.
 */
const EXACT = 1e-7;
/** Networks compute in float32: 6e-8 an operation, and as in tests/browser/edition1.test.ts some 1e-6 at the end. */
const FLOAT = 1e-5;

it.each(['epsilon', 'x0', 'v', 'score'])('exactly, predicting %s', async (prediction) => {
  const asked = exact.filter(([one]) => one.prediction === prediction);
  expect(asked.length).toBe(30);
  for (const [one, numbers] of asked)
    expect(apart(await drawExact(one), numbers), JSON.stringify(one)).toBeLessThan(EXACT);
});

describe('by a network', () => {
  it.each(Object.keys(trained))('%s', async (name) => {
    await withTrainer(async (trainer) => {
      await trainer.load(runOfName(name), ON_CPU);
      for (const [request, numbers] of trained[name])
        expect(apart(await draw(trainer, request), numbers), JSON.stringify(request)).toBeLessThan(
          FLOAT,
        );
      for (const [request, numbers] of measured[name] ?? [])
        expect(
          apart(await measure(trainer, request), numbers),
          JSON.stringify(request),
        ).toBeLessThan(FLOAT);
    });
  });

  it.each(Object.keys(loaded))('%s, as weights alone', async (name) => {
    await withSampler(async (sampler) => {
      await sampler.load(runOfName(name));
      for (const [request, numbers] of loaded[name])
        expect(apart(await draw(sampler, request), numbers), JSON.stringify(request)).toBeLessThan(
          FLOAT,
        );
    });
  });
});
