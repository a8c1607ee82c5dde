// What `GET /api/maps/{id}/history` and `…/history/authors` answer. Written from protocol/src/history/report.rs by its test; to write it anew:
// CAIRN_WRITE=1 cargo test -p cairn-protocol hist_1

export type Layer = "interactions" | "behaviour" | "experience" | "strategy" | "blueprint" | "any";

export type Role = "observer" | "participant" | "facilitator";

export type MomentKind = "created" | "joined" | "removed" | "stepBegan" | "agendaFinished" | "roundOpened" | "roundClosed" | "roundCancelled" | "feelingsOpened" | "feelingsClosed" | "feelingsCancelled" | "brainstormBegan" | "revealed" | "discarded" | "versionSaved" | "restored" | "reviewed";

export type Moment = { 
/**
 * The record it came with.
 */
seq: number, 
/**
 * When, milliseconds since 1970 UTC.
 */
at: number, 
/**
 * What.
 */
kind: MomentKind, 
/**
 * Who did it.
 */
who: string, 
/**
 * What it is about: a step's title, a question, a name. Empty where the kind says it all.
 */
words: string, };

export type PersonReport = { 
/**
 * Such as `p12`.
 */
id: string, 
/**
 * Shown to others.
 */
name: string, 
/**
 * `#rrggbb`.
 */
color: string, 
/**
 * What they may do.
 */
role: Role, 
/**
 * They were shut out.
 */
removed: boolean, };

export type Counted = { 
/**
 * Such as `p12`; `host`, `anyone`, `room` (a reveal) or `nobody` in particular.
 */
who: string, 
/**
 * How many records.
 */
records: number, };

export type Activity = { 
/**
 * Which stretch: counted from the session's beginning in its `width`.
 */
place: number, 
/**
 * Records that changed something, by who did it.
 */
by: Array<Counted>, };

export type Share = { 
/**
 * As in [`Counted`].
 */
who: string, 
/**
 * Which layer.
 */
layer: Layer, 
/**
 * Cards they added.
 */
written: number, 
/**
 * Other cards they changed, moved or deleted.
 */
changed: number, 
/**
 * Cards they commented on.
 */
commented: number, };

export type SessionReport = { 
/**
 * Its first record.
 */
first: number, 
/**
 * Its last record.
 */
last: number, 
/**
 * When it began, milliseconds since 1970 UTC.
 */
began: number, 
/**
 * When it ended.
 */
ended: number, 
/**
 * How many milliseconds one item of `activity` stands for.
 */
width: number, 
/**
 * Changes over time; stretches without any are left out.
 */
activity: Array<Activity>, 
/**
 * Who did how much of what, by layer.
 */
shares: Array<Share>, 
/**
 * Participants and facilitators who were in the map as it ended.
 */
there: Array<string>, };

export type HistoryReport = { 
/**
 * The last record that is told of: others may have come after it, which show in nothing.
 */
seq: number, 
/**
 * Its time, milliseconds since 1970 UTC.
 */
at: number, 
/**
 * Everyone who ever joined, by number.
 */
people: Array<PersonReport>, 
/**
 * Stretches of activity with less than half an hour of silence in them, oldest first.
 */
sessions: Array<SessionReport>, 
/**
 * What stands out, oldest first.
 */
moments: Array<Moment>, };

export type ClientReport = { 
/**
 * Its Yjs client id.
 */
client: number, 
/**
 * As in [`Counted`].
 */
who: string, 
/**
 * Clocks and times by turns: what has the first clock or a later one was written at that time, in milliseconds since 1970 UTC.
 */
runs: Array<number>, };

export type AuthorsReport = { 
/**
 * The last record that is told of.
 */
seq: number, 
/**
 * Every Yjs client that content of the document is from, or was.
 */
clients: Array<ClientReport>, };
