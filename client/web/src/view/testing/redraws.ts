// For tests only: which components React ran again, and whose. It listens where React's developer tools listen, so it sees every
// component and none of them has to count itself. Imported before `react-dom`, which looks for the listener once.

/** As far as the developer tools know a fiber. */
interface Fiber {
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly flags: number;
  readonly type: unknown;
  readonly memoizedProps: Readonly<Record<string, unknown>> | null;
}

/** React sets this flag on a fiber whose component it called. */
const PERFORMED_WORK = 1;

let noted: string[] | undefined;

Object.assign(globalThis, {
  __REACT_DEVTOOLS_GLOBAL_HOOK__: {
    isDisabled: false,
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
    onCommitFiberRoot: (_: number, root: { readonly current: Fiber }) => {
      if (noted !== undefined) walk(root.current, noted);
    },
  },
});

/** What was drawn while `act` ran, as "Component id"; drawn anew or for the first time alike. */
export async function redraws(act: () => Promise<void>): Promise<readonly string[]> {
  noted = [];
  try {
    await act();
    return noted;
  } finally {
    noted = undefined;
  }
}

function walk(fiber: Fiber, into: string[]): void {
  const before = fiber.alternate;
  if (typeof fiber.type === 'function' && (fiber.flags & PERFORMED_WORK) !== 0) {
    into.push([fiber.type.name, ...whose(fiber.memoizedProps)].join(' '));
  }
  // Children that React did not even look at are the same objects as before.
  if (before !== null && before.child === fiber.child) return;
  for (let child = fiber.child; child !== null; child = child.sibling) walk(child, into);
}

function whose(props: Fiber['memoizedProps']): readonly string[] {
  const { id, lane, stage } = props ?? {};
  const named = id !== undefined ? [id] : [lane, stage];
  return named.filter((one) => typeof one === 'string');
}
