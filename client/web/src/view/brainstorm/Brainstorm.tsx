// A brainstorm on every screen of a map: its bar for everyone, the desk that lets people write in the cells, and what became of it. Loaded with
// the first brainstorm of a visit, or when this browser still keeps words of one; from then on it stays, and draws nothing in between.
import { type JSX, useEffect, useLayoutEffect, useState } from 'react';
import { Drafts } from '../../facilitation/drafts';
import { draftShelf } from '../../facilitation/kept-drafts';
import { watchReveal } from '../../facilitation/reveal';
import type { MapConnection } from '../../sync/connection';
import { derivedStore } from '../../sync/store';
import { useBoard, useStore } from '../map/use';
import { toast } from '../ui';
import { useShared } from '../workshop/use-workshop';
import { BrainstormBar } from './BrainstormBar';
import './brainstorm.css';
import { DraftCell } from './DraftCell';
import { LeftDrafts } from './LeftDrafts';
import { showRevealed } from './show-revealed';
import { mayWrite } from './words';
import { WritingDesk } from './writing-desk';

export function Brainstorm(): JSX.Element | null {
  const { connection, me } = useBoard();
  const drafts = useDrafts(connection, me.participant);
  return drafts === null ? null : <Shown drafts={drafts} />;
}

function Shown({ drafts }: { readonly drafts: Drafts }): JSX.Element {
  const board = useBoard();
  const brainstorm = useShared()?.brainstorm;
  useTheDesk(drafts);
  useStanding(drafts);
  useEffect(() => {
    const { shared } = board.connection.workshop;
    return watchReveal(board.journey, shared, {
      revealed: (cards) => showRevealed(board, cards),
      ended: () => {
        drafts.giveBack('The facilitator discarded this brainstorm.');
        toast({ title: 'The brainstorm is over. No cards were revealed.' });
      },
    });
  }, [board, drafts]);
  return (
    <>
      {brainstorm === undefined ? null : <BrainstormBar brainstorm={brainstorm} drafts={drafts} />}
      <LeftDrafts drafts={drafts} />
    </>
  );
}

/** The drafts of this person, for as long as the map is open. */
function useDrafts(connection: MapConnection, participant: string): Drafts | null {
  const [drafts, setDrafts] = useState<Drafts | null>(null);
  useEffect(() => {
    const { status, ended, workshop, mapId } = connection;
    const isConnected = derivedStore([status], () => {
      const { kind } = status.get();
      return kind === 'saved' || kind === 'saving';
    });
    const shelf = draftShelf(mapId, participant);
    const made = new Drafts(workshop, shelf, isConnected);
    const onHide = (): void => made.settleAll();
    window.addEventListener('pagehide', onHide);
    // Whoever is taken out of the map, or whose map is gone, leaves nothing of it behind.
    const stop = ended.subscribe(() => {
      const how = ended.get()?.kind;
      if (how === 'removed' || how === 'deleted') shelf.clear();
    });
    setDrafts(made);
    return () => {
      window.removeEventListener('pagehide', onHide);
      stop();
      made.stop();
      setDrafts(null);
    };
  }, [connection, participant]);
  return drafts;
}

/** On the board while a brainstorm is under way. */
function useTheDesk(drafts: Drafts): void {
  const board = useBoard();
  const { role } = board.me;
  const brainstorm = useShared()?.brainstorm;
  const began = brainstorm?.began;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a brainstorm is one from its beginning on, and its settings never change (DRAFT-1).
  useLayoutEffect(() => {
    if (brainstorm === undefined) return undefined;
    board.desk.set(new WritingDesk(board, drafts, brainstorm.setup, role, DraftCell));
    board.share();
    // On a phone the list is the way to write; it takes nobody's place who is in the middle of something.
    const isFree = board.panel.get() === 'closed' && board.editing.get() === null;
    if (isFree && mayWrite(role) && matchMedia('(max-width: 720px)').matches) {
      board.panel.set('drafts');
    }
    return () => {
      board.desk.set(null);
      if (board.panel.get() === 'drafts') board.panel.set('closed');
      board.share();
    };
  }, [board, drafts, began, role]);
}

/** Whoever stands on a draft that goes (dropped in another tab, revealed) stands in its cell; nothing scrolls. */
function useStanding(drafts: Drafts): void {
  const board = useBoard();
  const all = useStore(drafts.all);
  const desk = useStore(board.desk);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what may have moved the ground.
  useLayoutEffect(() => {
    if (desk instanceof WritingDesk) {
      const writing = desk.writing.get();
      if (writing !== null && drafts.get(writing.id) === undefined) desk.writing.set(null);
    }
    board.settle();
    board.hold?.check();
    if (!board.holdsFocus) return;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    board.elementOf(board.spot.get())?.focus({ preventScroll: true });
  }, [board, all, desk]);
}
