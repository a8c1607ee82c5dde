// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EmotionRoundView, FeelingsView, Shared } from '../../wire/channel';
import type { Role } from '../../wire/types';
import { button } from '../testing/button';
import { ADA, sit } from '../testing/seat';
import { type Seat, seat } from '../testing/workshop-seat';
import { Announcer } from '../ui';
import { EmotionSection } from './EmotionSection';
import { Feelings } from './Feelings';
import { FeelingsDialog } from './FeelingsDialog';
import { chosenRound } from './use-feelings';

let root: Root | undefined;
let at: Seat;

const MAP = {
  title: 'Small',
  kind: 'current-state',
  personas: [{ id: 'mira', name: 'Mira', primary: true }],
  stages: [
    { id: 's1', title: 'Search' },
    { id: 's2', title: 'Apply' },
  ],
  lanes: [{ id: 'feel', kind: 'emotion', title: 'Feelings' }],
  cards: [{ id: 'a', lane: 'feel', stage: 's1', text: 'Hopeful', score: 2, persona: 'mira' }],
};

const OPEN: EmotionRoundView = {
  id: 4,
  setup: { question: 'How does it feel to Mira?' },
  state: 'open',
  opened: 0,
  stages: [
    { stage: 's1', title: 'Search', withdrawn: false },
    { stage: 's2', title: 'Apply', withdrawn: false },
  ],
};

const CLOSED: EmotionRoundView = {
  ...OPEN,
  state: 'closed',
  result: [
    { stage: 's2', median: -0.25, spread: 1.63, points: [-2, -0.5, 0, 2] },
    { stage: 's1', median: 1, spread: 0.35, points: [0.5, 1, 1, 1.5] },
  ],
};

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  chosenRound.set(null);
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

/** A page with the bar, the panel's section and the dialog, as much of each as there is to show. */
async function open(role: Role = 'participant', isDialog = false): Promise<void> {
  at = seat(role, MAP);
  const inside = (
    <>
      <Feelings />
      {role === 'facilitator' ? <EmotionSection /> : null}
      <FeelingsDialog isOpen={isDialog} />
      <Announcer />
    </>
  );
  root = await sit(at.connection, inside, { me: { ...ADA, role } });
}

const round = (
  emotionRound: EmotionRoundView,
  scores?: FeelingsView['scores'],
  more: Partial<Shared> = {},
) =>
  at.tell(
    { emotionRounds: [emotionRound], ...more },
    scores === undefined ? {} : { feelings: { round: emotionRound.id, scores } },
  );

const words = (label: string): string =>
  document.querySelector(`[aria-label="${label}"]`)?.textContent ?? '';

async function press(name: string): Promise<void> {
  await act(async () => button(name).click());
}

const sliders = (): HTMLInputElement[] => [
  ...document.querySelectorAll<HTMLInputElement>('input[type=range]'),
];

const said = (): (string | null)[] =>
  sliders().map((slider) => slider.getAttribute('aria-valuetext'));

async function move(slider: HTMLInputElement | undefined, value: number): Promise<void> {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  await act(async () => {
    set?.call(slider, String(value));
    slider?.dispatchEvent(new Event('input', { bubbles: true }));
    slider?.dispatchEvent(new Event('pointerup', { bubbles: true }));
  });
}

async function key(slider: HTMLInputElement | undefined, name: string): Promise<void> {
  await act(async () => {
    slider?.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
    );
  });
}

const announced = (): string => document.querySelector('[role=status]')?.textContent ?? '';

test('the bar says what is asked, that it is private, and how many stages are left', async () => {
  await open();
  await round(OPEN, {});
  expect(words('Emotion round')).toContain('How does it feel to Mira?');
  expect(words('Emotion round')).toContain('Private: nobody sees what you place.');
  expect(words('Emotion round')).toContain('0 of 2 stages answered, 2 left');
});

test('EMO-8 a handle moved is an answer, sent when it is let go of; not answered is not 0', async () => {
  await open();
  await round(OPEN, {});
  await press('Place your feelings');
  expect(said()).toEqual(['Not answered', 'Not answered']);
  await move(sliders()[0], 1.5);
  expect(said()).toEqual(['+1.5, Delighted', 'Not answered']);
  expect(at.asked).toEqual([{ feel: { round: 4, stage: 's1', score: 1.5 } }]);
  // Pressed where it lies.
  await move(sliders()[1], 0);
  expect(said()).toEqual(['+1.5, Delighted', '0, Neutral']);
  expect(words('Emotion round')).toContain('All stages answered');
  expect(words('Emotion round')).toContain('Saving…');
  await round(OPEN, { s1: 1.5, s2: 0 });
  await at.answer();
  expect(words('Emotion round')).toContain('Saved');
});

test('Enter answers 0, Delete takes an answer back, and so does the button beside it', async () => {
  vi.useFakeTimers();
  try {
    await open();
    await round(OPEN, { s2: -1 });
    await press('Place your feelings');
    await key(sliders()[0], 'Enter');
    await key(sliders()[1], 'Delete');
    expect(said()).toEqual(['0, Neutral', 'Not answered']);
    await act(() => vi.advanceTimersByTimeAsync(1000));
    expect(at.asked).toEqual([
      { feel: { round: 4, stage: 's1', score: 0 } },
      { feel: { round: 4, stage: 's2' } },
    ]);
    await press('Take back the answer for Search');
    expect(said()).toEqual(['Not answered', 'Not answered']);
    expect(document.activeElement).toBe(sliders()[0]);
  } finally {
    vi.useRealTimers();
  }
});

test('another tab is followed, and a stage that was deleted asks nothing any more', async () => {
  await open();
  await round(OPEN, {});
  await press('Place your feelings');
  await round(OPEN, { s1: -2 });
  expect(said()).toEqual(['−2, Awful', 'Not answered']);
  const [first, second] = OPEN.stages;
  const gone = { ...OPEN, stages: [{ ...second, withdrawn: true }, first] } as EmotionRoundView;
  await round(gone, { s1: -2 });
  expect(said()).toEqual(['−2, Awful']);
  expect(words('Emotion round')).toContain('All stages answered');
});

test('who has no answers to give is told so', async () => {
  await open('observer');
  await round(OPEN);
  expect(words('Emotion round')).toContain('You have no answers to give');
  expect(document.querySelector('.e-bar button')).toBeNull();
});

test('the end of a round that was seen open is shown until it is dismissed', async () => {
  await open();
  await round(CLOSED);
  expect(words('The emotion round that has ended')).toBe('');
  await round(OPEN, {});
  await round(CLOSED);
  expect(words('The emotion round that has ended')).toContain(
    'Widest disagreement: Apply, 4 answers from −2 to +2.',
  );
  await press('Dismiss');
  expect(words('The emotion round that has ended')).toBe('');
});

test('the result: a table in the order of the map, and the widest disagreement first', async () => {
  await open('participant', true);
  await round(CLOSED);
  const rows = [...document.querySelectorAll('.e-picture tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  );
  expect(rows).toEqual([
    ['Search', '+1, Good', '0.4, close together', '+0.5; +1; +1; +1.5'],
    ['Apply', '−0.25, Neutral', '1.6, opposed', '−2; −0.5; 0; +2'],
  ]);
  const apart = [...document.querySelectorAll('.e-apart__what b')].map((one) => one.textContent);
  expect(apart).toEqual(['Apply', 'Search']);
  expect(document.querySelectorAll('.e-picture__plot > i')).toHaveLength(8);
  expect(() => button('Apply the median to the emotion lane…')).toThrow();
});

test('EMO-7 a facilitator applies the median after seeing what changes, as one step', async () => {
  await open('facilitator', true);
  await round(CLOSED);
  await press('Apply the median to the emotion lane…');
  const plan = [...document.querySelectorAll('.e-plan li')].map(({ textContent }) => textContent);
  expect(plan).toEqual([
    'Searchfrom +2 to +1, Good, on “Hopeful”',
    'Apply0, Neutral: a new card, “How the room felt (median of 4)”',
  ]);
  await press('Change 2 cards');
  const scores = () =>
    at.other
      .laneCards('feel')
      .get()
      .toSorted((a, b) => a.stage.localeCompare(b.stage))
      .map(({ text, score, persona }) => [text, score, persona]);
  expect(scores()).toEqual([
    ['Hopeful', 1, 'mira'],
    ['How the room felt (median of 4)', 0, 'mira'],
  ]);
  expect(announced()).toContain('The median is on 2 cards. Undo with Control Z.');
});

test('the panel: opening asks for what it says, and shows who is done, never what', async () => {
  await open('facilitator');
  await at.tell({
    people: [{ id: 'p2', name: 'Bo', color: '#1f6f8b', role: 'participant', online: true }],
  });
  await press('New emotion round');
  await press('Open the round');
  expect(at.asked).toEqual([
    {
      openEmotionRound: {
        setup: { question: 'How does it feel to Mira?', roles: ['participant', 'facilitator'] },
      },
    },
  ]);
  await at.answer();
  await at.tell(
    {
      emotionRounds: [OPEN],
      people: [{ id: 'p2', name: 'Bo', color: '#1f6f8b', role: 'participant', online: true }],
    },
    { progress: { round: 4, done: ['p2'], begun: 2, voters: 3 } },
  );
  expect(document.querySelector('.e-section')?.textContent).toContain(
    '1 of 3 are done, 2 have begun',
  );
  expect(words('Who has answered for every stage')).toContain('Bo');
  await press('Close and show how it felt');
  expect(at.asked.at(-1)).toEqual({ closeRound: { round: 4 } });
});

test('while a vote is open, no emotion round is', async () => {
  await open('facilitator');
  const setup = { question: 'What first?', targets: {}, dots: 3, mostPerCard: 1 };
  const vote = { id: 1, state: 'open', opened: 0, targets: [] } as const;
  await at.tell({
    rounds: [{ ...vote, targets: [], setup: { ...setup, visibility: 'secret', anonymous: true } }],
  });
  await press('New emotion round');
  await press('Open the round');
  expect(document.querySelector('[role=alert]')?.textContent).toContain('A vote is open');
  expect(at.asked).toEqual([]);
});
