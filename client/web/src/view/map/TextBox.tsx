// A textarea or input bound to one text of the map: what others type appears in it, what is typed is theirs at once.
// Used by the cards, the headers, the title and the panel. It is never a controlled React input: the binding owns its value.
import {
  type ComponentPropsWithoutRef,
  type JSX,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { bindText } from '../../model/text/binding';
import type { TextField } from '../../model/text/field';
import { type CaretLayer, drawCarets, tellCaret } from './carets';
import { useBoard } from './use';

type Native = Omit<ComponentPropsWithoutRef<'textarea'>, 'value' | 'defaultValue' | 'rows'>;

export interface TextBoxProps extends Native {
  /** Must keep its identity while it is the same text: memoize it. */
  readonly field: TextField;
  readonly lines?: number;
  /** No line breaks, typed or pasted. */
  readonly oneLine?: boolean;
  readonly onHistory?: (direction: 'undo' | 'redo') => void;
  readonly onText?: (text: string) => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

export function TextBox({
  field,
  lines = 1,
  oneLine = false,
  onHistory,
  onText,
  ref,
  ...native
}: TextBoxProps): JSX.Element {
  const element = useRef<HTMLTextAreaElement>(null);
  const latest = useRef({ onHistory, onText });
  useLayoutEffect(() => {
    latest.current = { onHistory, onText };
  });
  useImperativeHandle(ref, () => element.current as HTMLTextAreaElement, []);
  useLayoutEffect(() => {
    const area = element.current;
    if (area === null) return undefined;
    return bindText(area, field, {
      oneLine,
      changed: (text) => {
        grow(area);
        drawn.current?.later();
        latest.current.onText?.(text);
      },
      history: (direction) => latest.current.onHistory?.(direction),
    });
  }, [field, oneLine]);
  const board = useBoard();
  const isStill = board.readOnly || native.readOnly === true;
  useEffect(() => {
    const area = element.current;
    if (area === null || isStill) return undefined;
    return tellCaret(board, area, field);
  }, [board, field, isStill]);
  const drawn = useRef<CaretLayer>(undefined);
  useLayoutEffect(() => {
    const area = element.current;
    if (area === null) return undefined;
    const layer = drawCarets(board, area, field);
    drawn.current = layer;
    return () => {
      drawn.current = undefined;
      layer.remove();
    };
  }, [board, field]);
  return <textarea rows={lines} spellCheck {...native} ref={element} />;
}

/** As high as its text where the browser cannot do it by itself (`field-sizing`). */
function grow(area: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
