// Putting a round's medians on the emotion lane: which lane, whose feelings, what will change, and then one step that can be undone.
import { type JSX, useState } from 'react';
import { applyMedian, isNews, type MedianChange, medianPlan, medianText } from '../../model/crowd';
import { lineOf } from '../../model/emotion';
import { scoreText } from '../../model/kinds';
import { feelingWords, stageName } from '../../model/report-words';
import type { EmotionRoundView } from '../../wire/channel';
import { quoted } from '../map/board';
import { useBoard, useStore } from '../map/use';
import { Button } from '../ui';
import { count } from '../words';

export function ApplyMedian({ round }: { readonly round: EmotionRoundView }): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const board = useBoard();
  const lanes = useStore(board.journey.lanes.all).filter(({ kind }) => kind === 'emotion');
  const [first] = lanes;
  return (
    <section className="e-apply" aria-label="Apply the median">
      {first === undefined ? (
        <p className="e-apply__note">
          The map has no emotion lane. Add one, and the medians can be put on it.
        </p>
      ) : isOpen ? (
        <Plan round={round} lanes={lanes} onDone={() => setOpen(false)} />
      ) : (
        <Button onPress={() => setOpen(true)}>Apply the median to the emotion lane…</Button>
      )}
    </section>
  );
}

/** Feelings of nobody in particular, in the list of whose they are. */
const EVERYONE = '-';

function Plan({
  round,
  lanes,
  onDone,
}: {
  readonly round: EmotionRoundView;
  readonly lanes: readonly { readonly id: string; readonly title: string }[];
  readonly onDone: () => void;
}): JSX.Element {
  const board = useBoard();
  const { journey } = board;
  const personas = useStore(journey.personas.all);
  // The plan follows the map while it is looked at.
  useStore(journey.changes);
  const [chosenLane, setLane] = useState(lanes[0]?.id ?? '');
  const lane = lanes.some(({ id }) => id === chosenLane) ? chosenLane : (lanes[0]?.id ?? '');
  const owners = ownersIn(journey.laneCards(lane).get(), personas);
  const [chosenOwner, setOwner] = useState<string | null>(null);
  const persona = owners.find((owner) => owner === chosenOwner) ?? owners[0] ?? '';
  const place = { lane, persona };
  const plan = medianPlan(journey, round, place);
  const news = plan.filter(isNews).length;
  return (
    <>
      <h3 className="e-result__part">Apply the median to the emotion lane</h3>
      <div className="e-apply__where">
        <Select
          label="Lane"
          value={lane}
          onValue={setLane}
          options={lanes.map(({ id, title }) => ({ id, label: title.trim() || 'Unnamed lane' }))}
        />
        {owners.length < 2 ? null : (
          <Select
            label="Whose feelings"
            value={persona === '' ? EVERYONE : persona}
            onValue={(id) => setOwner(id === EVERYONE ? '' : id)}
            options={owners.map((id) => ({
              id: id === '' ? EVERYONE : id,
              label:
                id === ''
                  ? 'Everyone'
                  : personas.find((one) => one.id === id)?.name.trim() || 'Unnamed',
            }))}
          />
        )}
      </div>
      <p className="e-apply__note">
        Medians are rounded to halves, in between towards 0. One card a stage takes the score:
      </p>
      <ul className="e-plan">
        {plan.map((change) => (
          <li key={change.stage} className={isNews(change) ? '' : 'e-plan--same'}>
            <b>{stageName(change.title)}</b>
            <span>{changeWords(change)}</span>
          </li>
        ))}
      </ul>
      <div className="e-apply__acts">
        <Button variant="ghost" onPress={onDone}>
          Leave it as it is
        </Button>
        <Button
          variant="primary"
          isDisabled={news === 0}
          onPress={() => {
            const by = { author: board.me.name, at: new Date().toISOString() };
            const changed = applyMedian(journey, place, plan, by);
            onDone();
            board.offerUndo(`The median is on ${count(changed, 'card', 'cards')}`);
          }}
        >
          {news === 0 ? 'Nothing to change' : `Change ${count(news, 'card', 'cards')}`}
        </Button>
      </div>
    </>
  );
}

/** Whose feelings the lane holds, those first that are most; a lane without any takes everyone's. */
function ownersIn(
  cards: readonly { readonly persona?: string }[],
  personas: Parameters<typeof lineOf>[1],
): readonly string[] {
  const counts = new Map<string, number>();
  for (const card of cards) {
    const owner = lineOf(card, personas);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const found = [...counts].sort((a, b) => b[1] - a[1]).map(([owner]) => owner);
  return found.includes('') ? found : [...found, ''];
}

function changeWords(change: MedianChange): string {
  const { card, from, score, answers } = change;
  if (card === undefined) return `${feelingWords(score)}: a new card, “${medianText(answers)}”`;
  const name = quoted(card.text, 'the card without words');
  if (!isNews(change)) return `${scoreText(score)} already, on ${name}`;
  const before = from === undefined ? 'no score' : scoreText(from);
  return `from ${before} to ${feelingWords(score)}, on ${name}`;
}

function Select({
  label,
  value,
  onValue,
  options,
}: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (id: string) => void;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}): JSX.Element {
  return (
    <label className="c-field">
      <span className="c-field__label">{label}</span>
      <select className="c-input" value={value} onChange={(event) => onValue(event.target.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
