/** The Inception Score by parts, its bias, and the bootstrap. */
import { bootstrapSummary } from '../../src/lib/math/bootstrap.ts';
import { entropy } from '../../src/lib/math/finiteData.ts';
import {
  expectedInceptionScore,
  inceptionScore,
  splitInceptionScore,
} from '../../src/lib/math/inceptionScore.ts';

export const parts = ['scores', 'bias', 'bootstrap'];

export function judge(file, { close }) {
  const rule = { tolerance: file.meta.tolerance.relative };
  file.scores.forEach((given, i) => {
    const found = splitInceptionScore(given.probabilities, given.splits);
    close(`scores[${i}].scores`, found.scores, given.scores, rule);
    close(`scores[${i}].mean`, found.mean, given.mean, rule);
    close(`scores[${i}].std_ddof0`, found.standardDeviation, given.std_ddof0, rule);
    if (given.mutual_information_nats)
      close(
        `scores[${i}].mutual_information_nats`,
        found.scores.map(Math.log),
        given.mutual_information_nats,
        rule,
      );
  });
  file.bias.forEach(({ class_law, n, expected_score, score_of_the_law, bias }, i) => {
    const [mean, limit] = [expectedInceptionScore(class_law, n), Math.exp(entropy(class_law))];
    close(`bias[${i}].expected_score`, mean, expected_score, rule);
    close(`bias[${i}].score_of_the_law`, limit, score_of_the_law, rule);
    close(`bias[${i}].bias`, mean - limit, bias, rule);
  });
  const { of, indices, replicates, standard_error } = file.bootstrap;
  const { probabilities } = file.scores[Number(/^scores\[(\d+)\]$/.exec(of)?.[1] ?? 0)];
  const found = indices.map((own) => inceptionScore(own.map((j) => probabilities[j])));
  close('bootstrap.replicates', found, replicates, rule);
  const summary = bootstrapSummary(inceptionScore(probabilities), found);
  close('bootstrap.standard_error', summary.standardError, standard_error, rule);
}
