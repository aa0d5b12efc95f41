/** Writes FILE.br and FILE.gz beside what shrinks in a built site: the server sends them to browsers that take them. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { contentType } from './siteHandler.mjs';

/** Text and WebAssembly shrink; images, fonts, archives and weights do not. */
const SHRINKS = /^(text\/|image\/svg|application\/(json|xml|wasm|manifest\+json))/;
const LEAST = 1000;

export function compressSite(root) {
  for (const name of readdirSync(root, { recursive: true })) {
    const file = join(root, name);
    const info = statSync(file);
    if (!info.isFile() || info.size < LEAST || !SHRINKS.test(contentType(name))) continue;
    const bytes = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${file}.gz`, gzipSync(bytes));
  }
}
