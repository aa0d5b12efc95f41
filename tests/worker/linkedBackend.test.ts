import { expect, it } from 'vitest';
import { linkedBackend } from '../../src/lib/worker/linkedBackend.ts';

it('takes the backend that an address names, and leaves nonsense to the worker', () => {
  for (const name of ['webgpu', 'webgl', 'wasm', 'cpu'])
    expect(linkedBackend(`?trainer.dataset=two&backend=${name}`)).toBe(name);
  for (const search of [
    '',
    '?backend=',
    '?backend=abacus',
    '?backend=auto',
    '?trainer.backend=cpu',
  ])
    expect(linkedBackend(search)).toBe('auto');
});
