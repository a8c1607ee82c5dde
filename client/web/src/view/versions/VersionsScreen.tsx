// The versions of a map: moments with a name, to look at, compare with now and go back to. Beside them its reviews.
import { type JSX, type RefObject, useEffect, useRef, useState } from 'react';
import { versionLabel } from '../../model/moments';
import type { ReviewReport, VersionReport } from '../../wire/versions';
import { useBoard } from '../map/use';
import { mapPath, navigate, useSearch } from '../router';
import { Button, CheckIcon, CompareIcon, EmptyState, HistoryIcon, PlusIcon, say } from '../ui';
import { dayAndTime, fullDay } from '../words';
import { ask, usePersonal } from '../workshop/use-workshop';
import { Look } from './Look';
import { NameDialog } from './NameDialog';
import { RestoreDialog } from './RestoreDialog';
import { Stale } from './Stale';
import { useVersions, type Versions } from './use-versions';
import { type VersionAct, VersionRow } from './VersionRow';
import './versions.css';

type Open =
  | { readonly at: 'save' }
  | { readonly at: 'rename'; readonly version: VersionReport }
  | { readonly at: 'restore'; readonly seq: number; readonly name: string };

export function VersionsScreen(): JSX.Element {
  const board = useBoard();
  const { mapId } = board.connection;
  const versions = useVersions();
  const search = useSearch();
  const [open, setOpen] = useState<Open>();
  const mayChange = (usePersonal()?.role ?? board.me.role) === 'facilitator';
  const looked = lookedAt(search);
  const heading = useRef<HTMLHeadingElement>(null);
  const lookedBefore = useRef(looked);
  useEffect(() => {
    // What had the focus is gone with the look: the list takes it.
    if (lookedBefore.current !== undefined && looked === undefined) heading.current?.focus();
    lookedBefore.current = looked;
  }, [looked]);

  const refresh = (): void => {
    setOpen(undefined);
    if (versions.kind !== 'asking') versions.again();
  };

  function act(version: VersionReport, what: VersionAct): void {
    const { seq } = version;
    switch (what) {
      case 'look':
        navigate(`${mapPath(mapId, 'versions')}?look=${seq}`);
        return;
      case 'compare':
        navigate(`${mapPath(mapId, 'compare')}?from=${seq}`);
        return;
      case 'restore':
        setOpen({ at: 'restore', seq, name: versionLabel(version) });
        return;
      case 'rename':
        setOpen({ at: 'rename', version });
        return;
      case 'drop':
        void ask(board, { dropVersion: { id: version.id } }).then((done) => {
          if (done === null) return;
          say(`“${versionLabel(version)}” is off the list. Its moment stays in the history.`);
          heading.current?.focus();
          refresh();
        });
    }
  }

  const nameOf = (seq: number): string => {
    const list = versions.kind === 'here' ? versions.list.versions : [];
    const version = list.find((one) => one.seq === seq);
    return version === undefined ? `record ${seq}` : versionLabel(version);
  };

  return (
    <>
      {looked === undefined ? (
        <List
          heading={heading}
          versions={versions}
          mayChange={mayChange}
          onSave={() => setOpen({ at: 'save' })}
          onAct={act}
        />
      ) : (
        <Look
          key={looked}
          seq={looked}
          name={nameOf(looked)}
          mayRestore={mayChange}
          onRestore={() => setOpen({ at: 'restore', seq: looked, name: nameOf(looked) })}
        />
      )}
      {open?.at === 'save' ? (
        <NameDialog
          title="Save a version"
          about="Gives the map as it is now a name to come back to."
          name=""
          command={(name) => ({ saveVersion: { name } })}
          onDone={(name) => {
            say(`Saved the version “${name}”`);
            refresh();
          }}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
      {open?.at === 'rename' ? (
        <NameDialog
          title="Name of the version"
          about={dayAndTime(open.version.at)}
          name={open.version.name ?? ''}
          command={(name) => ({ renameVersion: { id: open.version.id, name } })}
          onDone={(name) => {
            say(`The version is called “${name}” now`);
            refresh();
          }}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
      {open?.at === 'restore' ? (
        <RestoreDialog
          seq={open.seq}
          name={open.name}
          onDone={() => {
            say(
              `The map is what it was at “${open.name}”. What it was before is kept as a version.`,
            );
            refresh();
            if (looked !== undefined) navigate(mapPath(mapId, 'versions'));
          }}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </>
  );
}

/** The record that the address says to look at. */
function lookedAt(search: string): number | undefined {
  const text = new URLSearchParams(search).get('look');
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function List({
  heading,
  versions,
  mayChange,
  onSave,
  onAct,
}: {
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly versions: Versions;
  readonly mayChange: boolean;
  readonly onSave: () => void;
  readonly onAct: (version: VersionReport, act: VersionAct) => void;
}): JSX.Element {
  return (
    <div className="ver-screen">
      <div className="ver-page">
        <header className="ver-head">
          <div>
            <h1 ref={heading} tabIndex={-1}>
              Versions
            </h1>
            <p className="ver-head__about">
              Moments of this map with a name. One is kept by itself where a workshop starts, where
              it ends, and before a restore.
            </p>
          </div>
          {mayChange ? (
            <Button variant="primary" icon={PlusIcon} onPress={onSave}>
              Save a version
            </Button>
          ) : null}
        </header>
        {versions.kind === 'here' ? (
          <>
            <Stale versions={versions} />
            <Kept versions={versions.list.versions} mayChange={mayChange} onAct={onAct} />
            <Reviews reviews={versions.list.reviews} />
          </>
        ) : versions.kind === 'failed' ? (
          <div className="ver-failed" role="alert">
            <p>The versions could not be fetched. {versions.why}</p>
            <Button onPress={versions.again}>Try again</Button>
          </div>
        ) : (
          <p className="ver-asking">Fetching the versions…</p>
        )}
      </div>
    </div>
  );
}

function Kept({
  versions,
  mayChange,
  onAct,
}: {
  readonly versions: readonly VersionReport[];
  readonly mayChange: boolean;
  readonly onAct: (version: VersionReport, act: VersionAct) => void;
}): JSX.Element {
  if (versions.length === 0) {
    return (
      <EmptyState art={<HistoryIcon size={40} />} title="No version yet">
        {mayChange
          ? 'Save one before a big change: you can look at it, compare it with the map of then, and go back to it.'
          : 'A facilitator saves one before a big change; the start and end of a workshop leave one, too.'}
      </EmptyState>
    );
  }
  const latestFirst = versions.toReversed();
  return (
    <ul className="ver-list" aria-label="Versions">
      {latestFirst.map((version) => (
        <VersionRow
          key={version.id}
          version={version}
          mayChange={mayChange}
          onAct={(act) => onAct(version, act)}
        />
      ))}
    </ul>
  );
}

function Reviews({ reviews }: { readonly reviews: readonly ReviewReport[] }): JSX.Element | null {
  const { mapId } = useBoard().connection;
  if (reviews.length === 0) return null;
  return (
    <section className="ver-reviews" aria-labelledby="ver-reviews">
      <h2 id="ver-reviews">Reviews</h2>
      <ul className="ver-list">
        {reviews.toReversed().map(({ seq, day, by }, index) => (
          <li key={seq} className="ver-row">
            <div className="ver-row__words">
              <h3 className="ver-row__name">
                <CheckIcon size={16} />
                Reviewed {fullDay(day)}
              </h3>
              {by === undefined ? null : <p className="ver-row__when">{by.name}</p>}
            </div>
            <div className="ver-row__acts">
              <Button
                size="s"
                icon={CompareIcon}
                aria-label={`What changed since the review of ${fullDay(day)}`}
                onPress={() => navigate(`${mapPath(mapId, 'compare')}?from=${seq}`)}
              >
                {index === 0 ? 'What changed since' : 'Compare'}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
