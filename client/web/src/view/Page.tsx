// What every screen is set in: its title in the tab, the place the skip link jumps to, and the focus
// when one comes from another screen.
import { type JSX, type ReactNode, useEffect, useRef } from 'react';
import { hasMoved } from './router';

export function Page({
  title,
  className,
  isCovered = false,
  children,
}: {
  /** Shown in the tab before the product's name. */
  readonly title: string;
  readonly className: string;
  /** Something lies over it: nothing in it can be reached. */
  readonly isCovered?: boolean;
  readonly children?: ReactNode;
}): JSX.Element {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = title === '' ? 'Cairn' : `${title} · Cairn`;
  }, [title]);
  useEffect(() => {
    const here = main.current;
    // A field that asked for the focus keeps it.
    if (hasMoved() && here && !here.contains(document.activeElement)) here.focus();
  }, []);
  return (
    <main id="main" tabIndex={-1} ref={main} className={className} inert={isCovered}>
      {children}
    </main>
  );
}
