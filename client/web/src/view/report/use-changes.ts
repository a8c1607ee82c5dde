// What changed since the last review, by the history: asked of the server, and again some time after something was recorded. Without an
// answer the report says what the map itself knows.
import { useEffect, useState } from 'react';
import { sidesQuery, sinceReview } from '../../model/moments';
import { onRecorded } from '../../sync/recorded';
import type { Comparison } from '../../wire/compare';
import { compareMaps, mapVersions } from '../../wire/past';
import { useBoard, usePart } from '../map/use';

/**
 * A report may be open on many screens while many type, and each answer compares two whole maps: nobody asks more often than once in so
 * many milliseconds, and not all in the same moment, though all hear of the same record.
 */
const ASK_AFTER = 30_000;
const soon = (): number => ASK_AFTER * (1 + Math.random());

interface Changes {
  /** The day of the review that they come after. */
  readonly since: string;
  readonly all: Comparison;
}

export function useChangesSinceReview(): Comparison | undefined {
  const { connection, journey } = useBoard();
  const last = usePart(journey.meta, ({ review }) => review.lastReviewed);
  const [changes, setChanges] = useState<Changes>();
  useEffect(() => {
    if (last === undefined) return undefined;
    let turn = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAnswered = false;
    // A review that was said just now comes into the history a little later.
    let mayBeEarly = true;
    const askLater = (): void => {
      timer ??= setTimeout(ask, soon());
    };
    const ask = (): void => {
      timer = undefined;
      turn += 1;
      const own = turn;
      const come = (answer: Changes | undefined): void => {
        if (own !== turn) return;
        isAnswered = answer !== undefined;
        setChanges(answer);
        if (answer === undefined && mayBeEarly) askLater();
        mayBeEarly = false;
      };
      changesSince(connection.mapId, last).then(come, () => come(undefined));
    };
    ask();
    const stops = [
      onRecorded(connection, askLater),
      connection.status.subscribe(() => {
        if (!isAnswered && connection.status.get().kind === 'saved') askLater();
      }),
    ];
    return () => {
      turn += 1;
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [connection, last]);
  return changes?.since === last ? changes?.all : undefined;
}

/** Nothing where the review is not in the history: it was done elsewhere, or came back with a restore. */
async function changesSince(map: string, day: string): Promise<Changes | undefined> {
  const { reviews } = await mapVersions(map);
  const sides = sinceReview(reviews);
  if (sides === undefined || reviews.at(-1)?.day !== day) return undefined;
  return { since: day, all: await compareMaps(map, sidesQuery(sides)) };
}
