// Everyone in the map, found by name, with what can be done with each: the same list in the popover of the bar and in the facilitator's panel.
import { type JSX, useEffect, useMemo, useRef, useState } from 'react';
import type { Person } from '../../wire/types';
import { useKeptPlace } from '../kept-focus';
import { useBoard, useStore } from '../map/use';
import { isHost } from '../maps';
import { say, TextField } from '../ui';
import { useMe } from '../workshop/use-me';
import { useShared } from '../workshop/use-workshop';
import { askedOf } from './asking';
import { follow } from './company';
import { lowerHand, raiseHand, setRole } from './crew';
import { type Chosen, type MenuFor, PersonMenu } from './PersonMenu';
import { PersonRow, type RowActs } from './PersonRow';
import './people.css';
import { matching, othersFacilitate, rosterOf } from './roster';
import { useRowKeys } from './row-keys';

/** From here on it is quicker to type a name than to look for it. */
const SEARCHED_FROM = 9;
/** Least time without a letter before it is said how many were found. Milliseconds. */
const PAUSE = 600;

export function Roster({
  leave,
}: {
  /** Takes away what the list is in, if that must go before something else opens, and then does it. */
  readonly leave: (then: () => void) => void;
}): JSX.Element {
  const board = useBoard();
  const me = useMe(board.connection, board.me);
  const shared = useShared();
  const mayErase = useStore(isHost);
  const [query, setQuery] = useState('');
  const [menu, setMenu] = useState<MenuFor | null>(null);
  const root = useRef<HTMLElement>(null);
  useKeptPlace(root);
  const rows = useMemo(() => rosterOf(shared, me), [shared, me]);
  const shown = useMemo(() => matching(rows, query), [rows, query]);
  const keys = useRowKeys(shown.map(({ person }) => person.id));
  useSaidCount(query, shown.length);

  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  const acts = useMemo<RowActs>(
    () => ({
      menu: (person, at) => setMenu({ person, at }),
      lower: ({ person, isSelf }) =>
        void (isSelf ? raiseHand(board, false) : lowerHand(board, person)),
      follow: (person) => latest.current(() => follow(board, person)),
      rename: () => latest.current(() => board.dialog.set('profile')),
    }),
    [board],
  );
  // As it is now, whatever it was when the menu was opened: somebody may have left, or have another role.
  const chosenFor = rows.find(({ person }) => person.id === menu?.person.id)?.person;
  const choose = (person: Person, chosen: Chosen): void => {
    if (chosen.act === 'role') {
      if (chosen.role !== person.role) void setRole(board, person, chosen.role);
    } else if (chosen.act === 'follow') acts.follow(person);
    else if (chosen.act === 'remove' || chosen.act === 'erase') {
      const ask = chosen.act;
      latest.current(() => askedOf(board).set({ ask, person }));
    } else {
      const to = person.id === me.participant ? {} : { person };
      latest.current(() => askedOf(board).set({ ask: 'hand-over', ...to }));
    }
  };

  return (
    <section ref={root} className="people__roster" aria-label="Everyone in this map">
      {rows.length < SEARCHED_FROM ? null : (
        <div className="people__search">
          <TextField
            label="Search people"
            labelHidden
            placeholder={`Search ${rows.length} people`}
            value={query}
            onChange={setQuery}
          />
        </div>
      )}
      {shown.length === 0 ? <p className="people__none">Nobody here is called so.</p> : null}
      <ul
        className="people__list"
        aria-label="People"
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
      >
        {shown.map((row) => (
          <PersonRow
            key={row.person.id}
            row={row}
            maySteer={me.role === 'facilitator'}
            isStop={row.person.id === keys.stop}
            isOpen={row.person.id === menu?.person.id}
            acts={acts}
          />
        ))}
      </ul>
      {menu === null || chosenFor === undefined || me.role !== 'facilitator' ? null : (
        <PersonMenu
          shown={{ ...menu, person: chosenFor }}
          isSelf={chosenFor.id === me.participant}
          isHost={mayErase}
          isLast={
            chosenFor.role === 'facilitator' &&
            !othersFacilitate(shared?.people ?? [], chosenFor.id)
          }
          onChoose={(chosen) => choose(chosenFor, chosen)}
          onClose={() => setMenu(null)}
        />
      )}
    </section>
  );
}

/** Whoever does not see the list is told how far a search has narrowed it. */
function useSaidCount(query: string, count: number): void {
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(query.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [query]);
  const latest = useRef(count);
  latest.current = count;
  useEffect(() => {
    if (asked !== '')
      say(latest.current === 1 ? '1 person found' : `${latest.current} people found`);
  }, [asked]);
}
