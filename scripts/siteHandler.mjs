/** Answers requests for the files of a built site, with sirv: what `serve.mjs` listens with, and what tests ask directly. */
import { readFileSync, statSync } from 'node:fs';
import { join, posix, resolve, sep } from 'node:path';
import { lookup } from 'mrmime';
import sirv from 'sirv';
import { ISOLATION, policyFor } from './policy.mjs';

/** The content type of a file; weights and unknown endings are bytes. */
export function contentType(path) {
  const type = lookup(path) ?? 'application/octet-stream';
  return /^text\/|json$|xml$/.test(type) ? `${type}; charset=utf-8` : type;
}

/** The file behind a request path, inside root, or null: no way out by .., encoded slashes, NUL or backslashes. */
export function resolveInside(root, pathname) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(root, `.${posix.normalize(`/${path}`)}`);
  return file === root || file.startsWith(root + sep) ? file : null;
}

/** Headers of a file beyond those of sirv: `path` below the base, with a leading slash. */
function headersFor(root, path, headers) {
  const found = {
    'Content-Type': contentType(path),
    'Cache-Control': path.startsWith('/_astro/')
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  };
  // sirv would have the browser unpack a file that ends in .gz: data sets are verified as they were published.
  if (path.endsWith('.gz')) found['Content-Encoding'] = 'identity';
  if (!headers) return found;
  // Pages under /embed/ are made to stand in other people's pages.
  const embed = path.startsWith('/embed/');
  Object.assign(found, {
    ...ISOLATION,
    'Cross-Origin-Resource-Policy': embed ? 'cross-origin' : 'same-origin',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  });
  // Documents only: a worker script with a policy of its own would be bound by it.
  if (path.endsWith('.html')) {
    const policy = policyFor(readFileSync(join(root, path), 'utf8'));
    found['Content-Security-Policy'] = `${policy}; frame-ancestors ${embed ? '*' : "'self'"}`;
  }
  return found;
}

/** A request handler for the files in `root`, mounted at `base`. */
export function createHandler({ root, base = '/', headers = true }) {
  // `dev`: looks at the files at each request, so that a new build is seen. build.mjs has compressed what shrinks.
  const options = { dev: true, etag: true, brotli: true, gzip: true, extensions: [] };
  const files = sirv(root, options);
  const kindOf = (file) => file && statSync(file, { throwIfNoEntry: false });

  const plain = (response, status, text, extra = {}) => {
    const own = headers ? { ...ISOLATION, 'Cross-Origin-Resource-Policy': 'same-origin' } : {};
    const type = { 'Content-Type': contentType('.txt') };
    response.writeHead(status, { ...type, ...own, ...extra }).end(text);
  };

  function notFound(request, response) {
    if (!kindOf(join(root, '404.html'))) return plain(response, 404, 'There is no such page.');
    response.writeHead(404, headersFor(root, '/404.html', headers));
    response.end(request.method === 'HEAD' ? undefined : readFileSync(join(root, '404.html')));
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return plain(response, 405, 'Only GET and HEAD are served here.', { Allow: 'GET, HEAD' });
    const [pathname, query] = request.url.split(/\?(.*)/s);
    if (pathname === '/' && base !== '/') return plain(response, 302, '', { Location: base });
    if (!pathname.startsWith(base)) return notFound(request, response);
    const asked = pathname.slice(base.length - 1);
    const isFolder = asked.endsWith('/');
    const file = resolveInside(root, isFolder ? `${asked}index.html` : asked);
    const kind = kindOf(file);
    // Built from the file, not from the request: '//host' cannot lead elsewhere.
    const path = () => file.slice(root.length).split(sep).map(encodeURIComponent).join('/');
    if (kind?.isDirectory() && !isFolder) {
      const Location = `${base}${path().slice(1)}/${query === undefined ? '' : `?${query}`}`;
      return plain(response, 301, '', { Location });
    }
    if (!kind?.isFile()) return notFound(request, response);
    for (const [name, value] of Object.entries(headersFor(root, file.slice(root.length), headers)))
      response.setHeader(name, value);
    request.url = path();
    files(request, response, () => notFound(request, response));
  };
}
