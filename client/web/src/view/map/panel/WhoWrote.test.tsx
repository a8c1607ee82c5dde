// @vitest-environment happy-dom
// HIST-6 on screen: whose each stretch of a card's texts is, and since when.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LaneKind } from '../../../model/kinds';
import { type Table, table } from '../../../model/testing/table';
import { cardText } from '../../../model/text/field';
import type { AuthorsReport, HistoryReport } from '../../../wire/history';
import { mapAuthors, mapHistory } from '../../../wire/past';
import { unreachable } from '../../../wire/problem';
import { sit } from '../../testing/seat';
import { dayAndTime } from '../../words';
import { WhoWrote } from './WhoWrote';

vi.mock('../../../wire/past', async (actual) => ({
  ...(await actual<typeof import('../../../wire/past')>()),
  mapAuthors: vi.fn(),
  mapHistory: vi.fn(),
}));

const MAP = {
  stages: [{ id: 's', title: 'Search' }],
  lanes: [
    { id: 'e', kind: 'expectation', title: 'Hopes' },
    { id: 'f', kind: 'emotion', title: 'Feelings' },
    { id: 'p', kind: 'pain', title: 'Pains' },
  ],
  cards: [
    { id: 'hope', lane: 'e', stage: 's', text: 'A call', actual: 'Silence' },
    { id: 'blank', lane: 'e', stage: 's', text: 'An answer' },
    { id: 'feeling', lane: 'f', stage: 's', text: 'Forgotten', quote: 'Hello?' },
    // It was an expectation before it was moved: what its details no longer show is not told of either.
    { id: 'pain', lane: 'p', stage: 's', text: 'Waiting', actual: 'Weeks' },
  ],
};
const AT = Date.UTC(2026, 10, 16, 9, 0);
const LATER = Date.UTC(2026, 10, 17, 9, 0);
const HISTORY = { people: [{ id: 'p1', name: 'Ada', color: '#123456' }] } as HistoryReport;
const ADA = `Ada, ${dayAndTime(AT)}`;

let set: Table;
let root: Root;

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  set = table(MAP);
  await set.connection.whenLoaded;
  vi.mocked(mapHistory).mockReset().mockResolvedValue(HISTORY);
  vi.mocked(mapAuthors).mockReset();
  told('p1');
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

/** The server knows of whom everything on the map is; of others' edits only with `other`. */
function told(who: string, other?: string): void {
  const clients = [
    { client: set.connection.doc.clientID, who, runs: [0, AT] },
    ...(other === undefined
      ? []
      : [{ client: set.other.doc.clientID, who: other, runs: [0, LATER] }]),
  ];
  vi.mocked(mapAuthors).mockResolvedValue({ seq: 9, clients } as AuthorsReport);
}

async function at(card: string, kind: LaneKind): Promise<void> {
  root = await sit(set.connection, <WhoWrote card={card} kind={kind} />);
  await ask();
}

const button = (): HTMLButtonElement => {
  const found = document.querySelector('button');
  if (found === null) throw new Error('There is nothing to ask with.');
  return found;
};
const ask = (): Promise<void> => act(async () => button().click());

function othersWrite(card: string, field: 'text' | 'actual', text: string): Promise<void> {
  const written = cardText(set.other, card, field);
  return act(async () =>
    written.write({ deletions: [], index: written.read().length, insert: text }),
  );
}

/** Each text by what it is called, with its stretches. */
function texts(): Record<string, string[]> {
  return Object.fromEntries(
    [...document.querySelectorAll('ol')].map((list) => [
      document.getElementById(list.getAttribute('aria-labelledby') ?? '')?.textContent ?? 'alone',
      [...list.querySelectorAll('li')].map(
        (one) => `${one.querySelector('q')?.textContent} (${one.lastChild?.textContent})`,
      ),
    ]),
  );
}

const facts = (): (string | null)[] =>
  [...document.querySelectorAll('dd')].map(({ textContent }) => textContent);

test.each<[string, LaneKind, Record<string, string[]>]>([
  [
    'hope',
    'expectation',
    {
      'What they expect': [`A call (${ADA})`],
      'What actually happens': [`Silence (${ADA})`],
    },
  ],
  ['feeling', 'emotion', { Text: [`Forgotten (${ADA})`], 'In their words': [`Hello? (${ADA})`] }],
  ['blank', 'expectation', { alone: [`An answer (${ADA})`] }],
  ['pain', 'pain', { alone: [`Waiting (${ADA})`] }],
])('hist_6_every_text_that_the_details_of_%s_show_says_who_wrote_it', async (card, kind, shown) => {
  await at(card, kind);
  expect(texts()).toEqual(shown);
  expect(facts()).toEqual([ADA, ADA]);
});

test('hist_6_nothing_is_asked_before_somebody_wants_to_know', async () => {
  root = await sit(set.connection, <WhoWrote card="hope" kind="expectation" />);
  expect([vi.mocked(mapAuthors).mock.calls.length, texts()]).toEqual([0, {}]);
  await ask();
  expect(vi.mocked(mapAuthors).mock.calls).toEqual([[set.connection.mapId]]);
});

test('hist_6_what_is_typed_meanwhile_is_nobodys_until_it_is_asked_again', async () => {
  await at('hope', 'expectation');
  await othersWrite('hope', 'actual', ' for weeks');
  expect(texts()['What actually happens']).toEqual([`Silence (${ADA})`, ' for weeks (Not known)']);
  expect(facts()).toEqual([ADA, ADA]);

  told('p1', 'host');
  act(() => button().focus());
  await ask();
  const host = `The host, ${dayAndTime(LATER)}`;
  expect(texts()['What actually happens']).toEqual([`Silence (${ADA})`, ` for weeks (${host})`]);
  expect(facts()).toEqual([ADA, host]);
  expect(document.activeElement).toBe(button());
});

test('hist_6_what_a_brainstorm_revealed_without_names_is_nobodys_in_particular', async () => {
  told('room');
  await at('blank', 'expectation');
  expect(facts()).toEqual(Array(2).fill(`In a brainstorm, ${dayAndTime(AT)}`));
});

test('hist_6_without_an_answer_it_says_why_keeps_what_it_knew_and_can_be_asked_again', async () => {
  vi.mocked(mapAuthors).mockRejectedValueOnce(unreachable());
  await at('blank', 'expectation');
  const said = (): string | null | undefined => document.querySelector('[role=alert]')?.textContent;
  expect([said(), texts()]).toEqual([unreachable().message, {}]);
  await ask();
  expect([said(), texts()]).toEqual([undefined, { alone: [`An answer (${ADA})`] }]);
  vi.mocked(mapHistory).mockRejectedValueOnce(unreachable());
  await ask();
  expect([said(), texts()]).toEqual([unreachable().message, { alone: [`An answer (${ADA})`] }]);
});

test('hist_6_a_card_that_is_deleted_meanwhile_is_told_of_no_more', async () => {
  await at('blank', 'expectation');
  await act(async () => void set.other.root('cards').delete('blank'));
  expect([texts(), facts()]).toEqual([{}, []]);
});
