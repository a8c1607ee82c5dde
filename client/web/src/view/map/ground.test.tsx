// @vitest-environment happy-dom
// What others take away from under a person: where the focus goes, and what a screen reader is told of it, once.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { moveCard, removeCards, setCardFields } from '../../model/cards';
import type { Journey } from '../../model/journey';
import { removeEntry, setHidden } from '../../model/structure';
import { table } from '../../model/testing/table';
import { cardText } from '../../model/text/field';
import { mapHealth } from '../../wire/api';
import type { Finding } from '../../wire/health';
import { OpportunitiesScreen } from '../opportunities/OpportunitiesScreen';
import { useLook } from '../opportunities/state';
import { sit } from '../testing/seat';
import { Announcer, say, Toasts } from '../ui';
import type { Board } from './board';
import { MapEditor } from './MapEditor';
import { openField, openHealth, openLaneField, openStageField } from './panel/opening';
import { useBoard } from './use';

vi.mock('../../wire/api', async (actual) => ({
  ...(await actual<typeof import('../../wire/api')>()),
  mapHealth: vi.fn(),
}));

const idea = (id: string, impact: number, effort: number): object => ({
  id,
  lane: 'ideas',
  stage: 'first',
  text: id,
  impact,
  value: 3,
  effort,
});
const MAP = {
  title: 'Small',
  kind: 'current-state',
  stages: [
    { id: 'first', title: 'First' },
    { id: 'second', title: 'Second' },
  ],
  lanes: [
    { id: 'pains', kind: 'pain', title: 'Pains' },
    { id: 'ideas', kind: 'opportunity', title: 'Ideas' },
  ],
  cards: [
    { id: 'a', lane: 'pains', stage: 'first', text: 'A' },
    { id: 'b', lane: 'pains', stage: 'first', text: 'B' },
    idea('top', 5, 1),
    idea('mid', 4, 2),
    idea('low', 1, 4),
  ],
};

let root: Root | undefined;
let board: Board;
let look: ReturnType<typeof useLook>[1];
/** The map as somebody else has it. */
let other: Journey;
/** Everything the live region has said since the page was opened. */
let said: string[];
let listening: MutationObserver;

function Keep(): null {
  board = useBoard();
  [, look] = useLook();
  return null;
}

async function open(screen = <MapEditor />): Promise<void> {
  const set = table(MAP);
  other = set.other;
  await set.connection.whenLoaded;
  const inside = (
    <>
      <Keep />
      {screen}
    </>
  );
  const beside = (
    <>
      <Toasts />
      <Announcer />
    </>
  );
  root = await sit(set.connection, inside, { beside });
  const region = document.querySelector('[role="status"]');
  if (region === null) throw new Error('There is no live region.');
  await act(async () => say(''));
  said = [];
  // Without what tells a sentence from the same one before it.
  listening = new MutationObserver(() => said.push((region.textContent ?? '').trimEnd()));
  listening.observe(region, { childList: true, characterData: true, subtree: true });
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
});

afterEach(async () => {
  listening.disconnect();
  await act(async () => root?.unmount());
  document.body.replaceChildren();
  vi.useRealTimers();
});

const inTheirHands = (change: (there: Journey) => void): Promise<void> =>
  act(async () => change(other));

const focus = (selector: string): Promise<void> =>
  act(async () => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) throw new Error(`There is no ${selector}.`);
    element.focus();
  });

const at = (spot: string): Promise<void> => focus(`[data-spot="${spot}"]`);

function focused(): string {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return 'nothing';
  const { spot, opportunity, stop, row } = element.dataset;
  return (
    spot ??
    opportunity ??
    (row === undefined ? undefined : `${row} ${stop}`) ??
    element.getAttribute('aria-label') ??
    element.tagName
  );
}

test('the page has one live region', async () => {
  await open();
  await act(async () => openHealth(board));
  expect(document.querySelectorAll('[role="status"], [role="alert"], [aria-live]')).toHaveLength(1);
});

test('ACCESS-3 what others do elsewhere is not said', async () => {
  await open();
  await at('card a');
  await inTheirHands((there) => {
    cardText(there, 'a', 'text').write({ deletions: [], index: 1, insert: ' and more' });
    removeCards(there, ['b']);
    setCardFields(there, 'top', { impact: 1 });
    moveCard(there, 'low', { lane: 'ideas', stage: 'second', index: 0 });
  });
  expect([focused(), said]).toEqual(['card a', []]);
});

test('ACCESS-2 the card, stage or lane one stands on is taken away: the nearest place has the focus, and it is said once', async () => {
  await open();
  await at('card b');
  await inTheirHands((there) => removeCards(there, ['b']));
  expect([focused(), said.splice(0)]).toEqual([
    'cell pains first',
    ['Someone else deleted the card you were on'],
  ]);
  await at('card a');
  await inTheirHands((there) => moveCard(there, 'a', { lane: 'pains', stage: 'second', index: 0 }));
  expect([focused(), said.splice(0)]).toEqual([
    'card a',
    ['Someone else moved this card to Pains, Second'],
  ]);
  await inTheirHands((there) => removeEntry(there, 'stages', 'second'));
  expect([focused(), said.splice(0)]).toEqual([
    'cell pains first',
    ['Someone else deleted the stage you were in'],
  ]);
  await inTheirHands((there) => setHidden(there, 'pains', true));
  expect([focused(), said.splice(0)]).toEqual([
    'cell ideas first',
    ['Someone else hid the lane you were in'],
  ]);
  await at('lane ideas');
  await inTheirHands((there) => removeEntry(there, 'lanes', 'ideas'));
  expect(focused()).not.toBe('nothing');
  expect(said).toEqual(['Someone else deleted the lane you were in']);
});

test('ACCESS-2 what one deletes oneself is said once, with the way back', async () => {
  await open();
  await at('card b');
  await act(async () => {
    const card = board.journey.card('b').get();
    if (card !== undefined) board.removeCard(card);
  });
  expect([focused(), said]).toEqual(['card a', ['Deleted “B”. Undo with Control Z.']]);
});

test('ACCESS-2 in the panel: words typed into a card that others delete are offered back, and the focus goes to the map', async () => {
  await open();
  await at('card b');
  await act(async () => openField(board, 'b', 'text'));
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  await inTheirHands((there) => removeCards(there, ['b']));
  expect(document.querySelector('aside')).toBeNull();
  expect(focused()).toBe('cell pains first');
  expect(said.at(-1)).toBe('Someone else deleted the card you were typing in');
  const back = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Put it back',
  );
  await act(async () => back?.click());
  expect(other.card('b').get()?.text).toBe('B');
});

test('ACCESS-2 in the panel: a stage or lane that others delete closes it', async () => {
  await open();
  await act(async () => openStageField(board, 'second', 'description'));
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  await inTheirHands((there) => removeEntry(there, 'stages', 'second'));
  expect(document.querySelector('aside')).toBeNull();
  expect(focused()).toBe('stage first');
  await act(async () => openLaneField(board, 'ideas', 'title'));
  await inTheirHands((there) => removeEntry(there, 'lanes', 'ideas'));
  expect(document.querySelector('aside')).toBeNull();
  expect(focused()).toBe('lane pains');
  expect(said).toEqual([
    'Someone else deleted the stage you were in',
    'Someone else deleted the lane you were in',
  ]);
});

test('ACCESS-2 in the list and the matrix of opportunities the next one has the focus', async () => {
  await open(<OpportunitiesScreen />);
  await focus('[data-row="mid"][data-stop="effort"]');
  await inTheirHands((there) => removeCards(there, ['mid']));
  expect([focused(), said.splice(0)]).toEqual([
    'low effort',
    ['Someone else deleted the card you were on'],
  ]);
  await act(async () => look({ mode: 'matrix' }));
  await focus('.o-token[data-opportunity="low"]');
  await inTheirHands((there) => removeCards(there, ['low']));
  expect(focused()).toBe('impact 1, effort 4, think twice: empty');
  expect(said).toEqual(['Someone else deleted the card you were on']);
});

const finding = (rule: Finding['rule'], at: string, message: string): Finding => ({
  rule,
  severity: 'problem',
  at: [at],
  message,
  why: 'Because.',
});

test('ACCESS-3 health is said when it is opened and after one’s own fix, not as others go on; ACCESS-2 a settled finding keeps one in the panel', async () => {
  vi.useFakeTimers();
  let findings: readonly Finding[] = [
    finding('PAIN-1', 'a', 'No opportunity for A'),
    finding('PAIN-1', 'b', 'No opportunity for B'),
    {
      ...finding('REVIEW-1', 'a', 'Never reviewed'),
      fix: { do: 'markReviewed', label: 'Reviewed' },
    },
  ];
  let asked = 0;
  vi.mocked(mapHealth).mockImplementation(async () => {
    asked += 1;
    return { tag: String(asked), health: { findings: [...findings] } } as never;
  });
  const pause = (): Promise<void> =>
    act(async () => {
      await vi.advanceTimersByTimeAsync(4000);
    });
  const changed = (): Promise<void> =>
    inTheirHands((there) => setCardFields(there, 'top', { impact: asked % 2 === 0 ? 1 : 2 }));
  await open();
  await act(async () => openHealth(board));
  await pause();
  expect(said.splice(0)).toEqual(['3 problems']);

  // Somebody else settles the one whose button one stands on.
  await focus('[aria-label="Show “B”"]');
  findings = findings.filter(({ message }) => message !== 'No opportunity for A');
  await changed();
  await pause();
  expect([focused(), said.splice(0)]).toEqual(['Show “B”', []]);
  findings = findings.filter(({ message }) => message !== 'No opportunity for B');
  await changed();
  await pause();
  expect([focused(), said.splice(0)]).toEqual([
    'Problems',
    ['What you stood on is settled. 1 problem'],
  ]);

  const fix = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Reviewed',
  );
  findings = [];
  await act(async () => {
    fix?.focus();
    fix?.click();
  });
  await pause();
  expect(said).toEqual([expect.stringMatching(/^Reviewed today/), 'No problem found.']);
  expect(focused()).toBe('Health of this map');
});
