/** The Inception Score (Salimans et al. 1606.03498). It never looks at real data. */

/** exp E KL(p(y|x) ‖ p(y)): 1 when all samples look alike, the number of classes at best. */
export function inceptionScore(probabilities: readonly ArrayLike<number>[]): number {
  const classes = probabilities[0].length;
  const marginal = new Float64Array(classes);
  for (const row of probabilities) {
    for (let c = 0; c < classes; c++) marginal[c] += row[c] / probabilities.length;
  }
  let information = 0;
  for (const row of probabilities) {
    for (let c = 0; c < classes; c++) {
      if (row[c] > 0)
        information += (row[c] * Math.log(row[c] / marginal[c])) / probabilities.length;
    }
  }
  return Math.exp(information);
}
