// The command palette: everything one can do or go to, found by typing. Opened with Ctrl+K or from the toolbar.
// The field keeps the focus and the list follows it as a listbox; what is chosen happens once the palette is gone and the
// focus is back where one stood.
import { type JSX, type ReactNode, useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { LANE_WORDS } from '../../model/kinds';
import '../ui/dialog.css';
import '../ui/menu.css';
import { follow } from '../people/company';
import { SearchIcon } from '../ui';
import { ACTS, GROUPS, isOffered, keysOf } from './acts';
import { type Board, quoted } from './board';
import { answers, plain } from './fuzzy';
import { KindMark } from './marks';
import './overlays.css';
import type { Spot } from './spot';
import { useBoard } from './use';

/** Places, cards and people listed at once; more typing brings the rest. */
const MOST_PLACES = 30;

interface Entry {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly detail?: string;
  readonly keys?: string;
  readonly mark?: ReactNode;
  readonly sought: string;
  readonly go: () => void;
}

export function Palette(): JSX.Element {
  const board = useBoard();
  const [query, setQuery] = useState('');
  // As things stood when it was opened: what others do meanwhile must not move what one is about to choose.
  const [entries] = useState(() => [...actsOf(board), ...followsOf(board), ...placesOf(board)]);
  const groups = useMemo(() => found(entries, query), [entries, query]);
  const close = (): void => board.dialog.set(null);
  const choose = (id: string): void => {
    const entry = entries.find((one) => one.id === id);
    close();
    // The focus comes back in the frame after the palette is gone.
    requestAnimationFrame(() => requestAnimationFrame(() => entry?.go()));
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) close();
      }}
      className="c-overlay"
    >
      <Modal className="c-modal c-modal--m m-palette">
        <Dialog aria-label="Find anything" className="c-dialog">
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <SearchField
              aria-label="What to do or where to go"
              autoFocus
              className="m-palette__search"
            >
              <SearchIcon size={18} />
              <Input
                // The list belongs to the field, which keeps the focus.
                role="combobox"
                aria-expanded
                aria-haspopup="listbox"
                placeholder="What to do, or where to go"
                className="m-palette__input"
              />
              <kbd>Esc</kbd>
            </SearchField>
            <ListBox
              aria-label="What was found"
              className="m-palette__list"
              items={groups}
              onAction={(id) => choose(String(id))}
              renderEmptyState={() => (
                <p className="m-palette__none">Nothing is called so. Try another word.</p>
              )}
            >
              {(group) => (
                <ListBoxSection id={group.name}>
                  <Header className="m-menu-layer">{group.name}</Header>
                  {group.entries.map((entry) => (
                    <ListBoxItem
                      key={entry.id}
                      id={entry.id}
                      textValue={entry.name}
                      className="c-menu__item m-palette__item"
                    >
                      {entry.mark}
                      <span className="c-menu__text">
                        {entry.name}
                        {entry.detail === undefined ? null : (
                          <span className="m-palette__detail">{entry.detail}</span>
                        )}
                      </span>
                      {entry.keys === undefined ? null : (
                        <kbd className="c-menu__key">{entry.keys}</kbd>
                      )}
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface Group {
  readonly id: string;
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Without a query, what can be done here; with one, the best answers first, whole groups by their best. */
function found(entries: readonly Entry[], query: string): readonly Group[] {
  const asked = plain(query.trim());
  const ranked =
    asked === ''
      ? entries.filter((entry) => !PLACES.has(entry.group)).map((entry) => ({ entry, rank: 0 }))
      : entries
          .map((entry) => ({ entry, rank: answers(entry.sought, asked) }))
          .filter(({ rank }) => rank > 0)
          .sort((a, b) => b.rank - a.rank);
  const groups = new Map<string, Entry[]>();
  for (const { entry } of ranked) {
    const group = groups.get(entry.group) ?? [];
    if (!PLACES.has(entry.group) || group.length < MOST_PLACES) group.push(entry);
    groups.set(entry.group, group);
  }
  return [...groups].map(([name, here]) => ({ id: name, name, entries: here }));
}

function actsOf(board: Board): readonly Entry[] {
  const offered = ACTS.filter((act) => act.unlisted !== true && isOffered(board, act));
  return GROUPS.flatMap((group) =>
    offered
      .filter((act) => act.group === group)
      .map((act) => ({
        id: `act ${act.id}`,
        group,
        name: act.name,
        ...(act.chords.length === 0 ? {} : { keys: keysOf(act) }),
        sought: plain(`${act.name} ${act.also ?? ''}`),
        go: () => act.run?.(board, ''),
      })),
  );
}

/** Whoever is here can be followed; found when a name is typed. */
function followsOf(board: Board): readonly Entry[] {
  const { people = [] } = board.connection.workshop.shared.get() ?? {};
  return people
    .filter(({ id, online }) => online && id !== board.me.participant)
    .map((person) => ({
      id: `follow ${person.id}`,
      group: FOLLOW,
      name: `Follow ${person.name}`,
      sought: plain(`follow ${person.name}`),
      go: () => follow(board, person),
    }));
}

const FOLLOW = 'Follow somebody';
const PLACES: ReadonlySet<string> = new Set([
  FOLLOW,
  'Go to a stage',
  'Go to a lane',
  'Go to a card',
]);

function placesOf(board: Board): readonly Entry[] {
  const { journey } = board;
  const { lanes, stages, cards } = board.shape();
  const place = (
    group: string,
    spot: Spot,
    id: string,
    name: string,
    more: Partial<Entry>,
  ): Entry => ({
    id: `${spot.kind} ${id}`,
    group,
    name,
    sought: plain(`${name} ${more.detail ?? ''}`),
    go: () => board.visit(spot),
    ...more,
  });
  return [
    ...stages.map((stage) =>
      place(
        'Go to a stage',
        { kind: 'stage', stage },
        stage,
        titled(journey.stages.get(stage)?.title, 'stage'),
        {},
      ),
    ),
    ...lanes.map((lane) =>
      place(
        'Go to a lane',
        { kind: 'lane', lane },
        lane,
        titled(journey.lanes.get(lane)?.title, 'lane'),
        {
          mark: markOf(board, lane),
        },
      ),
    ),
    ...lanes.flatMap((lane) =>
      stages.flatMap((stage) =>
        cards(lane, stage).map((id) =>
          place(
            'Go to a card',
            { kind: 'card', card: id, lane, stage },
            id,
            quoted(
              journey.card(id).get()?.text ?? '',
              `Empty ${LANE_WORDS[kindOf(board, lane)].card}`,
            ),
            {
              detail: board.describe(lane, stage),
              mark: markOf(board, lane),
              sought: plain(journey.card(id).get()?.text ?? ''),
            },
          ),
        ),
      ),
    ),
  ];
}

function titled(title: string | undefined, what: string): string {
  return title === undefined || title === '' ? `Unnamed ${what}` : title;
}

function kindOf(board: Board, lane: string): keyof typeof LANE_WORDS {
  return board.journey.lanes.get(lane)?.kind ?? 'note';
}

function markOf(board: Board, lane: string): ReactNode {
  const kind = kindOf(board, lane);
  return (
    <span className={`c-menu__icon m-kind m-kind--${kind}`}>
      <KindMark kind={kind} />
    </span>
  );
}
