// Writing a brainstorm's cards as a list: choose the place, type, Enter, the next. The way to write on a phone and with a screen reader, and
// for whoever likes it better than the cells. Shown in the panel beside the map.
import {
  type JSX,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Draft } from '../../facilitation/drafts';
import type { Lane, Stage } from '../../model/entities';
import { newId } from '../../model/ids';
import { useKeptPlace } from '../kept-focus';
import { whyStill } from '../map/bounds';
import { PanelHead } from '../map/panel/PanelHead';
import { useBoard, useStore } from '../map/use';
import { Button, CloseIcon, EyeOffIcon, IconButton, PencilIcon } from '../ui';
import { DraftsSaved } from './BrainstormBar';
import { useDesk } from './use-desk';
import { cardsWritten, DRAFT_CHARS, shownWords, within } from './words';

export function DraftList(): JSX.Element {
  const desk = useDesk();
  const { setup, drafts } = desk;
  const { lock } = useStore(useBoard().bounds);
  const all = useStore(drafts.all);
  const [current, setCurrent] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useKeptPlace(list);
  const written = all.filter(
    ({ id, text }) => id === editing || (id !== current && text.trim() !== ''),
  );
  return (
    <>
      <PanelHead title="Your cards" about={setup.prompt} />
      <div className="m-panel__body b-list">
        <p className="b-list__how">
          <EyeOffIcon size={16} />
          <span>Only you see them until they are revealed. {shownWords(setup)}</span>
        </p>
        {lock?.by === 'time' ? (
          <p className="b-list__none">{whyStill(lock)}</p>
        ) : (
          <NewDraft current={current} onCurrent={setCurrent} />
        )}
        <div className="b-list__head">
          <h3>{cardsWritten(written.length)}</h3>
          <DraftsSaved drafts={drafts} />
        </div>
        <ul className="b-list__cards" ref={list} aria-label="Your cards">
          {written.map((draft) => (
            <Item
              key={draft.id}
              draft={draft}
              isEditing={editing === draft.id}
              onEditing={(on) => setEditing(on ? draft.id : null)}
            />
          ))}
        </ul>
      </div>
    </>
  );
}

/** The places of this brainstorm that are on the map. */
function usePlaces(): { readonly lanes: readonly Lane[]; readonly stages: readonly Stage[] } {
  const { journey } = useBoard();
  const { focus } = useDesk().setup;
  const lanes = useStore(journey.lanes.all).filter(({ hidden }) => !hidden);
  return {
    lanes: within(lanes, focus.lanes),
    stages: within(useStore(journey.stages.all), focus.stages),
  };
}

/** The line a new card is typed in. It is a draft from its first letter on; Enter begins the next. */
function NewDraft({
  current,
  onCurrent,
}: {
  readonly current: string | null;
  readonly onCurrent: (id: string | null) => void;
}): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const { drafts } = desk;
  const { lanes, stages } = usePlaces();
  const [chosen, setChosen] = useState(() => {
    const spot = board.spot.get();
    return 'lane' in spot && 'stage' in spot ? { lane: spot.lane, stage: spot.stage } : {};
  });
  const lane = lanes.find(({ id }) => id === chosen.lane) ?? lanes[0];
  const stage = stages.find(({ id }) => id === chosen.stage) ?? stages[0];
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const all = useStore(drafts.all);
  // Whoever leaves the list in the middle of a card has written it.
  useEffect(() => {
    if (current === null) return undefined;
    return () => drafts.settle(current);
  }, [drafts, current]);
  const text = all.find((draft) => draft.id === current)?.text ?? '';
  if (lane === undefined || stage === undefined) {
    return (
      <p className="b-list__none">The places of this brainstorm are not on the map any more.</p>
    );
  }
  const write = (next: string): void => {
    const draft = current ?? newId();
    if (current === null) onCurrent(draft);
    drafts.write({ id: draft, lane: lane.id, stage: stage.id, text: next });
  };
  const done = (): void => {
    if (current === null) return;
    drafts.settle(current);
    if (text.trim() !== '') board.say(`Written: ${board.describe(lane.id, stage.id)}`);
    onCurrent(null);
    area.current?.focus();
  };
  const choose = (place: { readonly lane?: string; readonly stage?: string }): void => {
    setChosen({ ...chosen, ...place });
    if (current === null || text === '') return;
    drafts.write({ id: current, lane: lane.id, stage: stage.id, text, ...place });
  };
  return (
    <form
      className="b-list__new"
      aria-label="A new card"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <div className="b-list__place">
        <Place
          label="Lane"
          all={lanes}
          value={lane.id}
          onValue={(next) => choose({ lane: next })}
        />
        <Place
          label="Stage"
          all={stages}
          value={stage.id}
          onValue={(next) => choose({ stage: next })}
        />
      </div>
      <label className="c-field__label" htmlFor={id}>
        Your card
      </label>
      <textarea
        ref={area}
        id={id}
        rows={2}
        data-first=""
        className="c-input c-input--lines"
        placeholder="One thought a card. Enter begins the next."
        maxLength={DRAFT_CHARS}
        enterKeyHint="next"
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => onEnter(event, done)}
        onBlur={() => {
          if (current !== null && text.trim() !== '') drafts.settle(current);
        }}
      />
      <Button type="submit" variant="primary" isDisabled={text.trim() === ''}>
        Keep it, next card
      </Button>
    </form>
  );
}

/** Nothing to choose is nothing to ask. */
function Place({
  label,
  all,
  value,
  onValue,
}: {
  readonly label: string;
  readonly all: readonly { readonly id: string; readonly title: string }[];
  readonly value: string;
  readonly onValue: (id: string) => void;
}): JSX.Element {
  const id = useId();
  const nameOf = ({ title }: { readonly title: string }): string => title.trim() || 'Unnamed';
  const [only, more] = all;
  if (only !== undefined && more === undefined && only.id === value) {
    return (
      <p className="b-place">
        <span className="c-field__label">{label}</span>
        <span className="b-place__only">{nameOf(only)}</span>
      </p>
    );
  }
  return (
    <div className="b-place">
      <label className="c-field__label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="c-input b-place__select"
        value={value}
        onChange={(event) => onValue(event.target.value)}
      >
        {all.some((one) => one.id === value) ? null : (
          <option value={value} disabled>
            Deleted
          </option>
        )}
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Item({
  draft,
  isEditing,
  onEditing,
}: {
  readonly draft: Draft;
  readonly isEditing: boolean;
  readonly onEditing: (on: boolean) => void;
}): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const item = useRef<HTMLLIElement>(null);
  const wasEditing = useRef(false);
  useLayoutEffect(() => {
    // Back to where one came from; somebody who has gone elsewhere stays there.
    if (wasEditing.current && !isEditing && document.activeElement === document.body) {
      item.current?.querySelector('button')?.focus();
    }
    wasEditing.current = isEditing;
  }, [isEditing]);
  const isPlaced =
    board.journey.lanes.get(draft.lane) !== undefined &&
    board.journey.stages.get(draft.stage) !== undefined;
  const place = isPlaced
    ? board.describe(draft.lane, draft.stage)
    : 'Its place was deleted. Change it, or it comes to the nearest one.';
  const name = `“${draft.text.trim()}”`;
  return (
    <li className="b-item" ref={item}>
      {isEditing ? (
        <ItemEditor draft={draft} onDone={() => onEditing(false)} />
      ) : (
        <>
          <div className="b-item__what">
            <p className="b-item__text">{draft.text}</p>
            <p className="b-item__place">{place}</p>
          </div>
          <IconButton
            label={`Change ${name}`}
            icon={PencilIcon}
            size="s"
            onPress={() => onEditing(true)}
          />
          <IconButton
            label={`Drop ${name}`}
            icon={CloseIcon}
            size="s"
            onPress={() => desk.drop(draft)}
          />
        </>
      )}
    </li>
  );
}

function ItemEditor({
  draft,
  onDone,
}: {
  readonly draft: Draft;
  readonly onDone: () => void;
}): JSX.Element {
  const desk = useDesk();
  const { lanes, stages } = usePlaces();
  const before = useRef(draft);
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const end = area.current?.value.length ?? 0;
    area.current?.focus();
    area.current?.setSelectionRange(end, end);
  }, []);
  const done = (): void => {
    desk.drafts.settle(draft.id);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      desk.drafts.write(before.current);
      done();
    } else onEnter(event, done);
  };
  return (
    <div className="b-item__editor">
      <textarea
        ref={area}
        rows={2}
        className="c-input c-input--lines"
        aria-label="Text of the card"
        maxLength={DRAFT_CHARS}
        value={draft.text}
        onChange={(event) => desk.drafts.write({ ...draft, text: event.target.value })}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (draft.text.trim() !== '') desk.drafts.settle(draft.id);
        }}
      />
      <div className="b-list__place">
        <Place
          label="Lane"
          all={lanes}
          value={draft.lane}
          onValue={(lane) => desk.move(draft, lane, draft.stage)}
        />
        <Place
          label="Stage"
          all={stages}
          value={draft.stage}
          onValue={(stage) => desk.move(draft, draft.lane, stage)}
        />
      </div>
      <Button size="s" onPress={done}>
        Done
      </Button>
    </div>
  );
}

function onEnter(event: KeyboardEvent, act: () => void): void {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  act();
}
