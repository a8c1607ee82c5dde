// Opening a vote: the question, the cards, the dots, and what becomes of totals and names, each with what it means in one line. What stands
// there when the form opens is a vote that can be opened at once.
import { type JSX, useId, useMemo, useState } from 'react';
import { listed } from '../../model/listed';
import {
  DOTS_MOST,
  SECONDS,
  setupFlaw,
  targetCards,
  usualDots,
  usualMost,
  votersAmong,
} from '../../model/round-setup';
import { dotWords, voterWords } from '../../model/rounds';
import type { Role, RoundSetup, Targets } from '../../wire/channel';
import { useBoard, useStore } from '../map/use';
import { Button, CheckList, Choice, TextField } from '../ui';
import { count } from '../words';
import { useCommand, useShared } from '../workshop/use-workshop';
import { NumberBox } from './NumberBox';

type About = 'opportunities' | 'lanes' | 'picked';
type Limit = 'none' | '60' | '120' | '180' | '300' | '600' | 'other';

const LIMITS: readonly { readonly value: Limit; readonly label: string }[] = [
  { value: 'none', label: 'None' },
  { value: '60', label: '1' },
  { value: '120', label: '2' },
  { value: '180', label: '3' },
  { value: '300', label: '5' },
  { value: '600', label: '10' },
  { value: 'other', label: 'Other' },
];

export function OpenForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const board = useBoard();
  const command = useCommand();
  const people = useShared()?.people ?? [];
  const feeling = useShared()?.emotionRounds.some(({ state }) => state === 'open') === true;
  const { journey } = board;
  const stages = useStore(journey.stages.all);
  const lanes = useStore(journey.lanes.all);
  const cards = useStore(journey.allCards);
  const selected = useStore(board.picked.ids);

  const [question, setQuestion] = useState('What should we do first?');
  const [about, setAbout] = useState<About>(() =>
    board.picked.count() > 1 ? 'picked' : 'opportunities',
  );
  const [laneIds, setLaneIds] = useState<readonly string[]>(() => laneDefaults(lanes));
  const [stageIds, setStageIds] = useState<readonly string[]>(() => stages.map(({ id }) => id));
  const [ownDots, setDots] = useState<number | null>(null);
  const [ownMost, setMost] = useState<number | null>(null);
  const [visibility, setVisibility] = useState<'secret' | 'live'>('secret');
  const [names, setNames] = useState<'anonymous' | 'named'>('anonymous');
  const [limit, setLimit] = useState<Limit>('none');
  const [minutes, setMinutes] = useState(15);
  const [roles, setRoles] = useState<readonly Role[]>(['participant', 'facilitator']);
  const [isBusy, setBusy] = useState(false);
  const [wasTried, setTried] = useState(false);
  const flawId = useId();

  const targets = useMemo(
    () => targetsOf(about, { laneIds, stageIds, selected, lanes, stages }),
    [about, laneIds, stageIds, selected, lanes, stages],
  );
  const found = useMemo(
    () => targetCards({ stages, lanes, cards }, targets),
    [stages, lanes, cards, targets],
  );
  const hidden = found.filter((card) => lanes.find(({ id }) => id === card.lane)?.hidden).length;
  // Until somebody has chosen their own, both follow the number of cards.
  const dots = ownDots ?? Math.max(1, usualDots(found.length));
  const most = Math.min(ownMost ?? usualMost(dots), dots);
  const seconds = limit === 'none' ? undefined : limit === 'other' ? minutes * 60 : Number(limit);
  const setup: RoundSetup = {
    question: question.trim(),
    targets,
    dots,
    mostPerCard: most,
    visibility,
    anonymous: names === 'anonymous',
    ...(seconds === undefined ? {} : { seconds }),
    roles: [...roles],
  };
  const flaw = feeling
    ? 'An emotion round is open. Close it first: one round is open at a time.'
    : setupFlaw(setup, found.length);
  const voters = votersAmong(people, roles);

  const open = async (): Promise<void> => {
    setTried(true);
    if (flaw !== undefined) {
      board.say(flaw);
      return;
    }
    setBusy(true);
    const done = await command({ openRound: { setup } });
    setBusy(false);
    if (done !== null) onDone();
  };

  return (
    <form
      className="v-form"
      aria-label="Open a vote"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <TextField
        label="Question"
        description="What people decide with their dots, in one sentence."
        value={question}
        onChange={setQuestion}
        maxLength={400}
        autoFocus
      />
      <fieldset className="v-form__part">
        <Choice
          label="Vote on"
          look="segments"
          value={about}
          onChange={setAbout}
          options={[
            { value: 'opportunities', label: 'Opportunities' },
            { value: 'lanes', label: 'Lanes' },
            { value: 'picked', label: 'Selected cards' },
          ]}
        />
        {about === 'lanes' ? (
          <div className="v-form__lists">
            <CheckList
              label="Lanes"
              values={laneIds}
              onChange={setLaneIds}
              options={lanes.map((lane) => ({
                value: lane.id,
                label: lane.title || 'Unnamed lane',
                ...(lane.hidden ? { note: 'hidden' } : {}),
              }))}
            />
            <CheckList
              label="Stages"
              values={stageIds}
              onChange={setStageIds}
              options={stages.map((stage) => ({
                value: stage.id,
                label: stage.title || 'Unnamed stage',
              }))}
            />
          </div>
        ) : null}
        <p className="v-form__count">
          <b>{count(found.length, 'card', 'cards')}</b>
          {found.length === 0
            ? about === 'picked'
              ? ': select cards on the map, with X or Shift and a click.'
              : ': there is nothing to vote for here yet.'
            : ' can be voted for.'}
          {hidden === 0
            ? ''
            : ` ${count(hidden, 'of them is', 'of them are')} in hidden lanes: people find ${hidden === 1 ? 'it' : 'them'} in the list only.`}
        </p>
      </fieldset>
      <div className="v-form__numbers">
        <NumberBox
          label="Dots each"
          description="About a quarter of the cards makes people choose."
          value={dots}
          min={1}
          max={DOTS_MOST}
          onValue={setDots}
        />
        <NumberBox
          label="Most on one card"
          description="1 spreads the dots; more shows strong wishes."
          value={most}
          min={1}
          max={dots}
          onValue={setMost}
        />
      </div>
      <Explained
        label="Totals"
        value={visibility}
        onChange={setVisibility}
        options={[
          {
            value: 'secret',
            label: 'Secret',
            description: 'Nobody sees a total before it closes, so nobody follows the crowd.',
          },
          {
            value: 'live',
            label: 'Live',
            description: 'Everyone sees totals grow: lively, and people follow the crowd.',
          },
        ]}
      />
      <Explained
        label="Names"
        value={names}
        onChange={setNames}
        options={[
          {
            value: 'anonymous',
            label: 'Anonymous',
            description: 'Nobody can go from a ballot to a person, now or later.',
          },
          {
            value: 'named',
            label: 'With names',
            description:
              'When it closes, everyone sees who placed what. Voters are told so before they vote.',
          },
        ]}
      />
      <fieldset className="v-form__part">
        <Choice
          label="Time limit, in minutes"
          look="segments"
          value={limit}
          onChange={setLimit}
          options={LIMITS}
        />
        {limit === 'other' ? (
          <NumberBox
            label="Minutes"
            description="It closes by itself."
            value={minutes}
            min={1}
            max={SECONDS.most / 60}
            onValue={setMinutes}
          />
        ) : (
          <p className="c-field__description">
            {limit === 'none'
              ? 'It closes when you close it.'
              : 'It closes by itself then, or earlier when you close it. The limit cannot be changed later.'}
          </p>
        )}
      </fieldset>
      <fieldset className="v-form__part">
        <CheckList
          label="Who may vote"
          values={roles}
          onChange={(values) =>
            setRoles(ROLES.filter(({ value }) => values.includes(value)).map(({ value }) => value))
          }
          options={ROLES.map(({ value, label }) => ({
            value,
            label,
            note: String(votersAmong(people, [value])),
          }))}
        />
        <p className="c-field__description">
          {voters === 0
            ? 'Nobody of these is in the map yet. Whoever joins while it is open has a full ballot.'
            : `${voterWords(voters)} so far. Whoever joins while it is open has a full ballot.`}
        </p>
      </fieldset>
      <footer className="v-form__foot">
        {flaw === undefined || !wasTried ? (
          <p className="v-form__sum">
            {listed([
              count(found.length, 'card', 'cards'),
              `${dotWords(dots)} each`,
              visibility === 'secret' ? 'secret totals' : 'live totals',
              names === 'anonymous' ? 'anonymous' : 'with names',
            ])}
            .
          </p>
        ) : (
          <p id={flawId} className="v-form__flaw">
            {flaw}
          </p>
        )}
        <Button variant="ghost" onPress={onDone}>
          Not now
        </Button>
        <Button
          type="submit"
          variant="primary"
          isPending={isBusy}
          {...(flaw !== undefined && wasTried ? { 'aria-describedby': flawId } : {})}
        >
          Open the vote
        </Button>
      </footer>
    </form>
  );
}

const ROLES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'participant', label: 'Participants' },
  { value: 'facilitator', label: 'Facilitators' },
  { value: 'observer', label: 'Observers' },
];

/** Two ways, each with what it means. */
function Explained<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly description: string;
  }[];
}): JSX.Element {
  return (
    <div className="v-explained">
      <Choice look="cards" {...props} />
    </div>
  );
}

interface Chosen {
  readonly laneIds: readonly string[];
  readonly stageIds: readonly string[];
  readonly selected: ReadonlySet<string>;
  readonly lanes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly hidden: boolean;
  }[];
  readonly stages: readonly { readonly id: string }[];
}

/** Opportunities of the lanes people see; where all of a list is chosen it is not named, as later ones are not in the vote anyway. */
function targetsOf(about: About, chosen: Chosen): Targets {
  if (about === 'picked') return { cards: [...chosen.selected] };
  if (about === 'opportunities') {
    const lanes = chosen.lanes.filter(({ kind }) => kind === 'opportunity');
    const seen = lanes.filter(({ hidden }) => !hidden);
    return seen.length === lanes.length || seen.length === 0
      ? {}
      : { lanes: seen.map(({ id }) => id) };
  }
  const lanes = chosen.laneIds.filter((id) => chosen.lanes.some((lane) => lane.id === id));
  const stages = chosen.stageIds.filter((id) => chosen.stages.some((stage) => stage.id === id));
  return {
    lanes: [...lanes],
    ...(stages.length === chosen.stages.length ? {} : { stages: [...stages] }),
  };
}

function laneDefaults(lanes: Chosen['lanes']): readonly string[] {
  const seen = lanes.filter(({ hidden }) => !hidden);
  const ideas = seen.filter(({ kind }) => kind === 'opportunity');
  return (ideas.length > 0 ? ideas : seen).map(({ id }) => id);
}
