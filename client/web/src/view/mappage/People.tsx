// Who is in the map, in the bar: a few faces with the hands that are up; everyone behind them, with what can be done with each.
import type { JSX } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { MapConnection } from '../../sync/connection';
import type { Me } from '../../wire/types';
import { later } from '../later';
import { facesOf } from '../people/roster';
import { Avatar, HandIcon } from '../ui';
import { useStore } from '../use-store';
import { count } from '../words';

const FACES = 4;

const Everyone = later(async () => (await import('../people/Everyone')).Everyone);

export function PeopleButton({
  connection,
  me,
}: {
  readonly connection: MapConnection;
  readonly me: Me;
}): JSX.Element {
  const shared = useStore(connection.workshop.shared);
  const { shown, here, hands } = facesOf(shared, me, FACES);
  const more = here - shown.length;
  const raised = hands === 0 ? '' : `, ${count(hands, 'hand', 'hands')} up`;
  return (
    <DialogTrigger>
      <AriaButton
        className="people-button"
        aria-label={`${count(here, 'person', 'people')} here${raised}. Show everyone`}
      >
        {shown.map(({ person, hasHand }) => (
          <span key={person.id} className="people-button__face">
            <Avatar name={person.name} color={person.color} hasHand={hasHand} decorative />
          </span>
        ))}
        {more > 0 ? <span className="people-button__more">+{more}</span> : null}
        {hands === 0 ? null : (
          // Where there is room for one face only, the others' hands still show.
          <span className="people-button__hands">
            <HandIcon size={16} />
            {hands}
          </span>
        )}
      </AriaButton>
      <Popover placement="bottom end" offset={6} className="c-popover people">
        <Dialog aria-label="People in this map" className="people__dialog">
          {({ close }) => <Everyone close={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
