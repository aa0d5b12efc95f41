import { spawnSync } from 'node:child_process';
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressSite } from '../../scripts/compress.mjs';
import { ISOLATION, policyFor } from '../../scripts/policy.mjs';
import { basePath, portIsFree } from '../../scripts/serve.mjs';
import { createHandler, resolveInside } from '../../scripts/siteHandler.mjs';

const folder = mkdtempSync(join(tmpdir(), 'site-'));
const root = join(folder, 'dist');
const policy = "default-src 'self'; script-src 'self' 'sha256-abc='; worker-src 'self' blob:;";
const page = `<!doctype html><head><meta http-equiv="content-security-policy" content="${policy.replaceAll("'", '&#39;')}"></head>${'<p>noise</p>'.repeat(500)}`;
const servers: Server[] = [];
const ports: Record<string, number> = {};

const files: Record<string, string | Uint8Array> = {
  'index.html': page,
  '404.html': '<!doctype html><title>Nothing here</title>',
  'lab/index.html': '<!doctype html><title>Lab</title>',
  'embed/chain/index.html': '<!doctype html><title>Embed</title>',
  '_astro/app.3f9a.js': 'export const noise = 1;\n'.repeat(100),
  '_astro/kernel.wasm': new Uint8Array(2000),
  'data/mnist/t10k-labels-idx1-ubyte.gz': Uint8Array.of(0x1f, 0x8b, 8),
  'checkpoints/a.safetensors': new Uint8Array(16),
  'a b/é.svg': '<svg/>',
};

beforeAll(async () => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  compressSite(root);
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'dist-secret.txt'), 'secret');
  symlinkSync(join(root, 'lab'), join(root, 'linked'));
  for (const [name, options] of Object.entries({
    site: { root },
    based: { root, base: '/from-noise/' },
    plain: { root, headers: false },
  })) {
    const server = createServer(createHandler(options));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    servers.push(server);
    ports[name] = (server.address() as AddressInfo).port;
  }
});

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A raw request: the path goes out as it is, without a client's clean-up of '..'. */
function ask(path: string, headers = {}, { site = 'site', method = 'GET' } = {}): Promise<Reply> {
  return new Promise((done, failed) => {
    const call = request(
      { port: ports[site], host: '127.0.0.1', path, headers, method },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk) => chunks.push(chunk));
        reply.on('end', () =>
          done({ status: reply.statusCode!, headers: reply.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    call.on('error', failed);
    call.end();
  });
}

describe('files and types', () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/lab/', 'text/html; charset=utf-8'],
    ['/_astro/app.3f9a.js?v=1', 'text/javascript; charset=utf-8'],
    ['/_astro/kernel.wasm', 'application/wasm'],
    ['/data/mnist/t10k-labels-idx1-ubyte.gz', 'application/gzip'],
    ['/checkpoints/a.safetensors', 'application/octet-stream'],
    ['/a%20b/%C3%A9.svg', 'image/svg+xml; charset=utf-8'],
  ])('%s is served as %s', async (path, type) => {
    const { status, headers, body } = await ask(path);
    expect([status, headers['content-type']]).toEqual([200, type]);
    expect(Number(headers['content-length'])).toBe(body.length);
  });

  it('a .gz file goes out as it is, never as an encoding', async () => {
    const { headers, body } = await ask('/data/mnist/t10k-labels-idx1-ubyte.gz', {
      'accept-encoding': 'gzip, br',
    });
    expect([undefined, 'identity']).toContain(headers['content-encoding']);
    expect([...body]).toEqual([0x1f, 0x8b, 8]);
  });

  it('answers 404 with the 404 page', async () => {
    for (const path of ['/nothing', '/lab/nothing.html', '/lab/index.html/', '/a c', '/_astro/']) {
      const { status, body } = await ask(encodeURI(path));
      expect([status, String(body)]).toEqual([404, files['404.html']]);
    }
  });

  it('leads a folder to its slash, query kept, and to no other host', async () => {
    const { status, headers } = await ask('/lab?dataset=two&seed=1');
    expect([status, headers.location]).toEqual([301, '/lab/?dataset=two&seed=1']);
    expect((await ask('//example.com/lab')).status).toBe(404);
    expect((await ask('//lab')).headers.location).toBe('/lab/');
  });

  it('takes GET and HEAD only', async () => {
    const head = await ask('/', {}, { method: 'HEAD' });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(Number(head.headers['content-length'])).toBe(Buffer.byteLength(page));
    const post = await ask('/', {}, { method: 'POST' });
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('no way out of the site', () => {
  it.each([
    '/../secret.txt',
    '/lab/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/../dist-secret.txt',
    '/%00',
    '/%',
    '/%c0%ae%c0%ae/secret.txt',
    '//../secret.txt',
    '/....//secret.txt',
  ])('%s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(String(body)).not.toContain('secret');
  });

  it('resolves inside the root only', () => {
    expect(resolveInside('/site', '/a/../b')).toBe('/site/b');
    expect(resolveInside('/site', '/../../etc/passwd')).toBe('/site/etc/passwd');
    expect(resolveInside('/site', '/a\\..\\b')).toBeNull();
    expect(resolveInside('/site', '/%E0%A4%A')).toBeNull();
  });
});

describe('headers', () => {
  it('isolate every answer, so that threads work', async () => {
    for (const path of ['/', '/_astro/app.3f9a.js', '/_astro/kernel.wasm', '/nothing', '/lab']) {
      const { headers } = await ask(path);
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it('lift the policy of the document into a header, for documents only', async () => {
    const { headers } = await ask('/');
    expect(headers['content-security-policy']).toBe(
      `${policy.slice(0, -1)}; frame-ancestors 'self'`,
    );
    expect((await ask('/_astro/app.3f9a.js')).headers['content-security-policy']).toBeUndefined();
  });

  it('give a strict policy to a document without one', async () => {
    const found = (await ask('/lab/')).headers['content-security-policy'] as string;
    expect(found).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(found).toContain("object-src 'none'");
    expect(found).not.toMatch(/script-src[^;]*'unsafe-/);
  });

  it('let embed pages stand in other sites', async () => {
    const { headers } = await ask('/embed/chain/');
    expect(headers['content-security-policy']).toMatch(/frame-ancestors \*$/);
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  });

  it('keep hashed files for a year and ask again for all others', async () => {
    expect((await ask('/_astro/app.3f9a.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await ask('/')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/nothing')).headers['cache-control']).toBe('no-cache');
  });

  it('answer 304 to a known tag, and 200 after a change', async () => {
    const first = await ask('/lab/');
    const tag = first.headers.etag!;
    const again = await ask('/lab/', { 'if-none-match': tag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    writeFileSync(join(root, 'lab/index.html'), '<!doctype html><title>Laboratory</title>');
    const changed = await ask('/lab/', { 'if-none-match': tag });
    expect([changed.status, String(changed.body)]).toEqual([
      200,
      '<!doctype html><title>Laboratory</title>',
    ]);
  });

  it('can be left out, as on a host that cannot set them', async () => {
    const { headers } = await ask('/', {}, { site: 'plain' });
    expect(headers['cross-origin-embedder-policy']).toBeUndefined();
    expect(headers['content-security-policy']).toBeUndefined();
  });
});

describe('written once', () => {
  it('are what the README asks a host to send', () => {
    const readme = readFileSync('README.md', 'utf8');
    const lines = Object.entries(ISOLATION).map(([name, value]) => `${name}: ${value}`);
    expect(readme).toContain(`\n${lines.join('\n')}\n`);
  });

  it('let data sets come from every mirror, and nothing from elsewhere', () => {
    const sources = readFileSync('src/lib/data/sources.json', 'utf8');
    const mirrors = [...sources.matchAll(/"(https:\/\/[^/"]+)\//g)].map(([, origin]) => origin);
    expect(mirrors.length).toBeGreaterThan(1);
    const [, connect] = /connect-src ([^;]*)/.exec(policyFor('')) ?? [];
    expect(new Set(connect.split(' '))).toEqual(new Set(["'self'", 'blob:', ...mirrors]));
  });

  it('nowhere else', () => {
    const naming = globSync('{scripts,src,bench}/**/*.{mjs,ts,tsx,astro}')
      .concat(globSync('*.{ts,mjs}'))
      .filter((file) =>
        /['"]Cross-Origin-Embedder-Policy|default-src/.test(readFileSync(file, 'utf8')),
      );
    expect(naming).toEqual(['scripts/policy.mjs']);
  });
});

describe('a range', () => {
  it('is sent alone', async () => {
    const { status, headers, body } = await ask('/a%20b/%C3%A9.svg', { range: 'bytes=1-3' });
    expect([status, headers['content-range'], String(body)]).toEqual([206, 'bytes 1-3/6', 'svg']);
    expect((await ask('/a%20b/%C3%A9.svg', { range: 'bytes=9-' })).status).toBe(416);
  });
});

describe('compression', () => {
  it('by brotli, gzip or not at all, as the client asks', async () => {
    const none = await ask('/');
    const br = await ask('/', { 'accept-encoding': 'gzip, deflate, br' });
    const gz = await ask('/', { 'accept-encoding': 'gzip' });
    expect([none, br, gz].map(({ headers }) => headers['content-encoding'])).toEqual([
      undefined,
      'br',
      'gzip',
    ]);
    expect(String(brotliDecompressSync(br.body))).toBe(page);
    expect(String(gunzipSync(gz.body))).toBe(page);
    expect(br.body.length).toBeLessThan(none.body.length / 3);
    expect(new Set([none, br, gz].map(({ headers }) => headers.etag)).size).toBe(3);
    expect(br.headers.vary).toBe('Accept-Encoding');
  });

  it('of what shrinks, and is long enough, only', () => {
    const packed = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.br'),
    );
    expect(packed.map((name) => name.replaceAll('\\', '/')).sort()).toEqual([
      '_astro/app.3f9a.js.br',
      '_astro/kernel.wasm.br',
      'index.html.br',
    ]);
  });
});

describe('below a base path', () => {
  it.each([
    ['from-noise', '/from-noise/'],
    ['/a/b', '/a/b/'],
    ['/', '/'],
    [undefined, '/'],
  ])('%s means %s', (text, expected) => expect(basePath(text)).toBe(expected));

  it('serves the site there, leads / to it, and knows nothing else', async () => {
    const site = 'based';
    expect((await ask('/from-noise/lab/', {}, { site })).status).toBe(200);
    expect((await ask('/', {}, { site })).headers.location).toBe('/from-noise/');
    expect((await ask('/from-noise/lab', {}, { site })).headers.location).toBe('/from-noise/lab/');
    expect((await ask('/lab/', {}, { site })).status).toBe(404);
    expect(
      (await ask('/from-noise/_astro/app.3f9a.js', {}, { site })).headers['cache-control'],
    ).toContain('immutable');
  });
});

it('sees that a port is taken', async () => {
  expect(await portIsFree(ports.site)).toBe(false);
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  expect(await portIsFree(port)).toBe(true);
});

describe('node scripts/serve.mjs', () => {
  const script = new URL('../../scripts/serve.mjs', import.meta.url).pathname;
  const start = (...args: string[]) =>
    spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', timeout: 100_000 });

  it('refuses a taken port politely', () => {
    const { status, stderr } = start('--root', root, '--port', String(ports.site));
    expect(status).toBe(1);
    expect(stderr).toBe(
      `Port ${ports.site} is taken by another program, so the book is not being served. ` +
        `Stop that program, or choose another port: npm start -- --port ${ports.site + 1}\n`,
    );
  });

  it('says when there is nothing to serve, and when a port is nonsense', () => {
    expect(start('--root', folder)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Build it first'),
    });
    expect(start('--root', root, '--port', 'http')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not a port'),
    });
  });

  it('runs through a symlink, too', () => {
    symlinkSync(new URL('../../scripts', import.meta.url).pathname, join(folder, 'scripts'));
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'scripts/serve.mjs'), '--root', folder],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining('Build it first')]);
  });
});
