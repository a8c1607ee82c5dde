// What a good facilitator would point out about this map: each finding with its reason, its places to go to, and the one click that
// mends it where there is one. It follows the map while it is open.
import { type JSX, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { Finding } from '../../../wire/health';
import { useKeptPlace } from '../../kept-focus';
import { AlertIcon, BulbIcon, Button, CheckIcon } from '../../ui';
import { count } from '../../words';
import { PanelHead } from '../panel/PanelHead';
import { useBoard, useStore } from '../use';
import { carryOut } from './fixes';
import './health.css';
import { placesOf } from './places';
import { type HealthState, type HealthWatch, watchHealth } from './watch';

export function HealthPanel(): JSX.Element {
  const board = useBoard();
  const [watch, setWatch] = useState<HealthWatch | null>(null);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const started = watchHealth(board.connection, board.journey);
    setWatch(started);
    return () => started.stop();
  }, [board]);
  return (
    <>
      <PanelHead title="Health of this map" about="What a good facilitator would point out" />
      <div className="m-panel__body m-health" ref={body}>
        {watch === null ? <Looking /> : <Findings watch={watch} body={body} />}
      </div>
    </>
  );
}

function Looking(): JSX.Element {
  return <p className="m-health__note">Looking at the map…</p>;
}

function Findings({
  watch,
  body,
}: {
  readonly watch: HealthWatch;
  readonly body: RefObject<HTMLDivElement | null>;
}): JSX.Element {
  const state = useStore(watch.state);
  const board = useBoard();
  const lanes = useStore(board.journey.lanes.ids);
  const onFix = useSpoken(state);
  useKeptPlace(body, { lost: () => board.say(`What you stood on is settled. ${summary(state)}`) });
  if (state.findings === null) {
    return state.trouble === null ? <Looking /> : <Trouble why={state.trouble} />;
  }
  const problems = state.findings.filter((finding) => finding.severity === 'problem');
  const advice = state.findings.filter((finding) => finding.severity === 'advice');
  return (
    <>
      {state.trouble === null ? null : <Trouble why={`This is from before. ${state.trouble}`} />}
      <p className="m-health__sum">{summary(state)}</p>
      {state.findings.length === 0 ? (
        <p className="m-health__well">
          <CheckIcon size={18} />
          {lanes.length === 0
            ? 'Nothing to say of an empty map.'
            : 'Every check passes. Keep it that way: the panel follows the map while it is open.'}
        </p>
      ) : null}
      <Group title="Problems" findings={problems} onFix={onFix} />
      <Group title="Advice" findings={advice} onFix={onFix} />
    </>
  );
}

/**
 * Says what was found when the panel opens and when one's own fix has worked. Others go on mending and breaking things all the while: what
 * that changes is there to be read, and is not read out.
 */
function useSpoken({ findings, trouble }: HealthState): (fixed: Finding) => void {
  const board = useBoard();
  const isNew = useRef(true);
  const mended = useRef<Finding | null>(null);
  useEffect(() => {
    if (findings === null) return;
    const { current } = mended;
    const isMended =
      current !== null && findings.every((finding) => keyOf(finding) !== keyOf(current));
    if (!isNew.current && !isMended) return;
    isNew.current = false;
    mended.current = null;
    board.say(summary({ findings, trouble: null }));
  }, [board, findings]);
  useEffect(() => {
    if (trouble !== null) board.say(trouble);
  }, [board, trouble]);
  return (fixed) => {
    mended.current = fixed;
  };
}

function keyOf({ rule, at, message }: Finding): string {
  return [rule, ...at, message].join(' ');
}

function summary({ findings }: HealthState): string {
  const all = findings ?? [];
  const problems = all.filter((finding) => finding.severity === 'problem').length;
  const advice = all.length - problems;
  if (all.length === 0) return 'No problem found.';
  const parts = [
    problems === 0 ? '' : count(problems, 'problem', 'problems'),
    advice === 0 ? '' : count(advice, 'piece of advice', 'pieces of advice'),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function Trouble({ why }: { readonly why: string }): JSX.Element {
  return (
    <p className="m-health__trouble">
      <AlertIcon size={16} />
      <span>{why}</span>
    </p>
  );
}

interface Fixing {
  /** A finding's own fix is carried out. */
  readonly onFix: (fixed: Finding) => void;
}

function Group({
  title,
  findings,
  onFix,
}: Fixing & {
  readonly title: string;
  readonly findings: readonly Finding[];
}): JSX.Element | null {
  if (findings.length === 0) return null;
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return (
    <section className="m-health__group" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {rules.map((rule) => (
          <RuleItem
            key={rule}
            findings={findings.filter((finding) => finding.rule === rule)}
            onFix={onFix}
          />
        ))}
      </ul>
    </section>
  );
}

/** As many findings of one rule, and places of one finding, as fit without a wall of them; the rest is a press away. */
const MOST = 4;

/** Everything one rule has found: the reason is the same, so it is given once. */
function RuleItem({
  findings,
  onFix,
}: Fixing & { readonly findings: readonly Finding[] }): JSX.Element | null {
  const [all, setAll] = useState(false);
  const [first] = findings;
  if (first === undefined) return null;
  const shown = all ? findings : findings.slice(0, MOST);
  const Mark = first.severity === 'problem' ? AlertIcon : BulbIcon;
  return (
    <li className={`m-rule m-rule--${first.severity}`}>
      <Mark size={18} className="m-rule__mark" />
      <div className="m-rule__body">
        {shown.map((finding) => (
          <FindingItem key={keyOf(finding)} finding={finding} onFix={onFix} />
        ))}
        {shown.length < findings.length ? (
          <Button size="s" variant="ghost" className="m-rule__more" onPress={() => setAll(true)}>
            {`${findings.length - shown.length} more like these`}
          </Button>
        ) : null}
        <p className="m-rule__why">
          {first.why} <span className="m-rule__id">{first.rule}</span>
        </p>
      </div>
    </li>
  );
}

function FindingItem({ finding, onFix }: Fixing & { readonly finding: Finding }): JSX.Element {
  const board = useBoard();
  const [all, setAll] = useState(false);
  const places = placesOf(board.journey, finding);
  const shown = all ? places : places.slice(0, MOST);
  const { fix } = finding;
  const alone = places.length === 1;
  const id = useId();
  return (
    <div className="m-finding">
      <p className="m-finding__message" id={id}>
        {finding.message}
      </p>
      <div className="m-finding__acts">
        {shown.map((place) => (
          <Button
            key={place.key}
            size="s"
            variant="ghost"
            className="m-finding__place"
            aria-label={`Show ${place.name}`}
            onPress={() => board.visit(place.spot)}
          >
            {/* A message about one place has named it. */}
            {alone ? 'Show' : place.name}
          </Button>
        ))}
        {shown.length < places.length ? (
          <Button size="s" variant="ghost" onPress={() => setAll(true)}>
            {`${places.length - shown.length} more`}
          </Button>
        ) : null}
        {fix === undefined || board.readOnly ? null : (
          <Button
            size="s"
            aria-describedby={id}
            onPress={() => {
              onFix(finding);
              carryOut(board, fix);
            }}
          >
            {fix.label}
          </Button>
        )}
      </div>
    </div>
  );
}
