// What an opportunity is worth and costs, how far it has come, who does it by when, and what it answers.
import type { JSX } from 'react';
import type { CardFields } from '../../../model/cards';
import type { Card } from '../../../model/entities';
import { OPPORTUNITY_STATUSES, STATUS_LABEL } from '../../../model/kinds';
import { useBoard } from '../use';
import { Addresses } from './Addresses';
import { Choice, ScaleChoice, Suggest } from './choices';
import { Line } from './controls';
import { ownersOf } from './owners';

const WORTH = ['Very little', 'Little', 'Some', 'Much', 'Very much'] as const;

export function OpportunityFields({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const set = (fields: CardFields): void => board.setFields(card.id, fields);
  return (
    <>
      <ScaleChoice
        label="Impact for the customer"
        name="impact"
        low={1}
        high={5}
        words={WORTH}
        value={card.impact}
        onValue={(impact) => set({ impact })}
      />
      <ScaleChoice
        label="Value for the business"
        name="value"
        low={1}
        high={5}
        words={WORTH}
        value={card.value}
        onValue={(value) => set({ value })}
      />
      <ScaleChoice
        label="Effort"
        name="effort"
        low={1}
        high={5}
        words={WORTH}
        value={card.effort}
        onValue={(effort) => set({ effort })}
      />
      <Choice
        label="Status"
        name="status"
        options={OPPORTUNITY_STATUSES.map((id) => ({ id, label: STATUS_LABEL[id] }))}
        value={card.status}
        onValue={(next) => set({ status: OPPORTUNITY_STATUSES.find((one) => one === next) })}
      />
      <div className="m-fields">
        <Suggest
          label="Owner"
          name="owner"
          options={ownersOf(board).map((name) => ({ id: name, label: name }))}
          value={card.owner}
          placeholder="Who does it"
          onValue={(owner) => set({ owner })}
        />
        <Line label="Due" name="due" type="date" value={card.due} onValue={(due) => set({ due })} />
      </div>
      <Addresses card={card} />
    </>
  );
}
