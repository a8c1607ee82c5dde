// What votes have come to: every round that was closed, the latest first, one of them in full. The same for everybody; facilitators can also
// open a run-off or open one again. In their panel, and in a dialog for all.
import { type JSX, useState } from 'react';
import { closedRounds, latestClosed, openRound } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import { useStore } from '../map/use';
import { Button, EmptyState } from '../ui';
import { count, dayAndTime } from '../words';
import { RoundResult } from './RoundResult';
import { useAllRounds } from './use-all-rounds';
import { useDesk, useRounds } from './use-rounds';

export function Results({ mayFacilitate }: { readonly mayFacilitate: boolean }): JSX.Element {
  const desk = useDesk();
  const told = useRounds();
  const chosen = useStore(desk.chosen);
  const [wantsOlder, setOlder] = useState(false);
  const older = useAllRounds(wantsOlder);
  const rounds = older.kind === 'here' ? withTold(older.rounds, told) : told;
  const closed = closedRounds(rounds).toReversed();
  const over = rounds.filter(({ state }) => state === 'cancelled').length;
  const shown = closed.find(({ id }) => id === chosen) ?? latestClosed(rounds);
  if (shown === undefined) {
    return (
      <EmptyState level={3} title="No result yet">
        {openRound(rounds) === undefined
          ? 'A vote that has been closed shows here, and on the cards.'
          : 'The result shows when the open vote is closed.'}
      </EmptyState>
    );
  }
  const Title = mayFacilitate ? 'h4' : 'h3';
  // Rounds are numbered from 1: what is missing at the beginning was not told.
  const first = rounds[0]?.id ?? 1;
  return (
    <div className="v-results">
      <RoundResult
        key={shown.id}
        round={shown}
        rounds={rounds}
        mayFacilitate={mayFacilitate}
        onShow={(id) => desk.chosen.set(id)}
      />
      {closed.length < 2 && over === 0 && first === 1 ? null : (
        <section className="v-earlier" aria-labelledby="v-earlier">
          <header className="v-earlier__head">
            <Title id="v-earlier">All votes</Title>
            {closed.length < 2 ? null : (
              <Button size="s" onPress={() => desk.dialog.set('compare')}>
                Compare…
              </Button>
            )}
          </header>
          <ol className="v-earlier__list" reversed>
            {closed.map((round) => (
              <li key={round.id}>
                <button
                  type="button"
                  className="v-earlier__one"
                  aria-current={round.id === shown.id}
                  onClick={() => desk.chosen.set(round.id)}
                >
                  <span className="v-earlier__number">{round.id}</span>
                  <span className="v-earlier__what">
                    {round.setup.question}
                    <span className="v-earlier__when">
                      {round.runOffOf === undefined ? '' : `Run-off of vote ${round.runOffOf}, `}
                      {count(round.voters ?? 0, 'voter', 'voters')}, {dayAndTime(round.ended)}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ol>
          {over === 0 ? null : (
            <p className="v-earlier__note">
              {count(over, 'vote was', 'votes were')} cancelled: no result, no ballots.
            </p>
          )}
          {first === 1 || older.kind === 'here' ? null : (
            <Button
              size="s"
              variant="ghost"
              isPending={older.kind === 'coming'}
              onPress={() => {
                setOlder(true);
                older.again();
              }}
            >
              Show earlier votes
            </Button>
          )}
          {older.kind === 'failed' ? <p className="v-earlier__note">{older.why}</p> : null}
        </section>
      )}
    </div>
  );
}

/** All that were ever held, each as it is now. */
function withTold(all: readonly RoundView[], told: readonly RoundView[]): readonly RoundView[] {
  const now = new Map(told.map((round) => [round.id, round]));
  const known = all.map((round) => now.get(round.id) ?? round);
  const latest = all.at(-1)?.id ?? 0;
  return [...known, ...told.filter(({ id }) => id > latest)];
}
