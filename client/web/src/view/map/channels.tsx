// The mark of a channel: a small drawing beside its name, for the format's channels and the usual words for them.
import type { JSX, ReactNode } from 'react';
import { Drawn } from './marks';

const SHAPES = {
  web: (
    <>
      <circle cx="10" cy="10" r="6.75" />
      <path d="M3.5 10h13M10 3.25c2.2 2 3 4.3 3 6.75s-.8 4.75-3 6.75c-2.2-2-3-4.3-3-6.75s.8-4.75 3-6.75Z" />
    </>
  ),
  app: <path d="M6.25 2.75h7.5v14.5h-7.5zM9 14.75h2" />,
  email: <path d="M3 5h14v10.5H3zM3.3 5.5l6.7 5.25 6.7-5.25" />,
  phone: (
    <path d="M6.5 3.25 8.5 7 6.75 8.5c.9 2 2.75 3.85 4.75 4.75L13 11.5l3.75 2-.5 2.6c-6.5 1-13.3-5.85-12.35-12.35l2.6-.5Z" />
  ),
  chat: <path d="M3.25 4.25h13.5v9.5H9l-3.5 3v-3H3.25z" />,
  store: (
    <path d="M4 8.5v8h12v-8M3 8.25l1.5-4.5h11l1.5 4.5c-1 1.7-3.3 1.7-4.7 0-1.2 1.7-3.4 1.7-4.6 0-1.4 1.7-3.7 1.7-4.7 0Z" />
  ),
  post: <path d="M4 16.5V8a3 3 0 0 1 6 0v5.5H4m6 0h6.5V8A3 3 0 0 0 14 5H7m7 4.5v-2" />,
  social: (
    <>
      <circle cx="5" cy="10" r="2" />
      <circle cx="14.5" cy="5" r="2" />
      <circle cx="14.5" cy="15" r="2" />
      <path d="m6.8 9 6-3.1M6.8 11l6 3.1" />
    </>
  ),
  partner: (
    <>
      <circle cx="7.25" cy="10" r="4.25" />
      <circle cx="12.75" cy="10" r="4.25" />
    </>
  ),
  'word of mouth': <path d="M3.5 8v4h2.5l6 3.5v-11L6 8H3.5Zm11-1c1.7 1.5 1.7 4.5 0 6" />,
} satisfies Record<string, ReactNode>;

/** What else people call them. */
const ALSO: Readonly<Record<string, keyof typeof SHAPES>> = {
  website: 'web',
  'web site': 'web',
  browser: 'web',
  portal: 'web',
  mobile: 'app',
  'mobile app': 'app',
  'e-mail': 'email',
  mail: 'email',
  call: 'phone',
  telephone: 'phone',
  hotline: 'phone',
  'live chat': 'chat',
  messenger: 'chat',
  shop: 'store',
  branch: 'store',
  'in person': 'store',
  letter: 'post',
  'social media': 'social',
  friends: 'word of mouth',
};

export function ChannelMark({
  channel,
  size = 14,
}: {
  readonly channel: string;
  readonly size?: number;
}): JSX.Element {
  const name = channel.trim().toLocaleLowerCase();
  const shape = name in SHAPES ? SHAPES[name as keyof typeof SHAPES] : undefined;
  const also = ALSO[name];
  return (
    <Drawn size={size}>
      {shape ?? (also === undefined ? undefined : SHAPES[also]) ?? (
        <path d="M10 4.5v11M4.5 10h11" />
      )}
    </Drawn>
  );
}
