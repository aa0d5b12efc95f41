// Does the present tell all?
import { print } from 'from-noise/cell';
import { createRng } from 'from-noise/math';

// Many pixels with variance 1, two steps of the chain. Change the β.
const [beta1, beta2] = [0.1, 0.2];
const rng = createRng(4);
const n = 50_000;
const draw = () => Array.from({ length: n }, () => rng.normal());
const step = (x: number[], beta: number) =>
  x.map((value) => Math.sqrt(1 - beta) * value + Math.sqrt(beta) * rng.normal());

const x0 = draw();
const x1 = step(x0, beta1);
const x2 = step(x1, beta2);

const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const covariance = (x: number[], y: number[]) =>
  mean(x.map((value, i) => value * y[i])) - mean(x) * mean(y);
const correlation = (x: number[], y: number[]) =>
  covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));

print('past and future, correlation:', correlation(x0, x2));
print('  theory:', Math.sqrt((1 - beta1) * (1 - beta2)));

// Now only pixels whose present value is known: near 1.
const known = x1.flatMap((value, i) => (Math.abs(value - 1) < 0.05 ? [i] : []));
print(
  `the same among the ${known.length} pixels with x_1 near 1:`,
  correlation(
    known.map((i) => x0[i]),
    known.map((i) => x2[i]),
  ),
);
