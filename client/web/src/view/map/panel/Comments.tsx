// What was said about a card: oldest first, resolved ones folded away until asked for.
import { type JSX, useState } from 'react';
import { addComment, removeComment, setResolved } from '../../../model/cards';
import type { Comment } from '../../../model/entities';
import { Button, CheckIcon, IconButton, TextField, TrashIcon, UndoIcon } from '../../ui';
import { useBoard, useStore } from '../use';

export function Comments({ card }: { readonly card: string }): JSX.Element {
  const board = useBoard();
  const thread = useStore(board.journey.thread(card));
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const open = thread.filter((comment) => !comment.resolved);
  const resolved = thread.length - open.length;
  const send = (): void => {
    if (text.trim() === '') return;
    addComment(board.journey, card, text.trim(), board.me.name, new Date().toISOString());
    setText('');
  };
  return (
    <section className="m-section" aria-label="Comments">
      <h3>Comments</h3>
      {thread.length === 0 ? <p className="m-section__none">Nothing said yet.</p> : null}
      <ul className="m-items">
        {(all ? thread : open).map((comment) => (
          <Said key={comment.id} comment={comment} />
        ))}
      </ul>
      {resolved > 0 ? (
        <Button size="s" variant="ghost" onPress={() => setAll(!all)}>
          {all ? 'Hide resolved' : `Show ${resolved} resolved`}
        </Button>
      ) : null}
      {board.readOnly ? null : (
        <form
          className="m-form m-form--plain"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              send();
            }
          }}
        >
          <TextField
            label="Comment"
            labelHidden
            lines={1}
            placeholder="Say something about this card"
            value={text}
            onChange={setText}
          />
          {text.trim() === '' ? null : (
            <div className="m-form__actions">
              <Button size="s" variant="primary" type="submit">
                Comment
              </Button>
            </div>
          )}
        </form>
      )}
    </section>
  );
}

function Said({ comment }: { readonly comment: Comment }): JSX.Element {
  const board = useBoard();
  const at = new Date(comment.at);
  return (
    <li className={comment.resolved ? 'm-item m-item--resolved' : 'm-item'}>
      <div className="m-item__text">
        <span className="m-item__kind">
          {comment.author || 'Somebody'}
          {Number.isNaN(at.getTime())
            ? ''
            : `, ${at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}`}
          {comment.resolved ? ', resolved' : ''}
        </span>
        <span>{comment.text}</span>
      </div>
      {board.readOnly ? null : (
        <>
          <IconButton
            label={comment.resolved ? 'Open again' : 'Resolve'}
            icon={comment.resolved ? UndoIcon : CheckIcon}
            size="s"
            onPress={() => setResolved(board.journey, comment.id, !comment.resolved)}
          />
          <IconButton
            label="Delete comment"
            icon={TrashIcon}
            size="s"
            onPress={() => {
              removeComment(board.journey, comment.id);
              board.offerUndo('Deleted a comment');
            }}
          />
        </>
      )}
    </li>
  );
}
