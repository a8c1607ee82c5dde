// What a brainstorm is about and how it is put in words. Pure; called by everything in this folder.
import type { DraftSaving } from '../../facilitation/drafts';
import type { BrainstormSetup } from '../../wire/channel';
import type { Role } from '../../wire/types';

interface Named {
  readonly id: string;
  readonly title: string;
}

/** Most characters of a draft (DRAFT-2). */
export const DRAFT_CHARS = 2000;

export function mayWrite(role: Role): boolean {
  return role !== 'observer';
}

/** The lanes or stages of a focus that are there, in the order of the map. */
export function within<T extends Named>(all: readonly T[], ids: readonly string[] | undefined) {
  return ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
}

/** How the cards will be shown: said before anybody writes. */
export function shownWords({ signed }: Pick<BrainstormSetup, 'signed'>): string {
  return signed
    ? 'Signed: when the cards are revealed, each shows who wrote it.'
    : 'Anonymous: when the cards are revealed, they are shuffled and nobody’s name is on them.';
}

/** The same for a watcher, who writes none. */
export const WATCHED = 'People write cards that nobody else sees until they are revealed.';

export function savingWords(saving: DraftSaving): string {
  switch (saving) {
    case 'quiet':
      return '';
    case 'saved':
      return 'Saved';
    case 'saving':
      return 'Saving…';
    case 'waiting':
      return 'Waiting for the connection';
  }
}

export function cardsWritten(count: number): string {
  if (count === 0) return 'You have not written yet';
  return count === 1 ? 'You have written 1 card' : `You have written ${count} cards`;
}

export function revealedWords(count: number): string {
  return count === 1 ? '1 card revealed' : `${count} cards revealed`;
}
