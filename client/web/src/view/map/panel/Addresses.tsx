// What an opportunity answers, and from the other side: which opportunities answer a pain or an expectation.
import { type JSX, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { setAddressed } from '../../../model/cards';
import type { Card } from '../../../model/entities';
import { Button, CloseIcon, IconButton, Menu, MenuItem, PlusIcon } from '../../ui';
import { type Board, quoted } from '../board';
import { KindMark } from '../marks';
import { addOpportunityFor } from '../opportunity';
import { useBoard, useStore } from '../use';
import { useReading } from './reading';

export function Addresses({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  return (
    <section className="m-section" aria-label="Addresses" data-field="addresses">
      <h3>Addresses</h3>
      <LinkedCards
        ids={card.addresses}
        none="No pain or expectation linked yet."
        unlinkLabel={(text) => `No longer addresses ${text}`}
        onUnlink={(target) => setAddressed(board.journey, card.id, target, false)}
      />
      {isRead ? null : (
        <LinkMenu
          label="Link a pain or expectation"
          candidates={() => candidates(board, card, ['pain', 'expectation'], card.addresses)}
          onLink={(target) => setAddressed(board.journey, card.id, target, true)}
        />
      )}
    </section>
  );
}

export function AddressedBy({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  const ids = useStore(board.journey.addressedBy(card.id));
  return (
    <section className="m-section" aria-label="Addressed by" data-field="addressedBy">
      <h3>Addressed by</h3>
      <LinkedCards
        ids={ids}
        none="No opportunity addresses this yet."
        unlinkLabel={(text) => `${text} no longer addresses this`}
        onUnlink={(opportunity) => link(board, opportunity, card, false)}
      />
      {isRead ? null : (
        <>
          <Button
            icon={PlusIcon}
            size="s"
            variant="ghost"
            onPress={() => addOpportunityFor(board, card)}
          >
            Add an opportunity for this
          </Button>
          <LinkMenu
            label="Link an opportunity"
            candidates={() => candidates(board, card, ['opportunity'], ids)}
            onLink={(opportunity) => link(board, opportunity, card, true)}
          />
        </>
      )}
    </section>
  );
}

/** Written on the opportunity, which may lie where a lock holds and the card that is shown does not. */
function link(board: Board, opportunity: string, card: Card, on: boolean): void {
  if (!board.refusesCards([opportunity])) setAddressed(board.journey, opportunity, card.id, on);
}

function LinkedCards({
  ids,
  none,
  unlinkLabel,
  onUnlink,
}: {
  readonly ids: readonly string[];
  readonly none: string;
  readonly unlinkLabel: (text: string) => string;
  readonly onUnlink: (id: string) => void;
}): JSX.Element {
  if (ids.length === 0) return <p className="m-section__none">{none}</p>;
  return (
    <ul className="m-items">
      {ids.map((id) => (
        <LinkedCard key={id} id={id} unlinkLabel={unlinkLabel} onUnlink={onUnlink} />
      ))}
    </ul>
  );
}

/** One card at the other end, as it reads now; a press goes there. */
function LinkedCard({
  id,
  unlinkLabel,
  onUnlink,
}: {
  readonly id: string;
  readonly unlinkLabel: (text: string) => string;
  readonly onUnlink: (id: string) => void;
}): JSX.Element | null {
  const board = useBoard();
  const isRead = useReading();
  const card = useStore(board.journey.card(id));
  // A link to a deleted card is kept for its return and shown nowhere (MAP-24).
  if (card === undefined) return null;
  const kind = board.journey.lanes.get(card.lane)?.kind ?? 'note';
  return (
    <li className="m-item">
      <AriaButton
        className="m-link"
        onPress={() => board.visit({ kind: 'card', card: id, lane: card.lane, stage: card.stage })}
      >
        <span className={`m-link__mark m-kind m-kind--${kind}`}>
          <KindMark kind={kind} size={16} />
        </span>
        <span className="m-link__text">
          {card.text.trim() === '' ? 'Empty card' : card.text}
          <span className="m-item__kind">{board.describe(card.lane, card.stage)}</span>
        </span>
      </AriaButton>
      {isRead ? null : (
        <IconButton
          label={unlinkLabel(quoted(card.text, 'the empty card'))}
          icon={CloseIcon}
          size="s"
          onPress={() => onUnlink(id)}
        />
      )}
    </li>
  );
}

/** Cards of some kinds that are not linked yet, those of the same stage first. */
function candidates(
  board: Board,
  card: Card,
  kinds: readonly string[],
  linked: readonly string[],
): readonly Card[] {
  const { journey } = board;
  const stages = journey.stages.ids.get();
  const distance = (other: Card): number =>
    Math.abs(stages.indexOf(other.stage) - stages.indexOf(card.stage));
  return [...journey.cards()]
    .filter(
      (other) =>
        kinds.includes(journey.lanes.get(other.lane)?.kind ?? '') &&
        journey.stages.get(other.stage) !== undefined &&
        !linked.includes(other.id) &&
        other.text.trim() !== '',
    )
    .sort((a, b) => distance(a) - distance(b));
}

function LinkMenu({
  label,
  candidates: find,
  onLink,
}: {
  readonly label: string;
  readonly candidates: () => readonly Card[];
  readonly onLink: (id: string) => void;
}): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const found = find();
  if (found.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button icon={PlusIcon} size="s" variant="ghost">
          {label}
        </Button>
      }
      placement="bottom start"
      aria-label={label}
      isOpen={isOpen}
      // Opening draws this anew: the list is that of the map as it is now.
      onOpenChange={setOpen}
      onAction={(key) => onLink(String(key))}
    >
      {found.map((card) => (
        <MenuItem key={card.id} id={card.id}>
          {card.text}
        </MenuItem>
      ))}
    </Menu>
  );
}
