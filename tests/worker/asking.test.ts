/** Questions to a worker, against one that answers when and how the test says. */
import { describe, expect, it } from 'vitest';
import { type Answer, createAnswering, createAsking } from '../../src/lib/worker/asking.ts';

type Question = { type: 'double'; of: number };
type Note = { type: 'note'; text: string };

interface Fake {
  asked: (Question & { id: number })[];
  alive: boolean;
  say(message: Answer<string> | Note): void;
  fail(message?: string): void;
  garble(): void;
}

function setUp() {
  const workers: Fake[] = [];
  const heard: string[] = [];
  const asking = createAsking<Question, string, Note>({
    spawn() {
      const shim = {
        onmessage: null,
        onerror: null,
        onmessageerror: null,
        terminate: () => {
          fake.alive = false;
        },
        // As a browser does: what cannot be copied is thrown back.
        postMessage: (question: Question & { id: number }) =>
          void fake.asked.push(structuredClone(question)),
      } as unknown as Worker;
      const fake: Fake = {
        asked: [],
        alive: true,
        say: (data) => shim.onmessage?.({ data } as MessageEvent),
        fail: (message) => shim.onerror?.({ message } as ErrorEvent),
        garble: () => shim.onmessageerror?.({} as MessageEvent),
      };
      workers.push(fake);
      return shim;
    },
    refused: (reason) => new Error(`refused: ${reason}`),
    crashed: ({ why, message, heard }) => new Error(`${why} ${message} ${heard}`),
    hear: ({ text }) => void heard.push(text),
  });
  const double = (of: number) => asking.ask<number>({ type: 'double', of });
  return { asking, workers, heard, double };
}

describe('a worker that is asked', () => {
  it('is started by the first question, and once', async () => {
    const { workers, double, asking } = setUp();
    expect([workers.length, asking.alive()]).toEqual([0, false]);
    void double(1);
    void double(2);
    expect([workers.length, asking.alive()]).toEqual([1, true]);
    expect(workers[0].asked.map(({ of }) => of)).toEqual([1, 2]);
  });

  it('may answer in any order: each answer goes to its question, and notes to the listener', async () => {
    const { workers, double, heard, asking } = setUp();
    const answers = [double(1), double(2), double(3)];
    const [first, second, third] = workers[0].asked;
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    workers[0].say({ type: 'note', text: 'busy' });
    workers[0].say({ type: 'reply', id: third.id, value: 6 });
    workers[0].say({ type: 'refusal', id: first.id, reason: 'odd' });
    expect(asking.waiting()).toBe(1);
    workers[0].say({ type: 'reply', id: second.id, value: 4 });
    // An answer to nothing that was asked, and one that comes twice.
    workers[0].say({ type: 'reply', id: 99, value: 0 });
    workers[0].say({ type: 'reply', id: second.id, value: 5 });
    await expect(answers[0]).rejects.toThrow('refused: odd');
    expect(await Promise.all(answers.slice(1))).toEqual([4, 6]);
    expect([asking.waiting(), heard]).toEqual([0, ['busy']]);
  });

  it('tells a number before anything can come back', async () => {
    const { asking, workers } = setUp();
    let known = 0;
    void asking.ask({ type: 'double', of: 1 }, { onId: (id) => (known = id) });
    expect(known).toBe(workers[0].asked[0].id);
  });

  it('does not wait for a question that could not be sent', async () => {
    const { asking, workers, double } = setUp();
    const question = { type: 'double', of: () => 1 } as unknown as Question;
    await expect(asking.ask(question)).rejects.toThrow(/clone/);
    expect(asking.waiting()).toBe(0);
    const answer = double(1);
    workers[0].say({ type: 'reply', id: workers[0].asked[0].id, value: 2 });
    expect(await answer).toBe(2);
  });
});

describe('a worker that fails', () => {
  it.each([
    ['throws', (fake: Fake) => fake.fail('out of memory'), 'thrown out of memory false'],
    ['does not load', (fake: Fake) => fake.fail(), 'notLoaded  false'],
    ['cannot be read', (fake: Fake) => fake.garble(), 'unreadable  false'],
  ])(
    'because it %s leaves no question hanging, and the next one starts another',
    async (_, fail, error) => {
      const { workers, double, asking, heard } = setUp();
      const lost = [double(1), double(2)];
      const outcomes = Promise.allSettled(lost);
      fail(workers[0]);
      expect(workers[0].alive).toBe(false);
      for (const outcome of await outcomes)
        expect(outcome).toMatchObject({ status: 'rejected', reason: new Error(error) });
      const answer = double(3);
      expect([workers.length, asking.waiting()]).toEqual([2, 1]);
      // The dead one is heard no more, whatever it still says.
      const { id } = workers[1].asked[0];
      workers[0].say({ type: 'reply', id, value: 0 });
      workers[0].say({ type: 'note', text: 'from the dead' });
      workers[0].fail('again');
      workers[1].say({ type: 'reply', id, value: 6 });
      expect(await answer).toBe(6);
      expect(heard).toEqual([]);
      // That its script can be loaded is known from now on.
      const late = double(4);
      workers[1].fail();
      await expect(late).rejects.toThrow('notLoaded  true');
    },
  );
});

describe('a worker that is ended', () => {
  it('by drop: what was asked is forgotten, and the next question starts another', async () => {
    const { workers, double, asking } = setUp();
    const dropped = double(1);
    asking.drop();
    expect([workers[0].alive, asking.waiting(), asking.alive()]).toEqual([false, 0, false]);
    const answer = double(2);
    const [{ id }] = workers[1].asked;
    expect(id).not.toBe(workers[0].asked[0].id);
    workers[1].say({ type: 'reply', id, value: 4 });
    expect(await answer).toBe(4);
    expect(await Promise.race([dropped, 'pending'])).toBe('pending');
  });

  it('by close: what waits and what is asked later is rejected, and no other is started', async () => {
    const { workers, double, asking } = setUp();
    const waits = double(1);
    asking.close(new Error('closed'));
    await expect(waits).rejects.toThrow('closed');
    await expect(double(2)).rejects.toThrow('closed');
    expect([workers.length, workers[0].alive]).toEqual([1, false]);
  });
});

describe("the worker's end", () => {
  const answers = async (of: unknown) => {
    const sent: Answer<string>[] = [];
    const handle = createAnswering<{ type: 'double'; of: unknown }, string>(
      (message) => void sent.push(structuredClone(message)),
      (question) => {
        if (typeof question.of === 'number') return { value: 2 * question.of };
        if (question.of === 'later') return Promise.reject(new Error('late'));
        if (question.of === 'uncopied') return { value: () => 1 };
        throw new Error('at once');
      },
      (thrown) => (thrown as Error).message,
    );
    await handle({ type: 'double', of, id: 7 });
    return sent;
  };

  it('replies with the number of the question', async () => {
    expect(await answers(4)).toEqual([{ type: 'reply', id: 7, value: 8 }]);
  });
  it.each([
    ['nothing', /^at once$/],
    ['later', /^late$/],
    ['uncopied', /clone/],
  ])('refuses once where it cannot answer: %s', async (of, reason) => {
    expect(await answers(of)).toEqual([
      { type: 'refusal', id: 7, reason: expect.stringMatching(reason) },
    ]);
  });
});
