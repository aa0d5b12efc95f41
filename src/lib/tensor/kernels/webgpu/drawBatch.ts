/**
 * The batch of a step made on the device, from the very words of the generator that batch.ts takes (B images of D
 * numbers). Where image i begins, i·(2 + L) + 4⌈iD/2⌉ words have been drawn: two for each t, L = 2 for each label
 * where there are classes, four for each pair of normals; pairs run on from image to image.
 *   t_i = 1 + ⌊(T i + ⌊T u⌋) / B⌋,   label_i = null where u' < dropout
 *   x_t = √ᾱ_t x_0 + √(1−ᾱ_t) ε,   target = p_t x_0 + q_t ε
 * The four numbers and the loss weight of a t come from a table [T+1, 5], the sinusoids from another [T+1, E].
 * drawImages writes t, labels, weights, sinusoids; noiseImages writes x_t and the target.
 */
import { PHILOX } from './philox.ts';
import { type Call, ceilDiv, read, type ShaderSource, type Slice, write } from './shader.ts';

const WORKGROUP = 64;
/** Numbers of a t in the table: √ᾱ, √(1−ᾱ), p, q, loss weight. */
export const PER_TIME = 5;
/** Words before the images in the order: the two of the step's key. */
export const ORDER_HEAD = 2;

const imagesSource: ShaderSource = {
  key: 'drawImages',
  uniforms: [
    ...['batch', 'size', 'T', 'width', 'classes', 'labelled', 'dropHigh', 'dropLow'],
    ...['features', 'weights', 'labels', 'times'],
  ],
  buffers: [
    read('order', 'u32'),
    read('perTime'),
    read('sinusoids'),
    read('classOf', 'u32'),
    write('inputs'),
    write('drawn'),
    write('result'),
  ],
  workgroup: WORKGROUP,
  declarations: PHILOX,
  body: `
  if (id >= p.batch * p.width) { return; }
  let key = vec2u(order[0], order[1]);
  let i = id / p.width;
  let k = id % p.width;
  let extra = select(0, 2, p.classes > 0);
  let start = i * (2 + extra) + 4 * ((i * p.size + 1) / 2);
  let part = scaledFloor(u32(p.T), uniformBits(u32(start), key));
  let t = 1 + (p.T * i + i32(part)) / p.batch;
  inputs[p.features + id] = sinusoids[t * p.width + k];
  if (k != 0) { return; }
  for (var n = 0; n < 4; n++) { drawn[4 * i + n] = perTime[t * ${PER_TIME} + n]; }
  inputs[p.weights + i] = perTime[t * ${PER_TIME} + 4];
  result[p.times + i] = f32(t);
  var label = p.classes;
  if (p.labelled == 1) {
    let end = i * (2 + extra) + 2 + 4 * (((i + 1) * p.size + 1) / 2);
    if (!below(uniformBits(u32(end), key), vec2u(u32(p.dropHigh), u32(p.dropLow)))) {
      label = i32(classOf[order[${ORDER_HEAD} + i]]);
    }
  }
  inputs[p.labels + i] = f32(label);`,
};

/** `packed`: x_0 as bytes, four to a word, which number a table of 256 values. */
const noiseSource = (packed: boolean): ShaderSource => ({
  key: `noiseImages ${packed}`,
  uniforms: ['batch', 'size', 'classes', 'x', 'goal'],
  buffers: [
    read('order', 'u32'),
    read('drawn'),
    read('images', packed ? 'u32' : 'f32'),
    ...(packed ? [read('palette')] : []),
    write('inputs'),
  ],
  workgroup: WORKGROUP,
  declarations: PHILOX,
  body: `
  let total = p.batch * p.size;
  if (2 * id >= total) { return; }
  let key = vec2u(order[0], order[1]);
  let extra = select(0, 2, p.classes > 0);
  let at = u32((2 * id / p.size) * (2 + extra) + 2 + 4 * id);
  let noise = normalPair(uniformBits(at, key), uniformBits(at + 2u, key));
  for (var n = 0; n < 2; n++) {
    let place = 2 * id + n;
    if (place >= total) { return; }
    let i = place / p.size;
    let pixel = order[${ORDER_HEAD} + i] * u32(p.size) + u32(place % p.size);
    ${packed ? 'let clean = palette[(images[pixel >> 2u] >> (8u * (pixel & 3u))) & 0xffu];' : 'let clean = images[pixel];'}
    let epsilon = select(noise.x, noise.y, n == 1);
    inputs[p.x + place] = drawn[4 * i] * clean + drawn[4 * i + 1] * epsilon;
    inputs[p.goal + place] = drawn[4 * i + 2] * clean + drawn[4 * i + 3] * epsilon;
  }`,
});

export interface DrawShape {
  batch: number;
  /** Numbers of an image. */
  size: number;
  T: number;
  /** Sinusoids of a time. */
  width: number;
  /** 0: no labels are drawn. `labelled`: the data have some. */
  classes: number;
  labelled: boolean;
  labelDropout: number;
  /** Where things lie in `inputs`, and the times in `result`. */
  at: {
    x: number;
    target: number;
    features: number;
    weights: number;
    labels: number;
    times: number;
  };
}

export interface DrawBuffers {
  order: Slice;
  perTime: Slice;
  sinusoids: Slice;
  classOf: Slice;
  images: Slice;
  /** Left out: `images` holds floats. */
  palette?: Slice;
  drawn: Slice;
  inputs: Slice;
  result: Slice;
}

export function drawBatch(shape: DrawShape, buffers: DrawBuffers): Call[] {
  const { batch, size, T, width, classes, at } = shape;
  const { order, perTime, sinusoids, classOf, images, palette, drawn, inputs, result } = buffers;
  // u < dropout as integers: the 53 bits of u below this limit.
  const limit = Math.ceil(shape.labelDropout * 2 ** 53);
  return [
    {
      source: imagesSource,
      uniforms: {
        ...{ batch, size, T, width, classes, ...at },
        labelled: Number(shape.labelled && classes > 0),
        dropHigh: Math.floor(limit / 2 ** 26),
        dropLow: limit % 2 ** 26,
      },
      bindings: [order, perTime, sinusoids, classOf, inputs, drawn, result],
      groups: ceilDiv(batch * width, WORKGROUP),
    },
    {
      source: noiseSource(palette !== undefined),
      uniforms: { batch, size, classes, x: at.x, goal: at.target },
      bindings: [order, drawn, images, ...(palette ? [palette] : []), inputs],
      groups: ceilDiv(ceilDiv(batch * size, 2), WORKGROUP),
    },
  ];
}
