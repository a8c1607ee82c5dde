import { describe, expect, test } from 'vitest';
import type { Peer, PresenceFocus } from '../sync/presence';
import { hasMoved, NO_TRAIL, type Trail, trailOf } from './following';

function peer(clientId: number, id: string, focus?: PresenceFocus): Peer {
  const user = { id, name: id, color: '#123456' };
  return { clientId, user, ...(focus === undefined ? {} : { focus }) };
}

const CELL = { lane: 'l1', stage: 's1' };
const CARD = { card: 'c1', lane: 'l1', stage: 's1' };

/** Follows Ben through what is told one after the other. */
function follow(...moments: readonly (readonly Peer[])[]): Trail[] {
  const trails: Trail[] = [];
  for (const peers of moments) trails.push(trailOf(peers, 'ben', trails.at(-1) ?? NO_TRAIL));
  return trails;
}

describe('who follows somebody', () => {
  test('goes where they go, and nowhere for anybody else', () => {
    const others = [peer(1, 'cy', { stage: 's9' })];
    const trails = follow([...others, peer(2, 'ben', CELL)], [...others, peer(2, 'ben', CARD)]);
    expect(trails.map(({ at }) => at)).toEqual([CELL, CARD]);
    expect(hasMoved(trails[1] as Trail, trails[0] as Trail)).toBe(true);
  });

  test('stays when they only begin to type there', () => {
    const [before, after] = follow(
      [peer(2, 'ben', CARD)],
      [peer(2, 'ben', { ...CARD, field: 'text' })],
    );
    expect(hasMoved(after as Trail, before as Trail)).toBe(false);
  });

  test('follows the tab that moved last', () => {
    const stage = { stage: 's2' };
    const trails = follow(
      [peer(2, 'ben', CELL), peer(3, 'ben', stage)],
      [peer(2, 'ben', CARD), peer(3, 'ben', stage)],
      [peer(2, 'ben', CARD), peer(3, 'ben', { lane: 'l2' })],
    );
    expect(trails.slice(1).map(({ at }) => at)).toEqual([CARD, { lane: 'l2' }]);
  });

  test('stays with the tab they were in while another only sits there', () => {
    const trails = follow([peer(3, 'ben', CARD)], [peer(2, 'ben'), peer(3, 'ben', CARD)]);
    expect(trails[1]?.at).toEqual(CARD);
  });

  test('waits while they are off the map, and knows when they are gone', () => {
    const trails = follow([peer(2, 'ben', CELL)], [peer(2, 'ben')], []);
    expect(trails.map(({ at, isGone }) => [at, isGone])).toEqual([
      [CELL, false],
      [undefined, false],
      [undefined, true],
    ]);
    expect(hasMoved(trails[1] as Trail, trails[0] as Trail)).toBe(false);
  });
});
