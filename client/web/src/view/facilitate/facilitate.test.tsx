// @vitest-environment happy-dom
// The facilitator's panel at a map, with somebody else facilitating at the same time.
import { act, type JSX } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AgendaServer } from '../../facilitation/testing/agenda-server';
import { table } from '../../model/testing/table';
import { createStore, type WritableStore } from '../../sync/store';
import type { Person, Step } from '../../wire/channel';
import type { Me } from '../../wire/types';
import type { Board } from '../map/board';
import { useBoard } from '../map/use';
import { ADA, sit } from '../testing/seat';
import { Announcer, Toasts } from '../ui';
import { useStore } from '../use-store';
import { FacilitateButton } from './FacilitateButton';
import { WithFacilitating } from './FacilitatePanel';

const MAP = {
  stages: [
    { id: 's1', title: 'Search' },
    { id: 's2', title: 'Apply' },
  ],
  lanes: [
    { id: 'pains', kind: 'pain', title: 'Pains' },
    { id: 'ideas', kind: 'opportunity', title: 'Ideas' },
  ],
};
const STEPS: readonly Partial<Step>[] = [
  { title: 'Arrive', minutes: 5 },
  { title: 'Collect', minutes: 10 },
  { title: 'Decide', minutes: 15 },
];

let root: Root | undefined;
let server: AgendaServer;
let me: WritableStore<Me>;
let board: Board;

function Keep(): null {
  board = useBoard();
  return null;
}

function Screen(): JSX.Element {
  const who = useStore(me);
  return (
    <>
      <Keep />
      <FacilitateButton me={who} part="grid" />
      <WithFacilitating me={who} part="grid">
        {(isCovered) => (
          <main id="main" tabIndex={-1} inert={isCovered}>
            <textarea aria-label="A card" />
          </main>
        )}
      </WithFacilitating>
      <Announcer />
      <Toasts />
    </>
  );
}

async function come(steps: readonly Partial<Step>[], role: Me['role'] = 'facilitator') {
  server = new AgendaServer(steps);
  await sitDown(role);
}

async function sitDown(role: Me['role'] = 'facilitator') {
  me = createStore<Me>({ ...ADA, role });
  const { connection } = table(MAP);
  await connection.whenLoaded;
  Object.assign(connection, { workshop: server.seat() });
  root = await sit(connection, <Screen />, { me: me.get() });
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  localStorage.clear();
});

afterEach(async () => {
  await leave();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function leave(): Promise<void> {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
}

const panel = (): HTMLElement | null => document.querySelector('aside[aria-label="Facilitate"]');
const named = (element: Element): string =>
  (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();

function button(name: string | RegExp): HTMLButtonElement {
  const all = [...document.querySelectorAll('button')];
  const found = all.find((one) =>
    typeof name === 'string' ? named(one) === name : name.test(named(one)),
  );
  if (found === undefined)
    throw new Error(`No button “${name}” among: ${all.map(named).join(', ')}`);
  return found;
}

async function press(name: string | RegExp): Promise<void> {
  await act(async () => button(name).click());
}

async function key(pressed: string, more: KeyboardEventInit = {}): Promise<boolean> {
  const target = document.activeElement ?? document.body;
  let isTaken = false;
  await act(async () => {
    isTaken = !target.dispatchEvent(
      new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true, ...more }),
    );
  });
  return isTaken;
}

function field(label: string): HTMLInputElement | HTMLTextAreaElement {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label);
  const element = document.getElementById(found?.htmlFor ?? '');
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) {
    throw new Error(`No field “${label}”.`);
  }
  return element;
}

async function type(label: string, text: string): Promise<void> {
  const element = field(label);
  await act(async () => {
    element.focus();
    const proto = element instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(proto.prototype, 'value')?.set?.call(element, text);
    element.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function others(what: () => void): Promise<void> {
  await act(async () => what());
}

const titles = (): (string | undefined)[] =>
  [...document.querySelectorAll('.f-step__name')].map((one) => one.lastChild?.textContent ?? '');
const said = (): string | null | undefined =>
  document.querySelector('[role="status"]')?.textContent;
const toasts = (): string => document.querySelector('.c-toasts')?.textContent ?? '';

test('AGENDA-1 only facilitators have the button, the key and the panel', async () => {
  for (const role of ['participant', 'observer'] as const) {
    await come(STEPS, role);
    expect(document.querySelector('.map-bar__facilitate')).toBeNull();
    expect(await key('f')).toBe(false);
    expect(panel()).toBeNull();
    await leave();
  }
  await come(STEPS);
  expect(panel()).toBeNull();
  await press('Facilitate');
  expect(panel()).not.toBeNull();
  expect(button('Facilitate').getAttribute('aria-expanded')).toBe('true');
});

test('the key goes to the panel and back to where one was; Esc goes back, too', async () => {
  await come(STEPS);
  const main = document.getElementById('main');
  await act(async () => main?.focus());
  expect(await key('f')).toBe(true);
  expect(named(document.activeElement as Element)).toBe('Start for everyone');
  await key('f');
  expect([panel(), document.activeElement]).toEqual([null, main]);
  await key('f');
  await key('Escape');
  expect([panel(), document.activeElement]).toEqual([null, main]);
});

test('a letter typed in a card is a letter', async () => {
  await come(STEPS);
  await act(async () => document.querySelector('textarea')?.focus());
  expect(await key('f')).toBe(false);
  expect(panel()).toBeNull();
});

test('it is remembered open, for this map', async () => {
  await come(STEPS);
  await press('Facilitate');
  await leave();
  await sitDown();
  expect(panel()).not.toBeNull();
  await press('Close the panel');
  await leave();
  await sitDown();
  expect(panel()).toBeNull();
});

test('whoever ceases to facilitate loses it, and stays somewhere', async () => {
  await come(STEPS);
  await act(async () => document.getElementById('main')?.focus());
  await key('f');
  await others(() => me.set({ ...me.get(), role: 'participant' }));
  expect(panel()).toBeNull();
  expect(document.activeElement?.id).toBe('main');
});

test('AGENDA-3 every act of the course names its step', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const settle = async (): Promise<void> => {
    await act(async () => vi.advanceTimersByTime(1000));
  };
  await come(STEPS);
  await press('Facilitate');
  await press('Start for everyone');
  await settle();
  await press('Next: Collect');
  await settle();
  await press('Back to Arrive, from its beginning');
  await settle();
  await press('Start “Decide” for everyone');
  await settle();
  await press('Finish for everyone');
  expect(server.heard).toEqual([
    { startStep: { id: 1 } },
    { startStep: { id: 2 } },
    { startStep: { id: 1 } },
    { startStep: { id: 3 } },
    { finishAgenda: {} },
  ]);
  expect(toasts()).toContain('The agenda is finished for everyone');
  await press('Start “Decide” again');
  expect(server.heard.at(-1)).toEqual({ startStep: { id: 3 } });
});

test('a step started by a slip of the hand: back with the time that was left', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press('Start “Collect” for everyone');
  const left = 4 * 60_000;
  await others(() =>
    server.tell({
      ...server.shared,
      current: { id: 2, began: 0, clock: { paused: { left } }, ready: [] },
    }),
  );
  await press('Start “Decide” for everyone');
  expect(server.shared.current?.id).toBe(3);
  await press('Back to it with 04:00');
  expect(server.shared.current).toMatchObject({ id: 2, clock: { paused: { left } } });
});

test('Esc leaves a field, then the step, then the panel', async () => {
  await come(STEPS);
  await act(async () => document.getElementById('main')?.focus());
  await key('f');
  await press(/CollectOn the map/);
  await type('Title', 'Something else');
  await key('Escape');
  expect(field('Title').value).toBe('Collect');
  await key('Escape');
  expect(() => field('Title')).toThrow();
  expect(document.activeElement?.getAttribute('data-control')).toBe('title');
  await key('Escape');
  expect([panel(), document.activeElement?.id]).toEqual([null, 'main']);
  expect(server.heard).toEqual([]);
});

test('a press in the moment in which somebody else goes on does not skip a step', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await come(STEPS);
  await press('Facilitate');
  await press('Start for everyone');
  expect(button('Next: Collect').disabled).toBe(false);
  await others(() => server.carryOut({ startStep: { id: 2 } }));
  expect(button('Next: Decide').disabled).toBe(true);
  await act(async () => vi.advanceTimersByTime(1000));
  expect(button('Next: Decide').disabled).toBe(false);
});

test('TIME-3 and TIME-4: pause, resume, more and less time', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press('Start for everyone');
  await press('Pause for all');
  await press(/^\+5 min/);
  await press('Resume for all');
  await press(/^−1 min/);
  await press(/^\+1 min/);
  expect(server.heard.slice(1)).toEqual([
    { pause: {} },
    { extend: { seconds: 300 } },
    { resume: {} },
    { extend: { seconds: -60 } },
    { extend: { seconds: 60 } },
  ]);
});

test('TIME-4 a step without a limit has no time to set', async () => {
  await come(STEPS);
  await others(() => {
    const { minutes: _, ...endless } = server.shared.agenda[0] ?? {};
    server.carryOut({ setAgenda: { steps: [endless as Step] } });
  });
  await press('Facilitate');
  await press('Start for everyone');
  expect(panel()?.querySelector('[aria-label="Time of this step"]')).toBeNull();
  expect(panel()?.textContent).toContain('No time limit: it ends when you go on.');
});

test('what happens at zero is said before it and at it', async () => {
  await come([
    { title: 'One', atZero: 'advance' },
    { title: 'Two', atZero: 'lock' },
  ]);
  await press('Facilitate');
  await press('Start for everyone');
  expect(panel()?.textContent).toContain('At zero “Two” begins by itself.');
  await others(() => server.carryOut({ startStep: { id: 2 } }));
  expect(panel()?.textContent).toContain(
    'At zero the map is locked for participants until you go on.',
  );
  await others(() =>
    server.tell({ ...server.shared, current: { id: 2, began: 0, clock: { zero: {} }, ready: [] } }),
  );
  expect(panel()?.textContent).toContain(
    'The map is locked for participants until you go on or give more time.',
  );
  expect(document.querySelectorAll('button')).not.toContain(/Pause/);
});

test('AGENDA-6 facilitators and who is away are not waited for', async () => {
  await come(STEPS);
  const person = (id: string, name: string, more: Partial<Person> = {}): Person => ({
    id,
    name,
    color: '#123456',
    role: 'participant',
    online: true,
    ...more,
  });
  const people = [
    person('p1', 'Ada', { role: 'facilitator' }),
    person('p2', 'Bo'),
    person('p3', 'Cy'),
    person('p4', 'Dee', { online: false }),
    person('p5', 'Eva', { role: 'observer' }),
  ];
  await others(() =>
    server.tell({
      ...server.shared,
      people,
      current: { id: 1, began: 0, clock: { runs: {} }, ready: ['p2'] },
    }),
  );
  await press('Facilitate');
  expect(button(/done/).textContent).toBe('1 of 2 donewaiting for Cy');
  await press(/1 of 2 done/);
  const names = (title: string): (string | null)[] =>
    [...document.querySelectorAll(`section[aria-label="${title}"] li`)].map(
      (one) => one.textContent,
    );
  expect([names('Done'), names('Still at it')]).toEqual([['Bo'], ['Cy']]);
});

test('a step is moved from the keyboard, and the focus goes with it', async () => {
  await come(STEPS);
  await press('Facilitate');
  const first = document.querySelector<HTMLElement>('[data-step="1"] [data-control="title"]');
  await act(async () => first?.focus());
  await key('ArrowDown', { altKey: true });
  expect(titles()).toEqual(['Collect', 'Arrive', 'Decide']);
  expect(said()).toBe('“Arrive” is now step 2 of 3');
  expect(document.activeElement?.closest<HTMLElement>('[data-step]')?.dataset.step).toBe('1');
  await key('ArrowUp');
  expect(document.activeElement?.closest<HTMLElement>('[data-step]')?.dataset.step).toBe('2');
  expect(server.heard).toEqual([{ moveStep: { id: 1, index: 1 } }]);
});

test('a removed step comes back with Undo, at its place', async () => {
  await come(STEPS);
  await press('Facilitate');
  const second = document.querySelector<HTMLElement>('[data-step="2"] [data-control="title"]');
  await act(async () => second?.focus());
  await key('Delete');
  expect(titles()).toEqual(['Arrive', 'Decide']);
  // Where it was, and not on a button that would remove another one.
  expect(document.activeElement?.closest<HTMLElement>('[data-step]')?.dataset.step).toBe('3');
  await press('Undo');
  expect(titles()).toEqual(['Arrive', 'Collect', 'Decide']);
});

test('AGENDA-5 the step under way is not removed, and it is said why', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press('Start for everyone');
  const first = document.querySelector<HTMLElement>('[data-step="1"] [data-control="title"]');
  await act(async () => first?.focus());
  await key('Delete');
  expect(toasts()).toContain('“Arrive” is under way');
  expect(server.heard).toEqual([{ startStep: { id: 1 } }]);
});

test('a new step is there to be named at once', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press('Add a step');
  expect(document.activeElement).toBe(field('Title'));
  await type('Title', 'Vote');
  await key('Enter');
  expect(titles()).toEqual(['Arrive', 'Collect', 'Decide', 'Vote']);
});

test('what is typed is not overwritten by others, and only what was changed is sent', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press(/Collect$|CollectOn the map/);
  await type('Title', 'Collect the pa');
  await others(() => {
    const step = server.shared.agenda[1];
    if (step === undefined) return;
    const { id, ...content } = step;
    const changed = { ...content, title: 'Gather', instructions: 'One a card.' };
    server.carryOut({ changeStep: { id, step: changed } });
  });
  expect(field('Title').value).toBe('Collect the pa');
  expect(field('What everyone is asked to do').value).toBe('One a card.');
  await type('Title', 'Collect the pains');
  await act(async () => field('Title').blur());
  expect(server.shared.agenda[1]).toMatchObject({
    title: 'Collect the pains',
    instructions: 'One a card.',
  });
});

test('a field left as it was sends nothing, and Esc gives back what was there', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press(/CollectOn the map/);
  await act(async () => field('Title').focus());
  await act(async () => field('Title').blur());
  await type('Title', 'Something else');
  await key('Escape');
  expect(field('Title').value).toBe('Collect');
  expect(panel()).not.toBeNull();
  await type('Title', '  ');
  await act(async () => field('Title').blur());
  expect(field('Title').value).toBe('Collect');
  expect(server.heard).toEqual([]);
});

test('minutes are a number of minutes, or nothing for no limit', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press(/CollectOn the map/);
  for (const [text, minutes] of [
    ['25', 25],
    ['0', 25],
    ['481', 25],
    ['ten', 25],
    ['', undefined],
  ] as const) {
    await type('Minutes', text);
    await act(async () => field('Minutes').blur());
    expect(server.shared.agenda[1]?.minutes).toBe(minutes);
  }
});

test('a step that somebody else removes is offered back with the words typed in it', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press(/CollectOn the map/);
  await type('What everyone is asked to do', 'One pain a card.');
  await others(() => server.carryOut({ removeStep: { id: 2 } }));
  expect(toasts()).toContain('Someone else removed “Collect”, the step you were editing');
  await press('Put it back');
  expect(server.shared.agenda[1]).toMatchObject({
    title: 'Collect',
    instructions: 'One pain a card.',
  });
});

test('AGENDA-7 a template replaces the agenda only while no step is under way', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press('Start for everyone');
  await press('Templates');
  expect(button('Replace the agenda').disabled).toBe(true);
  expect(document.querySelector('[role="dialog"]')?.textContent).toContain(
    '“Arrive” is under way. Finish the agenda before you replace it, or add these steps at its end.',
  );
  await press('Add to the agenda');
  expect(titles().slice(0, 4)).toEqual([
    'Arrive',
    'Collect',
    'Decide',
    'Whose journey, and what for',
  ]);
});

test('a replaced agenda comes back with Undo', async () => {
  await come(STEPS);
  await press('Facilitate');
  await press('Templates');
  await press('Replace the agenda');
  expect(titles()[0]).toBe('Whose journey, and what for');
  // Its own act: nobody else has removed anything.
  expect(toasts()).not.toContain('Someone else');
  await press('Undo');
  expect(titles()).toEqual(['Arrive', 'Collect', 'Decide']);
});

test('a template is made from this map and says what it leaves out', async () => {
  await come([]);
  await press('Facilitate');
  await press('Choose a template');
  expect(document.querySelector('[role="dialog"]')?.textContent).toContain(
    'Left out, since this map shows no such lane: touchpoints, actions, expectations, emotions.',
  );
  await press('Use this agenda');
  expect(server.shared.agenda.map(({ focus }) => focus.lanes).filter(Boolean)).toEqual([
    ['pains'],
    ['pains'],
    ['ideas'],
    ['ideas'],
    ['ideas'],
  ]);
});

test('the whole length and the steps that are done are shown', async () => {
  await come(STEPS);
  await press('Facilitate');
  expect(panel()?.querySelector('.f-sums')?.textContent).toMatch(
    /^3 steps, 30 minStarted now, it ends about \d/,
  );
  await press('Start “Collect” for everyone');
  const stands = [...document.querySelectorAll('.f-step')].map((row) =>
    row.className.replace('f-step f-step--', ''),
  );
  expect(stands).toEqual(['done', 'now', 'later']);
  expect(document.querySelector('[aria-current="step"]')?.textContent).toContain('Collect');
  expect(board.me.role).toBe('facilitator');
});
