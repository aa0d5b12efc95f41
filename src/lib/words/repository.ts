/**
 * Where the source of the book is published, without a slash at the end: `repository` of package.json, else what builds on
 * GitHub say of themselves; '' where neither is known. Read at build.
 */
import { readFileSync } from 'node:fs';

const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  repository?: string | { url: string };
};
const named = typeof repository === 'string' ? repository : (repository?.url ?? '');
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;

export const REPOSITORY = (
  named.replace(/^git\+|\.git$/g, '') || (server && name ? `${server}/${name}` : '')
).replace(/\/$/, '');
