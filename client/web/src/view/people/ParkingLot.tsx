// What is put aside for later (FLOOR-2): everyone reads it, participants add, authors and facilitators take out. A note can become a card where
// one stands: the card is written first, so that its words are never nowhere.
import { type FormEvent, type JSX, useRef, useState } from 'react';
import { addCard, freshFields } from '../../model/cards';
import { newId } from '../../model/ids';
import type { ParkedNote } from '../../wire/channel';
import { useKeptPlace } from '../kept-focus';
import type { Board } from '../map/board';
import { useBoard, usePart, useStore } from '../map/use';
import { Button, CheckIcon, Dialog, EmptyState, GridIcon, ParkIcon, say, TextField } from '../ui';
import { useMe } from '../workshop/use-me';
import { ask, useShared } from '../workshop/use-workshop';
import './people.css';

/** FLOOR-2. */
const LONGEST = 500;
const MOST = 200;

export function ParkingLot({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const shared = useShared();
  const parked = shared?.parked ?? [];
  const board = useBoard();
  const me = useMe(board.connection, board.me);
  const mayAdd = me.role !== 'observer';
  const spot = useStore(board.spot);
  const here = spot.kind === 'cell' || spot.kind === 'card' ? spot : undefined;
  // What a step holds still takes no card.
  const isFree = usePart(board.bounds, () => here !== undefined && !board.isStill(here));
  const place = isFree ? here : undefined;
  const root = useRef<HTMLDivElement>(null);
  useKeptPlace(root);
  return (
    <Dialog title="Parking lot" isOpen onOpenChange={onClose}>
      <div className="stack parking" ref={root}>
        <p className="parking__about">
          Questions and ideas that would lead away from the step you are in. Everyone sees them;
          come back to them before you end.
        </p>
        {mayAdd && parked.length < MOST ? <Adding /> : null}
        {parked.length >= MOST ? (
          <p>It is full: {MOST} things. Take something out to add another.</p>
        ) : null}
        {parked.length === 0 ? (
          <EmptyState level={3} art={<ParkIcon size={40} />} title="Nothing is parked" />
        ) : (
          <section aria-label="Parked">
            {place === undefined || !mayAdd ? null : (
              <p className="parking__place">
                A thing made a card goes where you stand: {board.describe(place.lane, place.stage)}.
              </p>
            )}
            <ul className="parking__list">
              {parked.map((note) => (
                <Parked
                  key={note.id}
                  note={note}
                  place={place}
                  by={shared?.people.find(({ id }) => id === note.by)?.name}
                  mayTake={me.role === 'facilitator' || (mayAdd && note.by === me.participant)}
                />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}

function Adding(): JSX.Element {
  const board = useBoard();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  async function add(): Promise<void> {
    const note = text.trim();
    if (note === '' || isBusy) return;
    setBusy(true);
    const done = await ask(board, { park: { text: note } });
    setBusy(false);
    if (done === null) return;
    // What was typed meanwhile is the next note.
    setText((now) => (now.trim() === note ? '' : now));
    say('Parked');
  }
  return (
    <form
      className="parking__add"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        label="Park something"
        labelHidden
        placeholder="What to come back to"
        value={text}
        onChange={setText}
        maxLength={LONGEST}
        autoFocus
      />
      <Button type="submit" variant="primary" isPending={isBusy} isDisabled={text.trim() === ''}>
        Park it
      </Button>
    </form>
  );
}

function Parked({
  note,
  place,
  by,
  mayTake,
}: {
  readonly note: ParkedNote;
  /** Where it would become a card. */
  readonly place: CellPlace | undefined;
  /** Whoever put it there, if they are still in the map. */
  readonly by: string | undefined;
  readonly mayTake: boolean;
}): JSX.Element {
  const board = useBoard();
  const named = note.text.length > 40 ? `${note.text.slice(0, 39).trimEnd()}…` : note.text;
  return (
    <li className="parking__note">
      <p className="parking__text">{note.text}</p>
      {by === undefined ? null : <p className="parking__by">{by}</p>}
      {mayTake ? (
        <p className="parking__acts">
          <Button
            size="s"
            variant="ghost"
            icon={CheckIcon}
            aria-label={`Take out “${named}”`}
            onPress={() =>
              void ask(board, { unpark: { id: note.id } }).then((done) => {
                if (done !== null) say('Taken out');
              })
            }
          >
            Take out
          </Button>
          {place === undefined ? null : (
            <Button
              size="s"
              variant="ghost"
              icon={GridIcon}
              aria-label={`Make “${named}” a card in ${board.describe(place.lane, place.stage)}`}
              onPress={() => makeCard(board, note, by, place)}
            >
              Make it a card
            </Button>
          )}
        </p>
      ) : null}
    </li>
  );
}

interface CellPlace {
  readonly lane: string;
  readonly stage: string;
}

/** The words stay those of whoever parked them. */
function makeCard(
  board: Board,
  note: ParkedNote,
  by: string | undefined,
  { lane, stage }: CellPlace,
): void {
  if (board.refuses({ lane, stage })) return;
  const { steps } = board.journey;
  steps.boundary();
  addCard(board.journey, {
    id: newId(),
    place: { lane, stage, index: board.journey.cell(lane, stage).get().length },
    text: note.text,
    author: by ?? board.me.name,
    at: new Date().toISOString(),
    fields: freshFields(board.journey, lane),
  });
  steps.boundary();
  say(`Made a card in ${board.describe(lane, stage)}`);
  void ask(board, { unpark: { id: note.id } });
}
