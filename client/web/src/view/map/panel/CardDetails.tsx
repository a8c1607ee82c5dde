// Everything about one card: its text, the fields of its lane's kind, what it rests on, what was said about it.
import { type JSX, useMemo } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { setAddressed } from '../../../model/cards';
import { lineStyle } from '../../../model/emotion';
import type { Card } from '../../../model/entities';
import {
  CHANNELS,
  GAP_LABEL,
  LANE_WORDS,
  type LaneKind,
  OPPORTUNITY_STATUSES,
  SCORE_MAX,
  SCORE_MIN,
  SCORE_STEP,
  SEVERITY_LABEL,
  STATUS_LABEL,
  scoreLabel,
  scoreText,
} from '../../../model/kinds';
import { cardText } from '../../../model/text/field';
import { Button, CloseIcon, IconButton, Menu, MenuItem, PlusIcon, TrashIcon } from '../../ui';
import { Face, KindMark, LineMark } from '../marks';
import { useBoard, usePart, useStore } from '../use';
import { Comments } from './Comments';
import { BoundText, Choice, Figure, Line, Pick, ScaleChoice, Suggest, Toggle } from './controls';
import { Sources } from './Sources';

export function CardDetails({ id }: { readonly id: string }): JSX.Element | null {
  const board = useBoard();
  const card = useStore(board.journey.card(id));
  const kind = usePart(
    board.journey.lanes.one(card?.lane ?? ''),
    (lane) => lane?.kind ?? ('note' as const),
  );
  const text = useMemo(() => cardText(board.journey, id, 'text'), [board, id]);
  if (card === undefined) return null;
  return (
    <>
      <header className="m-panel__head">
        <span className={`m-panel__kind m-kind m-kind--${kind}`}>
          <KindMark kind={kind} />
        </span>
        <div className="m-panel__where">
          <h2>{LANE_WORDS[kind].card}</h2>
          <p>{board.describe(card.lane, card.stage)}</p>
        </div>
        <IconButton label="Close details" icon={CloseIcon} onPress={() => board.closePanel()} />
      </header>
      <div className="m-panel__body">
        <BoundText
          label={kind === 'expectation' ? 'What they expect' : 'Text'}
          field={text}
          lines={3}
          placeholder={LANE_WORDS[kind].hint}
          first
        />
        <KindFields card={card} kind={kind} />
        <Sources card={card} />
        <Comments card={card.id} />
        <footer className="m-panel__foot">
          <p>{origin(card)}</p>
          {board.readOnly ? null : (
            <Button
              icon={TrashIcon}
              variant="ghost"
              size="s"
              className="m-panel__delete"
              onPress={() => board.removeCard(card)}
            >
              Delete card
            </Button>
          )}
        </footer>
      </div>
    </>
  );
}

function origin(card: Card): string {
  const at = card.createdAt === undefined ? undefined : new Date(card.createdAt);
  const when =
    at === undefined || Number.isNaN(at.getTime())
      ? undefined
      : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  if (card.author === undefined && when === undefined) return 'Author unknown';
  return [card.author === undefined ? undefined : `Written by ${card.author}`, when]
    .filter((part) => part !== undefined)
    .join(', ');
}

function KindFields({
  card,
  kind,
}: {
  readonly card: Card;
  readonly kind: LaneKind;
}): JSX.Element | null {
  const board = useBoard();
  const set = (fields: Parameters<typeof board.setFields>[1]): void =>
    board.setFields(card.id, fields);
  switch (kind) {
    case 'touchpoint':
      return (
        <>
          <Suggest
            label="Channel"
            suggestions={CHANNELS}
            value={card.channel}
            placeholder="web, phone, store…"
            onValue={(channel) => set({ channel })}
          />
          <Toggle
            label="Moment of truth"
            value={card.momentOfTruth}
            onValue={(on) => set({ momentOfTruth: on ? true : undefined })}
          />
          <Toggle
            label="Beyond our control"
            value={!card.owned}
            onValue={(beyond) => set({ owned: !beyond })}
          />
        </>
      );
    case 'expectation':
      return <ExpectationFields card={card} />;
    case 'emotion':
      return <EmotionFields card={card} />;
    case 'pain':
      return (
        <ScaleChoice
          label="Severity"
          low={1}
          high={5}
          words={SEVERITY_LABEL}
          value={card.severity}
          onValue={(severity) => set({ severity })}
        />
      );
    case 'opportunity':
      return <OpportunityFields card={card} />;
    case 'metric':
      return (
        <div className="m-fields">
          <Figure label="Value" value={card.value} onValue={(value) => set({ value })} />
          <Line label="Unit" value={card.unit} onValue={(unit) => set({ unit })} />
          <Figure label="Target" value={card.target} onValue={(target) => set({ target })} />
        </div>
      );
    case 'evidence':
    case 'frontstage':
    case 'backstage':
    case 'support':
      return (
        <>
          <Line
            label="Actor"
            value={card.actor}
            placeholder="Who or what does it"
            onValue={(actor) => set({ actor })}
          />
          <Toggle
            label="Fail point"
            value={card.failPoint}
            onValue={(on) => set({ failPoint: on ? true : undefined })}
          />
        </>
      );
    case 'action':
    case 'note':
      return null;
  }
}

function ExpectationFields({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const actual = useMemo(() => cardText(board.journey, card.id, 'actual'), [board, card.id]);
  return (
    <>
      <BoundText label="What actually happens" field={actual} lines={2} />
      <ScaleChoice
        label="Gap"
        low={0}
        high={3}
        words={GAP_LABEL}
        value={card.gap}
        onValue={(gap) => board.setFields(card.id, { gap })}
      />
    </>
  );
}

function EmotionFields({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const personas = useStore(board.journey.personas.all);
  const quote = useMemo(() => cardText(board.journey, card.id, 'quote'), [board, card.id]);
  const score = card.score ?? 0;
  const options = [
    ...personas.map((persona) => ({
      id: persona.id,
      label: persona.name || 'Unnamed',
      mark: <LineMark style={lineStyle(personas, persona.id)} />,
    })),
    { id: '-', label: 'Everyone' },
  ];
  return (
    <>
      <Slider
        className="m-slider"
        minValue={SCORE_MIN}
        maxValue={SCORE_MAX}
        step={SCORE_STEP}
        value={score}
        isDisabled={board.readOnly}
        onChange={(next) => board.setFields(card.id, { score: next })}
      >
        <Label className="c-field__label">Feeling</Label>
        <SliderOutput className="m-slider__value">
          {() => (
            <>
              <Face score={score} />
              {card.score === undefined ? 'Not scored' : `${scoreText(score)} ${scoreLabel(score)}`}
            </>
          )}
        </SliderOutput>
        <SliderTrack className="m-slider__track">
          <SliderThumb className="m-slider__thumb" />
        </SliderTrack>
      </Slider>
      <Pick
        label="Whose feeling"
        placeholder="Everyone"
        options={options}
        value={card.persona ?? '-'}
        onValue={(persona) =>
          board.setFields(card.id, { persona: persona === '-' ? undefined : persona })
        }
      />
      <BoundText label="In their words" field={quote} lines={2} placeholder="A quote" />
    </>
  );
}

function OpportunityFields({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const set = (fields: Parameters<typeof board.setFields>[1]): void =>
    board.setFields(card.id, fields);
  return (
    <>
      <ScaleChoice
        label="Impact for the customer"
        low={1}
        high={5}
        value={card.impact}
        onValue={(impact) => set({ impact })}
      />
      <ScaleChoice
        label="Value for the business"
        low={1}
        high={5}
        value={card.value}
        onValue={(value) => set({ value })}
      />
      <ScaleChoice
        label="Effort"
        low={1}
        high={5}
        value={card.effort}
        onValue={(effort) => set({ effort })}
      />
      <Choice
        label="Status"
        options={OPPORTUNITY_STATUSES.map((id) => ({ id, label: STATUS_LABEL[id] }))}
        value={card.status}
        onValue={(next) => set({ status: OPPORTUNITY_STATUSES.find((one) => one === next) })}
      />
      <div className="m-fields">
        <Line label="Owner" value={card.owner} onValue={(owner) => set({ owner })} />
        <Line label="Due" type="date" value={card.due} onValue={(due) => set({ due })} />
      </div>
      <Addresses card={card} />
    </>
  );
}

/** Which pains and expectations an opportunity answers. */
function Addresses({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  // Read when the card changes or the menu opens: not a live list of the whole map.
  const candidates = [...board.journey.cards()].filter((other) => {
    const kind = board.journey.lanes.get(other.lane)?.kind;
    return kind === 'pain' || kind === 'expectation';
  });
  const linked = candidates.filter((other) => card.addresses.includes(other.id));
  const open = candidates
    .filter((other) => !card.addresses.includes(other.id) && other.text !== '')
    .sort((a, b) => Number(b.stage === card.stage) - Number(a.stage === card.stage));
  return (
    <section className="m-section" aria-label="Addresses">
      <h3>Addresses</h3>
      {linked.length === 0 ? (
        <p className="m-section__none">No pain or expectation linked yet.</p>
      ) : (
        <ul className="m-items">
          {linked.map((other) => (
            <li key={other.id} className="m-item">
              <span className="m-item__text">{other.text || 'Empty card'}</span>
              {board.readOnly ? null : (
                <IconButton
                  label={`No longer addresses “${other.text}”`}
                  icon={CloseIcon}
                  size="s"
                  onPress={() => setAddressed(board.journey, card.id, other.id, false)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {board.readOnly || open.length === 0 ? null : (
        <Menu
          trigger={
            <Button icon={PlusIcon} size="s" variant="ghost">
              Link a pain or expectation
            </Button>
          }
          placement="bottom start"
          aria-label="Pains and expectations"
          onAction={(key) => setAddressed(board.journey, card.id, String(key), true)}
        >
          {open.map((other) => (
            <MenuItem key={other.id} id={other.id}>
              {other.text}
            </MenuItem>
          ))}
        </Menu>
      )}
    </section>
  );
}
