// The facilitator's call, as it reaches this person (SPOT-1): their view goes there once, smoothly, unless they have their hands full or have
// stepped out; a banner says who called and where to, and leads out and back in.
import { type JSX, useEffect, useRef } from 'react';
import { answer, type Stance } from '../../facilitation/spotlight';
import type { SpotlightView } from '../../wire/channel';
import type { Me, Person } from '../../wire/types';
import { sameSpot } from '../map/spot';
import { useBoard, usePart, useStore } from '../map/use';
import type { MapPart } from '../router';
import { Button, say } from '../ui';
import { useShared } from '../workshop/use-workshop';
import { Banner } from './Banner';
import { isBusy } from './busy';
import { companyOf, letGo } from './company';
import { placeWords, spotAt } from './place';
import { backToOwn, goThere } from './travel';

export function Called({
  me,
  part,
}: {
  readonly me: Me;
  readonly part: MapPart;
}): JSX.Element | null {
  const board = useBoard();
  const shared = useShared();
  const light = shared?.spotlight;
  const { standing, following } = companyOf(board);
  const stance = useStore(standing)?.stance;
  /** The call that takes one there as soon as its place is here: a card may come after the call to it. */
  const due = useRef(0);
  const spot = useSpot(light);
  const leader = shared?.people.find(({ id }) => id === light?.by);
  const who = leader?.name ?? 'The host';
  const where = spot === undefined ? 'a place that is not on the map' : placeWords(board, spot);
  const hasTold = shared !== null;
  const call = light?.call;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a view comes with every change; only another call is news.
  useEffect(() => {
    if (!hasTold) return;
    if (light === undefined) {
      standing.set(null);
      due.current = 0;
      return;
    }
    const self = { id: me.participant, isBusy: isBusy(board) };
    const was = standing.get();
    const { standing: now, goes } = answer(light, was, self);
    if (now !== was) standing.set(now);
    if (goes) due.current = light.call;
    if (now.stance === 'asked' && now !== was) {
      say(`${who} brings everyone to ${where}. You stay where you are; Go there is in the banner.`);
    }
  }, [board, hasTold, call]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each call.
  useEffect(() => {
    if (due.current !== call || call === undefined || spot === undefined) return;
    due.current = 0;
    if (isBusy(board)) {
      standing.set({ call, stance: 'asked' });
      return;
    }
    following.set(null);
    // Once all of this has been drawn: what is gone to must be there.
    queueMicrotask(() => {
      goThere(board, spot, 'free');
      say(`${who} brought everyone to ${where}`);
    });
  }, [board, call, spot]);

  if (light === undefined || stance === undefined) return null;
  return (
    <CalledBanner
      light={light}
      leader={leader}
      who={who}
      where={where}
      stance={stance}
      part={part}
    />
  );
}

function CalledBanner({
  light,
  leader,
  who,
  where,
  stance,
  part,
}: {
  readonly light: SpotlightView;
  readonly leader: Person | undefined;
  readonly who: string;
  readonly where: string;
  readonly stance: Stance;
  readonly part: MapPart;
}): JSX.Element {
  const board = useBoard();
  const { standing } = companyOf(board);
  const spot = useSpot(light);
  const isThere = usePart(board.spot, (own) => spot !== undefined && sameSpot(own, spot));
  const set = (next: Stance): void => standing.set({ call: light.call, stance: next });
  const go = (): void => {
    set('with');
    if (spot !== undefined) goThere(board, spot, 'take');
  };
  const stay = (): void => {
    set('out');
    backToOwn(board);
    say('You stay where you are');
  };
  const isAway = spot !== undefined && (!isThere || part !== 'grid');
  const acts: Readonly<Record<Stance, JSX.Element>> = {
    leads: (
      <>
        {isAway ? (
          <Act label="Go there" onPress={() => spot && goThere(board, spot, 'take')} />
        ) : null}
        <Act
          label="Let everyone go"
          onPress={() => void letGo(board).then(() => backToOwn(board))}
        />
      </>
    ),
    with: (
      <>
        {isAway ? <Act label="Go back there" onPress={go} /> : null}
        <Act label="Step out" onPress={stay} />
      </>
    ),
    asked: (
      <>
        {spot === undefined ? null : <Act label="Go there" isMain onPress={go} />}
        <Act label="Stay here" onPress={stay} />
      </>
    ),
    out: <Act label="Come back in" onPress={go} />,
  };
  return (
    <Banner label="Where everyone was brought" person={leader} actions={acts[stance]}>
      {stance === 'leads' ? 'You' : who} {stance === 'asked' ? 'brings' : 'brought'} everyone to{' '}
      <strong>{where}</strong>
      {stance === 'out' ? '. You stepped out.' : ''}
    </Banner>
  );
}

function Act({
  label,
  isMain = false,
  onPress,
}: {
  readonly label: string;
  readonly isMain?: boolean;
  readonly onPress: () => void;
}): JSX.Element {
  return (
    <Button size="s" variant={isMain ? 'primary' : 'secondary'} onPress={onPress}>
      {label}
    </Button>
  );
}

/** Where a call leads now; another object only when it is another place. */
function useSpot(light: SpotlightView | undefined): ReturnType<typeof spotAt> {
  const { journey } = useBoard();
  useStore(journey.card(light?.spot.card ?? ''));
  useStore(journey.lanes.all);
  useStore(journey.stages.ids);
  const now = light === undefined ? undefined : spotAt(journey, light.spot);
  const last = useRef(now);
  if (now === undefined || last.current === undefined || !sameSpot(now, last.current)) {
    last.current = now;
  }
  return last.current;
}
