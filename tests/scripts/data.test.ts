import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFiles, prepareData } from '../../scripts/data.mjs';

const good = Buffer.from('the bytes as published');
const other = Buffer.from('other published bytes');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const entry = (folder: string, bytes: Buffer) => ({
  folder,
  aliases: folder === 'mnist' ? ['MNIST/raw'] : [],
  title: folder,
  mirrors: [],
  file: { name: 'train.gz', bytes: bytes.length, sha256: sha256(bytes) },
});
const files = [entry('mnist', good), entry('fashion-mnist', other)];

let folder: string;
let from: string;
let to: string;

function put(base: string, name: string, bytes: Buffer): void {
  mkdirSync(join(base, name), { recursive: true });
  writeFileSync(join(base, name, 'train.gz'), bytes);
}
const prepared = (name: string) => readFileSync(join(to, name, 'train.gz'));
const prepare = () => prepareData({ from, to, network: false, files });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'));
  [from, to] = [join(folder, 'from'), join(folder, 'to')];
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run data', () => {
  it('puts published files in place, once', async () => {
    put(from, 'mnist', good);
    put(from, 'fashion-mnist', other);
    expect(await prepare()).toEqual({ ready: 2, added: 2, total: 2, problems: [] });
    expect([prepared('mnist'), prepared('fashion-mnist')]).toEqual([good, other]);
    expect(readdirSync(join(to, 'mnist'))).toEqual(['train.gz']);
    expect(await prepare()).toMatchObject({ ready: 2, added: 0, problems: [] });
  });

  it('finds the files where torchvision leaves them, and side by side', async () => {
    put(from, 'MNIST/raw', good);
    put(from, '.', other);
    expect(await prepare()).toMatchObject({ ready: 2, problems: [] });
  });

  it('takes files that another tool has unpacked, under the name that says so', async () => {
    const raw = Buffer.from('what is in the archive');
    const [mnist, fashion] = files;
    const unpackable = {
      ...mnist,
      file: { ...mnist.file, rawBytes: raw.length, rawSha256: sha256(raw) },
    };
    mkdirSync(join(from, 'MNIST/raw'), { recursive: true });
    writeFileSync(join(from, 'MNIST/raw', 'train'), raw);
    put(from, 'fashion-mnist', other);
    const both = { from, to, network: false, files: [unpackable, fashion] };
    expect(await prepareData(both)).toMatchObject({ ready: 2, added: 2, problems: [] });
    expect(readdirSync(join(to, 'mnist'))).toEqual(['train']);
    expect(readFileSync(join(to, 'mnist', 'train'))).toEqual(raw);
    expect(await prepareData(both)).toMatchObject({ ready: 2, added: 0 });
  });

  it.each([
    ['altered', Buffer.from('the bytes as pudlished'), /differs from the published file/],
    ['truncated', good.subarray(0, 9), /has 9 bytes instead of 22/],
    ['empty', Buffer.alloc(0), /has 0 bytes instead of 22/],
  ])('refuses a file that is %s, and keeps the good one', async (_, bad, message) => {
    put(from, 'mnist', good);
    put(from, 'fashion-mnist', other);
    await prepare();
    put(from, 'mnist', bad);
    const result = await prepare();
    expect(result).toMatchObject({ ready: 2, added: 0 });
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toMatch(message);
    expect(result.problems[0]).toContain(join(from, 'mnist', 'train.gz'));
    expect(prepared('mnist')).toEqual(good);
  });

  it('puts nothing in place of a file that never was good', async () => {
    put(from, 'mnist', Buffer.from('nonsense'));
    const { ready, problems } = await prepare();
    expect(ready).toBe(0);
    expect(problems).toHaveLength(2);
    expect(problems[1]).toContain('train.gz is not in');
    expect(existsSync(join(to, 'mnist', 'train.gz'))).toBe(false);
  });

  it('mends a prepared file that was damaged', async () => {
    put(from, 'mnist', good);
    put(from, 'fashion-mnist', other);
    await prepare();
    put(to, 'mnist', good.subarray(1));
    expect(await prepare()).toMatchObject({ ready: 2, added: 1 });
    expect(prepared('mnist')).toEqual(good);
  });

  it('knows the eight published files', () => {
    expect(listFiles()).toHaveLength(8);
  });

  it('says in one sentence that a folder does not exist, and fails', () => {
    const script = new URL('../../scripts/data.mjs', import.meta.url).pathname;
    const { status, stderr } = spawnSync(
      process.execPath,
      [script, '--from', join(folder, 'nowhere')],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/There is no folder .*nowhere\. Nothing was changed\. Give the folder/);
  });
});
