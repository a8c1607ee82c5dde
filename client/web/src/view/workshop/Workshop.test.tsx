// @vitest-environment happy-dom
// What begins and ends above a map must not take the focus with it: who uses the keys alone would have to begin anew.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closedRound } from '../../model/testing/rounds';
import type { EmotionRoundView, RoundView } from '../../wire/channel';
import { MapEditor } from '../map/MapEditor';
import { button } from '../testing/button';
import { sit } from '../testing/seat';
import { type Seat, seat } from '../testing/workshop-seat';
import Workshop from './Workshop';

let root: Root | undefined;
let at: Seat;

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  at = seat('participant');
  await at.connection.whenLoaded;
  root = await sit(
    at.connection,
    <>
      <Workshop part="grid" />
      <MapEditor />
    </>,
  );
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

/** What is standing on, by its name. */
const standing = (): string | null | undefined =>
  document.activeElement?.getAttribute('aria-label');

const feelings: EmotionRoundView = {
  id: 4,
  setup: { question: 'How does it feel?' },
  state: 'open',
  opened: 0,
  stages: [{ stage: 'first', title: 'First', withdrawn: false }],
};

test('who was placing a feeling when the round ended stands on what came of it, and then in the map', async () => {
  await at.tell({ emotionRounds: [feelings] }, { feelings: { round: 4, scores: {} } });
  await act(async () => button('Place your feelings').click());
  await act(async () => document.querySelector<HTMLElement>('input[type=range]')?.focus());
  expect((document.activeElement as HTMLInputElement).type).toBe('range');
  await at.tell({ emotionRounds: [{ ...feelings, state: 'closed', result: [] }] });
  expect(standing()).toBe('The emotion round that has ended');
  await act(async () => button('Dismiss').focus());
  await act(async () => button('Dismiss').click());
  expect(document.activeElement?.getAttribute('data-spot')).toBeTruthy();
});

test('who stood in the bar of a vote when it ended stands on what came of it', async () => {
  const closed = closedRound(1, { a: 2 });
  const { result: _, voters: __, ended: ___, ...rest } = closed;
  const open: RoundView = { ...rest, state: 'open' };
  await at.tell({ rounds: [open] }, { ballot: { round: 1, dots: {}, left: 3 } });
  await act(async () => button('Vote in a list').focus());
  await at.tell({ rounds: [closed] });
  expect(standing()).toBe('The vote that has ended');
});
