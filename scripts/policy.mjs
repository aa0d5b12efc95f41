/**
 * The content security policy of a document. The build writes it, with the hashes of its inline scripts, into a meta
 * element; as a header it holds from the first byte and can also forbid framing, which a meta element cannot.
 */

/** For documents without a policy of their own. */
const STRICT = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' blob: https://cdn.jsdelivr.net https://raw.githubusercontent.com",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
].join('; ');

const META = /<meta\b[^>]*\bhttp-equiv\s*=\s*["']?content-security-policy["']?[^>]*>/i;
const CONTENT = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const ENTITIES = {
  amp: '&',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  '#34': '"',
  lt: '<',
  gt: '>',
};

/** The policy in the document's meta element, else the strict one. */
export function policyFor(html) {
  const meta = META.exec(html)?.[0];
  const content = meta && CONTENT.exec(meta);
  const own =
    content &&
    (content[1] ?? content[2]).replace(
      /&([a-z]+|#\w+);/gi,
      (all, name) => ENTITIES[name.toLowerCase()] ?? all,
    );
  return (own || STRICT).replace(/\s+/g, ' ').replace(/[;\s]+$/, '');
}
