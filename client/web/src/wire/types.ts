// The JSON of the HTTP interface, as the server writes it, beside that of the workshop channel.
// Nothing here has behaviour.
import type { Role, ServerMessage } from './channel';

export type {
  ClientCommand,
  ClientMessage,
  Person,
  Personal,
  Rejected,
  Role,
  ServerMessage,
  Shared,
} from './channel';

export type MapKind = 'current-state' | 'future-state' | 'day-in-the-life' | 'service-blueprint';

/** The answer to a command that was carried out; `invite` only after `rotateInvite`. */
export type Done = Extract<ServerMessage, { done: string }>;

/** A map as the home screen lists it. `touched` is RFC 3339, `reviewDue` a date. */
export interface MapEntry {
  id: string;
  title: string;
  kind: MapKind;
  touched: string;
  reviewDue: string | null;
  /** When it is deleted unless somebody changes it before, RFC 3339; null while that is not near. */
  deletedOn: string | null;
  /** What it says it improves on, normally another map's id; empty when nothing. */
  currentState: string;
  /** Null for a host who has not joined. */
  role: Role | null;
}

export interface MapList {
  maps: MapEntry[];
  /** Whether this person may make maps: the host may. */
  mayCreate: boolean;
  /** What is served is an archive: nothing in it changes. */
  isArchive: boolean;
}

/** An invite token a role. */
export type Invites = Record<Role, string>;

export interface CreatedMap {
  id: string;
  invites: Invites;
}

export interface NewMap {
  title?: string;
  kind?: MapKind;
  template?: boolean;
  scenario?: string;
  goal?: string;
  persona?: string;
}

/** How a table lies: one row a card, or stages across and lanes down. */
export type ImportShape = 'cards' | 'grid';

/** What a table or an outline holds, and what keeps it from being imported. */
export interface ImportPreview {
  title: string;
  /** What the file itself says it is called. */
  ownTitle?: string;
  shape?: ImportShape;
  columns: { title: string; samples: string[]; field?: string }[];
  /** Every field a column can be. */
  fields: { name: string; title: string }[];
  stages: string[];
  lanes: { title: string; kind: string; cards: number }[];
  cards: number;
  first: { stage: string; lane: string; text: string }[];
  /** What of the file is not taken over, or could be read otherwise. */
  notes: { detail: string; path: string }[];
  problem?: { detail: string; path: string };
}

/** Without `invite` only the host comes in. */
export interface JoinRequest {
  map: string;
  invite?: string;
  name: string;
  color?: string;
}

export interface Joined {
  map: string;
  participant: string;
  role: Role;
}

/** Who this browser is in one map. */
export interface Me {
  map: string;
  participant: string;
  role: Role;
  name: string;
  color: string;
  /** The map is an archive: it can be read, and nothing in it changes. */
  archive?: true;
  /** When the map is deleted unless somebody changes it before, RFC 3339; absent while that is not near. */
  deletedOn?: string;
}

export interface Demo {
  map: string;
  invite: string;
}

/** RFC 9457, with the offending field's `path` and the broken rule where there is one. */
export interface Problem {
  title: string;
  status: number;
  detail?: string;
  path?: string;
  rule?: string;
  /** Such as `/problems/no-such-map`. */
  type?: string;
}
