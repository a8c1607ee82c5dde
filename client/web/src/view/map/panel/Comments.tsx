// What was said about a card: oldest first, resolved ones folded away until asked for.
import { type JSX, useState } from 'react';
import { addComment, removeComment, setCommentText, setResolved } from '../../../model/cards';
import type { Comment } from '../../../model/entities';
import {
  Button,
  CheckIcon,
  IconButton,
  PencilIcon,
  TextField,
  TrashIcon,
  UndoIcon,
} from '../../ui';
import { useBoard, useStore } from '../use';
import { openingOf } from './opening';
import { useReading } from './reading';

export function Comments({ card }: { readonly card: string }): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  const thread = useStore(board.journey.thread(card));
  const [all, setAll] = useState(false);
  const { drafts } = openingOf(board);
  const open = thread.filter((comment) => !comment.resolved);
  const resolved = thread.length - open.length;
  const shown = all ? thread : open;
  return (
    <section className="m-section" aria-label="Comments" data-field="comments">
      <h3>Comments</h3>
      {thread.length === 0 ? <p className="m-section__none">Nothing said yet.</p> : null}
      {shown.length === 0 ? null : (
        <ul className="m-items">
          {shown.map((comment) => (
            <Said key={comment.id} comment={comment} />
          ))}
        </ul>
      )}
      {resolved > 0 ? (
        <Button size="s" variant="ghost" onPress={() => setAll(!all)}>
          {all ? 'Hide resolved' : `Show ${resolved} resolved`}
        </Button>
      ) : null}
      {isRead ? null : (
        <CommentForm
          label="Comment"
          placeholder="Say something about this card"
          act="Comment"
          text={drafts.get(card) ?? ''}
          onText={(text) => drafts.set(card, text)}
          onDone={(text) =>
            addComment(board.journey, card, text, board.me.name, new Date().toISOString())
          }
        />
      )}
    </section>
  );
}

/** A text that is sent by its button or Ctrl+Enter. With `onCancel` it is there for one text only. */
function CommentForm({
  label,
  placeholder,
  act,
  text: first = '',
  onText,
  onDone,
  onCancel,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly act: string;
  readonly text?: string;
  readonly onText?: (text: string) => void;
  readonly onDone: (text: string) => void;
  readonly onCancel?: () => void;
}): JSX.Element {
  const [text, setText] = useState(first);
  const type = (next: string): void => {
    setText(next);
    onText?.(next);
  };
  const send = (): void => {
    if (text.trim() === '') return;
    onDone(text.trim());
    type('');
  };
  return (
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
        } else if (event.key === 'Escape' && onCancel !== undefined) {
          event.preventDefault();
          onCancel();
        }
      }}
    >
      <TextField
        label={label}
        labelHidden
        lines={1}
        placeholder={placeholder}
        value={text}
        onChange={type}
        autoFocus={onCancel !== undefined}
      />
      {text.trim() === '' && onCancel === undefined ? null : (
        <div className="m-form__actions">
          {onCancel === undefined ? null : (
            <Button size="s" variant="ghost" onPress={onCancel}>
              Cancel
            </Button>
          )}
          <Button size="s" variant="primary" type="submit" isDisabled={text.trim() === ''}>
            {act}
          </Button>
        </div>
      )}
    </form>
  );
}

function Said({ comment }: { readonly comment: Comment }): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  const [editing, setEditing] = useState(false);
  const { author, text, resolved } = comment;
  return (
    <li className={resolved ? 'm-item m-item--resolved' : 'm-item'}>
      <div className="m-item__text">
        <span className="m-item__kind">
          {[author || 'Somebody', whenSaid(comment.at), resolved ? 'resolved' : '']
            .filter((part) => part !== '')
            .join(', ')}
        </span>
        {editing ? (
          <CommentForm
            label="Your comment"
            placeholder="What you meant to say"
            act="Save"
            text={text}
            onDone={(next) => {
              setCommentText(board.journey, comment.id, next);
              setEditing(false);
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <span className="m-item__said">{text}</span>
        )}
      </div>
      {isRead || editing ? null : (
        <>
          {/* By name only: the map does not know who its authors are. Others' words are theirs to change. */}
          {author === board.me.name ? (
            <IconButton
              label="Edit comment"
              icon={PencilIcon}
              size="s"
              onPress={() => setEditing(true)}
            />
          ) : null}
          <IconButton
            label={resolved ? 'Open again' : 'Resolve'}
            icon={resolved ? UndoIcon : CheckIcon}
            size="s"
            onPress={() => setResolved(board.journey, comment.id, !resolved)}
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

function whenSaid(at: string): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return '';
  const sameYear = moment.getFullYear() === new Date().getFullYear();
  return moment.toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
