// The one change that turns a text into another, cut only between graphemes.
// Called by the text binding after each input; pure. An edit that cuts a surrogate pair makes even stock Yjs replicas
// differ, so both ends of a change lie on grapheme boundaries of the old text and of the new one.

/** Replace `remove` UTF-16 units at `index` by `insert`. */
export interface Difference {
  readonly index: number;
  readonly remove: number;
  readonly insert: string;
}

const segmenter =
  typeof Intl.Segmenter === 'function'
    ? new Intl.Segmenter(undefined, { granularity: 'grapheme' })
    : undefined;

/** Whether a cut before unit `index` leaves every surrogate pair whole. */
function betweenPairs(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return !(before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000);
}

/** A test for grapheme boundaries of one text; by code points where the browser cannot segment. */
function boundaryTest(text: string): (index: number) => boolean {
  if (segmenter === undefined) return (index) => betweenPairs(text, index);
  const segments = segmenter.segment(text);
  return (index) =>
    index <= 0 || index >= text.length || segments.containing(index)?.index === index;
}

/** Lone surrogates cannot be stored as UTF-8: they become U+FFFD, as they would on the wire. */
export function wellFormed(text: string): string {
  let fixed = '';
  for (const point of text) {
    const code = point.charCodeAt(0);
    fixed += point.length === 1 && code >= 0xd800 && code < 0xe000 ? '\ufffd' : point;
  }
  return fixed;
}

/**
 * What changed from `before` to `after`. `caret` is where the caret stands after the input (a UTF-16 index in `after`):
 * it tells which of several equal letters was typed or deleted. Undefined when nothing changed.
 */
export function difference(before: string, after: string, caret: number): Difference | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  // What stands after the caret was there before.
  const limit = Math.min(shorter, Math.max(0, after.length - caret));
  let tail = commonTail(before, after, limit);
  let head = commonHead(before, after, shorter - tail);
  // A caret in an unexpected place (a replaced word, a drop) may hide a longer common tail.
  tail = commonTail(before, after, shorter - head);
  const atBefore = boundaryTest(before);
  const atAfter = boundaryTest(after);
  while (head > 0 && !(atBefore(head) && atAfter(head))) head -= 1;
  while (tail > 0 && !(atBefore(before.length - tail) && atAfter(after.length - tail))) tail -= 1;
  return {
    index: head,
    remove: before.length - tail - head,
    insert: after.slice(head, after.length - tail),
  };
}

function commonHead(a: string, b: string, limit: number): number {
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

function commonTail(a: string, b: string, limit: number): number {
  let length = 0;
  while (
    length < limit &&
    a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)
  ) {
    length += 1;
  }
  return length;
}
