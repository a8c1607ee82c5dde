// Emotion rounds for facilitators, in their panel: the open one with how far it is, or the way to open one; and what earlier ones came to.
import { type JSX, useState } from 'react';
import { outcomeWords } from '../../model/crowd-words';
import type { EmotionRoundView, EmotionSetup, Role } from '../../wire/channel';
import { useBoard, useStore } from '../map/use';
import { Button, CheckList, Choice, Dialog, PlusIcon, TextField } from '../ui';
import { count } from '../words';
import { RoundUnderWay, type RoundWords } from '../workshop/RoundUnderWay';
import { useCommand, useShared } from '../workshop/use-workshop';
import { aboutWords } from './FeelingsDialog';
import './section.css';
import { chosenRound, useClosedEmotionRounds, useOpenEmotionRound } from './use-feelings';
import { rolesWords } from './words';

export function EmotionSection(): JSX.Element {
  const open = useOpenEmotionRound();
  const [isOpening, setOpening] = useState(false);
  return (
    <section className="e-section" aria-labelledby="e-section">
      <h3 id="e-section" className="e-section__title">
        Emotion rounds
      </h3>
      {open !== undefined ? (
        <Progress round={open} />
      ) : isOpening ? (
        <OpenForm onDone={() => setOpening(false)} />
      ) : (
        <>
          <p className="e-section__what">
            Everyone places a feeling for each stage, for themselves. Closing shows all answers
            without names.
          </p>
          <Button icon={PlusIcon} onPress={() => setOpening(true)}>
            New emotion round
          </Button>
        </>
      )}
      <Closed mayOpen={open === undefined} />
    </section>
  );
}

type Limit = 'none' | '60' | '120' | '180' | '300' | '600';

const LIMITS: readonly { readonly value: Limit; readonly label: string }[] = [
  { value: 'none', label: 'None' },
  { value: '60', label: '1' },
  { value: '120', label: '2' },
  { value: '180', label: '3' },
  { value: '300', label: '5' },
  { value: '600', label: '10' },
];

const ROLES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'participant', label: 'Participants' },
  { value: 'facilitator', label: 'Facilitators' },
  { value: 'observer', label: 'Observers' },
];

function OpenForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const { journey } = useBoard();
  const command = useCommand();
  const shared = useShared();
  const stages = useStore(journey.stages.all);
  const personas = useStore(journey.personas.all);
  const whose = (personas.find(({ primary }) => primary) ?? personas[0])?.name.trim();
  const [question, setQuestion] = useState(
    whose === undefined || whose === '' ? 'How does it feel?' : `How does it feel to ${whose}?`,
  );
  const [left, setLeft] = useState<readonly string[]>([]);
  const [limit, setLimit] = useState<Limit>('none');
  const [roles, setRoles] = useState<readonly Role[]>(['participant', 'facilitator']);
  const [isBusy, setBusy] = useState(false);
  const [wasTried, setTried] = useState(false);
  const asked = stages.filter(({ id }) => !left.includes(id));
  const flaw = flawOf(question, asked.length, roles.length, shared?.rounds.some(isOpen) === true);
  const open = async (): Promise<void> => {
    setTried(true);
    if (flaw !== undefined) return;
    const setup: EmotionSetup = {
      question: question.trim(),
      ...(asked.length === stages.length ? {} : { stages: asked.map(({ id }) => id) }),
      ...(limit === 'none' ? {} : { seconds: Number(limit) }),
      roles: [...roles],
    };
    setBusy(true);
    const done = await command({ openEmotionRound: { setup } });
    setBusy(false);
    if (done !== null) onDone();
  };
  const voters = (shared?.people ?? []).filter(({ role }) => roles.includes(role)).length;
  return (
    <form
      className="e-form"
      aria-label="Open an emotion round"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <TextField
        label="Question"
        value={question}
        onChange={setQuestion}
        maxLength={200}
        autoFocus
      />
      <CheckList
        label="Stages"
        values={asked.map(({ id }) => id)}
        onChange={(values) =>
          setLeft(stages.map(({ id }) => id).filter((id) => !values.includes(id)))
        }
        options={stages.map(({ id, title }) => ({
          value: id,
          label: title.trim() || 'Unnamed stage',
        }))}
      />
      <Choice
        label="Time limit, in minutes"
        look="segments"
        value={limit}
        onChange={setLimit}
        options={LIMITS}
      />
      <p className="c-field__description">
        {limit === 'none'
          ? 'It closes when you close it.'
          : 'It closes by itself then, or earlier when you close it.'}
      </p>
      <CheckList
        label="Who may answer"
        values={roles}
        onChange={(values) =>
          setRoles(ROLES.map(({ value }) => value).filter((role) => values.includes(role)))
        }
        options={ROLES.map(({ value, label }) => ({
          value,
          label,
          note: String((shared?.people ?? []).filter(({ role }) => role === value).length),
        }))}
      />
      <footer className="e-form__foot">
        {wasTried && flaw !== undefined ? (
          <p className="e-form__flaw" role="alert">
            {flaw}
          </p>
        ) : (
          <p className="e-form__sum">
            {`${count(asked.length, 'stage', 'stages')}, ${count(voters, 'person', 'people')} so far, always without names.`}
          </p>
        )}
        <Button variant="ghost" onPress={onDone}>
          Back
        </Button>
        <Button type="submit" variant="primary" isPending={isBusy}>
          Open the round
        </Button>
      </footer>
    </form>
  );
}

const isOpen = ({ state }: { readonly state: string }): boolean => state === 'open';

/** What keeps it from being opened, said before the server would. */
function flawOf(
  question: string,
  stages: number,
  roles: number,
  isVoting: boolean,
): string | undefined {
  if (isVoting) return 'A vote is open. Close it first: one round is open at a time.';
  if (question.trim() === '') return 'Write what you ask.';
  if (stages === 0) return 'Choose at least one stage.';
  return roles === 0 ? 'Choose who may answer.' : undefined;
}

/** Names only of those who have answered for every stage: who else has begun is a number. */
const WORDS: RoundWords = {
  one: 'is',
  many: 'are',
  done: 'Who has answered for every stage',
  close: 'Close and show how it felt',
  cancelTitle: 'Cancel this emotion round?',
  cancel: 'Cancel the round',
  lost: 'Everybody’s answers',
};

/** The open round: what was asked and how far it is; never what anybody placed. */
function Progress({ round }: { readonly round: EmotionRoundView }): JSX.Element {
  const stages = round.stages.filter(({ withdrawn }) => !withdrawn).length;
  return (
    <div className="e-open">
      <h4 className="e-open__question">{round.setup.question}</h4>
      <p className="e-section__what">
        {`${count(stages, 'stage', 'stages')}, for ${rolesWords(round.setup.roles)}, without names.`}
      </p>
      <RoundUnderWay round={round} words={WORDS} />
    </div>
  );
}

function Closed({ mayOpen }: { readonly mayOpen: boolean }): JSX.Element | null {
  const board = useBoard();
  const command = useCommand();
  const rounds = useClosedEmotionRounds();
  const [again, setAgain] = useState<EmotionRoundView | null>(null);
  if (rounds.length === 0) return null;
  return (
    <>
      <ul className="e-closed" aria-label="Closed emotion rounds">
        {rounds.map((round) => (
          <li key={round.id}>
            <div className="e-closed__what">
              <b>{round.setup.question}</b>
              <span>{aboutWords(round)}</span>
              <span>{outcomeWords(round)}</span>
            </div>
            <div className="e-closed__acts">
              <Button
                size="s"
                aria-label={`Show how it felt: ${round.setup.question}`}
                onPress={() => {
                  chosenRound.set(round.id);
                  board.dialog.set('feelings');
                }}
              >
                Show how it felt
              </Button>
              {mayOpen ? (
                <Button
                  size="s"
                  variant="ghost"
                  aria-label={`Open again: ${round.setup.question}`}
                  onPress={() => setAgain(round)}
                >
                  Open again…
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      <Dialog
        title="Open this round again?"
        role="alertdialog"
        width="s"
        isOpen={again !== null}
        onOpenChange={(on) => {
          if (!on) setAgain(null);
        }}
        footer={
          <>
            <Button onPress={() => setAgain(null)}>Keep the result</Button>
            <Button
              variant="danger"
              onPress={() => {
                if (again !== null) void command({ reopenRound: { round: again.id } });
                setAgain(null);
              }}
            >
              Open it again
            </Button>
          </>
        }
      >
        <p>
          It begins anew, without the answers given before: nobody knows any more whose they were.
          Its present result is gone.
        </p>
      </Dialog>
    </>
  );
}
