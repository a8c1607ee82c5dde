// Who wrote what of a document, and when: read off the ids that Yjs gives everything, by what the server says of them (HIST-6). Reads the
// document, never writes it.
import * as Y from 'yjs';
import type { AuthorsReport } from '../../wire/history';
import type { Journey } from '../journey';
import type { CardText } from '../kinds';

export interface Wrote {
  /** Such as `p12`; `host`, `anyone`, `room`, or `nobody` when it is not known. */
  readonly who: string;
  /** Milliseconds since 1970 UTC, to the minute; undefined when it is not known. */
  readonly at: number | undefined;
}

/** A stretch of a text that one person wrote at one time. */
export interface Span extends Wrote {
  readonly text: string;
}

export interface Authors {
  of(client: number, clock: number): Wrote;
}

const UNKNOWN: Wrote = { who: 'nobody', at: undefined };

export function authorsOf({ clients }: Pick<AuthorsReport, 'clients'>): Authors {
  const known = new Map(clients.map((one) => [one.client, one]));
  return {
    of(client, clock) {
      const found = known.get(client);
      if (found === undefined) return UNKNOWN;
      let at: number | undefined;
      for (let run = 0; run < found.runs.length && (found.runs[run] ?? 0) <= clock; run += 2) {
        at = found.runs[run + 1];
      }
      return { who: found.who, at };
    },
  };
}

/** What Yjs keeps of a text, as far as it is read here. */
interface Item {
  readonly id: { readonly client: number; readonly clock: number };
  readonly deleted: boolean;
  readonly length: number;
  readonly content: unknown;
  readonly right: Item | null;
}

function entryOf(journey: Journey, card: string): Y.Map<unknown> | undefined {
  const entry = journey.root('cards').get(card);
  return entry instanceof Y.Map ? entry : undefined;
}

/** The stretches of a card's text by who wrote them; undefined for a text that is none of Yjs's. */
export function spansOf(
  journey: Journey,
  card: string,
  field: CardText,
  authors: Authors,
): readonly Span[] | undefined {
  const text = entryOf(journey, card)?.get(field);
  if (!(text instanceof Y.Text)) return undefined;
  const spans: Span[] = [];
  for (let item = text._start as unknown as Item | null; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    add(spans, item, item.content.str, authors);
  }
  return spans;
}

/** A stretch of one client may have been written at several times. */
function add(spans: Span[], { id }: Item, text: string, authors: Authors): void {
  let from = 0;
  while (from < text.length) {
    const wrote = authors.of(id.client, id.clock + from);
    let to = from + 1;
    while (to < text.length && isSame(authors.of(id.client, id.clock + to), wrote)) to += 1;
    const before = spans.at(-1);
    const part = text.slice(from, to);
    if (before !== undefined && isSame(before, wrote)) {
      spans[spans.length - 1] = { ...before, text: before.text + part };
    } else spans.push({ ...wrote, text: part });
    from = to;
  }
}

function isSame(a: Wrote, b: Wrote): boolean {
  return a.who === b.who && a.at === b.at;
}

/** Who made a card, and who changed anything of it last that is still there. */
export function historyOf(
  journey: Journey,
  card: string,
  authors: Authors,
): { readonly made: Wrote; readonly changed: Wrote } | undefined {
  const entry = entryOf(journey, card);
  const own = entry?._item;
  if (entry === undefined || own == null) return undefined;
  const made = authors.of(own.id.client, own.id.clock);
  let changed = made;
  const look = (wrote: Wrote): void => {
    if ((wrote.at ?? 0) > (changed.at ?? 0)) changed = wrote;
  };
  for (const item of entry._map.values()) {
    if (item.deleted) continue;
    look(authors.of(item.id.client, item.id.clock));
    const { content } = item;
    if (!(content instanceof Y.ContentType)) continue;
    for (let part = content.type._start; part !== null; part = part.right) {
      if (part.deleted) continue;
      look(authors.of(part.id.client, part.id.clock));
      look(authors.of(part.id.client, part.id.clock + part.length - 1));
    }
  }
  return { made, changed };
}
