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
import { draw, type Inputs } from './programs.ts';

export function supportsNorm({ x }: Inputs, groups: number): boolean {
  const perGroup = x.shape[3] / groups;
  return x.shape.length === 4 && x.dtype === 'float32' && perGroup % 2 === 0 && x.shape[0] > 0;
}

/** (mean, rstd) of the group of channel c of image b. */
const statistics = (perGroup: number) => `
  vec2 statistics(int b, int c) {
    int g = c / ${perGroup};
    vec4 two = getStats(b, g - g % 2, 0);
    return g % 2 == 0 ? two.rg : two.ba;
  }
  vec4 activation(int c, vec4 hat) {
    return hat * getGamma(c).rgrg + getBeta(c).rgrg;
  }`;

const gradientOfSilu = `
  vec4 s = 1.0 / (1.0 + exp(-a));
  vec4 da = getDy(b, i, j, c) * s * (1.0 + a * (1.0 - s));`;

/** [y, statistics, placeholder]. */
export function normForward(
  backend: MathBackendWebGL,
  { x, gamma, beta }: Inputs,
  groups: number,
  epsilon: number,
): TensorInfo[] {
  const [batch, h, w, channels] = x.shape;
  const perGroup = channels / groups;
  const stats = draw(
    backend,
    { X: x },
    [batch, groups, 2],
    `vec2 group(int b, int g) {
      int c0 = g * ${perGroup};
      float origin = getX(b, 0, 0, c0).r;
      vec2 total = vec2(0.0);
      for (int i = 0; i < ${h}; i++) {
        for (int j = 0; j < ${w}; j += 2) {
          for (int c = c0; c < c0 + ${perGroup}; c += 2) {
            vec4 d = getX(b, i, j, c) - origin;
            if (j + 1 >= ${w}) { d.ba = vec2(0.0); }
            total += vec2(d.r + d.g + d.b + d.a, dot(d, d));
          }
        }
      }
      vec2 mean = total / ${(h * w * perGroup).toFixed(1)};
      return vec2(origin + mean.x, inversesqrt(max(mean.y - mean.x * mean.x, 0.0) + ${epsilon}));
    }
    void main() {
      ivec3 at = getOutputCoords();
      setOutput(vec4(group(at.x, at.y), at.y + 1 < ${groups} ? group(at.x, at.y + 1) : vec2(0.0)));
    }`,
  );
  const y = draw(
    backend,
    { X: x, Gamma: gamma, Beta: beta, Stats: stats },
    x.shape,
    `${statistics(perGroup)}
    void main() {
      ivec4 at = getOutputCoords();
      vec2 m = statistics(at.x, at.w);
      vec4 a = activation(at.w, (getX(at.x, at.y, at.z, at.w) - m.x) * m.y);
      setOutput(a / (1.0 + exp(-a)));
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
  const inputs = { X: x, Gamma: gamma, Beta: beta, Stats: mean, Dy: dy };
  const value = `
          vec4 hat = (getX(b, i, j, c) - m.x) * m.y;
          vec4 a = activation(c, hat);${gradientOfSilu}`;
  const sums = draw(
    backend,
    inputs,
    [batch, channels, 2],
    `${statistics(perGroup)}
    void main() {
      ivec3 at = getOutputCoords();
      int b = at.x;
      int c = at.y;
      vec2 m = statistics(b, c);
      vec4 total = vec4(0.0);
      for (int i = 0; i < ${h}; i++) {
        for (int j = 0; j < ${w}; j += 2) {${value}
          vec4 dh = da * hat;
          total += vec4(dh.r, da.r, dh.g, da.g);
          if (j + 1 < ${w}) { total += vec4(dh.b, da.b, dh.a, da.a); }
        }
      }
      setOutput(total);
    }`,
  );
  const dx = draw(
    backend,
    { ...inputs, Sums: sums },
    x.shape,
    `${statistics(perGroup)}
    void main() {
      ivec4 at = getOutputCoords();
      int b = at.x;
      int i = at.y;
      int j = at.z;
      int c = at.w;
      vec2 m = statistics(b, c);
      vec2 mean = vec2(0.0);
      int c0 = c - c % ${perGroup};
      for (int n = c0; n < c0 + ${perGroup}; n += 2) {
        vec4 s = getSums(b, n, 0);
        vec4 g = getGamma(n);
        mean += s.rg * g.r + s.ba * g.g;
      }
      mean /= ${(h * w * perGroup).toFixed(1)};${value}
      setOutput(m.y * (getGamma(c).rgrg * da - mean.y - hat * mean.x));
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
