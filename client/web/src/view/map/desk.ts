// What a brainstorm gives the grid while it is under way: where a new card is a private one, and this person's own. The grid knows no more of
// it than this; all the rest is loaded with the first brainstorm (`view/brainstorm/`), which puts a desk on the board and takes it away.
import type { ComponentType } from 'react';
import { createStore, type Store } from '../../sync/store';
import type { Spot } from './spot';

export interface Desk {
  /** Ids of this person's drafts in a cell, in the order of writing. */
  cell(lane: string, stage: string): Store<readonly string[]>;
  /** Whether what is begun in that cell is a draft. */
  takes(lane: string, stage: string): boolean;
  /** Whether it is about a part of the map: then the cells that take drafts are marked. */
  readonly isPart: boolean;
  /** Opens a text area for a new draft. */
  begin(lane: string, stage: string): void;
  /** What is pasted there is private, too. */
  paste(lane: string, stage: string, texts: readonly string[]): void;
  /** Others are not told that one is there: where somebody writes tells of what they write. */
  hides(spot: Spot): boolean;
  /** The drafts of one cell. */
  readonly Cell: ComponentType<DeskCellProps>;
}

export interface DeskCellProps {
  readonly lane: string;
  readonly stage: string;
  readonly ids: readonly string[];
}

/** What a cell has without a desk. */
export const NO_DRAFTS: Store<readonly string[]> = createStore<readonly string[]>([]);
