// Where on the map a step is: all of it, or the stages and lanes that are ticked. It is written when the choice is closed.
import { type JSX, useId, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { FOCUS_ENTRIES } from '../../../facilitation/limits';
import type { Focus } from '../../../wire/channel';
import { KindMark } from '../../map/marks';
import { useBoard, useStore } from '../../map/use';
import { Button, CheckList, ChevronDownIcon } from '../../ui';
import '../../ui/field.css';
import { focusWords } from '../../workshop/words';

export function FocusPicker({
  focus,
  onFocus,
}: {
  readonly focus: Focus;
  readonly onFocus: (focus: Focus) => void;
}): JSX.Element {
  const { journey } = useBoard();
  const stages = useStore(journey.stages.all);
  const lanes = useStore(journey.lanes.all);
  const [choice, setChoice] = useState<Focus | null>(null);
  const id = useId();
  const shown = choice ?? focus;
  const chosen = (ids: readonly string[]): string[] | undefined =>
    ids.length === 0 ? undefined : ids.slice(0, FOCUS_ENTRIES);
  const choose = (part: keyof Focus, ids: readonly string[]): void => {
    const { [part]: _, ...rest } = shown;
    // In the order of the map; what was deleted meanwhile is left out.
    const all = part === 'stages' ? stages : lanes;
    const kept = chosen(all.map((one) => one.id).filter((one) => ids.includes(one)));
    setChoice(kept === undefined ? rest : { ...rest, [part]: kept });
  };
  const close = (): void => {
    if (choice !== null && JSON.stringify(choice) !== JSON.stringify(focus)) onFocus(choice);
    setChoice(null);
  };
  return (
    <div className="c-field">
      <span className="c-field__label" id={id}>
        Focus
      </span>
      <DialogTrigger
        onOpenChange={(isOpen) => {
          if (isOpen) setChoice(focus);
          else close();
        }}
      >
        <AriaButton className="c-input m-pick" aria-labelledby={`${id} ${id}-value`}>
          <span className="f-focus__value" id={`${id}-value`}>
            {focusWords(shown, stages, lanes) ?? 'The whole map'}
          </span>
          <ChevronDownIcon size={16} />
        </AriaButton>
        <Popover placement="bottom start" offset={4} className="c-popover f-focus">
          <Dialog aria-label="Focus of this step" className="f-focus__dialog">
            <div className="f-focus__head">
              <p className="f-focus__note">None ticked is all. With both, only where they cross.</p>
              <Button
                size="s"
                isDisabled={(shown.stages ?? shown.lanes) === undefined}
                onPress={() => setChoice({})}
              >
                Whole map
              </Button>
            </div>
            {stages.length === 0 ? null : (
              <CheckList
                label="Stages"
                values={shown.stages ?? []}
                onChange={(ids) => choose('stages', ids)}
                options={stages.map((stage) => ({
                  value: stage.id,
                  label: stage.title || 'Unnamed stage',
                }))}
              />
            )}
            {lanes.length === 0 ? null : (
              <CheckList
                label="Lanes"
                values={shown.lanes ?? []}
                onChange={(ids) => choose('lanes', ids)}
                options={lanes.map((lane) => ({
                  value: lane.id,
                  label: lane.title || 'Unnamed lane',
                  mark: (
                    <span className={`m-kind m-kind--${lane.kind}`}>
                      <KindMark kind={lane.kind} size={16} />
                    </span>
                  ),
                  ...(lane.hidden ? { note: 'hidden' } : {}),
                }))}
              />
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}
