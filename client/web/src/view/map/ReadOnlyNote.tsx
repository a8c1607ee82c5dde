// In the place of what one edits with: why there is nothing.
import type { JSX } from 'react';
import { useBoard } from './use';

export function ReadOnlyNote(): JSX.Element {
  const { me } = useBoard();
  const [short, more] =
    me.archive === true
      ? ['An archive.', 'Nothing in it changes.']
      : ['You are watching.', 'Observers cannot edit.'];
  return (
    <span className="m-toolbar__note">
      {short}
      <span className="m-toolbar__more"> {more}</span>
    </span>
  );
}
