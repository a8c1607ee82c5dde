// HIST: a replay shows exactly the moment that is asked for, whichever way it comes from.
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readTape } from '../../wire/tape';
import { cardsOf, lastChanges, nextWanted, previousWanted } from './changes';
import { Reel, seqOf } from './reel';
import { Replay } from './replay';
import { past, replayOf, shown, tapeBytes, type Written } from './testing';

/** Numbers that look drawn and are the same each time. */
function* drawn(below: number): Generator<number> {
  for (let seed = 1234567; ; ) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    yield 1 + (seed % below);
  }
}

describe('a replay', () => {
  test('hist_7_every_moment_is_exact_in_both_directions', async () => {
    const of = past(240);
    const replay = replayOf(of);
    const jumps = drawn(of.last);
    for (let jump = 0; jump < 30; jump += 1) {
      const seq = jumps.next().value as number;
      await replay.seek(seq);
      expect(shown(replay), `at ${seq}`).toEqual(of.contentAt(seq));
      expect(replay.seq.get()).toBe(seq);
    }
    for (let seq = of.last; seq > of.last - 40; seq -= 1) {
      await replay.seek(seq);
      expect(shown(replay), `back at ${seq}`).toEqual(of.contentAt(seq));
    }
    // The journey reads what the document holds, in whichever document that is now.
    const texts = [...replay.journey.cards()].map(({ id, text }) => [id, text]).sort();
    const { cards } = of.contentAt(replay.seq.get()) as {
      cards: Record<string, { text: string }>;
    };
    expect(texts).toEqual(
      Object.entries(cards)
        .map(([id, { text }]) => [id, text])
        .sort(),
    );
  });

  test('hist_7_going_back_keeps_what_did_not_change', async () => {
    const of = past(40);
    const replay = replayOf(of);
    await replay.seek(of.last);
    const before = new Map([...replay.journey.cards()].map((card) => [card.id, card]));
    await replay.seek(of.last - 1);
    const after = [...replay.journey.cards()];
    const same = after.filter((card) => before.get(card.id) === card);
    expect(after.length - same.length).toBeLessThanOrEqual(1);
    expect(same.length).toBeGreaterThan(4);
  });

  test('hist_7_what_was_fetched_for_a_moment_is_not_let_go_of_before_it_is_shown', async () => {
    const of = past(9000, 500);
    const replay = new Replay(new Reel(of.last, of.loadTape), of.loadState, 1);
    for (const seq of [of.last - 10, 5000]) {
      const before = of.asked.length;
      await replay.seek(seq);
      expect(shown(replay), `at ${seq}`).toEqual(of.contentAt(seq));
      const asked = of.asked.slice(before);
      expect(asked, 'nothing is asked for twice').toEqual([...new Set(asked)]);
    }
  });

  test('hist_7_what_nobody_wants_any_more_is_not_shown', async () => {
    const of = past(9000, 500);
    const replay = replayOf(of);
    await replay.seek(5);
    expect(await replay.seek(of.last - 10, () => false)).toBe(false);
    expect(replay.seq.get()).toBe(5);
    expect(shown(replay)).toEqual(of.contentAt(5));
  });

  test('lanes of the end are known at the beginning', async () => {
    const doc = new Y.Doc();
    const lanes = doc.getMap('lanes');
    const addLane = (id: string, order: string): void => {
      lanes.set(id, new Y.Map(Object.entries({ kind: 'pain', title: `Lane ${id}`, order })));
    };
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    addLane('l0', 'a0');
    addLane('l1', 'a1');
    const records = updates.map((update, at) => ({ seq: at + 1, at: 1000 + at, who: 5, update }));
    const tape = readTape(tapeBytes(1, 3, 2, {}, records));
    const replay = new Replay(new Reel(2, async () => tape), async (seq) =>
      Y.mergeUpdates(updates.slice(0, seq)),
    );
    await replay.seek(1);
    const ids = (of: readonly { readonly id: string }[]): readonly string[] =>
      of.map(({ id }) => id);
    expect(ids(await replay.lanesAtEnd())).toEqual(['l0', 'l1']);
    expect(ids(replay.journey.lanes.all.get())).toEqual(['l0']);
    expect(replay.seq.get()).toBe(1);
  });

  test('hist_7_a_moment_far_on_is_reached_without_what_lies_before_it', async () => {
    const of = past(9000, 500);
    const replay = replayOf(of);
    await replay.seek(of.last - 10);
    expect(shown(replay)).toEqual(of.contentAt(of.last - 10));
    expect(of.asked).toEqual([`${of.last - 410}-${of.last}`, `state ${of.last - 411}`]);
  });
});

describe('a reel', () => {
  test('asks for each record once, however many wait for it, and for no more than is missing', async () => {
    const of = past(300);
    const reel = new Reel(of.last, of.loadTape);
    await Promise.all([reel.need(1), reel.need(5), reel.need(2)]);
    expect(of.asked).toEqual([`1-${of.last}`]);
    const end = reel.endOf(1);
    await reel.need(end);
    expect(of.asked.at(-1)).toBe(`${end}-${of.last}`);
    expect(reel.covers(1, end)).toBe(true);
  });

  test('lets go of what is far, and fetches it again', async () => {
    const of = past(300);
    const reel = new Reel(of.last, of.loadTape);
    for (let seq = 1; seq <= of.last; seq = reel.endOf(1)) await reel.need(seq);
    reel.trim(of.last, 2000);
    expect(reel.tapeOf(of.last)).toBeDefined();
    expect(reel.tapeOf(1)).toBeUndefined();
    await reel.need(1);
    expect(reel.covers(1, 3)).toBe(true);
    const frame = reel.upTo(3);
    expect(frame && seqOf(frame)).toBe(3);
  });
});

describe('changes', () => {
  const who = (...names: string[]): ReadonlySet<string> => new Set(names);

  test('marks say whose the last change of a card is, within a while', async () => {
    const of = past(30);
    const replay = replayOf(of);
    await replay.seek(of.last);
    const all = { who: who(), lanes: who() };
    const three = lastChanges(replay.reel, of.last, 2000, all);
    expect([...three]).toEqual([
      ['c2', 'p3'],
      ['c1', 'p2'],
      ['c0', 'p1'],
    ]);
    const own = lastChanges(replay.reel, of.last, 2000, { who: who('p2'), lanes: who() });
    expect([...own.keys()]).toEqual(['c1']);
    const lane = lastChanges(replay.reel, of.last, 2000, { who: who(), lanes: who('l0') });
    expect([...lane.keys()]).toEqual(['c1']);
  });

  test('what comes all at once is marked only while it can be taken in', async () => {
    const [host, room] = [1, 3];
    const marks = async (
      by: number,
      touches: Written['touches'] & object,
      ...lanes: string[]
    ): Promise<number> => {
      const tape = readTape(tapeBytes(1, 2, 1, {}, [{ seq: 1, at: 1000, who: by, touches }]));
      const reel = new Reel(1, async () => tape);
      await reel.need(1);
      return lastChanges(reel, 1, 2000, { who: who(), lanes: who(...lanes) }).size;
    };
    const cards = (count: number, lane = 'l') =>
      Array.from({ length: count }, (_, card) => [1, `${lane}${card}`, lane] as const);
    const frame = Array.from({ length: 30 }, () => [32, '', 'l'] as const);
    expect([await marks(host, cards(12)), await marks(host, cards(80))]).toEqual([12, 0]);
    // A card that was touched twice is one, and a lane is none.
    expect(await marks(host, [...cards(20), ...cards(20), ...frame])).toBe(20);
    // What the filter leaves out does not count.
    expect(await marks(host, [...cards(80), ...cards(5, 'm')], 'm')).toBe(5);
    // Everybody waits to see what a brainstorm brought.
    expect([await marks(room, cards(25)), await marks(room, cards(80))]).toEqual([25, 80]);
  });

  test('a filter finds the next and the last change of somebody', async () => {
    const of = past(30);
    const replay = replayOf(of);
    await replay.seek(5);
    const wanted = { who: who('p2'), lanes: who('l1') };
    const on = nextWanted(replay.reel, 5, wanted);
    const back = previousWanted(replay.reel, 5, wanted);
    // Edits 1, 7, 13… are p2's in lane l1; every seventh number is nobody's.
    expect(on && seqOf(on)).toBe(9);
    expect(back && seqOf(back)).toBe(2);
    expect(cardsOf(replay.reel, 5, who('p2'))).toEqual(new Set(['c1', 'c4']));
  });
});
