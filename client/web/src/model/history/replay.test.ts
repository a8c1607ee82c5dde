// HIST: a replay shows exactly the moment that is asked for, whichever way it comes from.
import { describe, expect, test } from 'vitest';
import { readTape } from '../../wire/tape';
import { cardsOf, lastChanges, nextWanted, previousWanted } from './changes';
import { Player } from './player';
import { Reel, seqOf } from './reel';
import { Replay } from './replay';
import { type Past, past, silentBetween, tapeBytes } from './testing';

function open(of: Past): Replay {
  return new Replay(new Reel(of.last, of.loadTape), of.loadState);
}

function shown(replay: Replay): unknown {
  return { cards: replay.doc.getMap('cards').toJSON(), hands: replay.view.get().hands };
}

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
    const replay = open(of);
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
    const replay = open(of);
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
    const replay = open(of);
    await replay.seek(5);
    expect(await replay.seek(of.last - 10, () => false)).toBe(false);
    expect(replay.seq.get()).toBe(5);
    expect(shown(replay)).toEqual(of.contentAt(5));
  });

  test('hist_7_a_moment_far_on_is_reached_without_what_lies_before_it', async () => {
    const of = past(9000, 500);
    const replay = open(of);
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
    const replay = open(of);
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
    const marks = async (cards: number): Promise<number> => {
      const touches = Array.from({ length: cards }, (_, card) => [1, `c${card}`, 'l'] as const);
      const tape = readTape(tapeBytes(1, 2, 1, {}, [{ seq: 1, at: 1000, who: 1, touches }]));
      const reel = new Reel(1, async () => tape);
      await reel.need(1);
      return lastChanges(reel, 1, 2000, { who: who(), lanes: who() }).size;
    };
    expect([await marks(12), await marks(80)]).toEqual([12, 0]);
  });

  test('a filter finds the next and the last change of somebody', async () => {
    const of = past(30);
    const replay = open(of);
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

describe('a player', () => {
  async function playing(of: Past): Promise<Player> {
    const player = new Player(open(of), 1_000_000);
    await player.seek(1);
    await player.play();
    return player;
  }

  /** Lets real time pass in pictures of 50 ms, with room between them for what is fetched. */
  async function pass(player: Player, milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 50) {
      player.pass(50);
      await Promise.resolve();
      await new Promise((next) => setImmediate(next));
    }
  }

  test('hist_8_time_passes_at_the_speed_that_was_chosen', async () => {
    const of = past(40);
    const player = await playing(of);
    await pass(player, 4000);
    // One edit a second: four more than the first, without the number that is nobody's.
    expect(player.replay.seq.get()).toBe(5);
    player.setSpeed(10);
    await pass(player, 1000);
    expect(shown(player.replay)).toEqual(of.contentAt(player.replay.seq.get()));
    expect(player.replay.seq.get()).toBe(of.records[14]?.seq);
  });

  test('hist_8_it_plays_to_the_end_across_tapes_and_stops_there', async () => {
    const of = past(260, 40);
    const player = await playing(of);
    player.setSpeed(100);
    await pass(player, 4000);
    expect(player.replay.seq.get()).toBe(of.last);
    expect(player.state.get().isPlaying).toBe(false);
    expect(shown(player.replay)).toEqual(of.contentAt(of.last));
    await player.play();
    expect(player.replay.seq.get()).toBe(1);
  });

  test('hist_8_with_a_filter_it_goes_from_one_change_to_the_next', async () => {
    const of = past(200, 30);
    const player = await playing(of);
    player.setWanted({ who: new Set(['nobody who is here']), lanes: new Set() });
    await pass(player, 3000);
    expect(player.replay.seq.get()).toBe(of.last);
    player.setWanted({ who: new Set(['p2']), lanes: new Set() });
    await player.seek(1);
    await player.step(1);
    expect(player.replay.seq.get()).toBe(of.records[1]?.seq);
    await player.step(1);
    expect(player.replay.seq.get()).toBe(of.records[4]?.seq);
    await player.step(-1);
    expect(player.replay.seq.get()).toBe(of.records[1]?.seq);
  });

  test('hist_8_steps_count_from_where_one_is_going', async () => {
    const of = past(60, 20);
    const player = await playing(of);
    void player.seekTime((of.records[30]?.at ?? 0) + 1, 40);
    void player.step(1);
    void player.step(1);
    await player.step(-1);
    expect(player.replay.seq.get()).toBe(of.records[31]?.seq);
  });

  test('hist_8_a_time_is_found_whatever_was_guessed', async () => {
    const of = past(2000, 60);
    const player = await playing(of);
    player.pause();
    for (const [edit, guess] of [
      [1500, 3],
      [3, 2200],
      [999, 1000],
      [1999, 1],
      [0, 900],
    ] as const) {
      const record = of.records[edit];
      await player.seekTime((record?.at ?? 0) + 300, guess);
      expect(player.replay.seq.get(), `edit ${edit}`).toBe(record?.seq);
    }
  });

  test('hist_8_a_time_is_found_across_stretches_in_which_nothing_was_told', async () => {
    const of = past(30, 10);
    const silent = silentBetween(of, 9, 2000);
    for (const [edit, guess] of [
      [3, 1000],
      [7, 1900],
      [20, 1000],
      [29, 12],
    ] as const) {
      const record = silent.records[edit];
      const player = new Player(open(silent), 1_000_000);
      await player.seekTime((record?.at ?? 0) + 300, guess);
      const told = player.replay.reel.upTo(player.replay.seq.get());
      expect(told && seqOf(told), `edit ${edit}`).toBe(record?.seq);
    }
  });

  test('hist_8_whoever_goes_elsewhere_is_not_taken_back_by_what_was_asked_for_before', async () => {
    const of = past(400, 30);
    let letIn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    const slow: Past = {
      ...of,
      loadTape: async (from, to) => {
        if (from > 200) await gate;
        return of.loadTape(from, to);
      },
    };
    const player = await playing(slow);
    player.setWanted({ who: new Set(['nobody who is here']), lanes: new Set() });
    await pass(player, 1000);
    const far = player.seek(of.last);
    expect(await player.seek(12)).toBe(true);
    player.pause();
    letIn();
    expect(await far).toBe(false);
    await pass(player, 500);
    expect(player.replay.seq.get()).toBe(12);
    expect(player.state.get().isWaiting).toBe(false);
  });

  test('hist_8_a_moment_that_did_not_come_is_asked_for_again_and_nothing_else', async () => {
    const of = past(400, 30);
    let isLost = true;
    const lost: Past = {
      ...of,
      loadTape: async (from, to) => {
        if (isLost && from > 200) throw new Error('lost');
        return of.loadTape(from, to);
      },
    };
    const player = new Player(open(lost), 1_000_000);
    expect(await player.seek(390)).toBe(false);
    expect(player.state.get().trouble).toEqual(new Error('lost'));
    await player.tryAgain();
    expect(player.state.get().trouble, 'still lost').toEqual(new Error('lost'));
    isLost = false;
    await player.tryAgain();
    expect(player.replay.seq.get()).toBe(390);
    expect(player.state.get()).toMatchObject({ isPlaying: false, trouble: undefined });
  });

  test('hist_8_a_record_that_cannot_be_shown_stops_the_playing_and_is_said', async () => {
    const of = past(40);
    const broken: Past = {
      ...of,
      loadTape: async (from, to) => {
        const tape = await of.loadTape(from, to);
        tape.bytes.fill(255, tape.updates[20], (tape.updates[20] ?? 0) + 8);
        return tape;
      },
    };
    const player = await playing(broken);
    player.setSpeed(10);
    await pass(player, 3000);
    expect(player.state.get().isPlaying).toBe(false);
    expect(player.state.get().trouble).toBeInstanceOf(Error);
  });

  test('hist_8_what_does_not_come_is_said_and_can_be_asked_for_again', async () => {
    const of = past(100, 20);
    let isLost = false;
    const lost: Past = {
      ...of,
      loadTape: async (from, to) => {
        if (isLost) throw new Error('lost');
        return of.loadTape(from, to);
      },
    };
    const player = await playing(lost);
    isLost = true;
    player.setSpeed(100);
    await pass(player, 2000);
    expect(player.state.get()).toMatchObject({ isPlaying: false, trouble: new Error('lost') });
    isLost = false;
    await player.tryAgain();
    await pass(player, 2000);
    expect(player.state.get().trouble).toBeUndefined();
    expect(player.replay.seq.get()).toBe(of.last);
  });
});
