// The menu of lane kinds, by layer, for a new lane.
import type { JSX, ReactElement } from 'react';
import { Header, MenuSection } from 'react-aria-components';
import { LANE_KINDS, LANE_WORDS, type LaneKind } from '../../model/kinds';
import { Menu, MenuItem } from '../ui';
import { KindMark } from './marks';
import { useMapMenu } from './useMapMenu';

const LAYERS = [...new Set(LANE_KINDS.map((kind) => LANE_WORDS[kind].layer))];

const ICONS = Object.fromEntries(
  LANE_KINDS.map((kind) => [
    kind,
    ({ size }: { readonly size?: number }): JSX.Element => (
      <span className={`m-kind m-kind--${kind}`}>
        <KindMark kind={kind} size={size ?? 18} />
      </span>
    ),
  ]),
) as Record<LaneKind, (props: { readonly size?: number }) => JSX.Element>;

export function LaneKindMenu({
  trigger,
  onKind,
}: {
  readonly trigger: ReactElement;
  readonly onKind: (kind: LaneKind) => void;
}): JSX.Element {
  const menu = useMapMenu();
  return (
    <Menu
      trigger={trigger}
      placement="bottom start"
      aria-label="Kind of lane"
      {...menu.props}
      onAction={(key) => {
        const kind = LANE_KINDS.find((known) => known === key);
        if (kind !== undefined) menu.after(() => onKind(kind));
      }}
    >
      {LAYERS.map((layer) => (
        <MenuSection key={layer}>
          <Header className="m-menu-layer">{layer}</Header>
          {LANE_KINDS.filter((kind) => LANE_WORDS[kind].layer === layer).map((kind) => (
            <MenuItem key={kind} id={kind} icon={ICONS[kind]}>
              {LANE_WORDS[kind].name}
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </Menu>
  );
}
