// What a map without stages and lanes says: what they are, and how to begin.
import type { JSX } from 'react';
import { addLane, addStage } from '../../model/structure';
import { Button, EmptyState } from '../ui';
import { newStage } from './structureActs';
import { useBoard } from './use';

const FIRST_STAGES = ['Become aware', 'Decide', 'Begin', 'Use', 'Stay or leave'] as const;
const FIRST_LANES = [
  'touchpoint',
  'action',
  'expectation',
  'emotion',
  'pain',
  'opportunity',
] as const;

export function EmptyMap(): JSX.Element {
  const board = useBoard();
  return (
    <div className="m-empty">
      <EmptyState
        title="An empty map"
        art={<Sketch />}
        actions={
          board.readOnly ? null : (
            <>
              <Button
                variant="primary"
                onPress={() => {
                  if (board.refuses()) return;
                  for (const title of FIRST_STAGES) {
                    addStage(board.journey, board.journey.stages.ids.get().length, title);
                  }
                  for (const kind of FIRST_LANES) {
                    addLane(board.journey, board.journey.lanes.ids.get().length, kind);
                  }
                }}
              >
                Start with five stages and six lanes
              </Button>
              <Button onPress={() => newStage(board, 0)}>Add the first stage</Button>
            </>
          )
        }
      >
        {board.readOnly
          ? 'Nobody has put anything here yet. It appears as it is written.'
          : 'Stages run across: what the customer goes through, in their words, from before they know you to long after. Lanes run down: what they do, meet, expect and feel. Cards go where the two cross.'}
      </EmptyState>
    </div>
  );
}

function Sketch(): JSX.Element {
  return (
    <svg width="168" height="92" viewBox="0 0 168 92" fill="none" aria-hidden="true">
      {[0, 1, 2, 3].map((column) => (
        <rect
          key={column}
          x={4 + column * 41}
          y="4"
          width="37"
          height="14"
          rx="4"
          fill="var(--layer-structure-soft)"
        />
      ))}
      <path
        d="M8 62c22 0 22-28 44-28s22 44 44 44 26-36 64-40"
        stroke="var(--layer-experience)"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <path d="M4 56h160" stroke="var(--line-strong)" strokeDasharray="3 4" />
    </svg>
  );
}
