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
