// The map and the browser's clipboard: copy, cut and paste as the browser reports them, which needs no permission.
// Attached by the grid. Texts and form fields keep the clipboard to themselves; what is on it is the model's to read.
import {
  type Anchor,
  type Clip,
  clipHtml,
  clipJson,
  clipOf,
  clipOfText,
  clipText,
  pasteClip,
  placesOf,
  readClip,
} from '../../model/clipboard';
import { createStore } from '../../sync/store';
import { toast } from '../ui';
import { chordWords } from './acts/chords';
import type { Board } from './board';
import { cardsOf, goToCard, nameOf, removeCardsAt, select } from './cardActs';

const PRIVATE = 'application/vnd.cairn.cards+json';
/** More than this is likely not what was meant. */
const MANY = 500;
/** Letters in one paste: with more, its edit would not pass as one message. */
const MOST_TEXT = 2_000_000;

export interface BigPaste {
  readonly count: number;
  readonly go: () => void;
}

/** A paste so large that the person is asked first. */
export const bigPaste = createStore<BigPaste | null>(null);

/** What was copied here last, for a paste without an event: then the browser gives the text alone. */
let lastCopied: Clip | undefined;

export function attachClipboard(board: Board, editor: HTMLElement): () => void {
  const isOurs = (event: ClipboardEvent): boolean => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || target.closest('input, textarea, [contenteditable]'))
      return false;
    return editor.contains(target) || (target === document.body && board.holdsFocus);
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (!isOurs(event) || !(window.getSelection()?.isCollapsed ?? true)) return;
    const ids = board.picked.copied();
    const cards = cardsOf(board, ids);
    if (cards.length === 0 || event.clipboardData === null) return;
    const isCut = event.type === 'cut' && !board.readOnly;
    if (isCut && board.refusesCards(ids)) {
      event.preventDefault();
      return;
    }
    const clip = clipOf(board.journey, ids);
    lastCopied = clip;
    event.clipboardData.setData('text/plain', clipText(clip));
    event.clipboardData.setData('text/html', clipHtml(clip));
    event.clipboardData.setData(PRIVATE, clipJson(clip));
    event.preventDefault();
    if (isCut) removeCardsAt(board, ids);
    board.say(`${isCut ? 'Cut' : 'Copied'} ${nameOf(board, cards)}`);
  };
  const onPaste = (event: ClipboardEvent): void => {
    const held = event.clipboardData;
    if (!isOurs(event) || board.readOnly || held === null) return;
    event.preventDefault();
    const clip =
      readClip(held.getData(PRIVATE)) ??
      clipInHtml(held.getData('text/html')) ??
      clipOfText(held.getData('text/plain'));
    if (clip === undefined) board.say('Nothing on the clipboard that could be a card');
    else paste(board, clip);
  };
  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCopy);
  document.addEventListener('paste', onPaste);
  return () => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
  };
}

/** Browsers that keep private kinds to themselves still hand over the table. Parsed without running anything in it. */
function clipInHtml(html: string): Clip | undefined {
  if (!html.includes('data-cairn-cards')) return undefined;
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const json = parsed.querySelector<HTMLElement>('[data-cairn-cards]')?.dataset.cairnCards;
  return json === undefined ? undefined : readClip(json);
}

/** From a button: the browser is asked for the event that a key would have caused. */
export function copyCards(
  board: Board,
  ids = board.picked.copied(),
  how: 'copy' | 'cut' = 'copy',
): void {
  const [first] = ids;
  const isOnOne = board.picked.copied().length === ids.length;
  if (first !== undefined && !isOnOne) goToCard(board, first);
  else board.focusSpot({ preventScroll: true });
  document.execCommand(how);
}

/** From the palette: without a key the browser asks the person first, and may say no. */
export async function pasteHere(board: Board): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    toast({
      title: 'The browser did not let this page read the clipboard',
      detail: `Press ${chordWords('Mod+V')} instead: that needs no permission.`,
    });
    return;
  }
  const isOwn = lastCopied !== undefined && clipText(lastCopied) === text;
  const clip = isOwn ? lastCopied : clipOfText(text);
  if (clip === undefined) board.say('Nothing on the clipboard that could be a card');
  else paste(board, clip);
}

/** Where a paste begins for somebody who stands here; nowhere in a map without cells. */
function anchorOf(board: Board): Anchor | undefined {
  const spot = board.spot.get();
  const { lanes, stages } = board.shape();
  const lane = 'lane' in spot ? spot.lane : lanes[0];
  const stage = 'stage' in spot ? spot.stage : stages[0];
  if (lane === undefined || stage === undefined) return undefined;
  if (spot.kind !== 'card') return { lane, stage };
  return { lane, stage, index: board.journey.cell(lane, stage).get().indexOf(spot.card) + 1 };
}

function paste(board: Board, clip: Clip): void {
  const letters = clip.cards.reduce((sum, { card }) => sum + card.text.length, 0);
  if (letters > MOST_TEXT) {
    toast({
      title: 'That is too much to paste at once',
      detail: 'Paste it in smaller parts, or import it as a map from the page of all maps.',
      tone: 'bad',
    });
    return;
  }
  const go = (): void => {
    const anchor = anchorOf(board);
    if (anchor === undefined) {
      board.say('A map needs a stage and a lane before cards can be pasted');
      return;
    }
    const desk = board.desk.get();
    if (desk?.takes(anchor.lane, anchor.stage)) {
      desk.paste(
        anchor.lane,
        anchor.stage,
        clip.cards.map(({ card }) => card.text),
      );
      return;
    }
    if (board.refuses(...placesOf(board.journey, clip, anchor))) return;
    const by = { author: board.me.name, at: new Date().toISOString() };
    const { ids, crowded } = pasteClip(board.journey, clip, anchor, by);
    select(board, ids);
    const what = `Pasted ${nameOf(board, cardsOf(board, ids))}`;
    if (crowded) board.offerUndo(`${what}. What did not fit went into the last stage or lane`);
    else if (ids.length > 1) board.offerUndo(what);
    else board.say(what);
  };
  if (clip.cards.length > MANY) bigPaste.set({ count: clip.cards.length, go });
  else go();
}
