// A brainstorm for facilitators, in their panel: what to ask, where, and how cards will be shown; then who has written and how many cards there
// are, never what; and its two ends.
import { type JSX, useState } from 'react';
import type { BrainstormSetup, BrainstormView, WritingView } from '../../wire/channel';
import '../feelings/section.css';
import { useBoard, useStore } from '../map/use';
import {
  Button,
  CheckList,
  ChevronDownIcon,
  ChevronUpIcon,
  Choice,
  PlusIcon,
  TextField,
} from '../ui';
import { count } from '../words';
import { HowFar } from '../workshop/HowFar';
import { useCommand, usePersonal, useShared } from '../workshop/use-workshop';
import { focusWords } from '../workshop/words';
import { mayWrite, shownWords } from './words';

export function BrainstormSection(): JSX.Element {
  const brainstorm = useShared()?.brainstorm;
  const [isStarting, setStarting] = useState(false);
  return (
    <section className="e-section" aria-labelledby="b-section">
      <h3 id="b-section" className="e-section__title">
        Brainstorm
      </h3>
      {brainstorm !== undefined ? (
        <UnderWay key={brainstorm.began} brainstorm={brainstorm} />
      ) : isStarting ? (
        <StartForm onDone={() => setStarting(false)} />
      ) : (
        <>
          <p className="e-section__what">
            Everyone writes cards that nobody else sees. Revealing puts all of them into the map at
            once.
          </p>
          <Button icon={PlusIcon} onPress={() => setStarting(true)}>
            New brainstorm
          </Button>
        </>
      )}
    </section>
  );
}

function StartForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const { journey } = useBoard();
  const command = useCommand();
  const stages = useStore(journey.stages.all);
  const lanes = useStore(journey.lanes.all);
  const [prompt, setPrompt] = useState('');
  const [names, setNames] = useState<'anonymous' | 'signed'>('anonymous');
  const [isChoosing, setChoosing] = useState(false);
  const [leftStages, setLeftStages] = useState<readonly string[]>([]);
  const [leftLanes, setLeftLanes] = useState<readonly string[]>(() =>
    lanes.filter(({ hidden }) => hidden).map(({ id }) => id),
  );
  const [isBusy, setBusy] = useState(false);
  const [wasTried, setTried] = useState(false);
  const inStages = stages.filter(({ id }) => !leftStages.includes(id)).map(({ id }) => id);
  const inLanes = lanes.filter(({ id }) => !leftLanes.includes(id)).map(({ id }) => id);
  const setup: BrainstormSetup = {
    prompt: prompt.trim(),
    focus: {
      ...(inStages.length === stages.length ? {} : { stages: inStages }),
      ...(inLanes.length === lanes.length ? {} : { lanes: inLanes }),
    },
    signed: names === 'signed',
  };
  const flaw =
    prompt.trim() === ''
      ? 'Write what you ask.'
      : inStages.length === 0
        ? 'Choose at least one stage.'
        : inLanes.length === 0
          ? 'Choose at least one lane.'
          : undefined;
  const start = async (): Promise<void> => {
    setTried(true);
    if (flaw !== undefined) return;
    setBusy(true);
    const done = await command({ startBrainstorm: { setup } });
    setBusy(false);
    if (done !== null) onDone();
  };
  const listOf = (
    all: readonly { readonly id: string; readonly title: string; readonly hidden?: boolean }[],
  ) =>
    all.map(({ id, title, hidden = false }) => ({
      value: id,
      label: title.trim() || 'Unnamed',
      ...(hidden ? { note: 'hidden' } : {}),
    }));
  const without = (
    all: readonly { readonly id: string }[],
    values: readonly string[],
  ): readonly string[] => all.map(({ id }) => id).filter((id) => !values.includes(id));
  return (
    <form
      className="e-form"
      aria-label="Start a brainstorm"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <TextField
        label="Question"
        description="What people write about, in one sentence."
        placeholder="What hurts most?"
        value={prompt}
        onChange={setPrompt}
        maxLength={200}
        autoFocus
      />
      <Choice
        label="How cards are shown"
        look="cards"
        value={names}
        onChange={setNames}
        options={[
          {
            value: 'anonymous',
            label: 'Anonymous',
            description: 'Shuffled, without names: people write what they would not say.',
          },
          {
            value: 'signed',
            label: 'Signed',
            description: 'Each card shows who wrote it. People are told so before they write.',
          },
        ]}
      />
      <Button
        variant="ghost"
        size="s"
        icon={isChoosing ? ChevronUpIcon : ChevronDownIcon}
        aria-expanded={isChoosing}
        onPress={() => setChoosing(!isChoosing)}
      >
        {`About ${focusWords(setup.focus, stages, lanes) ?? 'the whole map'}`}
      </Button>
      {isChoosing ? (
        <>
          <CheckList
            label="Stages"
            values={inStages}
            onChange={(values) => setLeftStages(without(stages, values))}
            options={listOf(stages)}
          />
          <CheckList
            label="Lanes"
            values={inLanes}
            onChange={(values) => setLeftLanes(without(lanes, values))}
            options={listOf(lanes)}
          />
        </>
      ) : null}
      <footer className="e-form__foot">
        {wasTried && flaw !== undefined ? (
          <p className="e-form__flaw" role="alert">
            {flaw}
          </p>
        ) : null}
        <Button variant="ghost" onPress={onDone}>
          Back
        </Button>
        <Button type="submit" variant="primary" isPending={isBusy}>
          Start writing
        </Button>
      </footer>
    </form>
  );
}

function UnderWay({ brainstorm: { setup } }: { readonly brainstorm: BrainstormView }): JSX.Element {
  const { journey } = useBoard();
  const command = useCommand();
  const writing = usePersonal()?.writing;
  const stages = useStore(journey.stages.all);
  const lanes = useStore(journey.lanes.all);
  const [asking, setAsking] = useState<'reveal' | 'discard' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const drafts = writing?.drafts ?? 0;
  const where = focusWords(setup.focus, stages, lanes);
  const end = async (how: 'reveal' | 'discard'): Promise<void> => {
    setBusy(true);
    await command(how === 'reveal' ? { reveal: {} } : { discardDrafts: {} });
    setBusy(false);
    setAsking(null);
  };
  return (
    <div className="e-open">
      <h4 className="e-open__question">{setup.prompt}</h4>
      <p className="e-section__what">
        {shownWords(setup)} {where === undefined ? '' : `About ${where}.`}
      </p>
      {writing === undefined ? null : <Written writing={writing} />}
      {asking === 'reveal' ? (
        <div className="e-ask" role="alert">
          <p>{`${count(drafts, 'card comes', 'cards come')} into the map, for everyone to see.`}</p>
          <Button size="s" variant="ghost" onPress={() => setAsking(null)}>
            Not yet
          </Button>
          <Button
            size="s"
            variant="primary"
            isPending={isBusy}
            autoFocus
            onPress={() => void end('reveal')}
          >
            {`Reveal ${count(drafts, 'card', 'cards')}`}
          </Button>
        </div>
      ) : asking === 'discard' ? (
        <div className="e-ask" role="alert">
          <p>
            {drafts === 0
              ? 'The brainstorm ends.'
              : `Nobody else will ever see ${drafts === 1 ? 'the card' : `the ${drafts} cards`}. Writers get their own words back.`}
          </p>
          <Button size="s" variant="ghost" onPress={() => setAsking(null)}>
            Keep writing
          </Button>
          <Button
            size="s"
            variant="danger"
            isPending={isBusy}
            autoFocus
            onPress={() => void end('discard')}
          >
            {drafts === 0 ? 'End it' : `Discard ${count(drafts, 'card', 'cards')}`}
          </Button>
        </div>
      ) : (
        <div className="e-open__acts">
          <Button variant="primary" isDisabled={drafts === 0} onPress={() => setAsking('reveal')}>
            Reveal…
          </Button>
          <Button variant="ghost" onPress={() => setAsking('discard')}>
            Discard…
          </Button>
        </div>
      )}
    </div>
  );
}

/** Who has written and how many cards there are; never what. */
function Written({ writing: { writers, drafts } }: { readonly writing: WritingView }): JSX.Element {
  const people = (useShared()?.people ?? []).filter(({ role }) => mayWrite(role));
  const have = people.filter(({ id }) => writers.includes(id));
  const share = people.length === 0 ? 0 : have.length / people.length;
  return (
    <HowFar share={share} names={have} whose="Who has written">
      <b>{count(drafts, 'card', 'cards')}</b>
      {`, by ${have.length} of ${count(people.length, 'person', 'people')}`}
    </HowFar>
  );
}
