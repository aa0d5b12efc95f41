import { describe, expect, it } from 'vitest';
import { forwardChain, grouped, reverseChain, training } from '../../src/components/prose/flow.ts';

describe('the flow chart', () => {
  it('has one loop in each chain, and the network and its step stand inside that of the reverse chain', () => {
    for (const chain of [forwardChain, reverseChain]) {
      const groups = grouped(chain);
      expect(groups.filter(({ loop }) => loop)).toHaveLength(1);
      // It begins and ends with a state: x_0 and x_T are outside.
      expect([groups[0].loop, groups.at(-1)!.loop]).toEqual([false, false]);
      expect(groups.flatMap(({ boxes }) => boxes)).toEqual(chain);
    }
    const inside = grouped(reverseChain).find(({ loop }) => loop)!.boxes;
    expect(inside.map(({ to }) => to)).toEqual(['network', 'going-back']);
    expect(inside.filter(({ edge }) => edge)).toHaveLength(1);
    // Whatever depends on θ is done at each of the T steps.
    expect(reverseChain.filter(({ theta, loop }) => theta !== loop)).toEqual([]);
  });
  it('has no θ in the forward chain and no loop in training', () => {
    expect(forwardChain.some(({ theta }) => theta)).toBe(false);
    expect(training.every(({ theta, loop }) => theta && !loop)).toBe(true);
  });
});
