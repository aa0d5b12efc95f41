// In the oldest words, and on its own: a browser that lacks what the widgets stand on is told so, once, before them.
(function () {
  var simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  var fits = false;
  try {
    fits =
      'popover' in HTMLElement.prototype &&
      'with' in Array.prototype &&
      'noModule' in HTMLScriptElement.prototype &&
      typeof OffscreenCanvas === 'function' &&
      typeof structuredClone === 'function' &&
      CSS.supports('selector(:has(a))') &&
      WebAssembly.validate(new Uint8Array(simd));
  } catch (error) {
    fits = false;
  }
  if (!fits) document.getElementById('older').removeAttribute('hidden');
})();
