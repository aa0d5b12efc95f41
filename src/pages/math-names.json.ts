import { mathNames } from '../markdown/exportsOf.ts';

/** What the editor of a cell completes: the names of `from-noise/math`. Fetched when a reader first types. */
export const GET = () => new Response(JSON.stringify(mathNames()));
