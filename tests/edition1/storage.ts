/** Puts what browsers hold of edition 1 into IndexedDB. Runs in Node and in a page, so it needs nothing from outside. */

/** `value` may hold bytes as text: {base64}. */
export interface Entry {
  database: string;
  store: string;
  key: string;
  value: unknown;
}

export async function putEntries(entries: Entry[]): Promise<void> {
  const revived = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const { base64, ...rest } = value as { base64?: string };
    if (base64 !== undefined) return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, revived(part)]));
  };
  for (const { database, store, key, value } of entries) {
    const opening = indexedDB.open(database);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store);
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const transaction = opened.transaction(store, 'readwrite');
    transaction.objectStore(store).put(revived(value), key);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    opened.close();
  }
}
