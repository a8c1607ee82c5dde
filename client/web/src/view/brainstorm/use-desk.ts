// The desk of the brainstorm under way, for its own components.

import { useBoard } from '../map/use';
import { useStore } from '../use-store';
import { WritingDesk } from './writing-desk';

export function useDesk(): WritingDesk {
  const desk = useStore(useBoard().desk);
  if (!(desk instanceof WritingDesk)) throw new Error('Only while a brainstorm is under way.');
  return desk;
}
