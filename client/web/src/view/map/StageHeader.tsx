// The header of a stage: its place in the journey, its title, and what can be done with it.
import { type JSX, memo } from 'react';
import { placeKey } from '../../model/people';
import { bringEveryone } from '../people/company';
import {
  ArrowLeftIcon,
  ArrowRightIcon,
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
import { LiveText } from './LiveText';
import { TwiceMark } from './marks';
import { Outside } from './Outside';
import { openStageField } from './panel/opening';
import { spotKey } from './spot';
import { duplicate, newStage, remove, shift } from './structureActs';
import { TitleEditor } from './TitleEditor';
import { useBoard, useBounds, useEditing, useStanding, useStill, useStore } from './use';
import { useMapMenu } from './useMapMenu';
import { Visitors } from './Visitors';

export const StageHeader = memo(function StageHeader({
  stage,
  place,
}: {
  readonly stage: string;
  /** 0-based. */
  readonly place: number;
}): JSX.Element {
  const board = useBoard();
  const found = useStore(board.journey.stages.one(stage));
  const title = found?.title ?? '';
  const key = spotKey({ kind: 'stage', stage });
  const standing = useStanding(key);
  const editing = useEditing(stage);
  const visitors = useStore(board.people.at(placeKey({ stage })));
  const menu = useMapMenu(key);
  const bounds = useBounds({ stage });
  const still = useStill();
  const mayBring = useFacilitates();
  return (
    <div
      role="columnheader"
      aria-colindex={place + 2}
      aria-label={`Stage ${place + 1}: ${title || 'unnamed'}`}
      // Beside the name, not in it: a header's name is said with every cell below it.
      aria-description={found?.description}
      className="m-head m-stage"
      data-spot={key}
      data-head="stages"
      data-id={stage}
      data-bounds={bounds}
      tabIndex={standing && !editing ? 0 : -1}
    >
      <span className="m-stage__number">{place + 1}</span>
      <div className="m-stage__words">
        {editing ? (
          <TitleEditor root="stages" id={stage} />
        ) : (
          <span className={title === '' ? 'm-head__title m-head__title--empty' : 'm-head__title'}>
            {title === '' ? (
              'Unnamed stage'
            ) : (
              <LiveText text={title} root="stages" id={stage} field="title" />
            )}
          </span>
        )}
        {found?.description ? (
          <p className="m-stage__description">
            <LiveText text={found.description} root="stages" id={stage} field="description" />
          </p>
        ) : null}
      </div>
      <Outside bounds={bounds} />
      {still ? (
        <IconButton
          label={`About “${title || 'unnamed'}”`}
          icon={InfoIcon}
          size="s"
          className="m-head__menu"
          excludeFromTabOrder
          onPress={() => openStageField(board, stage, 'description')}
        />
      ) : editing ? null : (
        <Menu
          trigger={
            <IconButton
              label={`Stage “${title || 'unnamed'}”`}
              icon={MoreIcon}
              size="s"
              className="m-head__menu"
              excludeFromTabOrder
            />
          }
          {...menu.props}
          autoFocus="first"
          onAction={(action) =>
            menu.after(() => {
              if (action === 'rename') board.writing.startEdit(stage);
              else if (action === 'describe') openStageField(board, stage, 'description');
              else if (action === 'left') shift(board, 'stages', stage, -1);
              else if (action === 'right') shift(board, 'stages', stage, 1);
              else if (action === 'before') newStage(board, place);
              else if (action === 'after') newStage(board, place + 1);
              else if (action === 'duplicate') duplicate(board, 'stages', stage);
              else if (action === 'bring') void bringEveryone(board, { kind: 'stage', stage });
              else if (action === 'delete') remove(board, 'stages', stage);
            })
          }
        >
          <MenuItem id="rename" icon={PencilIcon} shortcut={keyOf('head.rename')}>
            Rename
          </MenuItem>
          <MenuItem id="describe" icon={InfoIcon}>
            Describe…
          </MenuItem>
          <MenuItem id="left" icon={ArrowLeftIcon} shortcut={arrowKeyOf('head.move', 'ArrowLeft')}>
            Move left
          </MenuItem>
          <MenuItem
            id="right"
            icon={ArrowRightIcon}
            shortcut={arrowKeyOf('head.move', 'ArrowRight')}
          >
            Move right
          </MenuItem>
          <MenuItem id="before" icon={PlusIcon}>
            Add stage before
          </MenuItem>
          <MenuItem id="after" icon={PlusIcon}>
            Add stage after
          </MenuItem>
          <MenuItem id="duplicate" icon={TwiceMark} shortcut={keyOf('head.duplicate')}>
            Duplicate with its cards
          </MenuItem>
          {mayBring ? (
            <MenuItem id="bring" icon={GatherIcon}>
              Bring everyone here
            </MenuItem>
          ) : null}
          <MenuLine />
          <MenuItem id="delete" icon={TrashIcon} shortcut={keyOf('head.delete')} danger>
            Delete stage
          </MenuItem>
        </Menu>
      )}
      <Visitors visitors={visitors} />
    </div>
  );
});
