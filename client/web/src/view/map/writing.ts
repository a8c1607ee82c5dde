// Typing on the map: a new card, the text of one that is there, the title of a header; kept, taken back, or offered back when somebody else
// deleted it meanwhile. One of these for each board.
import { addCard, freshFields, type Place, putBack, removeCards } from '../../model/cards';
import type { Card } from '../../model/entities';
import { newId } from '../../model/ids';
import { toast } from '../ui';
import type { Board } from './board';

/** The text a person is typing in, inside the grid. */
export interface Editing {
  /** The card, stage or lane. */
  readonly id: string;
  /** For a card that is not written yet or was just written: where it goes. */
  readonly fresh?: Place;
  /** For a new opportunity: the pains and expectations it is written for. */
  readonly addresses?: readonly string[];
  /** Undo depth when it began: Esc goes back to it. */
  readonly depth: number;
}

export class Writing {
  readonly #board: Board;

  constructor(board: Board) {
    this.#board = board;
  }

  /** Opens a text area for a new card; the card is written with its first letter. */
  startCard(
    lane: string,
    stage: string,
    after?: string,
    start: { readonly addresses?: readonly string[]; readonly depth?: number } = {},
  ): void {
    const desk = this.#board.desk.get();
    if (start.addresses === undefined && desk?.takes(lane, stage)) {
      this.#board.picked.clear();
      desk.begin(lane, stage);
      return;
    }
    if (this.#board.refuses({ lane, stage })) return;
    const cell = this.#board.journey.cell(lane, stage).get();
    const index = after === undefined ? cell.length : cell.indexOf(after) + 1;
    const id = newId();
    this.#board.picked.clear();
    this.#board.journey.steps.boundary();
    this.#board.editing.set({
      id,
      fresh: { lane, stage, index },
      depth: this.#board.journey.steps.depth,
      ...start,
    });
    this.#board.go({ kind: 'card', card: id, lane, stage }, 'quiet');
  }

  /** Writes the card a fresh text area stands for. */
  writeFresh(text: string): void {
    const editing = this.#board.editing.get();
    if (editing?.fresh === undefined) return;
    addCard(this.#board.journey, {
      id: editing.id,
      place: editing.fresh,
      text,
      author: this.#board.me.name,
      at: new Date().toISOString(),
      fields: freshFields(this.#board.journey, editing.fresh.lane),
      ...(editing.addresses === undefined ? {} : { addresses: editing.addresses }),
    });
  }

  /** Begins typing in a card's text or a header's title; Esc goes back to `depth`, by default to now. */
  startEdit(id: string, depth = this.#board.journey.steps.depth): void {
    const card = this.#board.journey.card(id).get();
    if (card === undefined ? this.#board.refuses() : this.#board.refuses(card)) return;
    this.#board.picked.clear();
    this.#board.journey.steps.boundary();
    this.#board.editing.set({ id, depth });
    this.#board.share();
  }

  /** Ends typing and keeps it. A fresh card with text offers the next one; without text it ends. */
  commit(then: 'next' | 'stay' | 'leave'): void {
    const editing = this.#board.editing.get();
    if (editing === null) return;
    const card = this.#board.journey.card(editing.id).get();
    const isCard = this.#board.spot.get().kind === 'card';
    this.#board.editing.set(null);
    this.#board.journey.steps.boundary();
    if (isCard && editing.fresh !== undefined && (card?.text ?? '').trim() === '') {
      this.#dropFresh(editing, then);
      return;
    }
    const series = editing.fresh !== undefined && editing.addresses === undefined;
    if (then === 'next' && series && card !== undefined) {
      this.startCard(card.lane, card.stage, card.id);
      return;
    }
    this.#board.share();
    if (then !== 'leave') this.#board.focusSpot();
  }

  /** Ends typing and takes back what this person typed since it began. */
  cancel(): void {
    const editing = this.#board.editing.get();
    if (editing === null) return;
    this.#board.editing.set(null);
    this.#board.journey.steps.backTo(editing.depth);
    if (editing.fresh !== undefined) this.#dropFresh(editing, 'stay');
    else {
      this.#board.share();
      this.#board.focusSpot();
    }
  }

  #dropFresh(editing: Editing, then: 'next' | 'stay' | 'leave'): void {
    const place = editing.fresh;
    if (place === undefined) return;
    const written = this.#board.journey.card(editing.id).get();
    // Undone, and still there: somebody else has written in it.
    if (written !== undefined && written.text.trim() !== '') {
      this.#board.share();
      if (then !== 'leave') this.#board.focusSpot();
      return;
    }
    if (written !== undefined) removeCards(this.#board.journey, [editing.id]);
    const cell = this.#board.journey.cell(place.lane, place.stage).get();
    const before = cell[Math.min(place.index, cell.length) - 1];
    const spot = { lane: place.lane, stage: place.stage };
    this.#board.go(
      before === undefined ? { kind: 'cell', ...spot } : { kind: 'card', card: before, ...spot },
      then === 'leave' ? 'quiet' : 'take',
    );
  }

  /** Somebody else deleted the card this person was typing in: say so and offer it back, words and all. */
  offerBack(card: Card): void {
    this.#board.editing.set(null);
    toast(
      {
        title: 'Someone else deleted the card you were typing in',
        action: {
          label: 'Put it back',
          onPress: () => {
            putBack(this.#board.journey, card);
            this.#board.go({ kind: 'card', card: card.id, lane: card.lane, stage: card.stage });
          },
        },
      },
      null,
    );
  }
}
