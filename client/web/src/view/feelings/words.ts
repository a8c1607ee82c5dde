// How an emotion round is put in words; those of its result are in `model/crowd-words.ts`. Pure; called by everything in this folder.
import type { FeelingSaving } from '../../facilitation/feelings';
import { listed } from '../../model/listed';
import type { Role } from '../../wire/channel';
import { count } from '../words';

export const PRIVATE =
  'Private: nobody sees what you place. When the round closes, all answers are shown without names.';

export function placedWords(placed: number, of: number): string {
  if (of === 0) return 'No stage is left';
  if (placed >= of) return 'All stages answered';
  return `${placed} of ${count(of, 'stage', 'stages')} answered, ${of - placed} left`;
}

export function savingWords(saving: FeelingSaving): string {
  switch (saving) {
    case 'saved':
      return 'Saved';
    case 'saving':
      return 'Saving…';
    case 'waiting':
      return 'Waiting for the connection';
  }
}

const ROLES: Record<Role, string> = {
  participant: 'participants',
  facilitator: 'facilitators',
  observer: 'observers',
};

export function rolesWords(roles: readonly Role[] | undefined): string {
  const named = (roles ?? ['participant', 'facilitator']).map((role) => ROLES[role]);
  return listed(named);
}
