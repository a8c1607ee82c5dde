// One closed vote in full: its cards by place, ties as ties, what was withdrawn, how it was held, and what can be done with it.
import { type JSX, useEffect, useRef, useState } from 'react';
import {
  canRunOff,
  dotsPlaced,
  dotWords,
  placeText,
  runOffsOf,
  type Standing,
  standings,
  type Tie,
  ties,
  withdrawnOf,
} from '../../model/rounds';
import type { RoundId, RoundView } from '../../wire/channel';
import { COVERED, openingOf } from '../facilitate/opening';
import { useBoard, useStore } from '../map/use';
import { Badge, Button, Dialog } from '../ui';
import { count, dayAndTime } from '../words';
import { useCommand } from '../workshop/use-workshop';
import { Ballots } from './Ballots';
import { useDesk, useOpenRound } from './use-rounds';
import { setupWords } from './words';

export function RoundResult({
  round,
  rounds,
  mayFacilitate,
  onShow,
}: {
  readonly round: RoundView;
  readonly rounds: readonly RoundView[];
  readonly mayFacilitate: boolean;
  readonly onShow: (round: RoundId) => void;
}): JSX.Element {
  const desk = useDesk();
  const element = useRef<HTMLElement>(null);
  // Whoever chooses a vote from the list below is taken up to it.
  const isChosen = useStore(desk.chosen) === round.id;
  useEffect(() => {
    if (isChosen && element.current?.parentElement?.contains(document.activeElement)) {
      element.current.focus();
    }
  }, [isChosen]);
  const places = standings(round);
  const tied = new Map(ties(places).map((tie) => [tie.cards.at(-1)?.card, tie]));
  const most = places[0]?.dots ?? 1;
  const gone = withdrawnOf(round);
  const { setup } = round;
  // In the panel it stands below the name of its part.
  const Title = mayFacilitate ? 'h4' : 'h3';
  return (
    <section
      className="v-result-of"
      aria-label={`Result of vote ${round.id}`}
      tabIndex={-1}
      ref={element}
    >
      <header>
        <p className="v-open__kicker">
          Vote {round.id}
          {round.runOffOf === undefined ? '' : `, run-off of vote ${round.runOffOf}`}, closed{' '}
          {dayAndTime(round.ended)}
        </p>
        <Title className="v-open__question">{setup.question}</Title>
        <p className="v-open__setup">
          {count(round.voters ?? 0, 'voter', 'voters')},{' '}
          {count(dotsPlaced(round.result), 'dot', 'dots')} placed. {capital(setupWords(setup))}.
        </p>
      </header>
      {places.length === 0 ? (
        <p className="v-open__setup">Nobody placed a dot.</p>
      ) : (
        <ol className="v-places">
          {places.map((place) => (
            <Place key={place.card} place={place} most={most}>
              {tied.has(place.card) ? (
                <TieLine
                  tie={tied.get(place.card) as Tie}
                  round={round}
                  rounds={rounds}
                  mayFacilitate={mayFacilitate}
                  onShow={onShow}
                />
              ) : null}
            </Place>
          ))}
        </ol>
      )}
      {gone.length === 0 ? null : (
        <div className="v-gone">
          <p className="v-gone__title">Withdrawn</p>
          <ul>
            {gone.map(({ card, text }) => (
              <li key={card}>
                <s>{text || 'Empty card'}</s>
              </li>
            ))}
          </ul>
          <p>Deleted while the vote was open; their dots went back to their voters.</p>
        </div>
      )}
      <Ballots round={round} />
      {mayFacilitate ? <Reopen round={round} /> : null}
    </section>
  );
}

function Place({
  place,
  most,
  children,
}: {
  readonly place: Standing;
  readonly most: number;
  readonly children: JSX.Element | null;
}): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const card = useStore(board.journey.card(place.card));
  const text = place.text || 'Empty card';
  return (
    <li className={`v-place ${place.rank === 1 ? 'v-place--first' : ''}`}>
      <span className="v-place__rank">
        <span className="visually-hidden">Rank </span>
        {placeText(place)}
      </span>
      <span className="v-place__what">
        {card === undefined ? (
          <>
            {text} <Badge>Deleted since</Badge>
          </>
        ) : (
          <button
            type="button"
            className="v-link"
            onClick={() => {
              // A dialog gives the focus back when it goes; only then it is the card's.
              const waits = desk.dialog.get() !== null;
              desk.dialog.set(null);
              // On a phone the facilitator's panel lies over the map.
              if (matchMedia(COVERED).matches) openingOf(board).isOpen.set(false);
              const visit = (): void =>
                board.visit({ kind: 'card', card: card.id, lane: card.lane, stage: card.stage });
              if (waits) requestAnimationFrame(() => requestAnimationFrame(visit));
              else visit();
            }}
          >
            {text}
          </button>
        )}
        <span className="v-place__bar" aria-hidden="true">
          <span style={{ width: `${(100 * place.dots) / most}%` }} />
        </span>
      </span>
      <span className="v-place__dots">
        <b>{place.dots}</b> {place.dots === 1 ? 'dot' : 'dots'}
        <span className="v-place__voters">
          from {place.voters}
          <span className="visually-hidden">{place.voters === 1 ? ' voter' : ' voters'}</span>
        </span>
      </span>
      {children}
    </li>
  );
}

/** Below the last of the cards that share a rank: that it is a tie, and what settles it. */
function TieLine({
  tie,
  round,
  rounds,
  mayFacilitate,
  onShow,
}: {
  readonly tie: Tie;
  readonly round: RoundView;
  readonly rounds: readonly RoundView[];
  readonly mayFacilitate: boolean;
  readonly onShow: (round: RoundId) => void;
}): JSX.Element {
  const { journey } = useBoard();
  const command = useCommand();
  const open = useOpenRound();
  const [isBusy, setBusy] = useState(false);
  // Cards that go or come back change whether there is anything to settle.
  useStore(journey.cardCount);
  const held = runOffsOf(rounds, round.id, tie);
  const can = canRunOff(tie, (card) => journey.card(card).get() !== undefined);
  const hold = async (): Promise<void> => {
    setBusy(true);
    await command({ runOff: { round: round.id, rank: tie.rank } });
    setBusy(false);
  };
  return (
    <div className="v-tie">
      <span>
        A tie: {tie.cards.length} cards with {dotWords(tie.dots)} each.
      </span>
      {held.map((one) =>
        one.state === 'open' ? (
          <span key={one.id}>The run-off is open.</span>
        ) : (
          <button key={one.id} type="button" className="v-link" onClick={() => onShow(one.id)}>
            Run-off: vote {one.id}
          </button>
        ),
      )}
      {mayFacilitate && can ? (
        <Button
          size="s"
          isPending={isBusy}
          isDisabled={open !== undefined}
          onPress={() => void hold()}
        >
          {held.length === 0 ? 'Run-off between them' : 'Another run-off'}
        </Button>
      ) : null}
    </div>
  );
}

function Reopen({ round }: { readonly round: RoundView }): JSX.Element {
  const command = useCommand();
  const open = useOpenRound();
  const [isAsking, setAsking] = useState(false);
  const again = (): void => void command({ reopenRound: { round: round.id } });
  const { anonymous } = round.setup;
  return (
    <>
      <p className="v-again">
        <Button
          size="s"
          variant="ghost"
          isDisabled={open !== undefined}
          onPress={() => (anonymous ? setAsking(true) : again())}
        >
          Open this vote again{anonymous ? '…' : ''}
        </Button>
        <span>
          {open === undefined
            ? anonymous
              ? 'An anonymous vote begins anew.'
              : 'Everybody’s dots are as they were.'
            : 'Not while another vote is open.'}
        </span>
      </p>
      <Dialog
        title="Open this vote again?"
        role="alertdialog"
        width="s"
        isOpen={isAsking}
        onOpenChange={setAsking}
        footer={
          <>
            <Button onPress={() => setAsking(false)}>Leave it closed</Button>
            <Button
              variant="danger"
              onPress={() => {
                setAsking(false);
                again();
              }}
            >
              Begin anew
            </Button>
          </>
        }
      >
        <p>
          It is anonymous, so nobody’s dots can be given back to them: this result goes, and
          everybody votes anew. To keep it, open a new vote instead.
        </p>
      </Dialog>
    </>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
