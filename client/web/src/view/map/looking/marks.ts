// Marks the words that were found in the text on screen. Drawn by the browser over the text as it is (CSS custom highlights), so
// that no card redraws, no caret moves and nothing of it is in the document. A browser without them still dims what does not match.
import { rangesOf } from '../../../model/search';
import type { Board } from '../board';

/** Texts a search looks through; labels of ours in a card are none of them. */
const TEXTS =
  '.m-card__text, .m-card__quote, .m-card__actual, .m-chip, .m-fact, .m-head__title, .m-stage__description';
const OURS = '.m-card__label, .m-chip--strong, .m-chip--fail, .m-visitors';

/** Marks them while it runs; returns the way to stop. Whatever is scrolled to or typed meanwhile is marked, too. */
export function markFound(board: Board): () => void {
  if (typeof Highlight === 'undefined') return () => undefined;
  const all = new Highlight();
  const one = new Highlight();
  one.priority = 1;
  CSS.highlights.set('m-found', all);
  CSS.highlights.set('m-found-now', one);
  let frame = 0;
  const mark = (): void => {
    frame = 0;
    all.clear();
    one.clear();
    const { needle, hits } = board.looking.found.get();
    if (board.grid === null) return;
    const ids = new Set(hits.map((hit) => hit.id));
    const now = board.looking.hit.get();
    for (const place of board.grid.querySelectorAll<HTMLElement>('[data-card], [data-head]')) {
      const id = place.dataset.card ?? place.dataset.id ?? '';
      place.toggleAttribute('data-found-now', id === now);
      if (!ids.has(id)) continue;
      for (const range of rangesIn(place, needle)) (id === now ? one : all).add(range);
    }
  };
  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(mark);
  };
  later();
  const stops = [board.looking.found.subscribe(later), board.looking.hit.subscribe(later)];
  const observer = new MutationObserver(later);
  if (board.grid !== null) {
    observer.observe(board.grid, { childList: true, characterData: true, subtree: true });
  }
  return () => {
    for (const stop of stops) stop();
    observer.disconnect();
    cancelAnimationFrame(frame);
    board.grid?.querySelector('[data-found-now]')?.removeAttribute('data-found-now');
    CSS.highlights.delete('m-found');
    CSS.highlights.delete('m-found-now');
  };
}

/** Where the needle stands in the texts of one card or header; a caret within a word does not part it. */
function rangesIn(place: HTMLElement, needle: string): readonly Range[] {
  const ranges: Range[] = [];
  for (const text of place.querySelectorAll<HTMLElement>(TEXTS)) {
    if (text.matches(OURS)) continue;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const nodes: { readonly node: Node; readonly start: number; readonly end: number }[] = [];
    let whole = '';
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest(OURS)) continue;
      const start = whole.length;
      whole += node.nodeValue ?? '';
      nodes.push({ node, start, end: whole.length });
    }
    for (const { start, end } of rangesOf(whole, needle)) {
      const first = nodes.find((one) => start < one.end);
      const last = nodes.find((one) => end <= one.end);
      if (first === undefined || last === undefined) continue;
      const range = new Range();
      range.setStart(first.node, start - first.start);
      range.setEnd(last.node, end - last.start);
      ranges.push(range);
    }
  }
  return ranges;
}
