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

/** Width of the packed texture of a tensor, in texels. */
const widthOf = (backend: MathBackendWebGL, { dataId }: TensorInfo) =>
  Math.ceil((backend.texData.get(dataId).texShape as [number, number])[1] / 2);

const heightOf = (backend: MathBackendWebGL, { dataId }: TensorInfo) =>
  Math.ceil((backend.texData.get(dataId).texShape as [number, number])[0] / 2);

/** The tensor itself where its texture is packed by its own rows and columns, else such a copy. */
function packed(backend: MathBackendWebGL, input: TensorInfo): TensorInfo {
  const { texture, isPacked, shape } = backend.texData.get(input.dataId);
  const same = [-1, -2].every((axis) => shape.at(axis) === input.shape.at(axis));
  if (texture && isPacked && same) return input;
  if (texture && !isPacked) return backend.packTensor(input);
  const names = ['x', 'y', 'z', 'w'].slice(0, input.shape.length).map((axis) => `at.${axis}`);
  return draw(
    backend,
    { X: input },
    input.shape,
    `void main() { ivec${names.length} at = getOutputCoords(); setOutput(getX(${names.join(', ')})); }`,
  );
}

/**
 * Draws rows × columns fragments. `code` gets the widths of the inputs' textures; it declares functions and
 * `void run(int n)`, which sets target0, target1, … of fragment n (row by row). Gives a tensor [2·rows, 2·columns] of each
 * target, to be read with texelFetch at place(n, its width), and to be disposed.
 */
export function drawTargets(
  backend: MathBackendWebGL,
  inputs: Inputs,
  targets: number,
  [rows, columns]: [number, number],
  code: (widths: Record<string, number>) => string,
): TensorInfo[] {
  const { gpgpu } = backend;
  const gl = gpgpu.gl as WebGL2RenderingContext;
  const { framebuffer, programs } = contextOf(backend);
  const names = Object.keys(inputs);
  const sources = Object.values(inputs).map((input) => packed(backend, input));
  const outputs = Array.from({ length: targets }, () => {
    const output = backend.makeTensorInfo([2 * rows, 2 * columns], 'float32');
    backend.texData.get(output.dataId).isPacked = true;
    backend.uploadToGPU(output.dataId);
    return output;
  });
  const [width, height] = [widthOf(backend, outputs[0]), heightOf(backend, outputs[0])];
  const widths = Object.fromEntries(names.map((name, i) => [name, widthOf(backend, sources[i])]));
  const list = outputs.map((_, i) => i);
  const source = `#version 300 es
    precision highp float;
    precision highp int;
    precision highp sampler2D;
    ${names.map((name) => `uniform sampler2D ${name};`).join(' ')}
    ${list.map((i) => `layout(location = ${i}) out vec4 target${i};`).join(' ')}
    ${code(widths)}
    void main() { run(int(gl_FragCoord.y) * ${width} + int(gl_FragCoord.x)); }`;

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
