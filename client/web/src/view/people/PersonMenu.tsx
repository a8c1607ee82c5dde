// What a facilitator can do with one person. One menu for the whole roster, opened at the row's button: hundreds of rows hold none of their own.
import { type JSX, useRef } from 'react';
import { Menu as AriaMenu, Header, MenuSection, Popover } from 'react-aria-components';
import type { Person, Role } from '../../wire/types';
import '../ui/menu.css';
import { FollowIcon, KeyIcon, MenuItem, MenuLine, TrashIcon } from '../ui';
import { ROLES } from '../words';

const GIVEN: readonly Role[] = ['facilitator', 'participant', 'observer'];

export type Chosen =
  | { readonly act: 'role'; readonly role: Role }
  | { readonly act: 'follow' | 'hand-over' | 'remove' | 'erase' };

export interface MenuFor {
  readonly person: Person;
  /** The button it hangs from. */
  readonly at: Element;
}

export function PersonMenu({
  shown,
  isSelf,
  isLast,
  isHost,
  onChoose,
  onClose,
}: {
  readonly shown: MenuFor;
  readonly isSelf: boolean;
  /** The only facilitator there is: keeps that role until there is another (ROLE-3). */
  readonly isLast: boolean;
  /** Whoever looks may erase people. */
  readonly isHost: boolean;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { person, at } = shown;
  const anchor = useRef<Element | null>(null);
  anchor.current = at;
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      placement="bottom end"
      offset={6}
      className="c-popover"
    >
      <AriaMenu
        className="c-menu"
        aria-label={isSelf ? 'Your role' : `What ${person.name} may do`}
        autoFocus="first"
        onClose={onClose}
        onAction={(key) => {
          const role = GIVEN.find((given) => given === key);
          if (role !== undefined) onChoose({ act: 'role', role });
          else if (key === 'follow' || key === 'hand-over' || key === 'remove' || key === 'erase')
            onChoose({ act: key });
        }}
      >
        {isSelf || !person.online ? null : (
          <MenuItem id="follow" icon={FollowIcon}>
            Follow
          </MenuItem>
        )}
        {isSelf || !person.online ? null : <MenuLine />}
        <MenuSection selectionMode="single" selectedKeys={[person.role]} disallowEmptySelection>
          <Header className="m-menu-layer">
            {isLast ? 'Role: the map’s only facilitator' : 'Role'}
          </Header>
          {GIVEN.map((role) => (
            <MenuItem key={role} id={role} isDisabled={isLast && role !== 'facilitator'}>
              {ROLES[role]}
            </MenuItem>
          ))}
        </MenuSection>
        <MenuLine />
        <MenuItem id="hand-over" icon={KeyIcon}>
          Hand over facilitation…
        </MenuItem>
        {isSelf ? null : (
          <MenuItem id="remove" icon={TrashIcon} danger>
            Remove from the map…
          </MenuItem>
        )}
        {isHost && !isLast ? (
          <MenuItem id="erase" icon={TrashIcon} danger>
            Erase from the history…
          </MenuItem>
        ) : null}
      </AriaMenu>
    </Popover>
  );
}
