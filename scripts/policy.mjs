/**
 * The headers of the book, once for all: cross-origin isolation and the content security policy. The build, the servers
 * of development, tests and bench, and the README's check take them from here. Node builtins only.
 */
import { readFileSync } from 'node:fs';

/** Threads need a cross-origin isolated page. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const sources = JSON.parse(
  readFileSync(new URL('../src/lib/data/sources.json', import.meta.url), 'utf8'),
);
/** Where data sets may come from besides the book's own origin. */
const MIRRORS = new Set(
  Object.values(sources).flatMap(({ mirrors = [] }) => mirrors.map((url) => new URL(url).origin)),
);

const SELF = "'self'";
const INLINE = "'unsafe-inline'";

/** Astro's `security.csp`: it adds the hashes of a page's own scripts, and writes the policy into a meta element. */
export const csp = {
  directives: [
    `default-src ${SELF}`,
    `img-src ${SELF} data: blob:`,
    `font-src ${SELF}`,
    `connect-src ${[SELF, 'blob:', ...MIRRORS].join(' ')}`,
    `worker-src ${SELF} blob:`,
    "object-src 'none'",
    `base-uri ${SELF}`,
  ],
  // Observable Plot writes a <style> into its SVG, KaTeX writes style attributes.
  styleDirective: {
    resources: [
      { resource: SELF, kind: 'element' },
      { resource: INLINE, kind: 'element' },
      { resource: INLINE, kind: 'attribute' },
    ],
  },
  scriptDirective: { resources: [SELF, "'wasm-unsafe-eval'"] },
};

/** For documents without a policy of their own. */
const STRICT = [
  ...csp.directives,
  `script-src ${csp.scriptDirective.resources.join(' ')}`,
  `style-src ${SELF} ${INLINE}`,
].join('; ');

const META = /<meta\b[^>]*\bhttp-equiv\s*=\s*["']?content-security-policy["']?[^>]*>/i;
const CONTENT = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const ENTITIES = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };
for (const code of ['#39', '#x27']) ENTITIES[code] = "'";
ENTITIES['#34'] = '"';

/**
 * The policy in the document's meta element, else the strict one. As a header it holds from the first byte and can also
 * forbid framing, which a meta element cannot.
 */
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
