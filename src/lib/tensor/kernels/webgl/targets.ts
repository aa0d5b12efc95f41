/**
 * Programs with several targets, which TensorFlow.js does not have: a fragment writes one texel into each of up to
 * `maxTargets` textures. What it reads it reads once for all of them; on every adapter fetching texels is what
 * a convolution spends its time on. Inputs and targets are packed textures, read with texelFetch.
 */
import type { GPGPUContext, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Layout, layoutOf, packed, placeFunction, sizeOf } from './layout.ts';
import type { Inputs } from './programs.ts';

/** Most targets that are used; any WebGL 2 has four, most have eight. */
export const limits = { targets: 8 };

/** Targets that a fragment may have here. */
export const maxTargets = (backend: MathBackendWebGL) =>
  Math.min(contextOf(backend).targets, limits.targets);

interface Compiled {
  program: ReturnType<GPGPUContext['createProgram']>;
  samplers: (WebGLUniformLocation | null)[];
}

interface Context {
  framebuffer: WebGLFramebuffer;
  targets: number;
  programs: Map<string, Compiled>;
}

const contexts = new WeakMap<GPGPUContext, Context>();

function contextOf(backend: MathBackendWebGL): Context {
  let context = contexts.get(backend.gpgpu);
  if (!context) {
    const gl = backend.gpgpu.gl as WebGL2RenderingContext;
    const framebuffer = gl.createFramebuffer();
    context = { framebuffer, targets: countTargets(backend, framebuffer), programs: new Map() };
    contexts.set(backend.gpgpu, context);
  }
  return context;
}

/** Adapters also limit how many bytes a pixel has in all its targets, and say so only of a framebuffer. */
function countTargets(backend: MathBackendWebGL, framebuffer: WebGLFramebuffer): number {
  const gl = backend.gpgpu.gl as WebGL2RenderingContext;
  const most = Math.min(
    gl.getParameter(gl.MAX_DRAW_BUFFERS),
    gl.getParameter(gl.MAX_COLOR_ATTACHMENTS),
    8,
  );
  const tensors = Array.from({ length: most }, () => emptyTensor(backend, [2, 2]));
  let count = most;
  bind(backend, framebuffer, tensors);
  while (count > 1 && gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) {
    release(backend, tensors.slice(0, count));
    count--;
    bind(backend, framebuffer, tensors.slice(0, count));
  }
  release(backend, tensors.slice(0, count));
  for (const tensor of tensors) backend.disposeIntermediateTensorInfo(tensor);
  return count;
}

function emptyTensor(backend: MathBackendWebGL, shape: number[]): TensorInfo {
  const tensor = backend.makeTensorInfo(shape, 'float32');
  backend.texData.get(tensor.dataId).isPacked = true;
  backend.uploadToGPU(tensor.dataId);
  return tensor;
}

function bind(backend: MathBackendWebGL, framebuffer: WebGLFramebuffer, tensors: TensorInfo[]) {
  const gl = backend.gpgpu.gl as WebGL2RenderingContext;
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  tensors.forEach(({ dataId }, i) => {
    attach(gl, i, backend.getTexture(dataId));
  });
  gl.drawBuffers(tensors.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
}

/** Targets of different sizes must not meet in one framebuffer, and a texture must not be kept alive by it. */
function release({ gpgpu }: MathBackendWebGL, tensors: TensorInfo[]) {
  const gl = gpgpu.gl as WebGL2RenderingContext;
  tensors.forEach((_, i) => {
    attach(gl, i, null);
  });
  gl.bindFramebuffer(gl.FRAMEBUFFER, gpgpu.framebuffer);
}

const attach = (gl: WebGL2RenderingContext, i: number, texture: WebGLTexture | null) =>
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, texture, 0);

/**
 * Draws `targets` tensors of one shape, a texel of each to a fragment. `code` gets the layout of each input; it declares
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
  const outputs = Array.from({ length: targets }, () => emptyTensor(backend, shape));
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
  bind(backend, framebuffer, outputs);
  gl.viewport(0, 0, width, height);
  gl.scissor(0, 0, width, height);
  gpgpu.setProgram(compiled.program);
  gpgpu.bindVertexArray(compiled.program.vao);
  sources.forEach(({ dataId }, i) => {
    const sampler = compiled.samplers[i];
    if (sampler) gpgpu.setInputMatrixTexture(backend.getTexture(dataId), sampler, i);
  });
  gpgpu.executeProgram();
  release(backend, outputs);
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
