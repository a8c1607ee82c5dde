// Parts of a page that are loaded after it is shown, so that a map is there sooner. Once loaded a part is drawn at once, like any other
// component: what opens it finds it there and gives it the focus. The page loads all of them when it is idle (`loadParts`), so that they
// open without a connection, too.
import { type ComponentType, type JSX, useEffect, useState } from 'react';
import { toast } from './ui/Toast';

const parts: (() => Promise<unknown>)[] = [];

/** Loads whatever is not there yet. Fails when one of them does not come. */
export async function loadParts(): Promise<void> {
  await Promise.all(parts.map((load) => load()));
}

/** A part of a page; `Frame` holds its place until it is there. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Frame?: ComponentType<P>,
): ComponentType<P> {
  let here: ComponentType<P> | undefined;
  let coming: Promise<ComponentType<P>> | undefined;
  const fetch = (): Promise<ComponentType<P>> => {
    coming ??= load().then(
      (part) => {
        here = part;
        return part;
      },
      (error: unknown) => {
        // Asked for again, it may come.
        coming = undefined;
        throw error;
      },
    );
    return coming;
  };
  parts.push(fetch);
  return function Part(props: P): JSX.Element | null {
    const [Shown, setShown] = useState(() => here);
    const [isFailed, setFailed] = useState(false);
    useEffect(() => {
      if (Shown !== undefined) return undefined;
      let left = false;
      fetch().then(
        (part) => {
          if (!left) setShown(() => part);
        },
        () => {
          if (left) return;
          setFailed(true);
          toast({
            title: 'This part of the page could not be loaded',
            detail: 'The connection may be lost. Once it is back, reload the page.',
            tone: 'bad',
          });
        },
      );
      return () => {
        left = true;
      };
    }, [Shown]);
    if (Shown !== undefined) return <Shown {...props} />;
    return Frame === undefined || isFailed ? null : <Frame {...props} />;
  };
}

interface Opening {
  readonly isOpen: boolean;
}

/** A dialog that is loaded when it is first opened, and stays for its closing. */
export function laterDialog<P extends Opening>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  const Part = later(load);
  return function LaterDialog(props: P): JSX.Element | null {
    const [isBegun, setBegun] = useState(props.isOpen);
    if (props.isOpen && !isBegun) setBegun(true);
    return isBegun ? <Part {...props} /> : null;
  };
}
