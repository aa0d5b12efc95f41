/**
 * Convolution of stride 1, zero padding, k = 1 or 3, NHWC × HWIO, and the gradient of its input (`turned`):
 *   y[b,i,j,o]  = Σ_{u,v,c} x[b,i+u−k/2,j+v−k/2,c] w[u,v,c,o] + bias[o] + timeBias[b,o] + residual[b,i,j,o]
 *   dx[b,i,j,c] = Σ_{u,v,o} dy[b,i+u−k/2,j+v−k/2,o] w[k−1−u,k−1−v,c,o] + residual
 * An invocation keeps `across` neighbouring pixels of a row × `outs` channels in registers; a loaded pixel serves k
 * columns of the filter, a loaded weight all pixels. Channels go in vectors of four; a count that is not a multiple
 * of four is filled with zeros.
 */
import { type Buffer, type Call, ceilDiv, type ShaderSource, type Slice } from './shader.ts';

export interface ConvShape {
  batch: number;
  h: number;
  w: number;
  /** Channels of what is read and of what is written. */
  ci: number;
  co: number;
  k: 1 | 3;
  /** Where an image's numbers of `timeBias` begin, and how far those of the next are; default 0 and co. */
  row?: { first: number; stride: number };
}

export interface ConvBuffers {
  x: Slice;
  w: Slice;
  y: Slice;
  bias?: Slice;
  residual?: Slice;
  timeBias?: Slice;
}

const LANES = ['x', 'y', 'z', 'w'] as const;
const WORKGROUP = 32;
const times = <T>(n: number, f: (i: number) => T) => Array.from({ length: n }, (_, i) => f(i));

/** A function that reads four channels, whole or filled with zeros. `at` is the index of the first, `left` how many exist. */
export function loader(name: string, whole: boolean): string {
  if (whole) return `fn load_${name}(at: i32, left: i32) -> vec4f { return ${name}[at >> 2]; }`;
  const lanes = LANES.map((l, i) => `if (left > ${i}) { r.${l} = ${name}[at + ${i}]; }`);
  return `fn load_${name}(at: i32, left: i32) -> vec4f { var r = vec4f(); ${lanes.join(' ')} return r; }`;
}

const kindOf = (whole: boolean) => (whole ? 'vec4f' : 'f32') as Buffer['type'];

function source(shape: ConvShape, buffers: ConvBuffers, turned: boolean): ShaderSource {
  const { k, ci, co, w } = shape;
  const across = w % 7 === 0 ? 7 : 4;
  const outs = co % 8 === 0 ? 2 : 1;
  const wholeIn = ci % 4 === 0;
  const wholeOut = co % 4 === 0;
  const ragged = w % across !== 0;
  const wholeWeights = turned ? wholeIn : wholeOut;
  const extras = (['bias', 'timeBias', 'residual'] as const).filter((name) => buffers[name]);
  const margin = (k - 1) / 2;
  const columns = across + k - 1;

  const pixels = times(columns, (i) => {
    const load = `load_x(row + (j0 + ${i - margin}) * p.ci + c, left)`;
    const edge = i < margin || i >= across + margin || (ragged && i > margin);
    if (!edge) return `let x${i} = ${load};`;
    return `var x${i} = vec4f(); if (j0 + ${i - margin} >= 0 && j0 + ${i - margin} < p.w) { x${i} = ${load}; }`;
  });
  const products: string[] = [];
  for (let v = 0; v < k; v++)
    for (let o = 0; o < outs; o++)
      for (let lane = 0; lane < 4; lane++) {
        const l = LANES[lane];
        if (turned) {
          products.push(
            `{ let f = load_w(((${k - 1} - u) * ${k} + ${k - 1 - v}) * p.ci * p.co + min(o0 + ${4 * o + lane}, p.co - 1) * p.ci + c, left);`,
            ...times(across, (i) => `a${i}_${o}.${l} += dot(x${i + v}, f);`),
            '}',
          );
        } else {
          products.push(
            `{ let f = load_w(((u * ${k} + ${v}) * p.ci + min(c + ${lane}, p.ci - 1)) * p.co + o0 + ${4 * o}, p.co - o0);`,
            ...times(across, (i) => `a${i}_${o} += x${i + v}.${l} * f;`),
            '}',
          );
        }
      }
  const stores = times(across, (i) =>
    times(outs, (o) => {
      const at = `out + ${i} * p.co + ${4 * o}`;
      const adds = extras.map((name) => {
        if (name === 'residual') return `r += load_residual(${at}, p.co - o0);`;
        const first = name === 'bias' ? 'o0' : 'p.first + b * p.stride + o0';
        return `r += load_${name}(${first} + ${4 * o}, p.co - o0);`;
      });
      const put = wholeOut
        ? `y[(${at}) >> 2] = r;`
        : LANES.map((l, n) => `if (o0 + ${n} < p.co) { y[${at} + ${n}] = r.${l}; }`).join(' ');
      return `${ragged ? `if (j0 + ${i} < p.w) ` : ''}{ var r = a${i}_${o}; ${adds.join(' ')} ${put} }`;
    }).join('\n'),
  );
  const inputs: Buffer[] = [
    { name: 'x', type: kindOf(wholeIn) },
    { name: 'w', type: kindOf(wholeWeights) },
    ...extras.map((name) => ({ name, type: kindOf(wholeOut) })),
  ];
  return {
    key: `conv ${[k, across, outs, wholeIn, wholeOut, ragged, turned, ...extras]}`,
    uniforms: ['h', 'w', 'ci', 'co', 'count', 'tiles', 'first', 'stride'],
    buffers: [...inputs, { name: 'y', type: kindOf(wholeOut), write: true }],
    workgroup: WORKGROUP,
    declarations: inputs.map(({ name, type }) => loader(name, type === 'vec4f')).join('\n'),
    body: `
  if (id >= p.count) { return; }
  let blocks = (p.co + ${4 * outs - 1}) / ${4 * outs};
  let o0 = (id % blocks) * ${4 * outs};
  let j0 = (id / blocks) % p.tiles * ${across};
  let line = id / blocks / p.tiles;
  let b = line / p.h;
  let i0 = line % p.h;
  ${times(across, (i) => times(outs, (o) => `var a${i}_${o} = vec4f();`).join(' ')).join('\n  ')}
  for (var u = 0; u < ${k}; u++) {
    let i = i0 + u - ${margin};
    if (i < 0 || i >= p.h) { continue; }
    let row = (b * p.h + i) * p.w * p.ci;
    for (var c = 0; c < p.ci; c += 4) {
      let left = p.ci - c;
      ${[...pixels, ...products].join('\n      ')}
    }
  }
  let out = (line * p.w + j0) * p.co + o0;
  ${stores.join('\n  ')}`,
  };
}

/** One call; with `turned` x is dy, ci the channels of dy and co those of dx. */
export function convolution(shape: ConvShape, buffers: ConvBuffers, turned = false): Call {
  const { batch, h, w, ci, co, row = { first: 0, stride: co } } = shape;
  const made = source(shape, buffers, turned);
  const tiles = ceilDiv(w, w % 7 === 0 ? 7 : 4);
  const count = batch * h * tiles * ceilDiv(co, co % 8 === 0 ? 8 : 4);
  const { x, w: weights, bias, timeBias, residual, y } = buffers;
  const all = [x, weights, bias, timeBias, residual, y];
  return {
    source: made,
    uniforms: { h, w, ci, co, count, tiles, ...row },
    bindings: all.filter((slice) => slice !== undefined),
    groups: ceilDiv(count, WORKGROUP),
  };
}
