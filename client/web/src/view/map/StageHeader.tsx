// The header of a stage: its place in the journey, its title, and what can be done with it.
import { type JSX, memo } from 'react';
import { placeKey } from '../../model/people';
import {
  ArrowLeftIcon,
  ArrowRightIcon,
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
import { openStageField } from './panel/opening';
import { spotKey } from './spot';
import { newStage, remove, shift } from './structureActs';
import { TitleEditor } from './TitleEditor';
import { useBoard, useEditing, useStanding, useStore } from './use';
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
  return (
    <div
      role="columnheader"
      aria-colindex={place + 2}
      aria-label={`Stage ${place + 1}: ${title || 'unnamed'}${
        found?.description ? `. ${found.description}` : ''
      }`}
      className="m-head m-stage"
      data-spot={key}
      data-head="stages"
      data-id={stage}
      tabIndex={standing && !editing ? 0 : -1}
    >
      <span className="m-stage__number">{place + 1}</span>
      <div className="m-stage__words">
        {editing ? (
          <TitleEditor root="stages" id={stage} />
        ) : (
          <span className={title === '' ? 'm-head__title m-head__title--empty' : 'm-head__title'}>
            {title || 'Unnamed stage'}
          </span>
        )}
        {found?.description ? <p className="m-stage__description">{found.description}</p> : null}
      </div>
      {board.readOnly ? (
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
              if (action === 'rename') board.startEdit(stage);
              else if (action === 'describe') board.describeStage(stage);
              else if (action === 'left') shift(board, 'stages', stage, -1);
              else if (action === 'right') shift(board, 'stages', stage, 1);
              else if (action === 'before') newStage(board, place);
              else if (action === 'after') newStage(board, place + 1);
              else if (action === 'delete') remove(board, 'stages', stage);
            })
          }
        >
          <MenuItem id="rename" icon={PencilIcon} shortcut="F2">
            Rename
          </MenuItem>
          <MenuItem id="describe" icon={InfoIcon}>
            Describe…
          </MenuItem>
          <MenuItem id="left" icon={ArrowLeftIcon} shortcut="Alt ←">
            Move left
          </MenuItem>
          <MenuItem id="right" icon={ArrowRightIcon} shortcut="Alt →">
            Move right
          </MenuItem>
          <MenuItem id="before" icon={PlusIcon}>
            Add stage before
          </MenuItem>
          <MenuItem id="after" icon={PlusIcon}>
            Add stage after
          </MenuItem>
          <MenuLine />
          <MenuItem id="delete" icon={TrashIcon} shortcut="Del" danger>
            Delete stage
          </MenuItem>
        </Menu>
      )}
      <Visitors visitors={visitors} />
    </div>
  );
});
