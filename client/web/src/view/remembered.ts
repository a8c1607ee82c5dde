// What this browser remembers for its person: name and colour, invites of maps made or joined here,
// the theme. Conveniences only: everything works without storage, and nothing here grants anything
// that the server has not granted.

import { draftShelf } from '../facilitation/kept-drafts';
import type { Standing } from '../facilitation/spotlight';
import { isRole } from '../wire/api';
import type { Me, Role } from '../wire/types';
import { PERSON_COLORS } from './ui/person';

export interface Profile {
  readonly name: string;
  readonly color: string;
}

export function rememberedProfile(): Profile | null {
  const value = readJson('cairn.profile');
  if (!isRecord(value)) return null;
  const { name, color } = value;
  return typeof name === 'string' && name !== '' && typeof color === 'string'
    ? { name, color }
    : null;
}

export function rememberProfile(profile: Profile): void {
  writeJson('cairn.profile', profile);
}

/** A colour to begin with: anyone's guess, so that ten strangers do not all come in the same one. */
export function anyColor(): string {
  const at = Math.floor(Math.random() * PERSON_COLORS.length);
  return (PERSON_COLORS[at] ?? PERSON_COLORS[0])?.value ?? '#16745c';
}

export type KnownInvites = Partial<Record<Role, string>>;

export function knownInvites(map: string): KnownInvites {
  const value = readJson(`cairn.invites.${map}`);
  const known: KnownInvites = {};
  if (!isRecord(value)) return known;
  for (const role of ['facilitator', 'participant', 'observer'] as const) {
    const token = value[role];
    if (typeof token === 'string') known[role] = token;
  }
  return known;
}

export function rememberInvites(map: string, invites: KnownInvites): void {
  writeJson(`cairn.invites.${map}`, { ...knownInvites(map), ...invites });
}

export function forgetInvite(map: string, role: Role): void {
  const { [role]: _, ...left } = knownInvites(map);
  writeJson(`cairn.invites.${map}`, left);
}

export function forgetInvites(map: string): void {
  write(lasting(), `cairn.invites.${map}`, null);
}

/** An invite link's token until it was used: a reload of the join page must not lose it. */
export function pendingInvite(map: string): string | null {
  return read(passing(), `cairn.pending.${map}`);
}

export function setPendingInvite(map: string, token: string | null): void {
  write(passing(), `cairn.pending.${map}`, token);
}

/** Who this browser was in a map last time, for opening it while the server is away. */
export function rememberedMe(map: string): Me | null {
  const value = readJson(`cairn.me.${map}`);
  if (!isRecord(value)) return null;
  const { participant, role, name, color } = value;
  return typeof participant === 'string' &&
    isRole(role) &&
    typeof name === 'string' &&
    typeof color === 'string'
    ? { map, participant, role, name, color }
    : null;
}

export function rememberMe(me: Me): void {
  writeJson(`cairn.me.${me.map}`, me);
}

export function forgetMe(map: string): void {
  write(lasting(), `cairn.me.${map}`, null);
}

/** Everything of a map that is gone, words that were still to be given back or shown to others with it. */
export function forgetMap(map: string): void {
  const me = rememberedMe(map);
  if (me !== null) draftShelf(map, me.participant).clear();
  for (const slot of ['me', 'told', 'invites', 'facilitate']) {
    write(lasting(), `cairn.${slot}.${map}`, null);
  }
  for (const slot of ['pending', 'call', 'kept']) write(passing(), `cairn.${slot}.${map}`, null);
}

/** The role somebody was told of last: what it has become since is said once, be it after a day. */
export function toldRole(me: Me): Role | null {
  const value = readJson(`cairn.told.${me.map}`);
  if (!isRecord(value) || value.participant !== me.participant) return null;
  return isRole(value.role) ? value.role : null;
}

export function rememberToldRole({ map, participant, role }: Me): void {
  writeJson(`cairn.told.${map}`, { participant, role });
}

/** How this tab's person stands to the facilitator's last call. */
export function rememberedStanding(map: string): Standing | null {
  const stored = read(passing(), `cairn.call.${map}`);
  if (stored === null) return null;
  try {
    return JSON.parse(stored) as Standing;
  } catch {
    return null;
  }
}

export function rememberStanding(map: string, standing: Standing | null): void {
  write(passing(), `cairn.call.${map}`, standing && JSON.stringify(standing));
}

/** How somebody left the facilitator's panel of a map. */
export interface LeftPanel {
  readonly isOpen: boolean;
  /** The tab, by its id. */
  readonly tab: string | null;
}

export function rememberedPanel(map: string): LeftPanel {
  const value = readJson(`cairn.facilitate.${map}`);
  if (!isRecord(value)) return { isOpen: false, tab: null };
  return { isOpen: value.isOpen === true, tab: typeof value.tab === 'string' ? value.tab : null };
}

export function rememberPanel(map: string, left: LeftPanel): void {
  writeJson(`cairn.facilitate.${map}`, left);
}

/** Words of a refused edit, until their writer has taken them. */
export interface KeptWords {
  readonly why: string;
  readonly texts: readonly string[];
}

export function keptWords(map: string): KeptWords | null {
  const stored = read(passing(), `cairn.kept.${map}`);
  if (stored === null) return null;
  try {
    return JSON.parse(stored) as KeptWords;
  } catch {
    return null;
  }
}

export function keepWords(map: string, words: KeptWords | null): void {
  write(passing(), `cairn.kept.${map}`, words && JSON.stringify(words));
}

export type Theme = 'system' | 'light' | 'dark';

export function rememberedTheme(): Theme {
  const theme = read(lasting(), 'cairn.theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  write(lasting(), 'cairn.theme', theme === 'system' ? null : theme);
}

/** How near this browser's person looks at maps; 1 is full size. */
export function rememberedZoom(): number {
  const zoom = Number(read(lasting(), 'cairn.zoom') ?? 1);
  return zoom >= 0.25 && zoom <= 1.5 ? zoom : 1;
}

export function rememberZoom(zoom: number): void {
  write(lasting(), 'cairn.zoom', zoom === 1 ? null : String(zoom));
}

/** Whether a key of one character means something by itself, in this browser. */
export function rememberedSingleKeys(): boolean {
  return read(lasting(), 'cairn.single-keys') !== 'off';
}

export function rememberSingleKeys(on: boolean): void {
  write(lasting(), 'cairn.single-keys', on ? null : 'off');
}

/** How this browser's person likes the bar of a step: one line of it, and its instructions open when a step begins. */
export interface StepBarLook {
  readonly isSmall: boolean;
  readonly opensByItself: boolean;
}

export function rememberedStepBar(): StepBarLook {
  const value = readJson('cairn.step-bar');
  const has = (field: string): boolean => isRecord(value) && value[field] === true;
  return { isSmall: has('isSmall'), opensByItself: has('opensByItself') };
}

export function rememberStepBar(look: StepBarLook): void {
  writeJson('cairn.step-bar', look);
}

export function inviteLink(map: string, token: string): string {
  return `${location.origin}/join/${map}#${token}`;
}

function readJson(slot: string): unknown {
  const stored = read(lasting(), slot);
  if (stored === null) return null;
  try {
    return JSON.parse(stored) as unknown;
  } catch {
    return null;
  }
}

function writeJson(slot: string, value: unknown): void {
  write(lasting(), slot, JSON.stringify(value));
}

// Reading `localStorage` itself throws where a browser blocks it, so each access is guarded.
function lasting(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function passing(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function read(storage: Storage | null, slot: string): string | null {
  try {
    return storage?.getItem(slot) ?? null;
  } catch {
    return null;
  }
}

function write(storage: Storage | null, slot: string, value: string | null): void {
  try {
    if (value === null) storage?.removeItem(slot);
    else storage?.setItem(slot, value);
  } catch {
    // Full or switched off: the convenience is lost, nothing else.
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
