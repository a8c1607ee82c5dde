// The map as slides, for a room or a call: an opening, one slide a stage, a closing. It covers the whole page, follows every edit,
// and can be driven by keys, a clicker, a finger or its buttons. Printed, every slide is a page.
import {
  type JSX,
  type TouchEvent,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { flushSync } from 'react-dom';
import { contentStore } from '../../model/content';
import { placeOf, type Slide, slideInQuery, slideQuery, slidesOf } from '../../model/slides';
import { useBoard, useStore } from '../map/use';
import { Saved } from '../mappage/Saved';
import { useReport } from '../report/use-report';
import { fillScreen, leave, leaveFullScreen } from './begin';
import { Controls } from './Controls';
import './present.css';
import './present-print.css';
import { type Shown, SlideBody, slideTitle } from './slides';

/** How far a finger goes sideways to turn a slide, in px. */
const SWIPE = 48;

export function PresentScreen(): JSX.Element {
  const board = useBoard();
  const report = useReport();
  const content = useDeferredValue(useStore(contentStore(board.journey)));
  const slides = slidesOf(content);
  const [asked, setAsked] = useState(() => ({ key: slideInQuery(location.search), place: 0 }));
  const place = placeOf(slides, asked.key, asked.place);
  const slide = slides[place];
  const shown: Shown = { report, personas: content.personas };
  const isFull = useSyncExternalStore(onFullScreen, () => document.fullscreenElement !== null);
  const isPrinting = usePrinting();
  const swipe = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const body = useRef<HTMLElement>(null);

  const go = (to: number): void => {
    const bounded = Math.min(Math.max(to, 0), slides.length - 1);
    const next = slides[bounded];
    if (next === undefined || next.key === slide?.key) return;
    setAsked({ key: next.key, place: bounded });
    history.replaceState(null, '', location.pathname + slideQuery(next.key));
    board.say(announcement(next, bounded));
  };
  const announcement = (to: Slide, at: number): string =>
    `Slide ${at + 1} of ${slides.length}: ${slideTitle(to, report)}`;

  const onKey = (event: KeyboardEvent): void => {
    const act = actOf(event, { place, last: slides.length - 1 });
    if (act === undefined) return;
    event.preventDefault();
    if (act === 'leave') leave(board.connection.mapId);
    else if (act === 'full') void (isFull ? leaveFullScreen() : fillScreen());
    else if (typeof act === 'number') go(act);
    else body.current?.querySelector('.p-body')?.scrollBy({ top: act.scroll });
  };
  // The listener stays; what it does is always of the slide that is shown.
  const latest = useRef(onKey);
  useLayoutEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => latest.current(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  useEffect(() => {
    board.say('Presentation. Arrow keys turn the slides, Escape leaves.');
    // The browser's own way back leaves the presentation, too.
    return () => void leaveFullScreen();
  }, [board]);

  if (slide === undefined) return <div className="present" />;
  return (
    <>
      <div className="present">
        <section
          key={slide.key}
          ref={body}
          className="slide"
          aria-roledescription="slide"
          aria-label={announcement(slide, place)}
          onTouchStart={(event) => {
            swipe.current = event.touches.length === 1 ? pointOf(event) : null;
          }}
          onTouchCancel={() => {
            swipe.current = null;
          }}
          onTouchEnd={(event) => {
            const turn = turnOf(swipe.current, pointOf(event));
            swipe.current = null;
            if (turn !== 0) go(place + turn);
          }}
        >
          <SlideBody slide={slide} {...shown} />
        </section>
        <Offline />
        <Controls
          slides={slides.map((one) => ({ key: one.key, title: slideTitle(one, report) }))}
          place={place}
          isFull={isFull}
          onGo={go}
          onFull={() => void (isFull ? leaveFullScreen() : fillScreen())}
          onLeave={() => leave(board.connection.mapId)}
        />
      </div>
      {isPrinting ? (
        <div className="p-paper">
          {slides.map((one) => (
            <div key={one.key} className="p-paper__page">
              <SlideBody slide={one} {...shown} onPaper />
            </div>
          ))}
        </div>
      ) : null}
    </>
  );
}

/** A lost connection shows here, too; while all is well, nothing does. */
function Offline(): JSX.Element | null {
  const { connection } = useBoard();
  const { kind } = useStore(connection.status);
  return kind === 'offline' ? (
    <div className="p-offline">
      <Saved status={connection.status} />
    </div>
  ) : null;
}

type Act = number | 'leave' | 'full' | { readonly scroll: number } | undefined;

function actOf(
  event: KeyboardEvent,
  { place, last }: { readonly place: number; readonly last: number },
): Act {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const target = event.target instanceof Element ? event.target : null;
  const isOnButton = target?.closest('button, a') !== null && target !== null;
  switch (event.key) {
    case 'ArrowRight':
    case 'PageDown':
      return place + 1;
    case 'ArrowLeft':
    case 'PageUp':
      return place - 1;
    case ' ':
    case 'Enter':
      // A focused button is pressed with these.
      if (isOnButton) return undefined;
      return place + (event.shiftKey ? -1 : 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowDown':
      return { scroll: 120 };
    case 'ArrowUp':
      return { scroll: -120 };
    case 'Escape':
      return 'leave';
    case 'f':
    case 'F':
      return 'full';
    default:
      // A stage by its number; 0 is the opening.
      return /^\d$/.test(event.key) ? Math.min(Number(event.key), last) : undefined;
  }
}

function pointOf(event: TouchEvent): { readonly x: number; readonly y: number } {
  const touch = event.touches[0] ?? event.changedTouches[0];
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}

/** −1, 0 or 1: a swipe goes clearly more sideways than up or down. */
function turnOf(
  from: { readonly x: number; readonly y: number } | null,
  to: { readonly x: number; readonly y: number },
): number {
  if (from === null) return 0;
  const x = to.x - from.x;
  const isSideways = Math.abs(x) >= SWIPE && Math.abs(x) > 2 * Math.abs(to.y - from.y);
  return isSideways ? -Math.sign(x) : 0;
}

function onFullScreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/** True while the browser prints: then all slides are drawn, each fitted to its page before the page is laid out. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const begin = (): void => flushSync(() => setPrinting(true));
    const end = (): void => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}
