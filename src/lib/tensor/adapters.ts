/** Which graphics adapters the browser offers, and whether they are real GPUs. */

export interface Adapter {
  /** As the browser names it; '' when it gives no name. */
  name: string;
  /** Rendered by the CPU: correct, but slower than WebAssembly. */
  software: boolean;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|warp\b/i;

/** The adapter that WebGPU would use, or null. */
export async function webgpuAdapter(): Promise<Adapter | null> {
  if (!('gpu' in navigator) || !navigator.gpu) return null;
  try {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    const { vendor, architecture, device, description } = adapter.info;
    const name = [description || device, vendor, architecture].filter(Boolean).join(' ');
    const fallback = (adapter.info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
    return { name, software: fallback || SOFTWARE.test(name) };
  } catch {
    return null;
  }
}

/** The adapter that WebGL 2 would use, or null where floats cannot be drawn to a texture. */
export function webglAdapter(): Adapter | null {
  try {
    const canvas =
      typeof OffscreenCanvas === 'undefined'
        ? document.createElement('canvas')
        : new OffscreenCanvas(1, 1);
    const gl = canvas.getContext('webgl2') as WebGL2RenderingContext | null;
    if (!gl) return null;
    const floats = gl.getExtension('EXT_color_buffer_float');
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    return floats ? { name, software: SOFTWARE.test(name) } : null;
  } catch {
    return null;
  }
}
