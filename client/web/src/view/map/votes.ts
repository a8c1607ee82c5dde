// What votes bring to the map: put on the board by `rounds/`, drawn by cards that know nothing of rounds.
import type { ComponentType } from 'react';

/** What votes bring to the map; `rounds/` puts it here once there has been one. */
export interface Votes {
  /** What they add to the name of a card; empty for a card they have nothing to say of. */
  of(card: string): string;
  /** The same for the eye, below the card's face. */
  readonly Face: ComponentType<{ readonly card: string; readonly text: string }>;
  /** Whether there is a result that cards can show. */
  readonly hasResult: boolean;
  /** The result on paper, where cards show one now: which vote it is of, and what it says of a card. */
  readonly paper: { readonly about: string; of(card: string): string } | null;
  /** With a ballot in the open round. */
  readonly hand: Hand | null;
  showResults(): void;
}

/** A voter's way to place dots from the map. */
export interface Hand {
  /** More or fewer, or just as many. */
  place(card: string, dots: { readonly by: number } | { readonly to: number }): void;
  isTarget(card: string): boolean;
  openList(): void;
}
