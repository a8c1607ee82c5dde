// Searching the map: a field, how many places have the words, and the way from one to the next. The map below dims what does
// not match; the focus stays here until the person leaves.
import { type JSX, type KeyboardEvent, useEffect, useRef } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { ChevronDownIcon, ChevronUpIcon, CloseIcon, IconButton, SearchIcon } from '../../ui';
import { useBoard, usePart, useStore } from '../use';
import { closeFind, findText, hitPlace, nextHit } from './acts';
import { markFound } from './marks';

export function FindBar(): JSX.Element | null {
  const board = useBoard();
  const isOpen = usePart(board.looking.finding, (finding) => finding !== null);
  return isOpen ? <Finding /> : null;
}

/** Typing is told of once it rests, so that nobody hears a number for each letter. Milliseconds. */
const REST = 700;

function Finding(): JSX.Element {
  const board = useBoard();
  const finding = useStore(board.looking.finding);
  const found = useStore(board.looking.found);
  const origin = finding?.origin;
  useStore(board.looking.hit);
  const field = useRef<HTMLInputElement>(null);
  // Each time the search is asked for, also while it is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new origin is a new asking.
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [origin]);
  useEffect(() => markFound(board), [board]);
  const total = found.hits.length;
  const words = countWords(found.needle, hitPlace(board), total, found.elsewhere);
  useEffect(() => {
    if (found.needle === '') return undefined;
    const timer = setTimeout(
      () => board.say(total === 0 ? 'Nothing found' : `${total} found`),
      REST,
    );
    return () => clearTimeout(timer);
  }, [board, found.needle, total]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && event.target === field.current) {
      event.preventDefault();
      nextHit(board, event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      closeFind(board, 'back');
    }
  };
  return (
    <search className="m-find" aria-label="Find in this map" onKeyDownCapture={onKeyDown}>
      <SearchField
        aria-label="Find"
        className="m-find__field"
        value={finding?.query ?? ''}
        onChange={(query) => findText(board, query)}
      >
        <SearchIcon size={16} />
        <Input ref={field} className="m-find__input" placeholder="Find in this map" />
      </SearchField>
      <p className="m-find__count" data-none={total === 0 && found.needle !== '' ? '' : undefined}>
        {words}
      </p>
      <IconButton
        label="Previous"
        shortcut="Shift Enter"
        icon={ChevronUpIcon}
        size="s"
        isDisabled={total === 0}
        onPress={() => nextHit(board, -1)}
      />
      <IconButton
        label="Next"
        shortcut="Enter"
        icon={ChevronDownIcon}
        size="s"
        isDisabled={total === 0}
        onPress={() => nextHit(board, 1)}
      />
      <IconButton
        label="Close"
        shortcut="Esc"
        icon={CloseIcon}
        size="s"
        onPress={() => closeFind(board, 'back')}
      />
    </search>
  );
}

/** "3 of 17, 2 more in lanes not shown" */
function countWords(needle: string, at: number, total: number, elsewhere: number): string {
  if (needle === '') return '';
  const here = total === 0 ? 'Nothing found' : at < 0 ? `${total} found` : `${at + 1} of ${total}`;
  return elsewhere === 0 ? here : `${here}, ${elsewhere} more in lanes not shown`;
}
