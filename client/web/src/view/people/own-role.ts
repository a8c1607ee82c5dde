// What is said when one's own role has changed, be it while one was away. Said once: what a person was told last is kept in this browser.
// Where they changed it themselves, what they did is said in its own words (`expectRole`), in place of these.
import type { Role } from '../../wire/types';
import type { ToastMessage } from '../ui';

type News = Pick<ToastMessage, 'title' | 'detail'>;

let expected: { readonly role: Role; readonly news: News } | null = null;

/** When one's own role becomes that, it is told in these words. */
export function expectRole(role: Role, news: News): void {
  expected = { role, news };
}

/** What to tell somebody who was one thing and is another; null when nothing has changed. */
export function roleNews(was: Role, is: Role): News | null {
  if (was === is) return null;
  const own = expected;
  expected = null;
  if (own?.role === is) return own.news;
  switch (is) {
    case 'facilitator':
      return {
        title: 'You are a facilitator now',
        detail: 'You can run the agenda and rounds, invite people and change what they may do.',
      };
    case 'participant':
      return was === 'facilitator'
        ? {
            title: 'You are a participant now',
            detail: 'Others facilitate from here on. You can still write, move and comment.',
          }
        : { title: 'You can take part now', detail: 'You may write, move and comment.' };
    case 'observer':
      return {
        title: 'You are an observer now',
        detail: 'You can look at everything and change nothing.',
      };
  }
}
