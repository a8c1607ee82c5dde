// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { underWay } from '../../facilitation/testing/views';
import { addCard } from '../../model/cards';
import type { BrainstormView, DraftView } from '../../wire/channel';
import type { Role } from '../../wire/types';
import { MapEditor } from '../map/MapEditor';
import { ADA, sit } from '../testing/seat';
import { type Seat, seat } from '../testing/workshop-seat';
import { Announcer, Toasts } from '../ui';
import { Brainstorm } from './Brainstorm';

let root: Root | undefined;
let at: Seat;

const UNDER_WAY: BrainstormView = {
  setup: { prompt: 'What hurts most?', focus: { lanes: ['pains'] }, signed: false },
  began: 1_000_000,
};

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  localStorage.clear();
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

async function open(role: Role = 'participant', brainstorm = UNDER_WAY): Promise<void> {
  at = seat(role);
  const inside = (
    <>
      <Brainstorm />
      <MapEditor />
      <Announcer />
      <Toasts />
    </>
  );
  root = await sit(at.connection, inside, { me: { ...ADA, role } });
  await at.tell({ brainstorm });
}

function spot(name: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`[data-spot="${name}"]`);
  if (element === null) throw new Error(`There is no ${name}.`);
  return element;
}

async function press(key: string, held: Partial<KeyboardEventInit> = {}): Promise<void> {
  await act(async () => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }),
    );
  });
}

async function stand(name: string): Promise<void> {
  await act(async () => spot(name).focus());
}

async function type(text: string): Promise<void> {
  const area = document.activeElement as HTMLTextAreaElement;
  if (area.tagName !== 'TEXTAREA') throw new Error(`The focus is on ${area.tagName}.`);
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
  await act(async () => {
    set?.call(area, area.value + text);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const focused = (): string => {
  const element = document.activeElement as HTMLElement | null;
  return element?.dataset.spot ?? element?.tagName ?? 'nothing';
};

/** The private cards in a cell. */
const drawn = (lane: string, stage: string): string[] =>
  [...spot(`cell ${lane} ${stage}`).querySelectorAll('.b-draft .m-card__text')].map(
    (text) => text.textContent ?? '',
  );

/** What was sent, as the server takes it. */
function written(): string[] {
  return at.asked.map((command) => {
    if ('writeDraft' in command) {
      const { lane, stage, text } = command.writeDraft;
      return `${lane} ${stage}: ${text}`;
    }
    return 'dropDraft' in command ? 'drop' : JSON.stringify(command);
  });
}

const said = (): string => document.querySelector('[role=status]')?.textContent ?? '';
const have = (...drafts: DraftView[]) => at.tell({ brainstorm: UNDER_WAY }, { drafts });
const card = (id: string, text: string, stage = 'first'): DraftView => ({
  id,
  lane: 'pains',
  stage,
  text,
});

test('before anybody writes, the bar says what is asked and how the cards will be shown', async () => {
  await open();
  const bar = document.querySelector('[aria-label="Brainstorm"]')?.textContent ?? '';
  expect(bar).toContain('What hurts most?');
  expect(bar).toContain('Anonymous');
  expect(bar).toContain('About Pains');
  expect(bar).toContain('You have not written yet');
  await at.tell({
    brainstorm: { began: 2, setup: { ...UNDER_WAY.setup, signed: true, focus: {} } },
  });
  expect(document.querySelector('[aria-label="Brainstorm"]')?.textContent).toContain('Signed');
});

test('DRAFT-10 N in the focus writes a private card, Enter keeps it and offers the next, Esc ends', async () => {
  await open();
  await stand('cell pains second');
  await press('n');
  await type('One');
  expect(written()).toEqual([]);
  await press('Enter');
  expect(written()).toEqual(['pains second: One']);
  expect(focused()).toBe('TEXTAREA');
  await type('Two');
  await press('Enter');
  await press('Escape');
  expect(drawn('pains', 'second')).toEqual(['One', 'Two']);
  expect(at.other.cellCards('pains', 'second')).toEqual([]);
  expect(focused()).toMatch(/^draft /);
  expect(spot('cell pains second').getAttribute('aria-label')).toContain('2 only you see');
});

test('outside the focus, N writes a card for everyone', async () => {
  await open();
  await stand('cell ideas first');
  await press('n');
  await type('Open to all');
  await press('Enter');
  expect(at.other.cellCards('ideas', 'first').map(({ text }) => text)).toEqual(['Open to all']);
  expect(at.asked).toEqual([]);
});

test('cards that are there are edited as ever', async () => {
  await open();
  await stand('card a');
  await press('F2');
  await press('Escape');
  expect(focused()).toBe('card a');
});

test('arrows lead from cards to drafts and back; Enter edits, Esc takes back, Delete drops', async () => {
  await open();
  await have(card('d1', 'Mine'));
  await stand('card c');
  await press('ArrowDown');
  expect(focused()).toBe('draft d1');
  await press('Enter');
  await type(' and more');
  await press('Escape');
  expect(drawn('pains', 'first')).toEqual(['Mine']);
  expect(focused()).toBe('draft d1');
  await press('Delete');
  expect(drawn('pains', 'first')).toEqual([]);
  expect(focused()).toBe('cell pains first');
  expect(said()).toContain('Dropped “Mine”');
});

test('a draft goes to the next cell of the focus with Alt and an arrow, and no further', async () => {
  await open();
  await have(card('d1', 'Mine'));
  await stand('draft d1');
  await press('ArrowRight', { altKey: true });
  expect(drawn('pains', 'second')).toEqual(['Mine']);
  expect(focused()).toBe('draft d1');
  expect(said()).toBe('Moved to Pains, Second');
  await press('ArrowDown', { altKey: true });
  expect(said()).toBe('Already the last lane of this brainstorm');
  expect(drawn('pains', 'second')).toEqual(['Mine']);
});

test('who stands on a draft that goes stands in its cell', async () => {
  await open();
  await have(card('d1', 'Mine'));
  await stand('draft d1');
  await have();
  expect(focused()).toBe('cell pains first');
});

test('DRAFT-10 others are not told in which cell of an anonymous brainstorm somebody is', async () => {
  await open();
  const told = () => at.connection.awareness.getLocalState()?.focus;
  await stand('cell ideas first');
  expect(told()).toMatchObject({ lane: 'ideas' });
  await stand('cell pains first');
  expect(told()).toBeUndefined();
  await press('n');
  await type('Secret');
  expect(told()).toBeUndefined();
});

test('DRAFT-10 of a signed one they are told the cell, but not that or what is written there', async () => {
  const signed = { ...UNDER_WAY, setup: { ...UNDER_WAY.setup, signed: true } };
  await open('participant', signed);
  await stand('cell pains first');
  expect(at.connection.awareness.getLocalState()?.focus).toMatchObject({ lane: 'pains' });
  await press('n');
  await type('Secret');
  expect(at.connection.awareness.getLocalState()?.focus).toBeUndefined();
});

test('an observer is told what goes on, and writes nothing', async () => {
  await open('observer');
  expect(document.querySelector('[aria-label="Brainstorm"]')?.textContent).toContain('nobody else');
  expect(document.querySelector('.b-bar button')).toBeNull();
  await stand('cell pains second');
  await press('n');
  expect(drawn('pains', 'second')).toEqual([]);
});

test('DRAFT-9 words that are refused are at hand with the reason', async () => {
  await open();
  await stand('cell pains first');
  await press('n');
  await type('Too much');
  await press('Tab');
  await at.answer('This brainstorm is full.');
  const left = document.querySelector('[aria-label="Words that were not saved"]');
  expect(left?.textContent).toContain('Too much');
  expect(left?.textContent).toContain('This brainstorm is full.');
});

test('DRAFT-2 while the map stands still nothing is written, but a draft can be dropped', async () => {
  await open();
  await have(card('d1', 'Mine'));
  const step = underWay({ zero: {} }, { atZero: 'lock' });
  await at.tell({ ...step, brainstorm: UNDER_WAY }, { drafts: [card('d1', 'Mine')] });
  await stand('draft d1');
  await press('Enter');
  expect(document.querySelector('textarea')).toBeNull();
  expect(said()).toContain('Time is up: the map is locked');
  await press('ArrowRight', { altKey: true });
  expect(drawn('pains', 'first')).toEqual(['Mine']);
  await press('n');
  expect(document.querySelector('textarea')).toBeNull();
  await press('Delete');
  expect(drawn('pains', 'first')).toEqual([]);
});

test('DRAFT-2 what a step locks outside its focus does not touch drafts', async () => {
  await open();
  const step = underWay({ runs: {} }, { focus: { lanes: ['ideas'] }, lock: true });
  await at.tell({ ...step, brainstorm: UNDER_WAY });
  await stand('cell pains second');
  await press('n');
  await type('All the same');
  await press('Tab');
  expect(written()).toEqual(['pains second: All the same']);
});

test('DRAFT-10 what is pasted in the focus is private', async () => {
  await open();
  await stand('cell pains second');
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', 'One\nTwo');
  await act(async () => {
    document.activeElement?.dispatchEvent(
      Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData }),
    );
  });
  expect(drawn('pains', 'second')).toEqual(['One', 'Two']);
  expect(at.other.cellCards('pains', 'second')).toEqual([]);
  expect(said()).toBe('Pasted 2 private cards');
});

/** The map with the cards of the reveal in it, and the view without the brainstorm. */
async function reveal(texts: readonly string[], at2 = new Date(1_050_000).toISOString()) {
  await act(async () => {
    for (const [nth, text] of texts.entries()) {
      addCard(at.other, {
        id: `r${nth}`,
        place: { lane: 'pains', stage: 'first', index: 9 },
        text,
        author: '',
        at: at2,
      });
    }
  });
  await at.tell({ now: 1_050_100 });
}

test('a reveal is said once, with the number of cards', async () => {
  await open();
  await have(card('d1', 'Mine'));
  await stand('draft d1');
  await reveal(['Theirs', 'Mine']);
  expect(said()).toBe('2 cards revealed');
  expect(drawn('pains', 'first')).toEqual([]);
  expect(focused()).toBe('cell pains first');
  expect(document.querySelector('[aria-label="Brainstorm"]')).toBeNull();
});

test('a card that somebody wrote in the meantime is no part of the reveal', async () => {
  await open();
  await act(async () => {
    addCard(at.other, {
      id: 'n',
      place: { lane: 'ideas', stage: 'first', index: 0 },
      text: 'By hand',
      author: 'Bo',
      at: new Date(1_050_000).toISOString(),
    });
  });
  await reveal(['Theirs']);
  expect(said()).toBe('1 card revealed');
});

test('DRAFT-9 what was typed and not saved at the reveal is given back; what came in is not', async () => {
  await open();
  await have(card('d1', 'Saved'));
  await stand('cell pains second');
  await press('n');
  await type('Half a thou');
  await reveal(['Saved']);
  const left = document.querySelector('[aria-label="Words that were not saved"]')?.textContent;
  expect(left).toContain('Half a thou');
  expect(left).toContain('over before this was saved');
  expect(left).not.toContain('Saved.');
});

test('DRAFT-9 a discarded brainstorm gives everyone their own words back', async () => {
  vi.useFakeTimers();
  try {
    await open();
    await have(card('d1', 'Mine'));
    await at.tell({ now: 1_050_100 });
    await act(() => vi.advanceTimersByTimeAsync(5000));
    const left = document.querySelector('[aria-label="Words that were not saved"]')?.textContent;
    expect(left).toContain('Mine');
    expect(left).toContain('The facilitator discarded this brainstorm.');
  } finally {
    vi.useRealTimers();
  }
});
