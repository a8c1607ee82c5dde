// Behind the result of a vote: with names, who placed what; without, the place to check one's own ballot by its receipt.
import { type JSX, useId, useState } from 'react';
import { addsUp, findByReceipt, placings } from '../../model/ballots';
import { dotWords } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import type { HeldBallot, HeldRound } from '../../wire/rounds';
import { quoted } from '../map/board';
import { useBoard } from '../map/use';
import { Button, ChevronDownIcon, ChevronUpIcon, TextField } from '../ui';
import { count } from '../words';
import { useShared } from '../workshop/use-workshop';
import { useAllRounds } from './use-all-rounds';
import { useDesk } from './use-rounds';

export function Ballots({ round }: { readonly round: RoundView }): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  if ((round.voters ?? 0) === 0) return null;
  return (
    <section className="v-ballots">
      <Button
        size="s"
        variant="ghost"
        icon={isOpen ? ChevronUpIcon : ChevronDownIcon}
        aria-expanded={isOpen}
        {...(isOpen ? { 'aria-controls': id } : {})}
        onPress={() => setOpen(!isOpen)}
      >
        {round.setup.anonymous ? 'Check a receipt' : 'Who placed what'}
      </Button>
      {isOpen ? (
        <div id={id} className="v-ballots__body">
          <Body round={round} />
        </div>
      ) : null}
    </section>
  );
}

function Body({ round }: { readonly round: RoundView }): JSX.Element {
  const all = useAllRounds(true);
  switch (all.kind) {
    case 'not-asked':
    case 'coming':
      return <p>Fetching the ballots…</p>;
    case 'failed':
      return (
        <>
          <p>The ballots could not be fetched. {all.why}</p>
          <Button size="s" onPress={all.again}>
            Try again
          </Button>
        </>
      );
    case 'here': {
      const held = all.rounds.find(({ id }) => id === round.id);
      if (held?.ballots === undefined) return <p>The server keeps no ballots of this vote.</p>;
      return round.setup.anonymous ? (
        <Check rounds={all.rounds} held={held} />
      ) : (
        <Named held={held} ballots={held.ballots} />
      );
    }
  }
}

function Named({
  held,
  ballots,
}: {
  readonly held: HeldRound;
  readonly ballots: readonly HeldBallot[];
}): JSX.Element {
  const people = useShared()?.people ?? [];
  // As they are called now; whoever was removed, as they were called.
  const nameOf = ({ participant, name }: HeldBallot): string =>
    people.find(({ id }) => id === participant)?.name ?? name ?? 'Somebody';
  const rows = ballots
    .map((ballot) => ({ ballot, name: nameOf(ballot) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <table className="v-who">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Dots</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ballot, name }) => (
          <tr key={ballot.participant ?? name}>
            <th scope="row">{name}</th>
            <td>
              <Placed held={held} ballot={ballot} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Placed({
  held,
  ballot,
}: {
  readonly held: HeldRound;
  readonly ballot: HeldBallot;
}): JSX.Element {
  return (
    <ul className="v-who__dots">
      {placings(held, ballot).map(({ card, text, dots }) => (
        <li key={card}>
          <b>{dots}</b> {text || 'Empty card'}
        </li>
      ))}
    </ul>
  );
}

function Check({
  rounds,
  held,
}: {
  readonly rounds: readonly HeldRound[];
  readonly held: HeldRound;
}): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const [text, setText] = useState(() => desk.receipts.get(held.id) ?? '');
  const [asked, setAsked] = useState<string | null>(null);
  const found = asked === null ? null : findByReceipt(rounds, asked);
  const check = (): void => {
    setAsked(text);
    const answer = findByReceipt(rounds, text);
    board.say(
      answer.kind === 'found'
        ? `Found: ${placings(answer.round, answer.ballot)
            .map(
              ({ text: words, dots }) => `${dotWords(dots)} on ${quoted(words, 'the empty card')}`,
            )
            .join('; ')}`
        : TROUBLE[answer.kind],
    );
  };
  return (
    <form
      className="v-check"
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <p>
        {count(held.ballots?.length ?? 0, 'ballot', 'ballots')}, none with a name.{' '}
        {addsUp(held)
          ? 'Added up here, they give the result above.'
          : 'Added up here, they do not give the result above: tell whoever runs this server.'}
      </p>
      <TextField
        label="Your receipt"
        description={
          desk.receipts.has(held.id)
            ? 'The one of this page. It is forgotten when you reload.'
            : 'The pseudonym you copied while the vote was open.'
        }
        value={text}
        onChange={setText}
        error={found?.kind === 'malformed' ? TROUBLE.malformed : undefined}
        spellCheck="false"
        autoComplete="off"
      />
      <Button type="submit" size="s">
        Find the ballot
      </Button>
      {found?.kind === 'none' ? <p>{TROUBLE.none}</p> : null}
      {found?.kind === 'found' ? (
        <div className="v-check__found">
          <p>
            {found.round.id === held.id
              ? 'This ballot counted:'
              : `This ballot counted in vote ${found.round.id}, ${quoted(found.round.setup.question, '')}:`}
          </p>
          <Placed held={found.round} ballot={found.ballot} />
        </div>
      ) : null}
    </form>
  );
}

const TROUBLE = {
  none: 'No ballot is kept under this receipt. Whoever placed no dot has none; a vote that was cancelled or begun anew keeps none.',
  malformed: 'This is not a receipt: it has 48 figures and letters from a to f.',
} as const;
