// A screen that has only something to say: not found, refused, removed, broken. What happened, and
// where to go from here.
import type { JSX, ReactNode } from 'react';
import { Page } from './Page';
import { navigate } from './router';
import { TopBar } from './TopBar';
import { Button, EmptyState } from './ui';

export function MessagePage({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}): JSX.Element {
  return (
    <>
      <TopBar />
      <Page title={title} className="message-page">
        <EmptyState
          level={1}
          title={title}
          art={<LooseStones />}
          actions={
            <>
              {actions}
              <Button
                variant={actions === undefined ? 'primary' : 'secondary'}
                onPress={() => navigate('/')}
              >
                Go to your maps
              </Button>
            </>
          }
        >
          {children}
        </EmptyState>
      </Page>
    </>
  );
}

/** A cairn that has come apart. */
function LooseStones(): JSX.Element {
  return (
    <svg width="132" height="72" viewBox="0 0 132 72" aria-hidden="true" focusable="false">
      <path d="M6 66h120" stroke="var(--line-strong)" strokeWidth="1.5" strokeLinecap="round" />
      <rect
        x="34"
        y="48"
        width="52"
        height="17"
        rx="8.5"
        fill="var(--layer-structure-soft)"
        stroke="var(--line-strong)"
      />
      <rect
        x="42"
        y="31"
        width="38"
        height="16"
        rx="8"
        fill="var(--layer-structure-soft)"
        stroke="var(--line-strong)"
      />
      <rect
        x="92"
        y="49"
        width="27"
        height="15"
        rx="7.5"
        fill="var(--accent-soft)"
        stroke="var(--accent)"
        transform="rotate(-9 105 56)"
      />
    </svg>
  );
}
