// Who wrote a card, letter by letter, and when: asked of the server when somebody wants to know. What is typed meanwhile is nobody's
// until it is asked again.
import { type JSX, useEffect, useId, useState } from 'react';
import {
  type Authors,
  authorsOf,
  historyOf,
  type Span,
  spansOf,
  type Wrote,
} from '../../../model/history/authors';
import { type LaneKind, textLabel, textsOf } from '../../../model/kinds';
import type { HistoryReport } from '../../../wire/history';
import { mapAuthors, mapHistory } from '../../../wire/past';
import { somebody } from '../../history/words';
import { Button, HistoryIcon } from '../../ui';
import { dayAndTime, explain } from '../../words';
import { useBoard, useStore } from '../use';

interface CardProps {
  readonly card: string;
  readonly kind: LaneKind;
}

interface Answer {
  readonly authors: Authors;
  readonly history: HistoryReport;
}

export function WhoWrote({ card, kind }: CardProps): JSX.Element {
  const { mapId } = useBoard().connection;
  const [isAsking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [why, setWhy] = useState<string>();
  useEffect(() => {
    if (!isAsking) return undefined;
    let left = false;
    Promise.all([mapAuthors(mapId), mapHistory(mapId)])
      .then(
        ([authors, history]) => {
          if (left) return;
          setAnswer({ authors: authorsOf(authors), history });
          setWhy(undefined);
        },
        (error: unknown) => {
          if (!left) setWhy(explain(error));
        },
      )
      .finally(() => {
        if (!left) setAsking(false);
      });
    return () => {
      left = true;
    };
  }, [isAsking, mapId]);
  return (
    <div className="m-wrote">
      <Button
        size="s"
        variant="ghost"
        icon={HistoryIcon}
        isPending={isAsking}
        onPress={() => setAsking(true)}
      >
        Who wrote what, and when
      </Button>
      {why === undefined ? null : <p role="alert">{why}</p>}
      {answer === undefined ? null : <Told card={card} kind={kind} {...answer} />}
    </div>
  );
}

function Told({ card, kind, authors, history }: CardProps & Answer): JSX.Element | null {
  const { journey } = useBoard();
  useStore(journey.card(card));
  const known = historyOf(journey, card, authors);
  if (known === undefined) return null;
  const texts = textsOf(kind)
    .map((field) => ({ field, spans: spansOf(journey, card, field, authors) ?? [] }))
    .filter(({ spans }) => spans.length > 0);
  return (
    <section className="m-wrote__told" aria-label="Who wrote what, and when">
      <dl className="m-wrote__facts">
        <dt>Made</dt>
        <dd>{wroteWords(known.made, history)}</dd>
        <dt>Changed last</dt>
        <dd>{wroteWords(known.changed, history)}</dd>
      </dl>
      {texts.map(({ field, spans }) => (
        <Spans
          key={field}
          // Where there is one text alone, what it is called says nothing.
          {...(texts.length > 1 ? { label: textLabel(kind, field) } : {})}
          spans={spans}
          history={history}
        />
      ))}
    </section>
  );
}

function Spans({
  label,
  spans,
  history,
}: {
  readonly label?: string;
  readonly spans: readonly Span[];
  readonly history: HistoryReport;
}): JSX.Element {
  const id = useId();
  return (
    <>
      {label === undefined ? null : (
        <h3 id={id} className="c-field__label">
          {label}
        </h3>
      )}
      <ol className="m-wrote__spans" {...(label === undefined ? {} : { 'aria-labelledby': id })}>
        {spans.map((span, place) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place in the text.
            key={place}
            className="m-wrote__span"
            style={{ borderColor: somebody(history, span.who).color }}
          >
            <q>{span.text}</q>
            <span>{wroteWords(span, history)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** "Ada, 16 Nov, 10:42" */
function wroteWords({ who, at }: Wrote, history: HistoryReport): string {
  return [nameOf(who, history), dayAndTime(at)].filter((part) => part !== '').join(', ');
}

function nameOf(who: string, history: HistoryReport): string {
  if (who === 'nobody') return 'Not known';
  return who === 'room' ? 'In a brainstorm' : somebody(history, who).name;
}
