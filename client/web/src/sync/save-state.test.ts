// The rules of "saved", one test each. Times and sockets play no part.
import { describe, expect, test } from 'vitest';
import { type SaveEvent, type Saving, shown, startSaving, step } from './save-state';

/** Runs events through the machine; gives the state and the barriers sent. */
function run(events: SaveEvent[], from: Saving = startSaving(0)) {
  let state = from;
  const barriers: number[] = [];
  for (const event of events) {
    const { next, barrier } = step(state, event);
    state = next;
    if (barrier !== undefined) barriers.push(barrier);
  }
  return { state, barriers, shows: shown(state) };
}

const changed: SaveEvent = { type: 'changed' };
const opened: SaveEvent = { type: 'opened' };
const answered: SaveEvent = { type: 'answered' };
const closed: SaveEvent = { type: 'closed' };
const echo = (counter: number): SaveEvent => ({ type: 'echo', counter });
const live = [opened, answered, echo(1)];

describe('saved', () => {
  test('SAVE-1 is shown only when the barrier of the handshake came back', () => {
    expect(run([opened]).shows.kind).toBe('connecting');
    expect(run([opened, answered]).shows.kind).toBe('connecting');
    expect(run(live).shows).toEqual({ kind: 'saved', waiting: 0 });
  });

  test('SAVE-1 ends with a change and returns with the echo of a barrier sent after it', () => {
    expect(run([...live, changed]).shows).toEqual({ kind: 'saving', waiting: 1 });
    expect(run([...live, changed, echo(2)]).shows).toEqual({ kind: 'saved', waiting: 0 });
  });

  test('SAVE-2 is not restored by an echo that is not the newest', () => {
    expect(run([...live, changed, echo(1)]).shows).toEqual({ kind: 'saving', waiting: 1 });
    expect(run([...live, changed, echo(7)]).shows).toEqual({ kind: 'saving', waiting: 1 });
  });

  test('SAVE-1 is not restored by a barrier that left before the last change', () => {
    const { shows, barriers } = run([...live, changed, changed, changed, echo(2)]);
    expect(shows).toEqual({ kind: 'saving', waiting: 2 });
    expect(barriers).toEqual([1, 2, 3]);
    expect(run([...live, changed, changed, changed, echo(2), echo(3)]).shows.kind).toBe('saved');
  });

  test('SAVE-1 is not carried over to the next connection', () => {
    expect(run([...live, closed, opened]).shows.kind).toBe('connecting');
    expect(run([...live, closed, opened, answered]).shows.kind).toBe('connecting');
  });

  test('SAVE-2 is not brought by the echo of a lost connection', () => {
    const lost = [...live, changed, closed, opened, answered];
    expect(run([...lost, echo(2)]).shows).toEqual({ kind: 'saving', waiting: 1 });
    expect(run([...lost, echo(3)]).shows).toEqual({ kind: 'saved', waiting: 0 });
  });
});

describe('offline', () => {
  test('is shown at once when the socket closes, with what is waiting', () => {
    expect(run([...live, changed, changed, closed]).shows).toEqual({
      kind: 'offline',
      waiting: 2,
    });
  });

  test('counts changes made without a connection', () => {
    expect(run([...live, closed, changed, changed, changed]).shows).toEqual({
      kind: 'offline',
      waiting: 3,
    });
  });

  test('is shown while an open socket is silent, and goes with the next sign of life', () => {
    const silent = run([...live, { type: 'probe' }, { type: 'silent' }]);
    expect(silent.shows.kind).toBe('offline');
    expect(run([{ type: 'heard' }], silent.state).shows.kind).toBe('saved');
  });

  test('is shown when the first attempt takes too long', () => {
    expect(run([{ type: 'gave-up' }]).shows.kind).toBe('offline');
    expect(run([...live, { type: 'gave-up' }]).shows.kind).toBe('saved');
  });

  test('SAVE-1 sends nothing: the barrier comes after the next handshake and covers all', () => {
    const { barriers, shows } = run([...live, closed, changed, opened, changed, answered, echo(2)]);
    expect(barriers).toEqual([1, 2]);
    expect(shows).toEqual({ kind: 'saved', waiting: 0 });
  });
});

test('SAVE-4 changes left by an earlier visit wait until this one has confirmed them', () => {
  const start = startSaving(3);
  expect(run([], start).shows).toEqual({ kind: 'connecting', waiting: 3 });
  expect(run([{ type: 'gave-up' }], start).shows).toEqual({ kind: 'offline', waiting: 3 });
  expect(run([opened, answered], start).shows).toEqual({ kind: 'saving', waiting: 3 });
  expect(run(live, start).shows).toEqual({ kind: 'saved', waiting: 0 });
});

test('SAVE-3 one barrier is under way at a time, however fast one types', () => {
  const typing = Array.from({ length: 50 }, () => changed);
  expect(run([...live, ...typing]).barriers).toEqual([1, 2]);
});

test('SAVE-3 a probe sends a barrier only when none is under way', () => {
  expect(run([...live, { type: 'probe' }, { type: 'probe' }]).barriers).toEqual([1, 2]);
});
