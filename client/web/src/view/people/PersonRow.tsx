// One person in the roster: who they are, what they may do, whether a hand is up or they are done, and what can be done with them. Hundreds of
// them may be on screen while views come in many times a second: a row is drawn anew only when something of its own has changed.
import { type JSX, memo, type ReactNode } from 'react';
import type { Person } from '../../wire/types';
import { Avatar, Badge, Button, CheckIcon, FollowIcon, HandIcon, MoreIcon } from '../ui';
import { ROLES } from '../words';
import type { RosterRow } from './roster';

/** What rows ask of the list they are in. */
export interface RowActs {
  /** Opens what can be done with that person, at that button. */
  readonly menu: (person: Person, at: Element) => void;
  readonly lower: (row: RosterRow) => void;
  readonly follow: (person: Person) => void;
  readonly rename: () => void;
}

interface RowProps {
  readonly row: RosterRow;
  readonly maySteer: boolean;
  /** Tab comes to this row. */
  readonly isStop: boolean;
  /** Its menu is open. */
  readonly isOpen: boolean;
  readonly acts: RowActs;
}

export const PersonRow = memo(function PersonRow({
  row,
  maySteer,
  isStop,
  isOpen,
  acts,
}: RowProps): JSX.Element {
  const { person, isSelf, hand, isReady } = row;
  const { id, name, color, role, online } = person;
  const tab = { excludeFromTabOrder: !isStop };
  return (
    <li className="people__row" data-row={id}>
      <Avatar name={name} color={color} away={!online} hasHand={hand > 0} decorative />
      <span className="people__name">
        <span>
          {name}
          {isSelf ? <span className="people__you"> (you)</span> : null}
        </span>
        <span className="people__role">
          {ROLES[role]}
          {online ? '' : ' · away'}
        </span>
      </span>
      {isReady ? (
        <span className="people__done">
          <CheckIcon size={16} />
          Done
        </span>
      ) : null}
      {hand === 0 ? null : maySteer || isSelf ? (
        <Button
          size="s"
          icon={HandIcon}
          aria-label={isSelf ? 'Lower your hand' : `Lower the hand of ${name}`}
          {...tab}
          onPress={() => acts.lower(row)}
        >
          Lower
        </Button>
      ) : (
        <Badge tone="warn" icon={HandIcon}>
          Hand up
        </Badge>
      )}
      {isSelf ? (
        <Button size="s" variant="ghost" {...tab} onPress={acts.rename}>
          Edit
        </Button>
      ) : null}
      {maySteer ? (
        <RowButton
          label={isSelf ? 'Options for yourself' : `Options for ${name}`}
          isStop={isStop}
          menu={isOpen}
          onPress={(at) => acts.menu(person, at)}
        >
          <MoreIcon size={16} />
        </RowButton>
      ) : online && !isSelf ? (
        <RowButton label={`Follow ${name}`} isStop={isStop} onPress={() => acts.follow(person)}>
          <FollowIcon size={16} />
          Follow
        </RowButton>
      ) : null}
    </li>
  );
}, sameRow);

/** The button every row has: hundreds of `IconButton`s, each with its hint, take a second to draw. */
function RowButton({
  label,
  isStop,
  menu,
  onPress,
  children,
}: {
  readonly label: string;
  readonly isStop: boolean;
  /** Whether the menu it opens is open; left out where it opens none. */
  readonly menu?: boolean;
  readonly onPress: (at: Element) => void;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <button
      type="button"
      className={`c-button c-button--ghost c-button--s people__act ${menu === undefined ? '' : 'c-button--icon'}`}
      aria-label={label}
      title={label}
      tabIndex={isStop ? 0 : -1}
      {...(menu === undefined ? {} : { 'aria-haspopup': 'menu', 'aria-expanded': menu })}
      onClick={(event) => onPress(event.currentTarget)}
    >
      {children}
    </button>
  );
}

/** Views come as new objects: what counts is what they say. */
function sameRow(a: RowProps, b: RowProps): boolean {
  const [one, other] = [a.row, b.row];
  return (
    a.maySteer === b.maySteer &&
    a.isStop === b.isStop &&
    a.isOpen === b.isOpen &&
    a.acts === b.acts &&
    one.isSelf === other.isSelf &&
    one.hand > 0 === other.hand > 0 &&
    one.isReady === other.isReady &&
    one.person.id === other.person.id &&
    one.person.name === other.person.name &&
    one.person.color === other.person.color &&
    one.person.role === other.person.role &&
    one.person.online === other.person.online
  );
}
