// What is different between two moments of the map, or between it and another map: side by side where there is room, else one after the
// other. The address says which two, so that a comparison can be sent to somebody.
import { type JSX, useEffect, useState } from 'react';
import {
  type Choosable,
  choosable,
  readSides,
  type Sides,
  sidesQuery,
  sinceReview,
} from '../../model/moments';
import type { Comparison } from '../../wire/compare';
import { compareMaps } from '../../wire/past';
import { useBoard } from '../map/use';
import { maps, refreshMaps } from '../maps';
import { mapPath, navigate, useSearch } from '../router';
import { Button, CompareIcon, EmptyState } from '../ui';
import { useStore } from '../use-store';
import { Stale } from '../versions/Stale';
import { useVersions, type Versions } from '../versions/use-versions';
import { explain } from '../words';
import { Differences } from './Differences';
import { SidesForm } from './SidesForm';
import { TakeAway } from './TakeAway';
import './compare.css';

type Answer =
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'here'; readonly comparison: Comparison };

const NO_CHOICES: readonly Choosable[] = [];

export function CompareScreen(): JSX.Element {
  const { mapId } = useBoard().connection;
  const versions = useVersions();
  const all = useStore(maps);
  useEffect(refreshMaps, []);
  const search = useSearch();
  const isSinceReview = new URLSearchParams(search).get('since') === 'review';
  const list = versions.kind === 'here' ? versions.list : undefined;
  const choices = list === undefined ? NO_CHOICES : choosable(list.versions, list.reviews);
  const sides = isSinceReview ? sinceReview(list?.reviews) : chosen(readSides(search), choices);
  const others = all.filter(({ id }) => id !== mapId);
  return (
    <div className="cmp-screen">
      <div className="cmp-page">
        <header className="cmp-head">
          <h1>Compare</h1>
          {sides === undefined ? null : <TakeAway map={mapId} sides={sides} />}
        </header>
        <Stale versions={versions} />
        <SidesForm
          sides={sides ?? { from: 'now', to: 'now' }}
          choices={choices}
          others={others}
          onChange={(next) => {
            const query = sidesQuery(next);
            // Now with now is a choice on its way to another one: the address keeps that it was made.
            navigate(mapPath(mapId, 'compare') + (query === '' ? '?from=now' : query), 'replace');
          }}
        />
        {sides !== undefined ? (
          <Result key={`${mapId}${sidesQuery(sides)}`} map={mapId} sides={sides} />
        ) : (
          <Nothing versions={versions} isSinceReview={isSinceReview} />
        )}
      </div>
    </div>
  );
}

/** Why there is nothing to compare, or not yet. */
function Nothing({
  versions,
  isSinceReview,
}: {
  readonly versions: Versions;
  readonly isSinceReview: boolean;
}): JSX.Element {
  switch (versions.kind) {
    case 'asking':
      return <p className="cmp-asking">Fetching the versions…</p>;
    case 'failed':
      return (
        <div className="cmp-failed" role="alert">
          <p>The versions could not be fetched. {versions.why}</p>
          <Button onPress={versions.again}>Try again</Button>
        </div>
      );
    case 'here':
      return isSinceReview ? (
        <EmptyState art={<CompareIcon size={40} />} title="No review in the history yet">
          This map was last reviewed before it came here. From the next review on, this page shows
          what changed since. Above you can choose another moment.
        </EmptyState>
      ) : (
        <EmptyState art={<CompareIcon size={40} />} title="Nothing to compare with yet">
          This map has no version and no review so far. Save a version before a big change, or
          choose another map above.
        </EmptyState>
      );
  }
}

/** What the address says; without it the latest named moment with now. */
function chosen(
  asked: ReturnType<typeof readSides>,
  choices: readonly Choosable[],
): Sides | undefined {
  const { from, to = 'now', with: other } = asked;
  const another = other === undefined ? {} : { with: other };
  if (from !== undefined) return { from, to, ...another };
  if (other !== undefined || asked.to !== undefined) return { from: 'now', to, ...another };
  const [latest] = choices;
  return latest === undefined ? undefined : { from: latest.seq, to: 'now' };
}

function Result({ map, sides }: { readonly map: string; readonly sides: Sides }): JSX.Element {
  const [answer, setAnswer] = useState<Answer>({ kind: 'asking' });
  const [turn, setTurn] = useState(0);
  const query = sidesQuery(sides);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks again.
  useEffect(() => {
    let left = false;
    compareMaps(map, query).then(
      (comparison) => {
        if (!left) setAnswer({ kind: 'here', comparison });
      },
      (error: unknown) => {
        if (!left) setAnswer({ kind: 'failed', why: explain(error) });
      },
    );
    return () => {
      left = true;
    };
  }, [map, query, turn]);
  switch (answer.kind) {
    case 'asking':
      return <p className="cmp-asking">Comparing…</p>;
    case 'failed':
      return (
        <div className="cmp-failed" role="alert">
          <p>These two could not be compared. {answer.why}</p>
          <Button
            onPress={() => {
              setAnswer({ kind: 'asking' });
              setTurn((before) => before + 1);
            }}
          >
            Try again
          </Button>
        </div>
      );
    case 'here':
      return <Differences comparison={answer.comparison} />;
  }
}
