/**
 * Group normalisation and SiLU over each image and group (N = h·w·C/G numbers):
 *   x̂ = (x − mean)·rstd,   a = γ x̂ + β,   y = a·σ(a)
 *   da = dy·σ(a)(1 + a(1 − σ(a))),   dγ_c = Σ da x̂,   dβ_c = Σ da   (first for each image: `sums` [B, C, 2])
 *   dx = rstd·(γ da − Σ_c γ_c dβ_c / N − x̂ Σ_c γ_c dγ_c / N)
 * Statistics [B, G, 2] = (mean, rstd), taken about the group's first number. A group has an even number of channels, so
 * that the two channels of a texel share their statistics.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { nextColumn, nextRow } from './layout.ts';
import { draw, type Inputs } from './programs.ts';
import { drawTargets } from './targets.ts';

export function supportsNorm({ x }: Inputs, groups: number): boolean {
  const perGroup = x.shape[3] / groups;
  return x.shape.length === 4 && x.dtype === 'float32' && perGroup % 2 === 0 && x.shape[0] > 0;
}

/** (mean, rstd) of the group of a column of image b. */
const statistics = (perGroup: number, groups: number) => `
    vec2 statistics(int b, int column) {
      int g = column / ${perGroup / 2};
      vec4 two = texelFetch(Stats, atStats(b * ${Math.ceil(groups / 2)} + g / 2, 0), 0);
      return g % 2 == 0 ? two.rg : two.ba;
    }`;

/** x̂ and da of a texel of x and of dy. */
const gradient = `
        vec4 hat = (x - m.x) * m.y;
        vec4 a = hat * gamma + beta;
        vec4 s = 1.0 / (1.0 + exp(-a));
        vec4 da = dy * s * (1.0 + a * (1.0 - s));`;

const affine = `
      vec4 gamma = texelFetch(Gamma, atGamma(0, column), 0).rgrg;
      vec4 beta = texelFetch(Beta, atBeta(0, column), 0).rgrg;`;

/** [y, statistics, placeholder]. */
export function normForward(
  backend: MathBackendWebGL,
  { x, gamma, beta }: Inputs,
  groups: number,
  epsilon: number,
): TensorInfo[] {
  const [batch, h, w, channels] = x.shape;
  const perGroup = channels / groups;
  const pairs = Math.ceil(w / 2);
  const [stats] = drawTargets(
    backend,
    { X: x },
    1,
    [batch, groups, 2],
    ({ X }) => `vec2 group(int b, int g) {
      int column = g * ${perGroup / 2};
      ivec2 first = atX(b * ${h * pairs}, column);
      float origin = texelFetch(X, first, 0).r;
      vec2 total = vec2(0.0);
      for (int pair = 0; pair < ${pairs}; pair++) {
        ivec2 line = atX(b * ${h * pairs} + pair, column);
        for (int i = 0; i < ${h}; i++) {
          ivec2 at = line;
          for (int c = 0; c < ${perGroup / 2}; c++) {
            vec4 d = texelFetch(X, at, 0) - origin;
            ${w % 2 ? `if (pair == ${pairs - 1}) { d.ba = vec2(0.0); }` : ''}
            total += vec2(d.r + d.g + d.b + d.a, dot(d, d));
            ${nextColumn('at', X)}
          }
          ${nextRow('line', { ...X, columns: X.columns * pairs })}
        }
      }
      vec2 mean = total / ${(h * w * perGroup).toFixed(1)};
      return vec2(origin + mean.x, inversesqrt(max(mean.y - mean.x * mean.x, 0.0) + ${epsilon}));
    }
    void run(int row, int column) {
      int b = row / ${Math.ceil(groups / 2)};
      int g = 2 * (row - b * ${Math.ceil(groups / 2)});
      target0 = vec4(group(b, g), g + 1 < ${groups} ? group(b, g + 1) : vec2(0.0));
    }`,
  );
  const [y] = drawTargets(
    backend,
    { X: x, Gamma: gamma, Beta: beta, Stats: stats },
    1,
    x.shape,
    () => `${statistics(perGroup, groups)}
    void run(int row, int column) {
      vec2 m = statistics(row / ${h * pairs}, column);${affine}
      vec4 a = (texelFetch(X, atX(row, column), 0) - m.x) * m.y * gamma + beta;
      target0 = a / (1.0 + exp(-a));
    }`,
  );
  return [y, stats, backend.makeTensorInfo([1], 'float32', new Float32Array(1))];
}

/** [dx, dgamma, dbeta]; `mean` holds the statistics of normForward. */
export function normBackward(
  backend: MathBackendWebGL,
  { x, gamma, beta, mean, dy }: Inputs,
  groups: number,
): TensorInfo[] {
  const [batch, h, w, channels] = x.shape;
  const perGroup = channels / groups;
  const pairs = Math.ceil(w / 2);
  const inputs = { X: x, Gamma: gamma, Beta: beta, Stats: mean, Dy: dy };
  const [sums] = drawTargets(
    backend,
    inputs,
    1,
    [batch, channels, 2],
    ({ X, Dy }) => `${statistics(perGroup, groups)}
    void run(int row, int unused) {
      int b = row / ${channels / 2};
      int column = row - b * ${channels / 2};
      vec2 m = statistics(b, column);${affine}
      vec4 total = vec4(0.0);
      for (int pair = 0; pair < ${pairs}; pair++) {
        ivec2 atPair = atX(b * ${h * pairs} + pair, column);
        ivec2 atGradient = atDy(b * ${h * pairs} + pair, column);
        for (int i = 0; i < ${h}; i++) {
          vec4 x = texelFetch(X, atPair, 0);
          vec4 dy = texelFetch(Dy, atGradient, 0);
          ${nextRow('atPair', { ...X, columns: X.columns * pairs })}
          ${nextRow('atGradient', { ...Dy, columns: Dy.columns * pairs })}${gradient}
          vec4 dh = da * hat;
          total += vec4(dh.r, da.r, dh.g, da.g);
          ${w % 2 ? `if (pair < ${pairs - 1})` : ''} { total += vec4(dh.b, da.b, dh.a, da.a); }
        }
      }
      target0 = total;
    }`,
  );
  const [dx] = drawTargets(
    backend,
    { ...inputs, Sums: sums },
    1,
    x.shape,
    () => `${statistics(perGroup, groups)}
    void run(int row, int column) {
      int b = row / ${h * pairs};
      vec2 m = statistics(b, column);
      vec2 mean = vec2(0.0);
      int first = column / ${perGroup / 2} * ${perGroup / 2};
      for (int n = first; n < first + ${perGroup / 2}; n++) {
        vec4 s = texelFetch(Sums, atSums(b * ${channels / 2} + n, 0), 0);
        vec4 g = texelFetch(Gamma, atGamma(0, n), 0);
        mean += s.rg * g.r + s.ba * g.g;
      }
      mean /= ${(h * w * perGroup).toFixed(1)};${affine}
      vec4 x = texelFetch(X, atX(row, column), 0);
      vec4 dy = texelFetch(Dy, atDy(row, column), 0);${gradient}
      target0 = m.y * (gamma * da - mean.y - hat * mean.x);
    }`,
  );
  const over = (which: string) =>
    draw(
      backend,
      { Sums: sums },
      [channels],
      `void main() {
        int c = getOutputCoords();
        vec2 total = vec2(0.0);
        for (int b = 0; b < ${batch}; b++) { total += getSums(b, c, 0).${which}; }
        setOutput(vec4(total, 0.0, 0.0));
      }`,
    );
  const gradients = [dx, over('rb'), over('ga')];
  backend.disposeIntermediateTensorInfo(sums);
  return gradients;
}
