// At the foot of a presentation: back and on, a dot for every slide, full screen, and the way out.
import type { JSX } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import {
  ArrowLeftIcon,
  ArrowRightIcon,
  CloseIcon,
  ExitFullscreenIcon,
  FullscreenIcon,
  IconButton,
} from '../ui';

/** More dots than this say less than a number. */
const DOTS = 14;

export function Controls({
  slides,
  place,
  isFull,
  onGo,
  onFull,
  onLeave,
}: {
  readonly slides: readonly { readonly key: string; readonly title: string }[];
  readonly place: number;
  readonly isFull: boolean;
  readonly onGo: (place: number) => void;
  readonly onFull: () => void;
  readonly onLeave: () => void;
}): JSX.Element {
  return (
    <nav className="p-controls" aria-label="Slides">
      <IconButton
        label="Previous slide"
        icon={ArrowLeftIcon}
        size="l"
        className="p-controls__turn"
        isDisabled={place === 0}
        onPress={() => onGo(place - 1)}
      />
      {slides.length > DOTS ? null : (
        <ol className="p-dots">
          {slides.map(({ key, title }, index) => (
            <li key={key}>
              <AriaButton
                className="p-dot"
                aria-label={`${index + 1}: ${title}`}
                {...(index === place ? { 'aria-current': 'step' as const } : {})}
                onPress={() => onGo(index)}
              />
            </li>
          ))}
        </ol>
      )}
      <span className="p-controls__count" aria-hidden="true">
        {place + 1} / {slides.length}
      </span>
      <IconButton
        label="Next slide"
        icon={ArrowRightIcon}
        size="l"
        className="p-controls__turn"
        isDisabled={place === slides.length - 1}
        onPress={() => onGo(place + 1)}
      />
      <span className="p-controls__end">
        {document.fullscreenEnabled ? (
          <IconButton
            label={isFull ? 'Leave full screen' : 'Full screen'}
            shortcut="F"
            icon={isFull ? ExitFullscreenIcon : FullscreenIcon}
            size="l"
            onPress={onFull}
          />
        ) : null}
        <IconButton
          label="Leave the presentation"
          shortcut="Esc"
          icon={CloseIcon}
          size="l"
          onPress={onLeave}
        />
      </span>
    </nav>
  );
}
