// Words of a brainstorm that did not come in, for as long as their writer has not taken them: why, and what can be done with each.
import { type JSX, useEffect } from 'react';
import type { Drafts, LeftDraft } from '../../facilitation/drafts';
import { addCard, freshFields } from '../../model/cards';
import { newId } from '../../model/ids';
import type { Board } from '../map/board';
import { useBoard, useStore } from '../map/use';
import { copyText } from '../mappage/copy';
import { AlertIcon, Button, toast } from '../ui';
import { count } from '../words';
import { WritingDesk } from './writing-desk';

export function LeftDrafts({ drafts }: { readonly drafts: Drafts }): JSX.Element | null {
  const board = useBoard();
  const all = useStore(drafts.left);
  const map = useStore(board.journey.changes);
  // What is in the map after all is not lost: the answer was, or the reveal was quicker than its word.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cards come with the map.
  useEffect(() => {
    for (const draft of all) if (isInMap(board, draft)) drafts.takeLeft(draft.id);
  }, [board, drafts, all, map]);
  if (all.length === 0) return null;
  return (
    <section className="b-left" aria-label="Words that were not saved">
      <h2 className="b-left__title">
        <AlertIcon size={18} />
        {count(all.length, 'card of yours was not saved', 'cards of yours were not saved')}
      </h2>
      <ul className="b-left__list">
        {all.map((draft) => (
          <Left key={draft.id} draft={draft} drafts={drafts} />
        ))}
      </ul>
    </section>
  );
}

function Left({
  draft,
  drafts,
}: {
  readonly draft: LeftDraft;
  readonly drafts: Drafts;
}): JSX.Element {
  const board = useBoard();
  const desk = useStore(board.desk);
  const canAgain = desk instanceof WritingDesk && desk.takes(draft.lane, draft.stage);
  const { journey } = board;
  const hasPlace =
    journey.lanes.get(draft.lane) !== undefined && journey.stages.get(draft.stage) !== undefined;
  return (
    <li className="b-left__item">
      <blockquote className="b-left__text">{draft.text}</blockquote>
      <p className="b-left__why">{draft.why}</p>
      <div className="b-left__acts">
        {canAgain ? (
          <Button
            size="s"
            onPress={() => {
              drafts.takeLeft(draft.id);
              // Under a new name: the old one was refused for good.
              const { lane, stage, text } = draft;
              const id = newId();
              drafts.write({ id, lane, stage, text });
              drafts.settle(id);
            }}
          >
            Try again
          </Button>
        ) : null}
        {hasPlace && !board.readOnly ? (
          <Button size="s" onPress={() => putOnMap(board, drafts, draft)}>
            Put it on the map for everyone
          </Button>
        ) : null}
        <Button size="s" onPress={() => void copy(draft.text)}>
          Copy
        </Button>
        <Button size="s" variant="ghost" onPress={() => drafts.takeLeft(draft.id)}>
          Let it go
        </Button>
      </div>
    </li>
  );
}

function isInMap({ journey }: Board, { lane, stage, text }: LeftDraft): boolean {
  return journey.cellCards(lane, stage).some((card) => card.text.trim() === text.trim());
}

function putOnMap(board: Board, drafts: Drafts, { id, lane, stage, text }: LeftDraft): void {
  const { journey } = board;
  addCard(journey, {
    id: newId(),
    place: { lane, stage, index: journey.cell(lane, stage).get().length },
    text,
    author: board.me.name,
    at: new Date().toISOString(),
    fields: freshFields(journey, lane),
  });
  journey.steps.boundary();
  drafts.takeLeft(id);
  board.say(`Put into ${board.describe(lane, stage)}`);
}

async function copy(text: string): Promise<void> {
  if (await copyText(text)) toast({ title: 'The words are on the clipboard', tone: 'good' });
  else {
    toast({
      title: 'This browser did not let the page copy',
      detail: 'Select the words and copy them.',
      tone: 'bad',
    });
  }
}
