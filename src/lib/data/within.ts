/** Every wait has an end: a browser's storage may answer late, or never. */
export class Silence extends Error {
  constructor(ms: number) {
    super(`no answer came within ${Math.round(ms / 100) / 10} s`);
    this.name = 'Silence';
  }
}

/** The promise's outcome, or a rejection with Silence after `ms` milliseconds; the work itself goes on unheard. */
export async function within<T>(ms: number, work: PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence(ms)), ms);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}
