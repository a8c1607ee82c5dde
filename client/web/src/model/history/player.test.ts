// HIST-8: a replay goes on, waits, is led elsewhere and says what does not come.
import { expect, test } from 'vitest';
import { Player } from './player';
import { seqOf } from './reel';
import { type Past, past, replayOf, shown, silentBetween } from './testing';

async function playing(of: Past): Promise<Player> {
  const player = new Player(replayOf(of), 1_000_000);
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

/** A past of which what lies behind a record comes once it is let in. */
function slowBehind(of: Past, seq: number): { readonly slow: Past; readonly letIn: () => void } {
  let letIn: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  const loadTape: Past['loadTape'] = async (from, to) => {
    if (from > seq) await gate;
    return of.loadTape(from, to);
  };
  return { slow: { ...of, loadTape }, letIn: () => letIn() };
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

test('hist_8_a_step_that_waits_for_a_slow_way_does_not_lead_off_a_later_one', async () => {
  const of = past(400, 30);
  const { slow, letIn } = slowBehind(of, 200);
  const player = await playing(slow);
  void player.seek(of.last);
  const late = player.step(-1);
  expect(await player.seek(12)).toBe(true);
  // A step from there waits for nothing that was given up.
  await player.step(1);
  const there = player.replay.seq.get();
  expect(there).toBe(of.records.find(({ seq }) => seq > 12)?.seq);
  letIn();
  await late;
  expect(player.replay.seq.get()).toBe(there);
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
    const player = new Player(replayOf(silent), 1_000_000);
    await player.seekTime((record?.at ?? 0) + 300, guess);
    const told = player.replay.reel.upTo(player.replay.seq.get());
    expect(told && seqOf(told), `edit ${edit}`).toBe(record?.seq);
  }
});

test('hist_8_whoever_goes_elsewhere_is_not_taken_back_by_what_was_asked_for_before', async () => {
  const of = past(400, 30);
  const { slow, letIn } = slowBehind(of, 200);
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
  const player = new Player(replayOf(lost), 1_000_000);
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
  const player = await playing(broken(past(40)));
  player.setSpeed(10);
  await pass(player, 3000);
  expect(player.state.get().isPlaying).toBe(false);
  expect(player.state.get().trouble).toBeInstanceOf(Error);
});

/** A past whose 21st record cannot be read until it is mended. */
function broken(of: Past): Past & { mend(): void } {
  let mend = (): void => undefined;
  return {
    ...of,
    loadTape: async (from, to) => {
      const tape = await of.loadTape(from, to);
      const begin = tape.updates[40] ?? 0;
      const whole = tape.bytes.slice(begin, begin + 8);
      tape.bytes.fill(255, begin, begin + 8);
      mend = () => tape.bytes.set(whole, begin);
      return tape;
    },
    mend: () => mend(),
  };
}

test('hist_8_a_record_that_could_not_be_shown_is_tried_again_and_played_on', async () => {
  const of = past(40);
  const mended = broken(of);
  const player = await playing(mended);
  player.setSpeed(10);
  await pass(player, 3000);
  const before = player.replay.seq.get();
  await player.tryAgain();
  expect(player.state.get(), 'still broken').toMatchObject({ isPlaying: false });
  expect(player.state.get().trouble).toBeInstanceOf(Error);
  mended.mend();
  await player.tryAgain();
  expect(player.state.get()).toMatchObject({ isPlaying: true, trouble: undefined });
  expect(player.replay.seq.get()).toBeGreaterThan(before);
  expect(shown(player.replay)).toEqual(of.contentAt(player.replay.seq.get()));
});

test('hist_8_what_was_tried_before_is_not_tried_again_after_another_trouble', async () => {
  const of = past(400, 30);
  const { loadTape, mend } = broken(of);
  let isLost = true;
  const lost: Past = {
    ...of,
    loadTape: async (from, to) => {
      if (isLost && from > 200) throw new Error('lost');
      return from > 20 ? of.loadTape(from, to) : loadTape(from, to);
    },
  };
  const player = await playing(lost);
  expect(await player.seek(390)).toBe(false);
  await player.play();
  player.setSpeed(10);
  await pass(player, 3000);
  const before = player.replay.seq.get();
  expect(player.state.get().trouble).toBeInstanceOf(Error);
  isLost = false;
  mend();
  await player.tryAgain();
  const after = player.replay.seq.get();
  expect(after).toBeGreaterThan(before);
  expect(after).toBeLessThan(before + 60);
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
