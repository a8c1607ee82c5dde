// HIST-6 in the browser: whose each letter of a card is, and since when.
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openJourney } from '../journey';
import { authorsOf, historyOf, spansOf } from './authors';

const MINUTE = 60_000;

/** Ann makes a card, and Ben writes in it; each at two times. */
function written(): Y.Doc {
  const ann = new Y.Doc();
  ann.clientID = 101;
  const card = new Y.Map<unknown>();
  ann.transact(() => {
    card.set('text', new Y.Text('Nobody calls'));
    card.set('lane', 'l');
    card.set('stage', 's');
    ann.getMap('cards').set('c', card);
  });
  const ben = new Y.Doc();
  ben.clientID = 102;
  Y.applyUpdate(ben, Y.encodeStateAsUpdate(ann));
  const text = (ben.getMap('cards').get('c') as Y.Map<unknown>).get('text') as Y.Text;
  text.insert(6, ' ever');
  text.insert(text.length, ' back');
  return ben;
}

const AUTHORS = authorsOf({
  clients: [
    { client: 101, who: 'p1', runs: [0, MINUTE] },
    { client: 102, who: 'p2', runs: [0, 2 * MINUTE, 5, 9 * MINUTE] },
  ],
});

test('hist_6_each_stretch_of_a_text_says_who_wrote_it_and_when', () => {
  const journey = openJourney(written());
  expect(spansOf(journey, 'c', 'text', AUTHORS)).toEqual([
    { who: 'p1', at: MINUTE, text: 'Nobody' },
    { who: 'p2', at: 2 * MINUTE, text: ' ever' },
    { who: 'p1', at: MINUTE, text: ' calls' },
    { who: 'p2', at: 9 * MINUTE, text: ' back' },
  ]);
  expect(spansOf(journey, 'gone', 'text', AUTHORS)).toBeUndefined();
});

test('hist_6_a_card_says_who_made_it_and_who_changed_it_last', () => {
  const journey = openJourney(written());
  expect(historyOf(journey, 'c', AUTHORS)).toEqual({
    made: { who: 'p1', at: MINUTE },
    changed: { who: 'p2', at: 9 * MINUTE },
  });
});

test('hist_6_what_was_deleted_since_is_no_change_that_is_still_there', () => {
  const doc = written();
  const text = (doc.getMap('cards').get('c') as Y.Map<unknown>).get('text') as Y.Text;
  text.delete(text.length - ' back'.length, ' back'.length);
  expect(historyOf(openJourney(doc), 'c', AUTHORS)?.changed).toEqual({ who: 'p2', at: 2 * MINUTE });
});

test('hist_6_what_nobody_is_known_for_is_nobodys', () => {
  const journey = openJourney(written());
  const none = authorsOf({ clients: [] });
  expect(spansOf(journey, 'c', 'text', none)).toEqual([
    { who: 'nobody', at: undefined, text: 'Nobody ever calls back' },
  ]);
});
