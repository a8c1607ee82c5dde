// Votes side by side: each card's rank and dots in every one of them and the change between, a run-off beside its first.
import { type JSX, useState } from 'react';
import { type ComparedCard, changeWords, compared, type Got } from '../../model/compare';
import { closedRounds, placeText } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import type { HeldRound } from '../../wire/rounds';
import { Button, CheckList, Dialog } from '../ui';
import { count, dayAndTime } from '../words';
import { useAllRounds } from './use-all-rounds';
import { useDesk } from './use-rounds';
import './rounds.css';
import './compare.css';

export default function CompareDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const all = useAllRounds(true);
  return (
    <Dialog
      title="Votes side by side"
      width="l"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      {all.kind === 'here' ? (
        <Comparing rounds={all.rounds} />
      ) : all.kind === 'failed' ? (
        <>
          <p>The votes could not be fetched. {all.why}</p>
          <Button onPress={all.again}>Try again</Button>
        </>
      ) : (
        <p>Fetching all votes…</p>
      )}
    </Dialog>
  );
}

function Comparing({ rounds }: { readonly rounds: readonly HeldRound[] }): JSX.Element {
  const closed = closedRounds(rounds);
  const shown = useDesk().chosen.get();
  const [chosen, setChosen] = useState<readonly string[]>(() => atFirst(closed, shown));
  const { rounds: ordered, cards } = compared(
    closed.filter(({ id }) => chosen.includes(String(id))),
  );
  return (
    <div className="v-compare">
      <CheckList
        label="Which votes"
        values={chosen}
        onChange={setChosen}
        options={closed.map((round) => ({
          value: String(round.id),
          label: `${round.id}: ${round.setup.question}`,
          note: dayAndTime(round.ended),
        }))}
      />
      {ordered.length < 2 ? (
        <p>Choose at least two.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: many votes are wider than the dialog; the keyboard scrolls them from here.
        <section className="v-compare__table" aria-label="Comparison" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Card</th>
                {ordered.map((round) => (
                  <th key={round.id} scope="col">
                    <span className="v-compare__round">
                      {round.runOffOf === undefined
                        ? `Vote ${round.id}`
                        : `Vote ${round.id}, run-off of ${round.runOffOf}`}
                    </span>
                    <span className="v-compare__about">
                      {count(round.voters ?? 0, 'voter', 'voters')}, {round.setup.dots} each
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cards.map((card) => (
                <Row key={card.card} card={card} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function Row({ card }: { readonly card: ComparedCard }): JSX.Element {
  return (
    <tr>
      <th scope="row">{card.text || 'Empty card'}</th>
      {card.got.map((got, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
        <td key={at}>
          <Cell got={got} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ got }: { readonly got: Got | undefined }): JSX.Element {
  if (got === undefined) return <span className="v-compare__not">not in it</span>;
  const { standing, change } = got;
  const changed = changeWords(change);
  return (
    <>
      <span className="v-compare__rank">{standing === undefined ? '–' : placeText(standing)}</span>
      <span className="v-compare__dots">{count(standing?.dots ?? 0, 'dot', 'dots')}</span>
      {changed === undefined ? null : (
        <span className={`v-compare__change v-compare__change--${wayOf(got)}`}>{changed}</span>
      )}
    </>
  );
}

function wayOf({ change }: Got): 'up' | 'down' | 'same' {
  const by = change?.places ?? change?.dots ?? 0;
  return by > 0 ? 'up' : by < 0 ? 'down' : 'same';
}

/** The one looked at with what it is a run-off of, or with the run-off it led to; else with the one before it. */
function atFirst(closed: readonly RoundView[], shown: number | null): readonly string[] {
  const last = closed.find(({ id }) => id === shown) ?? closed.at(-1);
  if (last === undefined) return [];
  const first = closed.find(({ id }) => id === last.runOffOf);
  const next = closed.find(({ runOffOf }) => runOffOf === last.id);
  const before =
    closed.filter(({ id }) => id < last.id).at(-1) ?? closed.find(({ id }) => id > last.id);
  const other = first ?? next ?? before;
  return [last, ...(other === undefined ? [] : [other])].map(({ id }) => String(id));
}
