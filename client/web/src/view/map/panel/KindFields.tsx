// The fields that a card of each lane kind has beside its text.
import { type JSX, useMemo } from 'react';
import type { CardFields } from '../../../model/cards';
import type { Card } from '../../../model/entities';
import {
  channelSuggestions,
  GAP_LABEL,
  type LaneKind,
  SEVERITY_LABEL,
  textLabel,
} from '../../../model/kinds';
import { cardText } from '../../../model/text/field';
import { ChannelMark } from '../channels';
import { useBoard } from '../use';
import { AddressedBy } from './Addresses';
import { ScaleChoice, Suggest } from './choices';
import { BoundText, FigureLine, Line, Toggle } from './controls';
import { EmotionFields } from './EmotionFields';
import { OpportunityFields } from './OpportunityFields';

export function KindFields({
  card,
  kind,
}: {
  readonly card: Card;
  readonly kind: LaneKind;
}): JSX.Element | null {
  const board = useBoard();
  const set = (fields: CardFields): void => board.setFields(card.id, fields);
  switch (kind) {
    case 'touchpoint':
      return <TouchpointFields card={card} />;
    case 'expectation':
      return <ExpectationFields card={card} />;
    case 'emotion':
      return <EmotionFields card={card} />;
    case 'pain':
      return (
        <>
          <ScaleChoice
            label="Severity"
            name="severity"
            low={1}
            high={5}
            words={SEVERITY_LABEL}
            value={card.severity}
            onValue={(severity) => set({ severity })}
          />
          <AddressedBy card={card} />
        </>
      );
    case 'opportunity':
      return <OpportunityFields card={card} />;
    case 'metric':
      return (
        <div className="m-fields m-fields--three">
          <FigureLine
            label="Value"
            name="value"
            value={card.value ?? card.valueText}
            onValue={(value) => set({ value })}
          />
          <Line
            label="Unit"
            name="unit"
            value={card.unit}
            placeholder="days, %…"
            onValue={(unit) => set({ unit })}
          />
          <FigureLine
            label="Target"
            name="target"
            value={card.target ?? card.targetText}
            onValue={(target) => set({ target })}
          />
        </div>
      );
    case 'evidence':
    case 'frontstage':
    case 'backstage':
    case 'support':
      return <BlueprintFields card={card} />;
    case 'action':
    case 'note':
      return null;
  }
}

function TouchpointFields({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const used = [...board.journey.cards()]
    .filter((other) => other.id !== card.id)
    .flatMap((other) => other.channel ?? []);
  return (
    <>
      <Suggest
        label="Channel"
        name="channel"
        options={channelSuggestions(used).map((name) => ({
          id: name,
          label: name,
          mark: <ChannelMark channel={name} size={16} />,
        }))}
        value={card.channel}
        mark={
          card.channel === undefined ? undefined : <ChannelMark channel={card.channel} size={16} />
        }
        placeholder="web, phone, store…"
        onValue={(channel) => board.setFields(card.id, { channel })}
      />
      <Toggle
        label="Moment of truth"
        name="momentOfTruth"
        value={card.momentOfTruth}
        onValue={(on) => board.setFields(card.id, { momentOfTruth: on ? true : undefined })}
      />
      <Toggle
        label="Beyond our control"
        name="owned"
        value={!card.owned}
        onValue={(beyond) => board.setFields(card.id, { owned: beyond ? false : undefined })}
      />
    </>
  );
}

function ExpectationFields({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const actual = useMemo(() => cardText(board.journey, card.id, 'actual'), [board, card.id]);
  return (
    <>
      <BoundText
        label={textLabel('expectation', 'actual')}
        name="actual"
        field={actual}
        lines={2}
      />
      <ScaleChoice
        label="Gap between the two"
        name="gap"
        low={0}
        high={3}
        words={GAP_LABEL}
        value={card.gap}
        onValue={(gap) => board.setFields(card.id, { gap })}
      />
      <AddressedBy card={card} />
    </>
  );
}

function BlueprintFields({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const actors = new Set([...board.journey.cards()].flatMap((other) => other.actor ?? []));
  return (
    <>
      <Suggest
        label="Actor"
        name="actor"
        options={[...actors].sort().map((name) => ({ id: name, label: name }))}
        value={card.actor}
        placeholder="Who or what does it"
        onValue={(actor) => board.setFields(card.id, { actor })}
      />
      <Toggle
        label="Fail point"
        name="failPoint"
        value={card.failPoint}
        onValue={(on) => board.setFields(card.id, { failPoint: on ? true : undefined })}
      />
    </>
  );
}
