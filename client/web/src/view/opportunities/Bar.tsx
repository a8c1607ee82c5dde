// What can be done with the list or the matrix as a whole: which of the two, in which order, what of it, add, undo, export.
import type { JSX } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import {
  isFiltering,
  type Opportunity,
  ORDERS,
  type OrderBy,
  SHOW_ALL,
} from '../../model/opportunities';
import { KeyboardMark } from '../map/marks';
import { ReadOnlyNote } from '../map/ReadOnlyNote';
import { useBoard, useStore } from '../map/use';
import {
  Button,
  DownloadIcon,
  IconButton,
  Menu,
  MenuItem,
  MenuLine,
  PlusIcon,
  RedoIcon,
  toast,
  UndoIcon,
} from '../ui';
import '../map/panel/panel.css';
import { FilterMenu } from './FilterMenu';
import { HowRanked } from './HowRanked';
import { saveCsv } from './saveCsv';
import { type Look, useLook } from './state';

const REVERSE = 'reverse';

export function Bar({
  opportunities,
  onAdd,
}: {
  readonly opportunities: readonly Opportunity[];
  readonly onAdd: () => void;
}): JSX.Element {
  const board = useBoard();
  const [look, change] = useLook();
  const { canUndo, canRedo } = useStore(board.journey.steps.state);
  const { mode, groupBy, sorting, filter } = look;
  const hasVotes = opportunities.some(({ vote }) => vote !== undefined);
  return (
    <div className="o-bar" role="toolbar" aria-label="Opportunities">
      <Segments
        label="Shown as"
        options={[
          ['list', 'List'],
          ['matrix', 'Matrix'],
        ]}
        value={mode}
        onValue={(next) => change({ mode: next })}
      />
      {mode === 'list' ? (
        <>
          <Segments
            label="Grouped by"
            options={[
              ['rank', 'By rank'],
              ['status', 'By status'],
            ]}
            value={groupBy}
            onValue={(next) => change({ groupBy: next })}
          />
          <Menu
            aria-label="Sort by"
            placement="bottom start"
            trigger={
              <Button size="s" variant="ghost">
                {`Sort: ${ORDERS[sorting.by].label}${sorting.reversed ? ', reversed' : ''}`}
              </Button>
            }
            onAction={(key) => {
              if (key === REVERSE) {
                change({ sorting: { ...sorting, reversed: !sorting.reversed } });
                return;
              }
              const by = ORDER_KEYS.find((one) => one === key);
              if (by !== undefined) change({ sorting: { by, reversed: false } });
            }}
          >
            {ORDER_KEYS.filter((key) => key !== 'votes' || hasVotes).map((key) => (
              <MenuItem key={key} id={key}>
                {ORDERS[key].label}
              </MenuItem>
            ))}
            <MenuLine />
            <MenuItem id={REVERSE}>The other way round</MenuItem>
          </Menu>
        </>
      ) : null}
      <FilterMenu opportunities={opportunities} />
      {isFiltering(filter) ? (
        <Button size="s" variant="ghost" onPress={() => change({ filter: SHOW_ALL })}>
          Show all
        </Button>
      ) : null}
      <HowRanked />
      <span className="o-bar__gap" />
      {board.readOnly ? (
        <ReadOnlyNote />
      ) : (
        <>
          <IconButton
            label="Undo"
            shortcut="Ctrl Z"
            icon={UndoIcon}
            size="s"
            isDisabled={!canUndo}
            onPress={() => board.undo()}
          />
          <IconButton
            label="Redo"
            shortcut="Ctrl Shift Z"
            icon={RedoIcon}
            size="s"
            isDisabled={!canRedo}
            onPress={() => board.redo()}
          />
        </>
      )}
      <IconButton
        label="Keys"
        shortcut="?"
        icon={KeyboardMark}
        size="s"
        className="o-bar__keys"
        onPress={() => board.dialog.set('keys')}
      />
      <Button
        size="s"
        className="o-bar__short"
        icon={DownloadIcon}
        isDisabled={opportunities.length === 0}
        onPress={() => {
          const file = saveCsv(board, opportunities, look);
          toast({ title: 'Exported', detail: file, tone: 'good' });
        }}
      >
        {exportWords(look)}
      </Button>
      {board.readOnly || opportunities.length === 0 ? null : (
        <Button size="s" icon={PlusIcon} variant="primary" className="o-bar__short" onPress={onAdd}>
          Add
        </Button>
      )}
    </div>
  );
}

const ORDER_KEYS = Object.keys(ORDERS) as OrderBy[];

function exportWords({ filter }: Look): string {
  return isFiltering(filter) ? 'Export these as CSV' : 'Export CSV';
}

function Segments<T extends string>({
  label,
  options,
  value,
  onValue,
}: {
  readonly label: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: T;
  readonly onValue: (value: T) => void;
}): JSX.Element {
  return (
    <ToggleButtonGroup
      className="m-choice o-segments"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={([key]) => {
        const next = options.find(([id]) => id === key);
        if (next !== undefined) onValue(next[0]);
      }}
    >
      {options.map(([id, words]) => (
        <ToggleButton key={id} id={id} className="m-choice__option">
          {words}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
