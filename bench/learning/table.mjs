/** The table of an ablation: one line per variant and budget, means over the seeds and how far they lie apart. */

/** Rows of one variant and budget together, the best mean share of readable samples first. */
export function summarise(rows) {
  const groups = Object.groupBy(rows, (r) => `${r.budget} ${r.samples} ${r.variant}`);
  return Object.values(groups)
    .map((group) => {
      const [first] = group;
      return {
        variant: first.variant,
        budget: first.budget,
        samples: first.samples,
        steps: first.steps,
        batch: first.batch,
        seeds: group.map((r) => r.seed).sort((a, b) => a - b),
        sure: spread(group.map((r) => r.sure)),
        readable: spread(group.map((r) => r.readable)),
        frechet: spread(group.map((r) => r.frechet)),
      };
    })
    .sort(
      (a, b) => b.budget - a.budget || b.samples - a.samples || b.readable.mean - a.readable.mean,
    );
}

/** Mean, and half the distance from the least to the greatest. */
function spread(values) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, half: (Math.max(...values) - Math.min(...values)) / 2, count: values.length };
}

export function printTable({ rows, scale }) {
  for (const [count, { real, noise }] of Object.entries(scale ?? {}))
    for (const [name, m] of [
      ['real test digits', real],
      ['clipped noise', noise],
    ])
      console.log(
        `${count} ${name}: sure ${percent(m.sure)}, readable ${percent(m.readable)}, Fréchet ${m.frechet.toFixed(1)}`,
      );
  console.log('\n| variant | TFLOP | steps × batch | seeds | sure | readable | Fréchet |');
  console.log('|---|---|---|---|---|---|---|');
  for (const g of summarise(rows))
    console.log(
      `| ${g.variant} | ${(g.budget / 1000).toFixed(1)} | ${g.steps} × ${g.batch} | ${g.seeds} | ${both(g.sure, percent)} | ${both(g.readable, percent)} | ${both(g.frechet, (v) => v.toFixed(1))} |`,
    );
}

const percent = (v) => `${(100 * v).toFixed(1)} %`;
const both = ({ mean, half, count }, print) =>
  count > 1 ? `${print(mean)} ± ${print(half)}` : print(mean);
