// The header of a lane: its kind, its title, and what can be done with it.
import { type JSX, memo } from 'react';
import { BLUEPRINT_LINE_LABEL, blueprintLines, LANE_WORDS, type LaneKind } from '../../model/kinds';
import { placeKey } from '../../model/people';
import { bringEveryone } from '../people/company';
import {
  ArrowDownIcon,
  ArrowUpIcon,
  EyeOffIcon,
  GatherIcon,
  IconButton,
  InfoIcon,
  Menu,
  MenuItem,
  MenuLine,
  MoreIcon,
  PencilIcon,
  PlusIcon,
  TrashIcon,
} from '../ui';
import { useFacilitates } from '../workshop/use-me';
import { arrowKeyOf, keyOf } from './acts';
import { EmotionLegend, EmotionScale } from './EmotionBand';
import { LiveText } from './LiveText';
import { KindMark, TwiceMark } from './marks';
import { Outside } from './Outside';
import { openLaneField } from './panel/opening';
import { spotKey } from './spot';
import { duplicate, hideLane, newLane, remove, shift } from './structureActs';
import { TitleEditor } from './TitleEditor';
import { useBoard, useBounds, useEditing, usePart, useStanding, useStill, useStore } from './use';
import { useMapMenu } from './useMapMenu';
import { Visitors } from './Visitors';

export const LaneHeader = memo(function LaneHeader({
  lane,
  kind,
}: {
  readonly lane: string;
  readonly kind: LaneKind;
}): JSX.Element {
  const board = useBoard();
  const title = usePart(board.journey.lanes.one(lane), (found) => found?.title ?? '');
  const key = spotKey({ kind: 'lane', lane });
  const standing = useStanding(key);
  const editing = useEditing(lane);
  const visitors = useStore(board.people.at(placeKey({ lane })));
  const menu = useMapMenu(key);
  const mayBring = useFacilitates();
  const words = LANE_WORDS[kind];
  const below = useLinesAbove(lane);
  const bounds = useBounds({ lane });
  const still = useStill();
  return (
    <div
      role="rowheader"
      aria-colindex={1}
      aria-label={`${title || 'Unnamed lane'}, lane of ${words.name.toLowerCase()}${below}`}
      className={`m-head m-lane m-lane--${kind}`}
      data-spot={key}
      data-head="lanes"
      data-id={lane}
      data-bounds={bounds}
      tabIndex={standing && !editing ? 0 : -1}
    >
      {kind === 'emotion' ? <EmotionScale /> : null}
      <div className="m-lane__stay">
        <div className="m-lane__top">
          <span className="m-lane__mark">
            <KindMark kind={kind} />
          </span>
          {editing ? (
            <TitleEditor root="lanes" id={lane} />
          ) : (
            <span className={title === '' ? 'm-head__title m-head__title--empty' : 'm-head__title'}>
              {title === '' ? (
                'Unnamed lane'
              ) : (
                <LiveText text={title} root="lanes" id={lane} field="title" />
              )}
            </span>
          )}
          {still || editing ? null : (
            <Menu
              trigger={
                <IconButton
                  label={`Lane “${title || 'unnamed'}”`}
                  icon={MoreIcon}
                  size="s"
                  className="m-head__menu"
                  excludeFromTabOrder
                />
              }
              placement="bottom start"
              {...menu.props}
              autoFocus="first"
              onAction={(action) =>
                menu.after(() => {
                  const all = board.journey.lanes.ids.get();
                  if (action === 'rename') board.writing.startEdit(lane);
                  else if (action === 'details') openLaneField(board, lane, 'title');
                  else if (action === 'up') shift(board, 'lanes', lane, -1);
                  else if (action === 'down') shift(board, 'lanes', lane, 1);
                  else if (action === 'another') {
                    newLane(board, kind, all.indexOf(lane) + 1);
                  } else if (action === 'duplicate') duplicate(board, 'lanes', lane);
                  else if (action === 'hide') hideLane(board, lane);
                  else if (action === 'bring') void bringEveryone(board, { kind: 'lane', lane });
                  else if (action === 'delete') remove(board, 'lanes', lane);
                })
              }
            >
              <MenuItem id="rename" icon={PencilIcon} shortcut={keyOf('head.rename')}>
                Rename
              </MenuItem>
              <MenuItem id="details" icon={InfoIcon}>
                Kind and details…
              </MenuItem>
              <MenuItem id="up" icon={ArrowUpIcon} shortcut={arrowKeyOf('head.move', 'ArrowUp')}>
                Move up
              </MenuItem>
              <MenuItem
                id="down"
                icon={ArrowDownIcon}
                shortcut={arrowKeyOf('head.move', 'ArrowDown')}
              >
                Move down
              </MenuItem>
              <MenuItem id="another" icon={PlusIcon}>
                Add another below
              </MenuItem>
              <MenuItem id="duplicate" icon={TwiceMark} shortcut={keyOf('head.duplicate')}>
                Duplicate with its cards
              </MenuItem>
              <MenuItem id="hide" icon={EyeOffIcon}>
                Hide
              </MenuItem>
              {mayBring ? (
                <MenuItem id="bring" icon={GatherIcon}>
                  Bring everyone here
                </MenuItem>
              ) : null}
              <MenuLine />
              <MenuItem id="delete" icon={TrashIcon} shortcut={keyOf('head.delete')} danger>
                Delete lane
              </MenuItem>
            </Menu>
          )}
        </div>
        {kind === 'emotion' ? <EmotionLegend lane={lane} /> : null}
        <Outside bounds={bounds} />
        {kind === 'emotion' ? null : <p className="m-lane__hint">{words.hint}</p>}
      </div>
      <Visitors visitors={visitors} />
    </div>
  );
});

/** The drawn lines of a blueprint in words, on the lane below them: a grid has no place for a separator. */
function useLinesAbove(lane: string): string {
  const { journey } = useBoard();
  const drawn = usePart(journey.meta, (meta) => meta.kind === 'service-blueprint');
  const lines = usePart(journey.lanes.all, (all) =>
    (blueprintLines(all.filter((one) => !one.hidden)).get(lane) ?? [])
      .map((line) => BLUEPRINT_LINE_LABEL[line].toLowerCase())
      .join(' and the '),
  );
  return drawn && lines !== '' ? `, below the ${lines}` : '';
}
