/**
 * Gradient of the filter and the bias of a convolution, in parts:
 *   dw[u,v,c,o] = Σ_{b,i,j} x[b,i+u−k/2,j+v−k/2,c] dy[b,i,j,o],   db[o] = Σ_{b,i,j} dy[b,i,j,o]
 * The sum over pixels is cut into chunks of some rows of one image, so that enough invocations run; part n is
 * [dw, db] of chunk n. An invocation keeps k columns of one filter row × 4 × 8 channels in registers and slides along
 * the row: three loads for 96 products. The parts are added by sumParts (update.ts); the db parts of an image's chunks
 * add up to the gradient of its time bias.
 */
import { type ConvShape, loader } from './convolution.ts';
import { type Call, ceilDiv, type Slice } from './shader.ts';

const WORKGROUP = 32;
/** Invocations that keep a device busy; more of them only make more parts to add. */
const ENOUGH = 2048;
const LANES = ['x', 'y', 'z', 'w'] as const;
const times = <T>(n: number, f: (i: number) => T) => Array.from({ length: n }, (_, i) => f(i));

export interface Parts {
  /** Chunks of each image, and rows of a chunk. */
  perImage: number;
  rows: number;
  /** Parts, and floats of each: those of dw, then those of db. */
  count: number;
  floats: number;
}

export function filterParts({ batch, h, ci, co, k }: ConvShape): Parts {
  const tiles = k * ceilDiv(ci, 4) * ceilDiv(co, co % 8 === 0 ? 8 : 4);
  const rows = Math.max(1, Math.ceil(h / Math.max(1, Math.ceil(ENOUGH / (tiles * batch)))));
  const perImage = ceilDiv(h, rows);
  return { perImage, rows, count: batch * perImage, floats: k * k * ci * co + co };
}

/** shape: ci channels of x, co channels of dy. `first` is the index of part 0 in `parts`. */
export function filterGradient(
  shape: ConvShape,
  { x, dy, parts }: { x: Slice; dy: Slice; parts: Slice },
  first = 0,
): Call {
  const { h, w, ci, co, k } = shape;
  const plan = filterParts(shape);
  const outs = co % 8 === 0 ? 2 : 1;
  const [wholeX, wholeDy] = [ci % 4 === 0, co % 4 === 0];
  const margin = (k - 1) / 2;
  const rowBlocks = ceilDiv(co, 4 * outs);
  const count = plan.count * k * ceilDiv(ci, 4) * rowBlocks;

  const sums: string[] = [];
  const products: string[] = [];
  const stores: string[] = [];
  for (let v = 0; v < k; v++)
    for (let lane = 0; lane < 4; lane++)
      for (let o = 0; o < outs; o++) {
        const name = `a${v}_${lane}_${o}`;
        sums.push(`var ${name} = vec4f();`);
        products.push(`${name} += x${v}.${LANES[lane]} * d${o};`);
        const at = `base + ((u * ${k} + ${v}) * p.ci + c0 + ${lane}) * p.co + o0 + ${4 * o}`;
        const put = LANES.map(
          (l, n) =>
            `${wholeDy ? '' : `if (o0 + ${n} < p.co) `}{ parts[${at} + ${n}] = ${name}.${l}; }`,
        ).join(' ');
        stores.push(wholeX ? put : `if (c0 + ${lane} < p.ci) { ${put} }`);
      }
  for (let o = 0; o < outs; o++) {
    sums.push(`var s${o} = vec4f();`);
    products.push(`s${o} += d${o};`);
  }
  const biasStores = times(outs, (o) =>
    LANES.map(
      (l, n) =>
        `${wholeDy ? '' : `if (o0 + ${n} < p.co) `}{ parts[base + ${k * k} * p.ci * p.co + o0 + ${4 * o + n}] = s${o}.${l}; }`,
    ).join(' '),
  );
  const slide =
    k === 3
      ? `x0 = x1; x1 = x2; x2 = vec4f(); if (j + 1 < p.w) { x2 = load_x(row + (j + 1) * p.ci, p.ci - c0); }`
      : `let x0 = load_x(row + j * p.ci, p.ci - c0);`;
  const start =
    k === 3 ? `var x0 = vec4f(); var x1 = vec4f(); var x2 = load_x(row, p.ci - c0);` : '';
  return {
    source: {
      key: `filterGradient ${[k, outs, wholeX, wholeDy]}`,
      uniforms: ['h', 'w', 'ci', 'co', 'count', 'rows', 'perImage', 'first'],
      buffers: [
        { name: 'x', type: wholeX ? 'vec4f' : 'f32' },
        { name: 'dy', type: wholeDy ? 'vec4f' : 'f32' },
        { name: 'parts', type: 'f32', write: true },
      ],
      workgroup: WORKGROUP,
      declarations: `${loader('x', wholeX)}\n${loader('dy', wholeDy)}`,
      body: `
  if (id >= p.count) { return; }
  let blocks = (p.co + ${4 * outs - 1}) / ${4 * outs};
  let vectors = (p.ci + 3) / 4;
  let o0 = (id % blocks) * ${4 * outs};
  let c0 = (id / blocks) % vectors * 4;
  let u = (id / blocks / vectors) % ${k};
  let chunk = id / blocks / vectors / ${k};
  let b = chunk / p.perImage;
  let firstRow = (chunk % p.perImage) * p.rows;
  ${sums.join(' ')}
  for (var i = firstRow; i < min(firstRow + p.rows, p.h); i++) {
    let r = i + u - ${margin};
    if (r < 0 || r >= p.h) { continue; }
    let row = (b * p.h + r) * p.w * p.ci + c0;
    let line = (b * p.h + i) * p.w * p.co + o0;
    ${start}
    for (var j = 0; j < p.w; j++) {
      ${slide}
      ${times(outs, (o) => `let d${o} = load_dy(line + j * p.co + ${4 * o}, p.co - o0);`).join(' ')}
      ${products.join('\n      ')}
    }
  }
  let base = p.first + chunk * (${k * k} * p.ci * p.co + p.co);
  ${stores.join('\n  ')}
  if (c0 == 0 && u == ${margin}) { ${biasStores.join(' ')} }`,
    },
    uniforms: { h, w, ci, co, count, rows: plan.rows, perImage: plan.perImage, first },
    bindings: [x, dy, parts],
    groups: ceilDiv(count, WORKGROUP),
  };
}
