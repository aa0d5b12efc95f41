/**
 * tfjs's threaded WebAssembly glue turns one of its functions into a string for its workers. Minifying renames
 * `_scriptDir` outside the string but not inside, and the workers die. Both uses are only a path guess that
 * `setWasmPaths` makes needless, so they are replaced before the minifier sees them.
 */
export function tfjsThreads() {
  return {
    name: 'from-noise:tfjs-threads',
    transform(code: string, id: string) {
      if (!id.includes('tfjs-backend-wasm')) return null;
      const patched = code
        .replaceAll('typeof _scriptDir !== "undefined" && _scriptDir', 'false')
        .replaceAll('||_scriptDir', '||undefined');
      return patched === code ? null : { code: patched, map: null };
    },
  };
}
