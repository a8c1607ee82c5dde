// Writing private cards in the cells of the map: the same gestures as for cards, on the drafts of this person. Put on the board while a
// brainstorm is under way (`Brainstorm.tsx`); the drafts themselves, and what becomes of them, are in `facilitation/drafts.ts`.
import type { ComponentType } from 'react';
import type { Draft, Drafts } from '../../facilitation/drafts';
import { isLeftOut } from '../../facilitation/lock';
import { newId } from '../../model/ids';
import { createStore, derivedStore, type Store } from '../../sync/store';
import type { BrainstormSetup } from '../../wire/channel';
import type { Role } from '../../wire/types';
import { type Board, quoted } from '../map/board';
import { type Desk, type DeskCellProps, NO_DRAFTS } from '../map/desk';
import type { Direction, Spot } from '../map/spot';
import { toast } from '../ui';
import { DRAFT_CHARS, mayWrite } from './words';

/** What is typed in now. */
export interface Writing {
  readonly id: string;
  /** What the draft was when it began; nothing when it began with it. Esc goes back to it. */
  readonly before: Draft | undefined;
}

export class WritingDesk implements Desk {
  readonly Cell: ComponentType<DeskCellProps>;
  readonly writing = createStore<Writing | null>(null);
  readonly drafts: Drafts;
  readonly setup: BrainstormSetup;
  readonly #board: Board;
  readonly #role: Role;
  readonly #cells = new Map<string, Store<readonly string[]>>();

  constructor(
    board: Board,
    drafts: Drafts,
    setup: BrainstormSetup,
    role: Role,
    cell: ComponentType<DeskCellProps>,
  ) {
    this.#board = board;
    this.drafts = drafts;
    this.setup = setup;
    this.#role = role;
    this.Cell = cell;
  }

  cell(lane: string, stage: string): Store<readonly string[]> {
    const key = `${lane} ${stage}`;
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const store = derivedStore(
      [this.drafts.all],
      () => {
        const here = this.drafts.all
          .get()
          .filter((draft) => draft.lane === lane && draft.stage === stage);
        return here.length === 0 ? NO_DRAFTS.get() : here.map(({ id }) => id);
      },
      (a, b) => a.length === b.length && a.every((id, at) => id === b[at]),
    );
    this.#cells.set(key, store);
    return store;
  }

  get isPart(): boolean {
    const { lanes, stages } = this.setup.focus;
    return (lanes ?? stages) !== undefined;
  }

  /** A step's lock on a part of the map does not touch drafts; one that holds all of it still does (DRAFT-2). */
  takes(lane: string, stage: string): boolean {
    return (
      mayWrite(this.#role) && !this.#isStill() && !isLeftOut(this.setup.focus, { lane, stage })
    );
  }

  #isStill(): boolean {
    return this.#board.bounds.get().lock?.by === 'time';
  }

  /** The same, and says why. */
  #refuses(): boolean {
    return !mayWrite(this.#role) || (this.#isStill() && this.#board.refuses());
  }

  /** Anonymous means so while it is written, too: nobody is told in which cell of it somebody is. */
  hides(spot: Spot): boolean {
    if (this.setup.signed || !('lane' in spot) || !('stage' in spot)) return false;
    return this.takes(spot.lane, spot.stage);
  }

  begin(lane: string, stage: string): void {
    const id = newId();
    this.drafts.write({ id, lane, stage, text: '' });
    this.writing.set({ id, before: undefined });
    this.#board.go({ kind: 'draft', draft: id, lane, stage }, 'quiet');
  }

  paste(lane: string, stage: string, texts: readonly string[]): void {
    const written = texts.map((text) => text.trim()).filter((text) => text !== '');
    for (const text of written) {
      const id = newId();
      this.drafts.write({ id, lane, stage, text: text.slice(0, DRAFT_CHARS) });
      this.drafts.settle(id);
    }
    this.#board.say(
      written.length === 1 ? 'Pasted 1 private card' : `Pasted ${written.length} private cards`,
    );
  }

  edit(id: string): void {
    const before = this.drafts.get(id);
    if (before === undefined || this.#refuses()) return;
    this.writing.set({ id, before });
    this.#stand(before, 'quiet');
  }

  /** Keeps what was typed. After a new card Enter offers the next. */
  keep(then: 'next' | 'stay' | 'leave'): void {
    const writing = this.writing.get();
    if (writing === null) return;
    const { id, before } = writing;
    const draft = this.drafts.get(id);
    this.writing.set(null);
    this.drafts.settle(id);
    if (draft === undefined) return;
    if (draft.text.trim() === '') this.#leaveTo(draft, then);
    else if (then === 'next' && before === undefined) this.begin(draft.lane, draft.stage);
    else if (then !== 'leave') this.#stand(draft, 'take');
  }

  /** Takes back what was typed since it began. */
  back(): void {
    const writing = this.writing.get();
    if (writing === null) return;
    const { id, before } = writing;
    const draft = this.drafts.get(id);
    this.writing.set(null);
    if (before === undefined) this.drafts.drop(id);
    else {
      this.drafts.write(before);
      this.drafts.settle(id);
    }
    if (before === undefined && draft !== undefined) this.#leaveTo(draft, 'stay');
    else if (before !== undefined) this.#stand(before, 'take');
  }

  drop(draft: Draft): void {
    const next = this.#neighbour(draft);
    this.drafts.drop(draft.id);
    if (this.#board.spot.get().kind === 'draft') this.#board.go(next);
    const title = `Dropped ${quoted(draft.text, 'an empty card')}`;
    const action = {
      label: 'Put it back',
      onPress: () => {
        this.drafts.write(draft);
        this.drafts.settle(draft.id);
      },
    };
    toast({ title, action }, 8);
  }

  /** To another cell of the focus. Says where it came to, or why it stays. */
  move(draft: Draft, lane: string, stage: string): void {
    if (draft.lane === lane && draft.stage === stage) return;
    if (this.#refuses()) return;
    if (!this.takes(lane, stage)) {
      this.#board.say('This brainstorm is about other places of the map');
      return;
    }
    const moved = { ...draft, lane, stage };
    this.drafts.write(moved);
    this.drafts.settle(draft.id);
    if (this.#board.spot.get().kind === 'draft') this.#stand(moved, 'take');
    this.#board.say(`Moved to ${this.#board.describe(lane, stage)}`);
  }

  /** One arrow key: to the next cell of the focus in that direction. */
  nudge(draft: Draft, direction: Direction): void {
    const { lanes, stages } = this.#board.shape();
    const across = direction === 'left' || direction === 'right';
    const line = across ? stages : lanes;
    const forward = direction === 'right' || direction === 'down';
    const at = line.indexOf(across ? draft.stage : draft.lane);
    const rest = forward ? line.slice(at + 1) : line.slice(0, Math.max(0, at)).toReversed();
    const cellOf = (id: string): readonly [string, string] =>
      across ? [draft.lane, id] : [id, draft.stage];
    const next = rest.map(cellOf).find(([lane, stage]) => this.takes(lane, stage));
    if (next === undefined) {
      const end = forward ? 'last' : 'first';
      this.#board.say(`Already the ${end} ${across ? 'stage' : 'lane'} of this brainstorm`);
    } else this.move(draft, ...next);
  }

  #stand({ id: draft, lane, stage }: Draft, focus: 'take' | 'quiet'): void {
    this.#board.go({ kind: 'draft', draft, lane, stage }, focus);
  }

  #leaveTo(draft: Draft, then: 'next' | 'stay' | 'leave'): void {
    this.#board.go(this.#neighbour(draft), then === 'leave' ? 'quiet' : 'take');
  }

  /** Where to stand when a draft is gone: on the one before it, else in the cell. */
  #neighbour({ id, lane, stage }: Draft): Spot {
    const ids = this.cell(lane, stage)
      .get()
      .filter((other) => other !== id);
    const before = ids.at(-1);
    return before === undefined
      ? { kind: 'cell', lane, stage }
      : { kind: 'draft', draft: before, lane, stage };
  }
}
