// The JSON of the workshop channel (tag 110). Written from protocol/src/channel.rs by its test; to write it anew:
// CAIRN_WRITE=1 cargo test -p cairn-protocol channel

export type Role = "observer" | "participant" | "facilitator";

export type Person = { 
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
 * Connected now, with at least one socket.
 */
online: boolean, };

export type Shared = { 
/**
 * The record it stands after.
 */
seq: number, 
/**
 * Everyone who joined and was not removed, by number.
 */
people: Array<Person>, };

export type Personal = { 
/**
 * Who they are.
 */
participant: string, 
/**
 * What they may do.
 */
role: Role, };

export type Rejected = { 
/**
 * In one sentence.
 */
why: string, 
/**
 * The rule of SPEC.md.
 */
rule: string, };

export type Hello = Record<symbol, never>;

export type ClientCommand = { "rename": { 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * `#rrggbb`.
 */
color: string, } } | { "rotateInvite": { 
/**
 * Whose invite.
 */
role: Role, } } | { "setRole": { 
/**
 * Whom.
 */
participant: string, 
/**
 * The new role.
 */
role: Role, } } | { "remove": { 
/**
 * Whom.
 */
participant: string, } };

export type ClientMessage = { 
/**
 * Empty for now.
 */
hello: Hello, } | { 
/**
 * What.
 */
command: ClientCommand, 
/**
 * The sender's name for it, 1 to 64 bytes; the answer repeats it. Sent again, it counts once (REC-5).
 */
request: string, };

export type ServerMessage = { 
/**
 * The state everyone may see.
 */
shared: Shared, } | { 
/**
 * The state only they may see.
 */
personal: Personal, } | { 
/**
 * The command's request id.
 */
done: string, 
/**
 * The new invite token, after `rotateInvite`.
 */
invite?: string, } | { 
/**
 * The command's request id.
 */
refused: string, 
/**
 * In one sentence.
 */
why: string, 
/**
 * The rule of SPEC.md.
 */
rule: string, } | { 
/**
 * Why.
 */
rejected: Rejected, };
