// Short messages at the foot of the page: what happened, and one thing to do about it. `toast()` may
// be called from anywhere in view; `Toasts` is mounted once by the app.
import type { JSX } from 'react';
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { say } from './Announcer';
import { Button, IconButton } from './Button';
import { AlertIcon, CheckIcon, CloseIcon, InfoIcon } from './icons';
import './toast.css';

export interface ToastMessage {
  readonly title: string;
  readonly detail?: string;
  /** What a screen reader is told instead of title and detail, where it needs other words. */
  readonly spoken?: string;
  readonly tone?: 'plain' | 'good' | 'bad';
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/**
 * Shows a message and returns the way to take it back. It leaves by itself after `seconds`; bad news
 * and anything with `seconds: null` stays until closed.
 */
export function toast(message: ToastMessage, seconds: number | null = 6): () => void {
  const stays = seconds === null || message.tone === 'bad';
  say(message.spoken ?? [message.title, message.detail].filter(Boolean).join('. '));
  const key = queue.add(message, stays ? {} : { timeout: Math.max(seconds, 5) * 1000 });
  return () => queue.close(key);
}

export function Toasts(): JSX.Element {
  return (
    <ToastRegion queue={queue} className="c-toasts" aria-label="Messages">
      {({ toast: shown }) => {
        const { title, detail, tone = 'plain', action } = shown.content;
        const Mark = tone === 'good' ? CheckIcon : tone === 'bad' ? AlertIcon : InfoIcon;
        return (
          <Toast toast={shown} className={`c-toast c-toast--${tone}`}>
            <Mark size={18} className="c-toast__mark" />
            {/* Said by the page's one live region, and politely: not an alert of its own. */}
            <ToastContent role="none" className="c-toast__content">
              <Text slot="title" className="c-toast__title">
                {title}
              </Text>
              {detail === undefined ? null : (
                <Text slot="description" className="c-toast__detail">
                  {detail}
                </Text>
              )}
            </ToastContent>
            {action ? (
              <Button
                size="s"
                variant="ghost"
                className="c-toast__action"
                onPress={() => {
                  action.onPress();
                  queue.close(shown.key);
                }}
              >
                {action.label}
              </Button>
            ) : null}
            <IconButton
              label="Dismiss"
              size="s"
              icon={CloseIcon}
              onPress={() => queue.close(shown.key)}
            />
          </Toast>
        );
      }}
    </ToastRegion>
  );
}
