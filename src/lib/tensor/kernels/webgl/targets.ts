/**
 * Programs with several targets, which TensorFlow.js does not have: a fragment writes one texel into each of up to
 * `maxTargets` textures. What it reads it reads once for all of them; on every adapter fetching texels is what
 * a convolution spends its time on. Inputs and targets are packed textures, read with texelFetch.
 */
import type { GPGPUContext, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { draw, type Inputs } from './programs.ts';

/** Any WebGL 2 has four, most have eight. */
export function maxTargets(backend: MathBackendWebGL): number {
  return contextOf(backend).maxTargets;
}

interface Compiled {
  program: ReturnType<GPGPUContext['createProgram']>;
  samplers: (WebGLUniformLocation | null)[];
}

interface Context {
  framebuffer: WebGLFramebuffer;
  maxTargets: number;
  programs: Map<string, Compiled>;
}

const contexts = new WeakMap<GPGPUContext, Context>();

function contextOf({ gpgpu }: MathBackendWebGL): Context {
  let context = contexts.get(gpgpu);
  if (!context) {
    const gl = gpgpu.gl as WebGL2RenderingContext;
    const framebuffer = gl.createFramebuffer();
    const maxTargets = Math.min(gl.getParameter(gl.MAX_DRAW_BUFFERS) as number, 8);
    context = { framebuffer, maxTargets, programs: new Map() };
    contexts.set(gpgpu, context);
  }
  return context;
}

/** The packed texture of a tensor: texels of a row of the tensor's pairs of rows, and of a row of the texture. */
export interface Layout {
  columns: number;
  width: number;
}

function sizeOf(backend: MathBackendWebGL, { dataId }: TensorInfo): [number, number] {
  const [height, width] = backend.texData.get(dataId).texShape as [number, number];
  return [Math.ceil(width / 2), Math.ceil(height / 2)];
}

const layoutOf = (backend: MathBackendWebGL, tensor: TensorInfo): Layout => ({
  columns: Math.ceil((tensor.shape.at(-1) ?? 1) / 2),
  width: sizeOf(backend, tensor)[0],
});

/** Moves a place to the next column, or to the next row: additions, where `at<Name>` may have to divide. */
export const nextColumn = (at: string, { columns, width }: Layout) =>
  width % columns === 0
    ? `${at}.x += 1;`
    : `${at}.x += 1; if (${at}.x == ${width}) { ${at} += ivec2(-${width}, 1); }`;

export const nextRow = (at: string, { columns, width }: Layout) =>
  columns % width === 0
    ? `${at}.y += ${columns / width};`
    : `${at} += ivec2(${columns % width}, ${Math.floor(columns / width)}); if (${at}.x >= ${width}) { ${at} += ivec2(-${width}, 1); }`;

/** Place of a texel by its row and column. */
const placeFunction = (name: string, { columns, width }: Layout) =>
  `ivec2 at${name}(int row, int column) {
      ${
        width === columns
          ? 'return ivec2(column, row);'
          : `int n = row * ${columns} + column; int y = n / ${width}; return ivec2(n - y * ${width}, y);`
      }
    }`;

/** The tensor itself where its texture is packed by its own rows and columns, else such a copy. */
function packed(backend: MathBackendWebGL, input: TensorInfo): TensorInfo {
  const data = backend.texData.get(input.dataId);
  if (!data.texture && data.values && !data.slice) {
    // Not on the device yet: it goes there as it is needed, as TensorFlow.js does it.
    data.isPacked = true;
    data.shape = input.shape;
    backend.uploadToGPU(input.dataId);
  }
  if (!data.isPacked) return backend.packTensor(input);
  if ([-1, -2].every((axis) => data.shape.at(axis) === input.shape.at(axis))) return input;
  const [type, coordinates] =
    input.shape.length === 1
      ? ['int', 'at']
      : [`ivec${input.shape.length}`, input.shape.map((_, i) => `at[${i}]`).join(', ')];
  return draw(
    backend,
    { X: input },
    input.shape,
    `void main() { ${type} at = getOutputCoords(); setOutput(getX(${coordinates})); }`,
  );
}

/**
 * Draws `targets` tensors of one shape, a texel of each to a fragment. Rows are counted through all axes but the last:
 * an image [B,H,W,C] has B·H·⌈W/2⌉ rows of ⌈C/2⌉ columns of texels. `code` gets the layout of each input; it declares
 * `void run(int row, int column)`, which sets target0, target1, …, and reads input X at place atX(row, column).
 */
export function drawTargets(
  backend: MathBackendWebGL,
  inputs: Inputs,
  targets: number,
  shape: number[],
  code: (layouts: Record<string, Layout>) => string,
): TensorInfo[] {
  const { gpgpu } = backend;
  const gl = gpgpu.gl as WebGL2RenderingContext;
  const { framebuffer, programs } = contextOf(backend);
  const names = Object.keys(inputs);
  const sources = Object.values(inputs).map((input) => packed(backend, input));
  const outputs = Array.from({ length: targets }, () => {
    const output = backend.makeTensorInfo(shape, 'float32');
    backend.texData.get(output.dataId).isPacked = true;
    backend.uploadToGPU(output.dataId);
    return output;
  });
  const [width, height] = sizeOf(backend, outputs[0]);
  const { columns } = layoutOf(backend, outputs[0]);
  const layouts = Object.fromEntries(
    names.map((name, i) => [name, layoutOf(backend, { ...sources[i], shape: inputs[name].shape })]),
  );
  const list = outputs.map((_, i) => i);
  const source = `#version 300 es
    precision highp float;
    precision highp int;
    precision highp sampler2D;
    ${names.map((name) => `uniform sampler2D ${name};`).join(' ')}
    ${list.map((i) => `layout(location = ${i}) out vec4 target${i};`).join(' ')}
    ${names.map((name) => placeFunction(name, layouts[name])).join('\n    ')}
    ${code(layouts)}
    void main() {
      ivec2 at = ivec2(gl_FragCoord.xy);
      ${
        width === columns
          ? 'run(at.y, at.x);'
          : `int n = at.y * ${width} + at.x; int row = n / ${columns}; run(row, n - row * ${columns});`
      }
    }`;

  let compiled = programs.get(source);
  if (!compiled) {
    const program = gpgpu.createProgram(fragmentShader(gl, source));
    gpgpu.buildVao(program);
    compiled = { program, samplers: names.map((name) => gl.getUniformLocation(program, name)) };
    programs.set(source, compiled);
  }
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  const attachment = (i: number) => gl.COLOR_ATTACHMENT0 + i;
  const attach = (i: number, texture: WebGLTexture | null) =>
    gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment(i), gl.TEXTURE_2D, texture, 0);
  for (const i of list) attach(i, backend.getTexture(outputs[i].dataId));
  gl.drawBuffers(list.map(attachment));
  gl.viewport(0, 0, width, height);
  gl.scissor(0, 0, width, height);
  gpgpu.setProgram(compiled.program);
  gpgpu.bindVertexArray(compiled.program.vao);
  sources.forEach(({ dataId }, i) => {
    const sampler = compiled.samplers[i];
    if (sampler) gpgpu.setInputMatrixTexture(backend.getTexture(dataId), sampler, i);
  });
  gpgpu.executeProgram();
  // Targets of different sizes must not meet in one framebuffer, and a texture must not be kept alive by it.
  for (const i of list) attach(i, null);
  sources.forEach((one, i) => {
    if (one !== Object.values(inputs)[i]) backend.disposeIntermediateTensorInfo(one);
  });
  return outputs;
}

function fragmentShader(gl: WebGL2RenderingContext, source: string): WebGLShader {
  const shader = gl.createShader(gl.FRAGMENT_SHADER);
  if (!shader) throw new Error('The WebGL context gives no shader.');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
    throw new Error(`A WebGL program of ours was refused: ${gl.getShaderInfoLog(shader)}`);
  return shader;
}
