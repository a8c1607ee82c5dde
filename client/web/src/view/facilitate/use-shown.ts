// Whether the facilitator's panel is on screen: asked for, allowed, and with room beside what else is open.
import type { Me } from '../../wire/types';
import { useBoard, useStore } from '../map/use';
import type { MapPart } from '../router';
import { useMedia } from '../use-media';
import { COVERED, ONE_PANEL, openingOf } from './opening';

export interface Shown {
  readonly isShown: boolean;
  /** It lies over everything else of the screen. */
  readonly isCovering: boolean;
}

export function useShown(me: Me, part: MapPart): Shown {
  const board = useBoard();
  const isOpen = useStore(openingOf(board).isOpen);
  const details = useStore(board.panel);
  const hasRoomForOne = useMedia(ONE_PANEL);
  const isCovered = useMedia(COVERED);
  const hasDetails = details !== 'closed' && (part === 'grid' || part === 'opportunities');
  const isShown =
    isOpen && me.role === 'facilitator' && part !== 'present' && !(hasRoomForOne && hasDetails);
  return { isShown, isCovering: isShown && isCovered };
}
