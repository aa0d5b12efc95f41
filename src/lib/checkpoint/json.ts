/** `JSON.parse` keeps the last of two equal keys in silence; a checkpoint header with two must be refused. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** True when some object in valid JSON `text` has a key twice. */
export function hasDuplicateKey(text: string): boolean {
  const open: (Set<string> | null)[] = []; // keys so far of each open object; null for an array
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const key: string = JSON.parse(last); // escapes resolved: "\u0061" is "a"
      const keys = open[open.length - 1];
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
    last = token;
  }
  return false;
}
