// What `GET /api/maps/{id}/compare` answers. Written from protocol/src/map/compare/{parts,words}.rs by its test; to write it anew:
// CAIRN_WRITE=1 cargo test -p cairn-protocol compare_1

export type WordKind = "same" | "removed" | "added";

export type Word = { 
/**
 * On which side they are.
 */
kind: WordKind, 
/**
 * With the spaces around them.
 */
text: string, };

export type Side = { 
/**
 * The map's name there.
 */
title: string, 
/**
 * How many stages, lanes and cards.
 */
stages: number, 
/**
 * Lanes, hidden ones included.
 */
lanes: number, 
/**
 * Cards.
 */
cards: number, };

export type FieldChange = { 
/**
 * Its name in the JSON form.
 */
field: string, 
/**
 * What it was; `null` when it was not there.
 */
before: unknown, 
/**
 * What it is; `null` when it is gone.
 */
after: unknown, };

export type Named = { 
/**
 * Its id on the later side, or where it is gone on the earlier.
 */
id: string, 
/**
 * What it is called there.
 */
name: string, };

export type Reworded = { 
/**
 * Its id on the later side.
 */
id: string, 
/**
 * All words of both, in order.
 */
words: Array<Word>, };

export type Changed = { 
/**
 * Its id on the later side.
 */
id: string, 
/**
 * What it says or is called there.
 */
name: string, 
/**
 * Each field with another value, by name.
 */
fields: Array<FieldChange>, };

export type EntryChanges = { 
/**
 * On the later side only, in its order.
 */
added: Array<Named>, 
/**
 * On the earlier side only, in its order.
 */
removed: Array<Named>, 
/**
 * On both, elsewhere in the order.
 */
moved: Array<Named>, 
/**
 * On both, called otherwise.
 */
reworded: Array<Reworded>, 
/**
 * On both, with other fields.
 */
changed: Array<Changed>, };

export type CardPlace = { 
/**
 * The stage's title.
 */
stage: string, 
/**
 * The lane's title.
 */
lane: string, };

export type PlacedCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it says.
 */
text: string, 
/**
 * Where it is.
 */
place: CardPlace, };

export type MovedCard = { 
/**
 * Its id on the later side.
 */
id: string, 
/**
 * What it says there.
 */
text: string, 
/**
 * Where it was.
 */
from: CardPlace, 
/**
 * Where it is.
 */
to: CardPlace, };

export type CardChanges = { 
/**
 * On the later side only.
 */
added: Array<PlacedCard>, 
/**
 * On the earlier side only.
 */
removed: Array<PlacedCard>, 
/**
 * On both, in another stage or lane. Another place within its cell is no news.
 */
moved: Array<MovedCard>, 
/**
 * On both, with other words.
 */
reworded: Array<Reworded>, 
/**
 * On both, with other fields.
 */
changed: Array<Changed>, };

export type CurveShift = { 
/**
 * The stage's title, on the later side where it is there.
 */
stage: string, 
/**
 * Mean of all scores, −2 to 2; absent where the stage or its feelings are not there.
 */
before?: number, 
/**
 * The same on the later side.
 */
after?: number, };

export type GapFate = "closed" | "narrowed" | "widened" | "opened";

export type GapChange = { 
/**
 * The card's id.
 */
id: string, 
/**
 * What is expected.
 */
text: string, 
/**
 * What became of it.
 */
became: GapFate, 
/**
 * 0 to 3; absent where it was not said.
 */
before?: number, 
/**
 * The same on the later side.
 */
after?: number, };

export type PainFate = "resolved" | "eased" | "worsened" | "new";

export type PainChange = { 
/**
 * The card's id.
 */
id: string, 
/**
 * What hurts; on the later side where it is there.
 */
text: string, 
/**
 * What became of it.
 */
became: PainFate, 
/**
 * Severity, 1 to 5; absent where it was not said.
 */
before?: number, 
/**
 * The same on the later side.
 */
after?: number, };

export type Comparison = { 
/**
 * What it is compared from.
 */
before: Side, 
/**
 * What it is compared to.
 */
after: Side, 
/**
 * Fields of the map itself: title, kind, scenario, goal, owner, review.
 */
map: Array<FieldChange>, 
/**
 * Whose journey it is.
 */
personas: EntryChanges, 
/**
 * The columns.
 */
stages: EntryChanges, 
/**
 * The rows.
 */
lanes: EntryChanges, 
/**
 * The cards.
 */
cards: CardChanges, 
/**
 * How it feels, stage by stage: only stages where the mean changed, or that are on one side only.
 */
curve: Array<CurveShift>, 
/**
 * Expectations: what became of the gap between them and what happens.
 */
gaps: Array<GapChange>, 
/**
 * Pains: resolved, eased, worsened, new.
 */
pains: Array<PainChange>, };
