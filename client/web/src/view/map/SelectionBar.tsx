// What can be done with the selected cards, over the toolbar while there are any: for touch, and for whoever does not know the keys.
import type { JSX } from 'react';
import { Header, MenuSection } from 'react-aria-components';
import {
  ArrowRightIcon,
  Button,
  CloseIcon,
  CopyIcon,
  IconButton,
  Menu,
  MenuItem,
  PERSON_COLORS,
  TrashIcon,
} from '../ui';
import { keyOf } from './acts';
import { duplicateCards, moveTo, removeCardsAt, setFieldsAt } from './cardActs';
import { copyCards } from './clipboard';
import { ColorMark, TwiceMark } from './marks';
import { useBoard, usePart, useStore } from './use';
import { useMapMenu } from './useMapMenu';

export function SelectionBar(): JSX.Element | null {
  const board = useBoard();
  useStore(board.picked.ids);
  // Cards that go or come back change the count, too.
  useStore(board.journey.cardCount);
  useStore(board.journey.shownLanes);
  const count = board.picked.count();
  return count === 0 ? null : <Bar count={count} />;
}

function Bar({ count }: { readonly count: number }): JSX.Element {
  const board = useBoard();
  const moving = useMapMenu();
  const colouring = useMapMenu();
  const lanes = useStore(board.journey.shownLanes);
  const stages = useStore(board.journey.stages.ids);
  const titles = usePart(board.journey.lanes.all, (all) => all);
  const ids = (): readonly string[] => board.picked.shown();
  const words = count === 1 ? '1 card selected' : `${count} cards selected`;
  return (
    <div role="toolbar" aria-label="Selected cards" className="m-toolbar m-picked">
      <IconButton
        label="Select nothing"
        shortcut={keyOf('select.none')}
        icon={CloseIcon}
        size="s"
        onPress={() => {
          board.picked.clear();
          board.focusSpot({ preventScroll: true });
        }}
      />
      <span className="m-picked__count">{words}</span>
      {board.readOnly ? null : (
        <>
          <Menu
            trigger={
              <Button icon={ArrowRightIcon} size="s" variant="ghost">
                Move to
              </Button>
            }
            placement="bottom start"
            aria-label="Where to"
            {...moving.props}
            onAction={(key) => {
              const [root, id] = String(key).split(' ');
              if (id === undefined) return;
              moving.after(() =>
                moveTo(board, ids(), root === 'lane' ? { lane: id } : { stage: id }),
              );
            }}
          >
            <MenuSection>
              <Header className="m-menu-layer">Stage</Header>
              {stages.map((stage) => (
                <MenuItem key={stage} id={`stage ${stage}`}>
                  {board.journey.stages.get(stage)?.title || 'Unnamed stage'}
                </MenuItem>
              ))}
            </MenuSection>
            <MenuSection>
              <Header className="m-menu-layer">Lane</Header>
              {lanes.map((lane) => (
                <MenuItem key={lane} id={`lane ${lane}`}>
                  {titles.find((one) => one.id === lane)?.title || 'Unnamed lane'}
                </MenuItem>
              ))}
            </MenuSection>
          </Menu>
          <Menu
            trigger={<IconButton label="Colour" icon={ColorMark} size="s" />}
            placement="bottom start"
            aria-label="Colour"
            {...colouring.props}
            onAction={(key) => {
              const color = PERSON_COLORS.find(({ name }) => name === key)?.value;
              colouring.after(() => setFieldsAt(board, ids(), { color }));
            }}
          >
            <MenuItem id="none">No colour</MenuItem>
            {PERSON_COLORS.map(({ name, value }) => (
              <MenuItem key={name} id={name} icon={swatch(value)}>
                {name}
              </MenuItem>
            ))}
          </Menu>
          <IconButton
            label="Duplicate"
            shortcut={keyOf('card.duplicate')}
            icon={TwiceMark}
            size="s"
            onPress={() => duplicateCards(board, ids())}
          />
        </>
      )}
      <IconButton
        label="Copy"
        shortcut={keyOf('card.copy')}
        icon={CopyIcon}
        size="s"
        onPress={() => copyCards(board, ids())}
      />
      {board.readOnly ? null : (
        <IconButton
          label="Delete"
          shortcut={keyOf('card.delete')}
          icon={TrashIcon}
          size="s"
          onPress={() => removeCardsAt(board, ids())}
        />
      )}
    </div>
  );
}

const swatches = new Map<string, (props: { readonly size?: number }) => JSX.Element>();

/** A component a colour, made once, so that an open menu is not drawn anew. */
function swatch(color: string): (props: { readonly size?: number }) => JSX.Element {
  const known = swatches.get(color);
  if (known !== undefined) return known;
  const made = ({ size = 18 }: { readonly size?: number }): JSX.Element => (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <circle cx="10" cy="10" r="7" fill={color} />
    </svg>
  );
  swatches.set(color, made);
  return made;
}
