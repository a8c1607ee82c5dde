// Who has said that they are done, and who is still at it, by name. Whoever facilitates is not waited for, nor is anybody who is not here
// (AGENDA-6).
import { type JSX, useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { waitedFor } from '../../../facilitation/step';
import type { Person } from '../../../wire/channel';
import { CheckIcon, ChevronDownIcon } from '../../ui';
import { useReadiness } from '../../workshop/use-step';
import { useShared } from '../../workshop/use-workshop';

export function WhoIsDone(): JSX.Element {
  const shared = useShared();
  const { done, of } = useReadiness();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const ready = (shared?.people ?? []).filter((person) => done.includes(person.id));
  const atWork = waitedFor(shared);
  if (of === 0) return <p className="f-done__none">No participant is here yet.</p>;
  return (
    <div className="f-done">
      <AriaButton
        className="f-done__sum"
        aria-expanded={isOpen}
        {...(isOpen ? { 'aria-controls': id } : {})}
        onPress={() => setOpen(!isOpen)}
      >
        <span className="f-done__count">
          {done.length} of {of} done
        </span>
        <span className="f-done__names">{inShort(atWork)}</span>
        <ChevronDownIcon size={16} className="f-done__mark" />
      </AriaButton>
      {isOpen ? (
        <div id={id} className="f-done__all">
          <Names title="Done" people={ready} isDone />
          <Names title="Still at it" people={atWork} />
        </div>
      ) : null}
    </div>
  );
}

function Names({
  title,
  people,
  isDone = false,
}: {
  readonly title: string;
  readonly people: readonly Person[];
  readonly isDone?: boolean;
}): JSX.Element | null {
  if (people.length === 0) return null;
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      <ul>
        {people.map(({ id, name }) => (
          <li key={id}>
            {isDone ? <CheckIcon size={14} /> : null}
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whom one waits for, as far as there is room. */
function inShort(atWork: readonly Person[]): string {
  if (atWork.length === 0) return 'Everyone who is here';
  return `waiting for ${atWork.map(({ name }) => name).join(', ')}`;
}
