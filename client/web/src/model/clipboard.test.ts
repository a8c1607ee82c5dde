import { expect, test } from 'vitest';
import { setAddressed, setCardFields } from './cards';
import {
  type Clip,
  clipHtml,
  clipJson,
  clipOf,
  clipOfText,
  clipText,
  pasteClip,
  readClip,
} from './clipboard';
import type { Journey } from './journey';
import { addPersona } from './personas';
import { today } from './review';
import { alone, SMALL_MAP } from './testing/desk';

const BY = { author: 'Ada', at: '2026-11-01T10:00:00Z' };
const FIRST = { lane: 'pains', stage: 'first' };

function texts(journey: Journey, lane: string, stage: string): string[] {
  return journey.cellCards(lane, stage).map((card) => card.text);
}

/** Copied, carried as JSON, read again. */
function carried(journey: Journey, ...ids: string[]): Clip {
  const clip = readClip(clipJson(clipOf(journey, ids)));
  if (clip === undefined) throw new Error('Nothing came out of the clipboard.');
  return clip;
}

function pasted(text: string): readonly (readonly [number, string])[] | undefined {
  return clipOfText(text)?.cards.map(({ column, card }) => [column, card.text] as const);
}

const BLOCK = {
  ...SMALL_MAP,
  lanes: [
    { id: 'pains', kind: 'pain', title: 'Pains' },
    { id: 'ideas', kind: 'opportunity', title: 'Ideas' },
    { id: 'notes', kind: 'note', title: 'Notes' },
  ],
  cards: [
    { id: 'a', lane: 'pains', stage: 'first', text: 'A', severity: 4 },
    { id: 'b', lane: 'pains', stage: 'first', text: 'B\ntwo lines' },
    { id: 'c', lane: 'pains', stage: 'second', text: 'C' },
    { id: 'd', lane: 'ideas', stage: 'second', text: 'D', addresses: ['a', 'b', 'gone'], value: 5 },
  ],
};

test('a block leaves as rows and columns, cards of one cell below each other', () => {
  const journey = alone(BLOCK);
  expect(clipText(clipOf(journey, ['d', 'c', 'b', 'a']))).toBe('A\tC\n"B\ntwo lines"\t\n\tD');
  expect(clipText(clipOf(journey, ['b']))).toBe('B\ntwo lines');
});

test('the table is inert markup, and carries the JSON', () => {
  const journey = alone({
    ...BLOCK,
    cards: [
      { id: 'x', lane: 'pains', stage: 'first', text: '=1+1 <img src=x onerror="alert(1)">' },
    ],
  });
  const html = clipHtml(clipOf(journey, ['x']));
  expect(html).not.toContain('<img');
  expect(html).toContain(`<td style="mso-number-format:'\\@'">=1+1 &lt;img`);
  const json = /data-cairn-cards="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
  expect(readClip(json.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))?.cards).toHaveLength(1);
});

test('MAP-39 pasted in the same map, a block keeps its shape and all fields, and its links lead to the copies', () => {
  const journey = alone(BLOCK);
  const clip = carried(journey, 'a', 'd');
  const { ids, crowded } = pasteClip(journey, clip, FIRST, BY);
  expect(crowded).toBe(false);
  expect(texts(journey, 'pains', 'first')).toEqual(['A', 'B\ntwo lines', 'A']);
  expect(texts(journey, 'ideas', 'second')).toEqual(['D', 'D']);
  const [copy = '', idea = ''] = ids;
  expect(journey.card(copy).get()).toMatchObject({ severity: 4, author: 'Ada', createdAt: BY.at });
  expect(journey.card(idea).get()).toMatchObject({ value: 5, addresses: [copy, 'b'] });
});

test('MAP-39 pasted in another map, links to what is not there are left behind', () => {
  const clip = carried(alone(BLOCK), 'd');
  const there = alone({
    ...SMALL_MAP,
    cards: [{ id: 'a', lane: 'ideas', stage: 'first', text: 'No pain' }],
  });
  const { ids } = pasteClip(there, clip, { lane: 'ideas', stage: 'first' }, BY);
  expect(there.card(ids[0] ?? '').get()?.addresses).toEqual([]);
});

test('a persona is found again by name in another map, and left out where nobody is called so', () => {
  const here = alone(BLOCK);
  const mira = addPersona(here, 'Mira');
  setCardFields(here, 'a', { persona: mira });
  const clip = carried(here, 'a');
  const there = alone();
  const without = pasteClip(there, clip, FIRST, BY).ids[0] ?? '';
  expect(there.card(without).get()?.persona).toBeUndefined();
  const other = addPersona(there, 'Mira');
  const found = pasteClip(there, clip, FIRST, BY).ids[0] ?? '';
  expect(there.card(found).get()?.persona).toBe(other);
});

test('a block larger than the rest of the map loses nothing', () => {
  const journey = alone(BLOCK);
  const clip = carried(journey, 'a', 'c', 'd');
  const { ids, crowded } = pasteClip(journey, clip, { lane: 'notes', stage: 'second' }, BY);
  expect([ids.length, crowded, texts(journey, 'notes', 'second')]).toEqual([
    3,
    true,
    ['A', 'C', 'D'],
  ]);
});

test('a paste goes in after the card one stands on', () => {
  const journey = alone();
  pasteClip(journey, clipOfText('one\ntwo') as Clip, { ...FIRST, index: 1 }, BY);
  expect(texts(journey, 'pains', 'first')).toEqual(['A', 'one', 'two', 'B', 'C']);
});

test('an address set on a copy is a link to a card, not to its original’s list', () => {
  const journey = alone(BLOCK);
  const { ids } = pasteClip(journey, carried(journey, 'd'), { lane: 'ideas', stage: 'first' }, BY);
  setAddressed(journey, ids[0] ?? '', 'c', true);
  expect(journey.card('d').get()?.addresses).toEqual(['a', 'b', 'gone']);
});

test('rows of a spreadsheet become cards, columns go across stages', () => {
  const journey = alone();
  const clip = clipOfText(
    'Late reply\tNo answer\r\n\tRude\r\n"two\nlines, ""quoted"""\t\r\n',
  ) as Clip;
  pasteClip(journey, clip, FIRST, BY);
  expect(texts(journey, 'pains', 'first')).toEqual([
    'A',
    'B',
    'C',
    'Late reply',
    'two\nlines, "quoted"',
  ]);
  expect(texts(journey, 'pains', 'second')).toEqual(['No answer', 'Rude']);
});

test('a sheet whose first columns are empty begins at its first text', () => {
  expect(pasted('\t\tx\ty')).toEqual([
    [0, 'x'],
    [1, 'y'],
  ]);
});

test.each([
  ['• one\n• two', ['one', 'two']],
  ['1. one\n2) two', ['one', 'two']],
  ['•\tone\n•\ttwo', ['one', 'two']],
  ['- one\ntwo', ['- one', 'two']],
  ['"Where is it?" she asked\nno', ['"Where is it?" she asked', 'no']],
  ['"said"', ['"said"']],
  ['one\r\n\r\n  two  \n', ['one', 'two']],
])('%j is the list %j', (text, cards) => {
  expect(pasted(text)?.map(([, card]) => card)).toEqual(cards);
});

test.each(['', ' \n\t\n'])('%j is nothing to paste', (text) => {
  expect(clipOfText(text)).toBeUndefined();
});

test('a text pasted into an emotion lane is a feeling of the primary persona', () => {
  const journey = alone({
    ...SMALL_MAP,
    lanes: [{ id: 'pains', kind: 'emotion', title: 'Feelings' }],
    cards: [],
  });
  const mira = addPersona(journey, 'Mira');
  const [id = ''] = pasteClip(journey, clipOfText('Calm') as Clip, FIRST, BY).ids;
  expect(journey.card(id).get()).toMatchObject({
    text: 'Calm',
    score: 0,
    persona: mira,
    author: 'Ada',
  });
});

test.each([
  'no JSON',
  '{}',
  '{"format":"cairn.cards/1"}',
  '{"format":"cairn.cards/1","cards":[{"row":0,"column":0}]}',
  '{"format":"cairn.cards/1","cards":[{"row":-1,"column":0,"card":{"text":"x"}},{"row":0,"column":1e9,"card":{}}]}',
  '{"format":"cairn.map/1","cards":[{"row":0,"column":0,"card":{"text":"x"}}]}',
])('%s holds no cards', (json) => {
  expect(readClip(json)).toBeUndefined();
});

test('MAP-39 a pasted card keeps the rules of the format, whoever wrote it', () => {
  const card = {
    id: 'evil',
    lane: 'elsewhere',
    stage: 7,
    order: 'zzz',
    text: `${'😀'.repeat(20_001)}`,
    severity: 9,
    impact: 2.5,
    effort: 3,
    value: 400,
    gap: -1,
    score: 17,
    status: 'maybe',
    due: '2026-02-30',
    createdAt: 'yesterday',
    lastTouched: 'never',
    color: 'red; background: url(x)',
    owned: 'no',
    persona: 'nobody',
    addresses: ['a', 'c-none', 3, { id: 'a' }],
    sources: [
      { kind: 'rumour', title: 'T', url: 'javascript:alert(1)' },
      'no source',
      { kind: 'survey' },
    ],
    surprise: { deep: [1] },
    ['__proto__']: { severity: 3 },
  };
  const clip = readClip(
    JSON.stringify({ format: 'cairn.cards/1', cards: [{ row: 0, column: 0, card }] }),
  );
  const journey = alone();
  const [id = ''] = pasteClip(journey, clip as Clip, { lane: 'ideas', stage: 'first' }, BY).ids;
  const written = journey.card(id).get();
  expect(written).toEqual({
    id,
    order: expect.stringMatching(/^[A-Za-z0-9]+$/),
    lane: 'ideas',
    stage: 'first',
    text: '😀'.repeat(20_000),
    actual: '',
    quote: '',
    owned: true,
    momentOfTruth: false,
    failPoint: false,
    effort: 3,
    score: 2,
    addresses: ['a'],
    confidence: 'evidence',
    sources: [{ kind: 'other', title: 'T', url: 'javascript:alert(1)' }],
    author: 'Ada',
    createdAt: BY.at,
    lastTouched: today(new Date()),
  });
  const entry = journey.root('cards').get(id) as { keys(): Iterable<string> };
  expect([...entry.keys()]).not.toContain('surprise');
});
