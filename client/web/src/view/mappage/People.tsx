// Who is in the map: faces in the bar, names and roles behind them. Facilitators change roles and take
// people out here.
import type { JSX } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { MapConnection } from '../../sync/connection';
import { CommandRefused } from '../../sync/workshop';
import type { ClientCommand, Me, Person, Role } from '../../wire/types';
import { Avatar, Button, IconButton, Menu, MenuItem, MenuLine, MoreIcon, toast } from '../ui';
import { useStore } from '../use-store';
import { count, ROLES } from '../words';

const FACES = 4;
const GIVEN_ROLES: readonly Role[] = ['facilitator', 'participant', 'observer'];

export function PeopleButton({
  connection,
  me,
  onRename,
}: {
  readonly connection: MapConnection;
  readonly me: Me;
  readonly onRename: () => void;
}): JSX.Element {
  const shared = useStore(connection.workshop.shared);
  const people = inOrder(shared?.people ?? [], me);
  const here = people.filter((person) => person.online);
  const shown = here.slice(0, FACES);
  const more = here.length - shown.length;
  return (
    <DialogTrigger>
      <AriaButton
        className="people-button"
        aria-label={`${count(here.length, 'person', 'people')} here. Show everyone`}
      >
        {shown.map((person) => (
          <span key={person.id} className="people-button__face">
            <Avatar name={person.name} color={person.color} decorative />
          </span>
        ))}
        {more > 0 ? <span className="people-button__more">+{more}</span> : null}
      </AriaButton>
      <Popover placement="bottom end" offset={6} className="c-popover people">
        <Dialog aria-label="People in this map" className="people__dialog">
          {({ close }) => (
            <>
              <h2 className="people__head">
                People
                <span>{here.length} here</span>
              </h2>
              <ul className="people__list">
                {people.map((person) => (
                  <PersonRow
                    key={person.id}
                    connection={connection}
                    person={person}
                    me={me}
                    onRename={() => {
                      close();
                      onRename();
                    }}
                    onRemove={close}
                  />
                ))}
              </ul>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Oneself first, then who is here, then who has left; by name within. */
function inOrder(people: readonly Person[], me: Me): Person[] {
  const self: Person = {
    id: me.participant,
    name: me.name,
    color: me.color,
    role: me.role,
    online: true,
  };
  const others = people
    .filter((person) => person.id !== me.participant)
    .sort((a, b) => Number(b.online) - Number(a.online) || a.name.localeCompare(b.name));
  return [self, ...others];
}

function PersonRow({
  connection,
  person,
  me,
  onRename,
  onRemove,
}: {
  readonly connection: MapConnection;
  readonly person: Person;
  readonly me: Me;
  readonly onRename: () => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const isSelf = person.id === me.participant;
  const maySteer = me.role === 'facilitator';
  return (
    <li className="people__row">
      <Avatar name={person.name} color={person.color} away={!person.online} decorative />
      <span className="people__name">
        <span>
          {person.name}
          {isSelf ? <span className="people__you"> (you)</span> : null}
        </span>
        <span className="people__role">
          {ROLES[person.role]}
          {person.online ? '' : ' · away'}
        </span>
      </span>
      {isSelf ? (
        <Button size="s" variant="ghost" onPress={onRename}>
          Edit
        </Button>
      ) : maySteer ? (
        <Menu
          aria-label={`What ${person.name} may do`}
          trigger={<IconButton label={`Options for ${person.name}`} size="s" icon={MoreIcon} />}
          selectionMode="single"
          selectedKeys={[person.role]}
          onAction={(action) => {
            const role = GIVEN_ROLES.find((given) => given === action);
            if (role !== undefined && role !== person.role) {
              void tell(connection, { setRole: { participant: person.id, role } }, person.name);
            }
            if (action === 'remove') {
              // The row that holds the focus is about to go.
              onRemove();
              void tell(connection, { remove: { participant: person.id } }, person.name);
            }
          }}
        >
          {GIVEN_ROLES.map((role) => (
            <MenuItem key={role} id={role}>
              {ROLES[role]}
            </MenuItem>
          ))}
          <MenuLine />
          <MenuItem id="remove" danger>
            Remove from the map
          </MenuItem>
        </Menu>
      ) : null}
    </li>
  );
}

async function tell(
  connection: MapConnection,
  command: ClientCommand,
  name: string,
): Promise<void> {
  try {
    await connection.workshop.send(command);
    toast({
      title: 'remove' in command ? `${name} was removed` : `${name} has a new role`,
      tone: 'good',
    });
  } catch (error) {
    toast({
      title: 'That did not happen',
      detail: error instanceof CommandRefused ? error.why : 'Try again.',
      tone: 'bad',
    });
  }
}
