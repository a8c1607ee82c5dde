// What `GET /api/maps/{id}/health` answers. Written from protocol/src/map/health/finding.rs by its test; to write it anew:
// CAIRN_WRITE=1 cargo test -p cairn-protocol health_5

export type Rule = "PERSONA-1" | "SCOPE-1" | "SCOPE-2" | "STAGES-1" | "STAGES-2" | "STAGES-3" | "STAGES-4" | "LAYER-1" | "LAYER-2" | "TOUCH-1" | "TOUCH-2" | "TOUCH-3" | "GAP-1" | "GAP-2" | "EMOTION-1" | "EMOTION-2" | "PAIN-1" | "PAIN-2" | "ACTION-1" | "ACTION-2" | "EVIDENCE-1" | "DETAIL-1" | "DETAIL-2" | "REVIEW-1" | "REVIEW-2" | "KIND-1" | "KIND-2" | "KIND-3";

export type Severity = "problem" | "advice";

export type MapField = "scenario" | "goal" | "owner" | "currentState" | "personas";

export type CardField = "text" | "channel" | "actual" | "impact" | "effort" | "owner" | "sources";

export type Act = { "do": "addPersona" } | { "do": "makePrimary", 
/**
 * Its id.
 */
persona: string, } | { "do": "addLane", 
/**
 * Of this kind.
 */
kind: "touchpoint" | "action" | "expectation" | "emotion" | "pain" | "opportunity" | "evidence" | "frontstage" | "backstage" | "support" | "note" | "metric", } | { "do": "addCard", 
/**
 * Its lane's id.
 */
lane: string, 
/**
 * Its stage's id.
 */
stage: string, } | { "do": "addOpportunity", 
/**
 * Its lane's id.
 */
lane: string, 
/**
 * Its stage's id.
 */
stage: string, 
/**
 * Ids of pain or expectation cards.
 */
addresses: Array<string>, } | { "do": "editCard", 
/**
 * Its id.
 */
card: string, 
/**
 * The field.
 */
field: CardField, } | { "do": "editStage", 
/**
 * Its id.
 */
stage: string, } | { "do": "editMap", 
/**
 * The field.
 */
field: MapField, } | { "do": "markReviewed" };

export type Fix = { 
/**
 * What the button says.
 */
label: string, } & ({ "do": "addPersona" } | { "do": "makePrimary", 
/**
 * Its id.
 */
persona: string, } | { "do": "addLane", 
/**
 * Of this kind.
 */
kind: "touchpoint" | "action" | "expectation" | "emotion" | "pain" | "opportunity" | "evidence" | "frontstage" | "backstage" | "support" | "note" | "metric", } | { "do": "addCard", 
/**
 * Its lane's id.
 */
lane: string, 
/**
 * Its stage's id.
 */
stage: string, } | { "do": "addOpportunity", 
/**
 * Its lane's id.
 */
lane: string, 
/**
 * Its stage's id.
 */
stage: string, 
/**
 * Ids of pain or expectation cards.
 */
addresses: Array<string>, } | { "do": "editCard", 
/**
 * Its id.
 */
card: string, 
/**
 * The field.
 */
field: CardField, } | { "do": "editStage", 
/**
 * Its id.
 */
stage: string, } | { "do": "editMap", 
/**
 * The field.
 */
field: MapField, } | { "do": "markReviewed" });

export type Finding = { 
/**
 * Which rule found it.
 */
rule: Rule, 
/**
 * How much it matters.
 */
severity: Severity, 
/**
 * Ids of the stages, lanes or cards it is about, which of them by rule (HEALTH-2): empty for the map as a whole,
 * the lane and then the stage for a cell.
 */
at: Array<string>, 
/**
 * What was found, in one plain sentence that names the thing.
 */
message: string, 
/**
 * Why it matters, in one sentence.
 */
why: string, 
/**
 * What one click can do about it.
 */
fix?: Fix, };

export type Health = { 
/**
 * The day they were judged on.
 */
today: string, 
/**
 * The record the judged map stands after; absent for a file, which has no journal.
 */
seq?: number, 
/**
 * In the order of the rules, then of the map (HEALTH-3).
 */
findings: Array<Finding>, };
