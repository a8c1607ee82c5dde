// What a card shows of votes, below its face: a voter's dots with the way to place more and take some back, the total so far where totals
// are live, or the dots and rank of the vote that was closed last. Loaded with the first such card. For the pointer: on the card itself the
// keys do the same, and its name says it all.
import { type JSX, type MouseEvent, useSyncExternalStore } from 'react';
import { dotWords, placeText } from '../../model/rounds';
import { quoted } from '../map/board';
import { useBoard } from '../map/use';
import { MinusIcon, PlusIcon } from '../ui';
import { Dots } from './Dots';
import { type OnCard, roundsDesk } from './desk';
import './card-votes.css';

export default function CardVotes({
  card,
  text,
}: {
  readonly card: string;
  readonly text: string;
}): JSX.Element | null {
  const on = useOnCard(card);
  switch (on?.kind) {
    case undefined:
      return null;
    case 'ballot':
      return (
        <div className="v-card" data-no-drag="">
          <Hand card={card} text={text} dots={on.dots} most={on.most} />
          <Live dots={on.live} />
        </div>
      );
    case 'watched':
      return (
        <div className="v-card">
          <span className="v-card__note">In the vote</span>
          <Live dots={on.live} />
        </div>
      );
    case 'result':
      return (
        <div className="v-card">
          <span className={`v-result ${on.place.rank === 1 ? 'v-result--first' : ''}`}>
            <Dots filled={1} of={1} />
            {dotWords(on.place.dots)}
            <span className="v-result__rank">rank {placeText(on.place)}</span>
          </span>
          {on.place.runOff === undefined ? null : (
            <span className="v-card__note">after a run-off</span>
          )}
        </div>
      );
  }
}

function Live({ dots }: { readonly dots: number | undefined }): JSX.Element | null {
  return dots === undefined ? null : (
    <span className="v-card__note v-card__live">{dots} in all</span>
  );
}

/** Each a press of its own: the card keeps the focus, so that keys go on from there. */
function Hand({
  card,
  text,
  dots,
  most,
}: {
  readonly card: string;
  readonly text: string;
  readonly dots: number;
  readonly most: number;
}): JSX.Element {
  const board = useBoard();
  const name = quoted(text, 'the empty card');
  const press = (by: 1 | -1) => (event: MouseEvent<HTMLElement>) => {
    event.stopPropagation();
    const now = board.journey.card(card).get();
    if (now !== undefined) {
      board.go({ kind: 'card', card, lane: now.lane, stage: now.stage }, 'quiet');
      board.focusSpot({ preventScroll: true });
    }
    roundsDesk(board).place(card, { by });
  };
  return (
    <span className="v-hand">
      <button
        type="button"
        tabIndex={-1}
        className="v-hand__less"
        aria-label={`Take a dot back from ${name}`}
        aria-disabled={dots === 0}
        onMouseDown={keepFocus}
        onClick={press(-1)}
      >
        <MinusIcon size={16} />
      </button>
      <span className="v-hand__dots" aria-hidden="true">
        <Dots filled={dots} of={most} />
      </span>
      <button
        type="button"
        tabIndex={-1}
        className="v-hand__more"
        aria-label={`Place a dot on ${name}`}
        aria-disabled={dots === most}
        onMouseDown={keepFocus}
        onClick={press(1)}
      >
        <PlusIcon size={16} />
      </button>
    </span>
  );
}

function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

/** The same object while nothing it shows has changed. */
function useOnCard(card: string): OnCard | undefined {
  const board = useBoard();
  const desk = roundsDesk(board);
  const shown = useSyncExternalStore(board.votes.subscribe, () =>
    JSON.stringify(desk.onCard(card)),
  );
  return shown === undefined ? undefined : (JSON.parse(shown) as OnCard);
}
