/** Which file imports what: the import lines of every source of the book, its scripts and its bench. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Import {
  /** As written. */
  name: string;
  /** `url`: a worker or an asset, by `new URL(…, import.meta.url)`. */
  kind: 'static' | 'dynamic' | 'type' | 'url';
  /** The file, from the root, for a relative name without its query; else null. */
  target: string | null;
}

const LINE =
  /(?:^|\n)\s*(?:import|export)\s+(type\b)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g;

/** In prose and in comments that quote code, an import stands in a block of its own: those are not the file's. */
const withoutQuotes = (text: string) => text.replace(/^ *```[\s\S]*?^ *```/gm, '');

export function importsOf(file: string, text = readFileSync(file, 'utf8')): Import[] {
  const source = file.endsWith('.mdx') ? withoutQuotes(text) : text;
  return [...source.matchAll(LINE)].map(([, type, fixed, dynamic, url]) => {
    const name = fixed ?? dynamic ?? url;
    const kind = type ? 'type' : fixed ? 'static' : dynamic ? 'dynamic' : 'url';
    const target = name.startsWith('.')
      ? join(dirname(file), name.replace(/[?#].*$/, '')).replaceAll('\\', '/')
      : null;
    return { name, kind, target };
  });
}

export const sourcesIn = (folders: string) =>
  globSync(`${folders}/**/*.{ts,tsx,astro,mdx,mjs}`, { exclude: ['**/*.d.ts'] })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

/** Files that import each other, directly or through others: each strongly connected part of more than one (Tarjan). */
export function circles(graph: Map<string, string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const path: string[] = [];
  const visit = (file: string): number => {
    order.set(file, order.size);
    low.set(file, order.get(file) as number);
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      const reach = order.has(next)
        ? path.includes(next)
          ? order.get(next)
          : undefined
        : visit(next);
      if (reach !== undefined) low.set(file, Math.min(low.get(file) as number, reach));
    }
    if (low.get(file) === order.get(file)) {
      const part = path.splice(path.indexOf(file));
      if (part.length > 1 || graph.get(file)?.includes(file)) found.push(part.sort());
    }
    return low.get(file) as number;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}
