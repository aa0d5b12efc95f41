/** Answers requests for the files of a built site: what `serve.mjs` listens with, and what tests ask directly. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, posix, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { contentType, isCompressible } from './mime.mjs';
import { policyFor } from './policy.mjs';

const compressors = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 6 }),
};

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

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Headers of a file: `path` below the base, with a leading slash. */
export function headersFor(path, type, body, { headers = true } = {}) {
  const hashed = path.startsWith('/_astro/');
  const found = {
    'Content-Type': type,
    'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  };
  if (!headers) return found;
  // Pages under /embed/ are made to stand in other people's pages.
  const embed = path.startsWith('/embed/');
  Object.assign(found, ISOLATION, { 'Referrer-Policy': 'strict-origin-when-cross-origin' });
  if (embed) found['Cross-Origin-Resource-Policy'] = 'cross-origin';
  // Documents only: a worker script with a policy of its own would be bound by it.
  if (type.startsWith('text/html')) {
    found['Content-Security-Policy'] =
      `${policyFor(body.toString('utf8'))}; frame-ancestors ${embed ? '*' : "'self'"}`;
  }
  return found;
}

/** Best encoding that the client takes. */
export function chooseEncoding(accepted = '') {
  const offers = accepted.split(',').map((part) => part.trim().split(/;\s*q=/));
  const takes = (name) => offers.some(([offer, q = '1']) => offer === name && Number(q) > 0);
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null;
}

/** A request handler for the files in `root`, mounted at `base`. */
export function createHandler({ root, base = '/', headers = true }) {
  const cache = new Map(); // `${file} ${mtime} ${size}` -> { body, tag, br?, gzip? }; as large as dist at most

  async function load(file, info) {
    const key = `${file} ${info.mtimeMs} ${info.size}`;
    if (!cache.has(key)) {
      const body = await readFile(file);
      const tag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
      if (body.length > 2 ** 20 && !isCompressible(contentType(file))) return { body, tag }; // data: leave it to the disk
      cache.set(key, { body, tag });
    }
    return cache.get(key);
  }

  async function send(request, response, file, info, path, status) {
    const type = contentType(file);
    const entry = await load(file, info);
    const encoding =
      isCompressible(type) && entry.body.length > 1000
        ? chooseEncoding(request.headers['accept-encoding'])
        : null;
    const tag = `"${entry.tag}${encoding ? `-${encoding}` : ''}"`;
    const fields = { ...headersFor(path, type, entry.body, { headers }), ETag: tag };
    if (isCompressible(type)) fields.Vary = 'Accept-Encoding';
    if (status === 200 && request.headers['if-none-match']?.split(/,\s*/).includes(tag)) {
      response.writeHead(304, fields).end();
      return;
    }
    if (encoding) {
      entry[encoding] ??= compressors[encoding](entry.body);
      fields['Content-Encoding'] = encoding;
    }
    const body = encoding ? await entry[encoding] : entry.body;
    response.writeHead(status, { ...fields, 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  const plain = (response, status, text, extra = {}) =>
    response
      .writeHead(status, {
        'Content-Type': 'text/plain; charset=utf-8',
        ...(headers ? ISOLATION : {}),
        ...extra,
      })
      .end(text);

  async function notFound(request, response) {
    const page = join(root, '404.html');
    const info = await stat(page).catch(() => null);
    if (info) await send(request, response, page, info, '/404.html', 404);
    else plain(response, 404, 'There is no such page.');
  }

  async function handle(request, response) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      plain(response, 405, 'Only GET and HEAD are served here.', { Allow: 'GET, HEAD' });
      return;
    }
    const [pathname, query] = request.url.split(/\?(.*)/s);
    if (pathname === '/' && base !== '/') return plain(response, 302, '', { Location: base });
    if (!pathname.startsWith(base)) return notFound(request, response);
    const path = pathname.slice(base.length - 1);
    let file = resolveInside(root, path);
    let info = file && (await stat(file).catch(() => null));
    if (info?.isDirectory()) {
      if (!path.endsWith('/')) {
        // Built from the file, not from the request: '//host' cannot lead elsewhere.
        const clean = file
          .slice(root.length + 1)
          .split(sep)
          .map(encodeURIComponent)
          .join('/');
        return plain(response, 301, '', {
          Location: `${base}${clean}/${query === undefined ? '' : `?${query}`}`,
        });
      }
      file = join(file, 'index.html');
      info = await stat(file).catch(() => null);
    } else if (path.endsWith('/')) info = null;
    if (!info?.isFile()) return notFound(request, response);
    await send(request, response, file, info, path, 200);
  }

  return (request, response) =>
    handle(request, response).catch((error) => {
      if (!response.headersSent) plain(response, 500, `The server failed: ${error.message}`);
      else response.destroy();
    });
}
