// The bar of a brainstorm, on every screen: what is asked and where, how the cards will be shown, how many one has written and whether they are
// saved. Watchers are told what is going on.
import type { JSX } from 'react';
import type { DraftSaving, Drafts } from '../../facilitation/drafts';
import type { BrainstormView } from '../../wire/channel';
import { useBoard, useStore } from '../map/use';
import { mapPath, navigate } from '../router';
import { BulbIcon, Button, CheckIcon, CloudOffIcon, EyeOffIcon, ListIcon, PencilIcon } from '../ui';
import { focusWords } from '../workshop/words';
import { cardsWritten, mayWrite, savingWords, shownWords, WATCHED } from './words';

export function BrainstormBar({
  brainstorm: { setup },
  drafts,
}: {
  readonly brainstorm: BrainstormView;
  readonly drafts: Drafts;
}): JSX.Element {
  const board = useBoard();
  const stages = useStore(board.journey.stages.all);
  const lanes = useStore(board.journey.lanes.all);
  const where = focusWords(setup.focus, stages, lanes);
  const writes = mayWrite(board.me.role);
  return (
    <section className="b-bar" aria-label="Brainstorm">
      <BulbIcon size={20} className="b-bar__mark" />
      <div className="b-bar__what">
        <h2 className="b-bar__question">{setup.prompt}</h2>
        <p className="b-bar__how">
          {setup.signed ? <PencilIcon size={14} /> : <EyeOffIcon size={14} />}
          <span>
            {writes ? shownWords(setup) : WATCHED}
            {where === undefined ? null : <span className="b-bar__where"> About {where}.</span>}
          </span>
        </p>
      </div>
      {writes ? <Own drafts={drafts} /> : null}
    </section>
  );
}

function Own({ drafts }: { readonly drafts: Drafts }): JSX.Element {
  const board = useBoard();
  const panel = useStore(board.panel);
  const written = useStore(drafts.all).filter(({ text }) => text.trim() !== '').length;
  const isOpen = panel === 'drafts' && board.grid !== null;
  return (
    <div className="b-bar__own">
      <p className="b-bar__count">{cardsWritten(written)}</p>
      <DraftsSaved drafts={drafts} />
      <Button
        size="s"
        icon={ListIcon}
        variant={isOpen ? 'ghost' : 'secondary'}
        aria-expanded={isOpen}
        onPress={() => {
          if (isOpen) {
            board.panel.set('closed');
            return;
          }
          board.panel.set('drafts');
          if (board.grid === null) navigate(mapPath(board.connection.mapId));
        }}
      >
        Write in a list
      </Button>
    </div>
  );
}

export function DraftsSaved({ drafts }: { readonly drafts: Drafts }): JSX.Element {
  const saving = useStore(drafts.saving);
  return (
    <p className={`b-saved b-saved--${saving}`} data-draft-state={saving}>
      {SAVED_ICON[saving]}
      {savingWords(saving)}
    </p>
  );
}

const SAVED_ICON: Record<DraftSaving, JSX.Element | null> = {
  quiet: null,
  saved: <CheckIcon size={16} />,
  saving: <span className="saved__dot" />,
  waiting: <CloudOffIcon size={16} />,
};
