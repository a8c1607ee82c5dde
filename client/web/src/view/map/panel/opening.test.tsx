// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { table } from '../../../model/testing/table';
import { sit } from '../../testing/seat';
import type { Board } from '../board';
import { MapEditor } from '../MapEditor';
import { useBoard } from '../use';
import { openField, openLaneField, openMapField, openPersona, openStageField } from './opening';

const MAP = {
  title: 'Small',
  kind: 'current-state',
  review: { everyDays: 90, lastReviewed: '2026-01-01' },
  personas: [{ id: 'p1', name: 'Mira', primary: true }],
  stages: [{ id: 's', title: 'First' }],
  lanes: [
    { id: 't', kind: 'touchpoint', title: 'Touchpoints' },
    { id: 'o', kind: 'opportunity', title: 'Ideas' },
    { id: 'h', kind: 'pain', title: 'Pains', hidden: true },
  ],
  cards: [
    { id: 'a', lane: 't', stage: 's', text: 'A' },
    { id: 'b', lane: 'o', stage: 's', text: 'B', impact: 4 },
    { id: 'c', lane: 'h', stage: 's', text: 'C' },
  ],
};

let root: Root | undefined;
let board: Board;

function Keep(): null {
  board = useBoard();
  return null;
}

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // There is no server to ask for other maps.
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const inside = (
    <>
      <Keep />
      <MapEditor />
    </>
  );
  root = await sit(table(MAP).connection, inside);
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

/** The field that has the focus, and the words of what has it. */
function focused(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset.field;
}

test('a field of a card is opened and has the focus, also from one card to the next', async () => {
  await act(async () => openField(board, 'a', 'channel'));
  expect(focused()).toBe('channel');
  expect(board.spot.get()).toMatchObject({ kind: 'card', card: 'a' });
  await act(async () => openField(board, 'b', 'owner'));
  expect(focused()).toBe('owner');
  // Of a scale it is the chosen value that is gone to.
  await act(async () => openField(board, 'b', 'impact'));
  expect([focused(), document.activeElement?.textContent]).toEqual(['impact', '4']);
});

test('a card in a hidden lane shows its details all the same', async () => {
  await act(async () => openField(board, 'c', 'severity'));
  expect(focused()).toBe('severity');
});

test('fields of the map, a persona, a stage and a lane are opened', async () => {
  await act(async () => openMapField(board, 'owner'));
  expect(focused()).toBe('owner');
  await act(async () => openMapField(board, 'review'));
  expect(document.activeElement?.textContent).toBe('What changed since the last review');
  await act(async () => openPersona(board, 'p1', 'goals'));
  expect(focused()).toBe('persona p1 goals');
  await act(async () => openStageField(board, 's', 'description'));
  expect(focused()).toBe('description');
  await act(async () => openLaneField(board, 'h', 'hidden'));
  expect(focused()).toBe('hidden');
});

test('a field that the card’s kind does not have leaves the focus in the panel', async () => {
  await act(async () => openField(board, 'a', 'severity'));
  expect(document.activeElement?.closest('aside')?.getAttribute('aria-label')).toBe('Card details');
});
