/** The Inception Score by parts, its bias, and the bootstrap. */

import { entropy } from '../../src/lib/math/exact/finiteData.ts';
import { bootstrapSummary } from '../../src/lib/math/judge/bootstrap.ts';
import {
  expectedInceptionScore,
  inceptionScore,
  splitInceptionScore,
} from '../../src/lib/math/judge/inceptionScore.ts';
import { each, inside, part, toleranceOf, under } from './judge.mjs';

export const parts = ['scores', 'bias', 'bootstrap'];
export const inputs = [
  ...under('scores', 'logits', 'probabilities', 'splits'),
  ...under('bias', 'class_law', 'n'),
  'bootstrap.indices',
];

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file) };
  each('scores', file.scores, (given, name) => {
    const found = splitInceptionScore(given.probabilities, given.splits);
    close(`${name}.scores`, found.scores, given.scores, rule);
    close(`${name}.mean`, found.mean, given.mean, rule);
    close(`${name}.std_ddof0`, found.standardDeviation, given.std_ddof0, rule);
    if (given.mutual_information_nats !== undefined)
      close(
        `${name}.mutual_information_nats`,
        found.scores.map(Math.log),
        given.mutual_information_nats,
        rule,
      );
  });
  each('bias', file.bias, ({ class_law, n, expected_score, score_of_the_law, bias }, name) => {
    const [mean, limit] = [expectedInceptionScore(class_law, n), Math.exp(entropy(class_law))];
    close(`${name}.expected_score`, mean, expected_score, rule);
    close(`${name}.score_of_the_law`, limit, score_of_the_law, rule);
    close(`${name}.bias`, mean - limit, bias, rule);
  });
  inside('bootstrap', file.bootstrap, ({ of, indices, replicates, standard_error }) => {
    const index = /^scores\[(\d+)\]$/.exec(of)?.[1];
    const { probabilities } = part(
      file.scores,
      index,
      `bootstrap.of ${JSON.stringify(of)}: scores.`,
    );
    const found = indices.map((own) => inceptionScore(own.map((j) => probabilities[j])));
    close('bootstrap.replicates', found, replicates, rule);
    if (found.length < 2) return; // no spread
    const summary = bootstrapSummary(inceptionScore(probabilities), found);
    close('bootstrap.standard_error', summary.standardError, standard_error, rule);
  });
}
