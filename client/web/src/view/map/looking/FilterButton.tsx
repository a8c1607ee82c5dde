// Choosing what to see: layers and personas, behind one button of the toolbar.
import type { JSX } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { lineStyle } from '../../../model/emotion';
import { isOn, LAYERS } from '../../../model/filter';
import { LANE_WORDS } from '../../../model/kinds';
import { Button, CheckList, FilterIcon } from '../../ui';
import { count } from '../../words';
import { LineMark } from '../marks';
import { useBoard, useStore } from '../use';
import { clearFilter, layerName, setFilter } from './acts';

export function FilterButton(): JSX.Element {
  const board = useBoard();
  const filter = useStore(board.looking.filter);
  const chosen = filter.layers.length + filter.personas.length;
  return (
    <DialogTrigger>
      <Button
        icon={FilterIcon}
        size="s"
        variant="ghost"
        className={`m-toolbar__word ${chosen > 0 ? 'm-toolbar__on' : ''}`}
      >
        Filter
        {chosen > 0 ? <span className="visually-hidden">, {chosen} chosen</span> : null}
      </Button>
      <Popover placement="bottom start" offset={6} className="c-popover m-filter">
        <Dialog aria-label="Filter" className="m-filter__dialog">
          <Choices />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Choices(): JSX.Element {
  const board = useBoard();
  const filter = useStore(board.looking.filter);
  const lanes = useStore(board.journey.lanes.all);
  const personas = useStore(board.journey.personas.all);
  const shown = lanes.filter((lane) => !lane.hidden);
  const layers = LAYERS.map((layer) => ({
    value: layer,
    label: layerName(layer),
    lanes: shown.filter((lane) => LANE_WORDS[lane.kind].layer === layer).length,
  })).filter((layer) => layer.lanes > 0 || filter.layers.includes(layer.value));
  return (
    <>
      {layers.length === 0 ? null : (
        <CheckList
          label="Layers"
          values={filter.layers}
          onChange={(values) =>
            // In the order of the layers, so that one look has one address.
            setFilter(board, { ...filter, layers: LAYERS.filter((one) => values.includes(one)) })
          }
          options={layers.map((layer) => ({ ...layer, note: count(layer.lanes, 'lane', 'lanes') }))}
        />
      )}
      {personas.length < 2 && filter.personas.length === 0 ? null : (
        <CheckList
          label="Feelings of"
          values={filter.personas}
          onChange={(values) =>
            setFilter(board, {
              ...filter,
              personas: personas.map((one) => one.id).filter((id) => values.includes(id)),
            })
          }
          options={personas.map((persona) => ({
            value: persona.id,
            label: persona.name || 'Unnamed',
            mark: <LineMark style={lineStyle(personas, persona.id)} />,
          }))}
        />
      )}
      <p className="m-filter__note">
        Only you see it this way. Whoever opens the address of this page sees the same.
      </p>
      <Button size="s" isDisabled={!isOn(filter)} onPress={() => clearFilter(board)}>
        Show the whole map
      </Button>
    </>
  );
}
