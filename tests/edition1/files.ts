/** The fixtures of edition 1, read in Node. */
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../fixtures/edition1/', import.meta.url);

export const bytesOf = (file: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(file, FOLDER)));

export const runNames = (): string[] =>
  readdirSync(new URL('runs/', FOLDER)).map((file) => file.replace('.safetensors', ''));

export const runOfName = (name: string) => bytesOf(`runs/${name}.safetensors`);

export const jsonOf = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
