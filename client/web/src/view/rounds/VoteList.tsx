// The open vote as a list: every card that can be voted for, in the order of the map, each with its own way to place and take back dots.
// For a phone, a screen reader, and whoever would rather read than look for cards. The same ballot as on the map.
import { type JSX, type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { clockFace } from '../../facilitation/moments';
import { dotWords } from '../../model/rounds';
import { needleOf, rangesOf } from '../../model/search';
import type { RoundView, TargetView } from '../../wire/channel';
import { quoted } from '../map/board';
import { useBoard, usePart, useStore } from '../map/use';
import { Button, Dialog, MinusIcon, PlusIcon, TextField } from '../ui';
import { useSecondsUntil } from '../workshop/use-seconds';
import { Dots } from './Dots';
import { useBallot, useDesk, useOpenRound } from './use-rounds';
import { leftWords, mostWords, namesWords, totalsWords } from './words';
import './vote-list.css';

/** With more cards than this one looks for one by its words. */
const MANY = 12;

export default function VoteList({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const round = useOpenRound();
  const ballot = useBallot();
  return (
    <Dialog
      title={round?.setup.question ?? 'The vote is over'}
      width="m"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <>
          {ballot === null ? null : (
            <p className="v-list__left">
              <Dots filled={ballot.left} of={ballot.round.setup.dots} />
              {leftWords(ballot)}
            </p>
          )}
          <Button variant="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      {round === undefined || ballot === null ? (
        <p>
          {round === undefined
            ? 'It was closed or cancelled while you were here. Your dots count as they were.'
            : 'You have no ballot in this vote.'}
        </p>
      ) : (
        <Targets round={round} />
      )}
    </Dialog>
  );
}

function Targets({ round }: { readonly round: RoundView }): JSX.Element {
  const [query, setQuery] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const { setup, targets } = round;
  const hitch = useStore(useDesk().hitch);
  const shown = useMemo(() => {
    const needle = needleOf(query);
    return needle === ''
      ? targets
      : targets.filter(({ text }) => rangesOf(text, needle).length > 0);
  }, [targets, query]);
  return (
    <div className="v-list">
      <p className="v-list__rules">
        {dotWords(setup.dots)} each, {mostWords(setup)}. {totalsWords(setup)}. {namesWords(setup)}.
        <TimeLeft until={round.until} />
      </p>
      {targets.length > MANY ? (
        <TextField
          label="Find a card"
          labelHidden
          placeholder={`Find among ${targets.length} cards`}
          value={query}
          onChange={setQuery}
        />
      ) : null}
      {hitch === null ? null : <p className="v-list__hitch">{hitch}</p>}
      {shown.length === 0 ? <p>No card in the vote has these words.</p> : null}
      <ul ref={list} className="v-list__cards" onKeyDown={(event) => walk(list.current, event)}>
        {shown.map((target) => (
          <Row key={target.card} target={target} most={setup.mostPerCard} />
        ))}
      </ul>
    </div>
  );
}

function TimeLeft({ until }: { readonly until: number | undefined }): JSX.Element | null {
  const seconds = useSecondsUntil(until);
  return seconds === null ? null : <b className="v-list__time">{clockFace(seconds)} left</b>;
}

/** Arrows go to the same button of the next row, as quick as on the map. */
function walk(list: HTMLElement | null, event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const button = (event.target as HTMLElement).closest<HTMLElement>('[data-step]');
  if (by === undefined || button === null || list === null) return;
  const all = [...list.querySelectorAll<HTMLElement>(`[data-step="${button.dataset.step}"]`)];
  const next = all[all.indexOf(button) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

const Row = memo(function Row({
  target,
  most,
}: {
  readonly target: TargetView;
  readonly most: number;
}): JSX.Element {
  const { card, text, withdrawn } = target;
  const board = useBoard();
  const desk = useDesk();
  const dots = usePart(desk.voting.ballot, (ballot) => ballot?.dots.get(card) ?? 0);
  const hasLeft = usePart(desk.voting.ballot, (ballot) => (ballot?.left ?? 0) > 0);
  const now = useStore(board.journey.card(card));
  const place = usePlace(now?.lane, now?.stage);
  const live = usePart(
    desk.rounds,
    (rounds) =>
      rounds.find(({ state }) => state === 'open')?.result?.find((one) => one.card === card)?.dots,
  );
  const name = quoted(text, 'the empty card');
  if (withdrawn) {
    return (
      <li className="v-row v-row--withdrawn">
        <div className="v-row__what">
          <p className="v-row__text">{text || 'Empty card'}</p>
          <p className="v-row__place">Withdrawn: deleted from the map. Its dots went back.</p>
        </div>
      </li>
    );
  }
  return (
    <li className={`v-row ${dots > 0 ? 'v-row--mine' : ''}`}>
      <div className="v-row__what">
        <p className="v-row__text">{text || 'Empty card'}</p>
        {now !== undefined && now.text !== text ? (
          <p className="v-row__place">Reworded since: {now.text || 'empty'}</p>
        ) : null}
        <p className="v-row__place">
          {place}
          {live === undefined ? null : <b> · {dotWords(live)} in all</b>}
        </p>
      </div>
      <div className="v-row__hand">
        <button
          type="button"
          data-step="less"
          className="v-step"
          aria-label={`Take a dot back from ${name}`}
          aria-disabled={dots === 0}
          onClick={() => desk.place(card, { by: -1 })}
        >
          <MinusIcon size={20} />
        </button>
        <span className="v-row__dots">
          {dots}
          <span className="visually-hidden"> {dots === 1 ? 'dot' : 'dots'} of yours</span>
        </span>
        <button
          type="button"
          data-step="more"
          className="v-step v-step--more"
          aria-label={`Place a dot on ${name}`}
          aria-disabled={!hasLeft || dots >= most}
          onClick={() => desk.place(card, { by: 1 })}
        >
          <PlusIcon size={20} />
        </button>
      </div>
    </li>
  );
});

function usePlace(lane: string | undefined, stage: string | undefined): string {
  const { journey } = useBoard();
  const inLane = usePart(journey.lanes.one(lane ?? ''), (found) => found?.title);
  const inStage = usePart(journey.stages.one(stage ?? ''), (found) => found?.title);
  return lane === undefined ? '' : `${inStage || 'Unnamed stage'} · ${inLane || 'unnamed lane'}`;
}
