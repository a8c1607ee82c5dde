// How components read emotion rounds: the open one, those that have a result, and which of those is looked at.
import { useMemo } from 'react';
import { closedEmotionRounds, openEmotionRound } from '../../facilitation/feelings';
import { createStore } from '../../sync/store';
import type { EmotionRoundView, RoundId } from '../../wire/channel';
import { useBoard, usePart, useStore } from '../map/use';
import { useShared } from '../workshop/use-workshop';

/** The round whose result is looked at; the latest when nobody has chosen. */
export const chosenRound = createStore<RoundId | null>(null);

export function useOpenEmotionRound(): EmotionRoundView | undefined {
  return openEmotionRound(useShared());
}

/** Those with a result, the latest first. Views come with every change of a workshop; this changes only with a round. */
export function useClosedEmotionRounds(): readonly EmotionRoundView[] {
  const { shared } = useBoard().connection.workshop;
  // What is closed changes no more, but by being opened again (EMO-3).
  const which = usePart(shared, (all) =>
    closedEmotionRounds(all)
      .map(({ id, opened }) => `${id} ${opened}`)
      .join(),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rounds are what they were for as long as they are these.
  return useMemo(() => closedEmotionRounds(shared.get()), [shared, which]);
}

export function useChosenRound(): EmotionRoundView | undefined {
  const rounds = useClosedEmotionRounds();
  const chosen = useStore(chosenRound);
  return rounds.find(({ id }) => id === chosen) ?? rounds[0];
}
