// The facilitator's panel beside any screen of a map, and what becomes of the screen beside it. It is loaded after the map is shown. Nobody
// else ever has it; it closes for whoever ceases to facilitate, which the page tells them (`people/RoleNews.tsx`).
import { type JSX, type ReactNode, useEffect, useRef } from 'react';
import type { Me } from '../../wire/types';
import { later } from '../later';
import { useBoard } from '../map/use';
import type { MapPart } from '../router';
import { useShown } from './use-shown';
import './frame.css';

export function WithFacilitating({
  me,
  part,
  children,
}: {
  readonly me: Me;
  readonly part: MapPart;
  /** The screen; covered, nothing in it can be reached. */
  readonly children: (isCovered: boolean) => ReactNode;
}): JSX.Element {
  const { isShown, isCovering } = useShown(me, part);
  useSomewhere(me, isShown);
  return (
    <div className="map-page__row">
      {children(isCovering)}
      {isShown ? <Panel /> : null}
    </div>
  );
}

/** Whoever was in the panel when it closed for good is taken back to the screen beside it. */
function useSomewhere(me: Me, isShown: boolean): void {
  const board = useBoard();
  const wasShown = useRef(false);
  const isFacilitator = me.role === 'facilitator';
  useEffect(() => {
    if (wasShown.current && !isFacilitator) {
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body) {
        const main = document.getElementById('main');
        if (board.grid === null) main?.focus({ preventScroll: true });
        else board.focusSpot({ preventScroll: true });
      }
    }
    wasShown.current = isShown;
  }, [board, isFacilitator, isShown]);
}

/** Its place, so that the screen beside it is drawn once. */
function Frame(): JSX.Element {
  return <aside className="f-panel" aria-label="Facilitate" aria-busy="true" />;
}

const Panel = later(async () => (await import('./Panel')).Panel, Frame);
