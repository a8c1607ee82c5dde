// Versions and reviews of a map. Written from `protocol/src/version.rs` by its test; to write it anew:
// CAIRN_WRITE=1 cargo test -p cairn-protocol version_1

export type ParticipantId = string;

export type VersionId = number;

export type Cause = "saved" | "workshopStart" | "workshopEnd" | "beforeRestore";

export type PersonReport = { 
/**
 * Such as `p12`.
 */
participant: ParticipantId, 
/**
 * What they are called now.
 */
name: string, };

export type VersionReport = { 
/**
 * Its number.
 */
id: VersionId, 
/**
 * The record: `?at=` of the map, of exports and of comparisons.
 */
seq: number, 
/**
 * When that was, milliseconds since 1970 UTC.
 */
at: number, 
/**
 * Why it is there.
 */
cause: Cause, 
/**
 * What somebody called it. One that is there by itself has none until somebody gives it one.
 */
name?: string, 
/**
 * By whom; nobody in particular for the host and the clock.
 */
by?: PersonReport, 
/**
 * The record whose moment a restore then brought back.
 */
restored?: number, };

export type ReviewReport = { 
/**
 * The record that said so.
 */
seq: number, 
/**
 * When that was, milliseconds since 1970 UTC.
 */
at: number, 
/**
 * The day it names as that of the review, YYYY-MM-DD.
 */
day: string, 
/**
 * Who said so; nobody in particular for the host.
 */
by?: PersonReport, };

export type VersionList = { 
/**
 * The record this stands after.
 */
seq: number, 
/**
 * The record that last changed the content of the map; 0 before the first.
 */
edited: number, 
/**
 * Oldest first.
 */
versions: Array<VersionReport>, 
/**
 * Oldest first.
 */
reviews: Array<ReviewReport>, };
