// The maps as cards: what kind, what it is called, when it was last touched, whether a review is due.
import { type JSX, useState } from 'react';
import { Link } from 'react-aria-components';
import type { MapEntry } from '../../wire/types';
import { DeleteMapDialog } from '../DeleteMapDialog';
import { KindArt } from '../KindArt';
import { ReviewBadge } from '../ReviewBadge';
import { Badge, Button, IconButton, PlayIcon, TrashIcon } from '../ui';
import { ago, goes, KINDS, laterReview, ROLES, reviewState, titleOf } from '../words';
import type { Starts } from './starts';

export function MapList({
  maps,
  starts,
  onDeleted,
}: {
  readonly maps: readonly MapEntry[];
  /** Null for those who may not make maps. */
  readonly starts: Starts | null;
  readonly onDeleted: () => void;
}): JSX.Element {
  const [deleting, setDeleting] = useState<MapEntry | null>(null);
  const now = new Date();
  const newestFirst = [...maps].sort((a, b) => Date.parse(b.touched) - Date.parse(a.touched) || 0);
  return (
    <>
      <ul className="map-list">
        {newestFirst.map((map) => (
          <MapCard
            key={map.id}
            map={map}
            improves={maps.find((other) => other.id === map.currentState)?.title}
            now={now}
            onDelete={starts === null ? null : () => setDeleting(map)}
          />
        ))}
      </ul>
      {starts === null ? null : <MoreStarts starts={starts} />}
      {deleting === null ? null : (
        <DeleteMapDialog
          map={deleting.id}
          title={deleting.title}
          onDeleted={onDeleted}
          onClose={() => setDeleting(null)}
        />
      )}
    </>
  );
}

function MoreStarts({ starts }: { readonly starts: Starts }): JSX.Element {
  return (
    <p className="home__more">
      New to Cairn?
      <Button
        size="s"
        variant="ghost"
        icon={PlayIcon}
        isPending={starts.busy === 'demo'}
        onPress={starts.seeLive}
      >
        See a live workshop
      </Button>
      <Button
        size="s"
        variant="ghost"
        isPending={starts.busy === 'sample'}
        onPress={starts.openSample}
      >
        Open a sample map
      </Button>
    </p>
  );
}

function MapCard({
  map,
  improves,
  now,
  onDelete,
}: {
  readonly map: MapEntry;
  /** The title of the map it improves on, where this person may open that one, too. */
  readonly improves: string | undefined;
  readonly now: Date;
  /** Null for those who may not delete it. */
  readonly onDelete: (() => void) | null;
}): JSX.Element {
  const review = reviewState(map.reviewDue, now);
  const touched = ago(map.touched, now);
  const going = goes(map.deletedOn, now);
  return (
    <li className="map-card">
      <Link href={`/map/${map.id}`} className="map-card__link">
        <span className="map-card__art">
          <KindArt kind={map.kind} />
        </span>
        <span className="map-card__text">
          <span className="map-card__title">{titleOf(map.title)}</span>
          <span className="map-card__meta">
            {[KINDS[map.kind].name, touched, review === null ? laterReview(map.reviewDue, now) : '']
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
          {improves === undefined ? null : (
            <span className="map-card__meta">Improves on {titleOf(improves)}</span>
          )}
          {review !== null || going !== null || map.role === 'observer' ? (
            <span className="map-card__badges">
              {going === null ? null : (
                <Badge tone="warn" icon={TrashIcon}>
                  {going}
                </Badge>
              )}
              {review === null ? null : <ReviewBadge review={review} />}
              {map.role === 'observer' ? <Badge>{ROLES.observer}</Badge> : null}
            </span>
          ) : null}
        </span>
      </Link>
      {onDelete === null ? null : (
        <IconButton
          label={`Delete ${titleOf(map.title)}…`}
          icon={TrashIcon}
          className="map-card__delete"
          onPress={onDelete}
        />
      )}
    </li>
  );
}

export function MapListSkeleton(): JSX.Element {
  return (
    <div className="map-list" role="status" aria-label="Loading your maps">
      {[0, 1, 2].map((one) => (
        <div key={one} className="map-card map-card--skeleton" />
      ))}
    </div>
  );
}
