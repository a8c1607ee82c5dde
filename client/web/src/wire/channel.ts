// The JSON of the workshop channel (tag 110). Written from protocol/src/{channel,command,agenda,brainstorm,emotion,floor,round,version}.rs by its test; to write it anew:
// CAIRN_WRITE=1 cargo test -p cairn-protocol channel

export type Role = "observer" | "participant" | "facilitator";

export type StepId = number;

export type Mode = "open" | "brainstorm" | "vote" | "discuss" | "break";

export type AtZero = "wait" | "advance" | "lock";

export type Focus = { 
/**
 * Ids of stages; absent for all.
 */
stages?: Array<string>, 
/**
 * Ids of lanes; absent for all.
 */
lanes?: Array<string>, };

export type Step = { 
/**
 * Shown in the bar. 1 to 120 characters.
 */
title: string, 
/**
 * What to do, in at most 2000 characters.
 */
instructions: string, 
/**
 * How long, 1 to 480 minutes; absent for as long as it takes.
 */
minutes?: number, 
/**
 * Where on the map.
 */
focus: Focus, 
/**
 * What kind of step.
 */
mode: Mode, 
/**
 * Participants can change nothing outside the focus while it is under way (LOCK-1).
 */
lock: boolean, 
/**
 * What happens when its time is up (TIME-5).
 */
atZero: AtZero, 
/**
 * In a brainstorm: whether the revealed cards say who wrote them (DRAFT-1).
 */
signed?: boolean, };

export type ParkedId = number;

export type Spot = { 
/**
 * A card's id.
 */
card?: string, 
/**
 * A stage's id.
 */
stage?: string, 
/**
 * A lane's id.
 */
lane?: string, };

export type RoundId = number;

export type Visibility = "secret" | "live";

export type Targets = { 
/**
 * Ids of cards; lanes and stages are left out then.
 */
cards?: Array<string>, 
/**
 * Ids of lanes; absent for all opportunity lanes.
 */
lanes?: Array<string>, 
/**
 * Ids of stages; absent for all.
 */
stages?: Array<string>, };

export type RoundSetup = { 
/**
 * 1 to 200 characters.
 */
question: string, 
/**
 * What can be voted for.
 */
targets: Targets, 
/**
 * How many dots each voter has, 1 to 99.
 */
dots: number, 
/**
 * The most dots of one voter on one card, 1 to `dots`.
 */
mostPerCard: number, 
/**
 * Whether totals show while the round is open.
 */
visibility: Visibility, 
/**
 * Nobody can go from a ballot to its voter (VOTE-10).
 */
anonymous: boolean, 
/**
 * When the round closes by itself: 10 to 86,400 seconds after it opens; absent for when a facilitator closes it.
 */
seconds?: number, 
/**
 * Who may vote; at least one role.
 */
roles?: Array<Role>, };

export type Score = number;

export type Hundredths = number;

export type EmotionSetup = { 
/**
 * 1 to 200 characters.
 */
question: string, 
/**
 * Ids of stages; absent for all.
 */
stages?: Array<string>, 
/**
 * When the round closes by itself: 10 to 86,400 seconds after it opens; absent for when a facilitator closes it.
 */
seconds?: number, 
/**
 * Who may answer; at least one role.
 */
roles?: Array<Role>, };

export type DraftId = string;

export type BrainstormSetup = { 
/**
 * 1 to 200 characters.
 */
prompt: string, 
/**
 * Where on the map cards can be written.
 */
focus: Focus, 
/**
 * Whether the revealed cards say who wrote them; told to everyone while they write.
 */
signed: boolean, };

export type VersionId = number;

export type Command = { "rename": { 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * `#rrggbb`.
 */
color: string, } } | { "setRole": { 
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
participant: string, } } | { "addStep": { 
/**
 * Its place, from 0; past the end is the end.
 */
index: number, 
/**
 * What it is.
 */
step: Step, } } | { "changeStep": { 
/**
 * Which.
 */
id: StepId, 
/**
 * What it is from now on.
 */
step: Step, } } | { "moveStep": { 
/**
 * Which.
 */
id: StepId, 
/**
 * Its place among the others, from 0.
 */
index: number, } } | { "removeStep": { 
/**
 * Which.
 */
id: StepId, } } | { "setAgenda": { 
/**
 * In order.
 */
steps: Array<Step>, } } | { "startStep": { 
/**
 * Which.
 */
id: StepId, } } | { "nextStep": Record<symbol, never> } | { "previousStep": Record<symbol, never> } | { "pause": Record<symbol, never> } | { "resume": Record<symbol, never> } | { "extend": { 
/**
 * −3600 to 3600.
 */
seconds: number, } } | { "finishAgenda": Record<symbol, never> } | { "setReady": { 
/**
 * Done or not.
 */
ready: boolean, 
/**
 * The step it is said of: of another than the current one, it comes too late. Absent for whichever is current.
 */
step?: StepId, } } | { "raiseHand": { 
/**
 * Up or down.
 */
raised: boolean, } } | { "lowerHand": { 
/**
 * Whose.
 */
participant: string, } } | { "park": { 
/**
 * 1 to 500 characters.
 */
text: string, } } | { "unpark": { 
/**
 * Which.
 */
id: ParkedId, } } | { "spotlight": { 
/**
 * Where; absent to let everyone go.
 */
spot?: Spot, } } | { "vote": { 
/**
 * In which round.
 */
round: RoundId, 
/**
 * The card's id.
 */
card: string, 
/**
 * 0 to take them all back.
 */
dots: number, } } | { "closeRound": { 
/**
 * Which.
 */
round: RoundId, } } | { "cancelRound": { 
/**
 * Which.
 */
round: RoundId, } } | { "feel": { 
/**
 * In which emotion round.
 */
round: RoundId, 
/**
 * The stage's id.
 */
stage: string, 
/**
 * Absent to take it back.
 */
score?: Score, } } | { "startBrainstorm": { 
/**
 * What is asked, where on the map, and whether cards will be signed.
 */
setup: BrainstormSetup, } } | { "writeDraft": { 
/**
 * Its writer's name for it.
 */
draft: DraftId, 
/**
 * The lane's id.
 */
lane: string, 
/**
 * The stage's id.
 */
stage: string, 
/**
 * 1 to 2000 characters.
 */
text: string, } } | { "dropDraft": { 
/**
 * Which.
 */
draft: DraftId, } } | { "discardDrafts": Record<symbol, never> } | { "saveVersion": { 
/**
 * 1 to 120 characters.
 */
name: string, } } | { "renameVersion": { 
/**
 * Which.
 */
id: VersionId, 
/**
 * 1 to 120 characters.
 */
name: string, } } | { "dropVersion": { 
/**
 * Which.
 */
id: VersionId, } };

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

export type AgendaStep = { 
/**
 * Its number.
 */
id: StepId, 
/**
 * Shown in the bar. 1 to 120 characters.
 */
title: string, 
/**
 * What to do, in at most 2000 characters.
 */
instructions: string, 
/**
 * How long, 1 to 480 minutes; absent for as long as it takes.
 */
minutes?: number, 
/**
 * Where on the map.
 */
focus: Focus, 
/**
 * What kind of step.
 */
mode: Mode, 
/**
 * Participants can change nothing outside the focus while it is under way (LOCK-1).
 */
lock: boolean, 
/**
 * What happens when its time is up (TIME-5).
 */
atZero: AtZero, 
/**
 * In a brainstorm: whether the revealed cards say who wrote them (DRAFT-1).
 */
signed?: boolean, };

export type ClockView = { "runs": { 
/**
 * Until then, milliseconds since 1970 UTC; absent for as long as it takes.
 */
until?: number, } } | { "paused": { 
/**
 * Milliseconds left; absent for as long as it takes.
 */
left?: number, } } | { "zero": Record<symbol, never> };

export type CurrentStep = { 
/**
 * Which.
 */
id: StepId, 
/**
 * When it began, milliseconds since 1970 UTC.
 */
began: number, 
/**
 * Its clock.
 */
clock: ClockView, 
/**
 * Who is done with it.
 */
ready: Array<string>, };

export type ParkedNote = { 
/**
 * Its number.
 */
id: ParkedId, 
/**
 * What it says.
 */
text: string, 
/**
 * Who put it there.
 */
by?: string, };

export type SpotlightView = { 
/**
 * The place.
 */
spot: Spot, 
/**
 * Who brings them.
 */
by?: string, 
/**
 * Another number each time they are called, be it to the same place.
 */
call: number, };

export type RoundStateView = "open" | "closed" | "cancelled";

export type TargetView = { 
/**
 * Its id.
 */
card: string, 
/**
 * What it said when the round opened.
 */
text: string, 
/**
 * It was deleted; its dots went back.
 */
withdrawn: boolean, };

export type ResultView = { 
/**
 * The card's id.
 */
card: string, 
/**
 * All dots on it.
 */
dots: number, 
/**
 * How many voters placed them.
 */
voters: number, 
/**
 * 1 for the most; ties share one.
 */
rank: number, };

export type RoundView = { 
/**
 * Its number.
 */
id: RoundId, 
/**
 * As it was opened.
 */
setup: RoundSetup, 
/**
 * `open`, `closed` or `cancelled`.
 */
state: RoundStateView, 
/**
 * When it opened last, milliseconds since 1970 UTC.
 */
opened: number, 
/**
 * When it closes by itself.
 */
until?: number, 
/**
 * When it was closed or cancelled, milliseconds since 1970 UTC.
 */
ended?: number, 
/**
 * The round whose tie it settles.
 */
runOffOf?: RoundId, 
/**
 * How many placed a dot, once it is closed.
 */
voters?: number, 
/**
 * What can be voted for, in the order of the map; once it is over, only what a result names or the map has lost.
 */
targets: Array<TargetView>, 
/**
 * The result, most dots first: once it is closed, and while it is open where totals show live.
 */
result?: Array<ResultView>, };

export type StageView = { 
/**
 * Its id.
 */
stage: string, 
/**
 * What it was called when the round opened.
 */
title: string, 
/**
 * It was deleted while the round was open.
 */
withdrawn: boolean, };

export type StageFeelings = { 
/**
 * The stage's id.
 */
stage: string, 
/**
 * The median of all points, the mean of the middle two where their number is even.
 */
median: Hundredths, 
/**
 * How far people disagree: the standard deviation of the points.
 */
spread: Hundredths, 
/**
 * Every feeling, unnamed, from worst to best.
 */
points: Array<Score>, };

export type EmotionRoundView = { 
/**
 * Its number: of rounds of all kinds, no two share one.
 */
id: RoundId, 
/**
 * As it was opened.
 */
setup: EmotionSetup, 
/**
 * `open`, `closed` or `cancelled`.
 */
state: RoundStateView, 
/**
 * When it opened last, milliseconds since 1970 UTC.
 */
opened: number, 
/**
 * When it closes by itself.
 */
until?: number, 
/**
 * What it is about, in the order of the map.
 */
stages: Array<StageView>, 
/**
 * The result once it is closed, widest disagreement first. A stage nobody answered for is not in it.
 */
result?: Array<StageFeelings>, };

export type BrainstormView = { 
/**
 * What is asked, where on the map, and whether cards will be signed.
 */
setup: BrainstormSetup, 
/**
 * When it began, milliseconds since 1970 UTC.
 */
began: number, };

export type BallotView = { 
/**
 * Which round.
 */
round: RoundId, 
/**
 * Dots by card.
 */
dots: { [key in string]: number }, 
/**
 * Dots not placed yet.
 */
left: number, 
/**
 * In an anonymous round, the pseudonym it is journaled under: whoever keeps it finds the own ballot again.
 */
pseudonym?: string, };

export type ProgressView = { 
/**
 * Which round.
 */
round: RoundId, 
/**
 * Those with nothing left to answer: every dot placed, every stage felt about.
 */
done: Array<string>, 
/**
 * How many have answered anything.
 */
begun: number, 
/**
 * How many may vote.
 */
voters: number, };

export type FeelingsView = { 
/**
 * Which round.
 */
round: RoundId, 
/**
 * Feelings by stage.
 */
scores: { [key in string]: Score }, 
/**
 * The pseudonym they are journaled under: whoever keeps it finds the own answers again.
 */
pseudonym?: string, };

export type DraftView = { 
/**
 * Its writer's name for it.
 */
id: DraftId, 
/**
 * The lane's id.
 */
lane: string, 
/**
 * The stage's id.
 */
stage: string, 
/**
 * What it says.
 */
text: string, };

export type WritingView = { 
/**
 * Those who have written a card.
 */
writers: Array<string>, 
/**
 * How many cards there are.
 */
drafts: number, };

export type Shared = { 
/**
 * The record it stands after.
 */
seq: number, 
/**
 * The server's clock as it sends this, in milliseconds since 1970 UTC: what times in here are measured against (TIME-7).
 */
now: number, 
/**
 * Everyone who joined and was not removed, by number.
 */
people: Array<Person>, 
/**
 * The steps of the agenda, in order.
 */
agenda: Array<AgendaStep>, 
/**
 * The step people are in.
 */
current?: CurrentStep, 
/**
 * Whose hands are up, in the order of raising.
 */
hands: Array<string>, 
/**
 * The parking lot.
 */
parked: Array<ParkedNote>, 
/**
 * Where everyone is brought to.
 */
spotlight?: SpotlightView, 
/**
 * The open round and the latest ones, oldest first.
 */
rounds: Array<RoundView>, 
/**
 * The same of emotion rounds.
 */
emotionRounds: Array<EmotionRoundView>, 
/**
 * The brainstorm that is under way.
 */
brainstorm?: BrainstormView, 
/**
 * The record that last said that somebody was erased: a copy of the document made before it must not be used any more (ERASE-5).
 */
erased?: number, };

export type Personal = { 
/**
 * Who they are.
 */
participant: string, 
/**
 * What they may do.
 */
role: Role, 
/**
 * Their ballot in the open round, where they have one.
 */
ballot?: BallotView, 
/**
 * For facilitators: who is done in the open round, never with what.
 */
progress?: ProgressView, 
/**
 * Their answers in the open emotion round, where they have any to give.
 */
feelings?: FeelingsView, 
/**
 * Their own cards in the brainstorm, in the order of writing.
 */
drafts?: Array<DraftView>, 
/**
 * For facilitators: who has written in the brainstorm, never what.
 */
writing?: WritingView, };

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

export type ClientCommand = { "rotateInvite": { 
/**
 * Whose invite.
 */
role: Role, } } | { "openRound": { 
/**
 * What is asked, of whom, and how.
 */
setup: RoundSetup, } } | { "runOff": { 
/**
 * The closed one.
 */
round: RoundId, 
/**
 * Which rank.
 */
rank: number, } } | { "reopenRound": { 
/**
 * Which.
 */
round: RoundId, } } | { "openEmotionRound": { 
/**
 * What is asked, of whom, and about which stages.
 */
setup: EmotionSetup, } } | { "reveal": Record<symbol, never> } | { "restore": { 
/**
 * The record.
 */
seq: number, } } | Command;

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
