// Who wrote a card, letter by letter, and when: asked of the server when somebody wants to know, with the way to that moment of the map's history.
import { type JSX, useEffect, useState } from 'react';
import {
  type Authors,
  authorsOf,
  historyOf,
  spansOf,
  type Wrote,
} from '../../../model/history/authors';
import type { HistoryReport } from '../../../wire/history';
import { mapAuthors, mapHistory } from '../../../wire/past';
import { somebody } from '../../history/words';
import { Button, HistoryIcon } from '../../ui';
import { dayAndTime, explain } from '../../words';
import { useBoard, useStore } from '../use';

type Asked =
  | { readonly at: 'not' }
  | { readonly at: 'asking' }
  | { readonly at: 'here'; readonly authors: Authors; readonly history: HistoryReport }
  | { readonly at: 'failed'; readonly why: string };

export function WhoWrote({ card }: { readonly card: string }): JSX.Element {
  const { connection } = useBoard();
  const [asked, setAsked] = useState<Asked>({ at: 'not' });
  useEffect(() => {
    if (asked.at !== 'asking') return undefined;
    let left = false;
    Promise.all([mapAuthors(connection.mapId), mapHistory(connection.mapId)]).then(
      ([authors, history]) => {
        if (!left) setAsked({ at: 'here', authors: authorsOf(authors), history });
      },
      (error: unknown) => {
        if (!left) setAsked({ at: 'failed', why: explain(error) });
      },
    );
    return () => {
      left = true;
    };
  }, [asked.at, connection]);
  if (asked.at === 'here') return <Told card={card} {...asked} />;
  return (
    <div className="m-wrote">
      <Button
        size="s"
        variant="ghost"
        icon={HistoryIcon}
        isPending={asked.at === 'asking'}
        onPress={() => setAsked({ at: 'asking' })}
      >
        Who wrote what, and when
      </Button>
      {asked.at === 'failed' ? <p role="alert">{asked.why}</p> : null}
    </div>
  );
}

function Told({
  card,
  authors,
  history,
}: {
  readonly card: string;
  readonly authors: Authors;
  readonly history: HistoryReport;
}): JSX.Element | null {
  const { journey } = useBoard();
  // What is typed meanwhile is not known to anybody yet; it shows as nobody's until one asks again.
  useStore(journey.card(card));
  const known = historyOf(journey, card, authors);
  const spans = spansOf(journey, card, 'text', authors) ?? [];
  if (known === undefined) return null;
  const words = (wrote: Wrote): string =>
    [nameOf(wrote, history), dayAndTime(wrote.at)].filter((part) => part !== '').join(', ');
  return (
    <section className="m-wrote" aria-label="Who wrote what, and when">
      <dl className="m-wrote__facts">
        <dt>Made</dt>
        <dd>{words(known.made)}</dd>
        <dt>Changed last</dt>
        <dd>{words(known.changed)}</dd>
      </dl>
      {spans.length === 0 ? null : (
        <ol className="m-wrote__spans">
          {spans.map((span, place) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place in the text.
              key={place}
              className="m-wrote__span"
              style={{ borderColor: somebody(history, span.who).color }}
            >
              <q>{span.text}</q>
              <span>{words(span)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function nameOf({ who }: Wrote, history: HistoryReport): string {
  if (who === 'nobody') return 'Not known';
  return who === 'room' ? 'In a brainstorm' : somebody(history, who).name;
}
