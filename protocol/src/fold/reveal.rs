//! The reveal (DRAFT-4, DRAFT-5, DRAFT-7): how what was written comes into the map. The update is made beside the document and becomes a
//! record; whether it still fits what there is decides the fold when it gets there.

use minicbor::Encode;
use yrs::{Map as _, ReadTxn as _, Transact as _};

use super::drafts::{Brainstorm, Written, everyone};
use super::{Effects, Refusal, Workshop};
use crate::id::ParticipantId;
use crate::map::{self, Card, LaneKind, Places, bounds, schema::Collection};
use crate::record::{Actor, Hash, Reveal};

/// The rule by which a reveal is refused that was made from other drafts than there are by now: no answer to whoever asked for it, but
/// a call to make it anew.
pub(super) const OUTDATED: &str = "DRAFT-7";

/// Numbers drawn from a seed. Without the seed, which nobody keeps, nothing leads from a card to its place in the order of writing.
struct Dice(blake3::OutputReader);

impl Dice {
    fn new(seed: &[u8; 32]) -> Self {
        Self(blake3::Hasher::new_keyed(seed).finalize_xof())
    }

    fn number(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// A number below a small bound. That some are likelier by one in 2^50 shows nobody anything.
    fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound.max(1) as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }

    /// An id as the web client makes them: 12 characters of `[0-9a-z]`.
    fn id(&mut self) -> String {
        const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
        let mut letter = || ALPHABET.get(self.below(ALPHABET.len())).copied();
        (0..12).filter_map(|_| letter()).map(char::from).collect()
    }
}

/// What a reveal is made from, for its hash.
#[derive(Encode)]
struct Basis<'a> {
    #[n(0)]
    what: &'static str,
    #[n(1)]
    brainstorm: Option<&'a Brainstorm>,
    #[n(2)]
    stages: &'a [String],
    #[n(3)]
    lanes: Vec<(&'a str, &'a str, bool)>,
}

impl Workshop {
    /// Names what there is to reveal, and the places it can come to: what was made under another name shows too little or too much.
    pub fn drafts_hash(&self) -> Hash {
        let places = self.places();
        let lanes = places.lanes.iter();
        let basis = Basis {
            what: "cairn drafts v1",
            brainstorm: self.brainstorm(),
            stages: &places.stages,
            lanes: lanes
                .map(|lane| (lane.id.as_str(), lane.kind.as_str(), lane.hidden))
                .collect(),
        };
        let mut bytes = Vec::new();
        minicbor::encode(&basis, &mut bytes).expect("writing to a Vec cannot fail");
        Hash::of(&bytes)
    }

    /// What reveals the drafts as they are now. `seed` is drawn for this and forgotten; `at` is the moment in RFC 3339.
    ///
    /// Where it cannot be done it brings nothing, and the fold says why.
    pub fn reveal(&self, by: Actor, seed: &[u8; 32], at: &str) -> Reveal {
        let drafts = self.drafts_hash();
        let places = self.places();
        let update = self
            .brainstorm()
            .filter(|brainstorm| !brainstorm.is_empty() && self.may_reveal(by).is_ok())
            .and_then(|brainstorm| self.cards(brainstorm, &places, &mut Dice::new(seed), at));
        Reveal {
            update: update.map_or(bytes::Bytes::from_static(map::NOTHING), Into::into),
            drafts,
        }
    }

    /// The update that adds a card for each draft after all others; none if there is nowhere to put one.
    fn cards(
        &self,
        brainstorm: &Brainstorm,
        places: &Places,
        dice: &mut Dice,
        at: &str,
    ) -> Option<Vec<u8>> {
        let signed = brainstorm.setup.signed;
        let mut drafts: Vec<(ParticipantId, &Written)> = brainstorm
            .drafts
            .iter()
            .flat_map(|(who, drafts)| drafts.iter().map(|draft| (*who, draft)))
            .collect();
        if !signed {
            dice.shuffle(&mut drafts);
        }
        let author = |who| {
            let writer = self.participant(who).filter(|_| signed);
            writer.map_or_else(String::new, |person| person.name.clone())
        };
        let cards = drafts.into_iter().map(|(who, draft)| {
            let (lane, kind, stage) = place(places, brainstorm, draft)?;
            let card = Card {
                id: dice.id(),
                lane,
                stage,
                text: draft.text.clone(),
                author: author(who),
                created_at: at.to_owned(),
                ..Card::default()
            };
            Some((card, kind))
        });
        let cards: Vec<_> = cards.collect::<Option<_>>()?;
        let after = map::last_order(&self.doc().transact(), Collection::Cards);
        // From the 32 bits that Yjs draws from; the fold's own client is 0.
        let mut client = 0;
        while client == 0 || self.known().contains_key(&client) {
            client = dice.number() >> 32;
        }
        Some(map::cards_to_update(&cards, after.as_deref(), client))
    }

    /// Why what was written cannot be shown now, if it cannot (DRAFT-4).
    fn may_reveal(&self, actor: Actor) -> Result<(), Refusal> {
        let refuse = |why: String| Err(Refusal::new("DRAFT-4", why));
        self.may_facilitate(actor)?;
        let Some(brainstorm) = self.brainstorm() else {
            return refuse("no brainstorm is under way".to_owned());
        };
        let txn = self.doc().transact();
        let places = map::places(&txn);
        if !brainstorm.is_empty() && (places.stages.is_empty() || places.lanes.is_empty()) {
            return refuse(
                "the map has no stage or no lane to put the cards in: add one".to_owned(),
            );
        }
        let cards = txn.get_map(Collection::Cards.root());
        let there = cards.map_or(0, |cards| cards.len(&txn) as usize);
        if there + brainstorm.len() > bounds::MAX_CARDS {
            let most = bounds::MAX_CARDS;
            return refuse(format!("a map has at most {most} cards: delete some first"));
        }
        Ok(())
    }

    pub(super) fn take_reveal(
        &mut self,
        actor: Actor,
        reveal: &Reveal,
    ) -> Result<Effects, Refusal> {
        self.may_reveal(actor)?;
        if reveal.drafts != self.drafts_hash() {
            let why = "people were still writing while their cards were being shown; try again";
            return Err(Refusal::new(OUTDATED, why));
        }
        let brings = self.brainstorm().is_some_and(|one| !one.is_empty());
        let effects = self.edit(actor, &reveal.update)?;
        if effects.edited != brings {
            let why = "the cards could not be put into the map";
            return Err(Refusal::new("DRAFT-4", why));
        }
        self.brainstorm = None;
        Ok(Effects {
            edited: effects.edited,
            ..everyone()
        })
    }
}

/// Where a draft's card goes: to its own place. If its stage is gone, to the first in the focus; if its lane is, to the first that takes
/// cards of the kind it took, in the focus if there is one (DRAFT-5).
fn place(
    places: &Places,
    brainstorm: &Brainstorm,
    draft: &Written,
) -> Option<(String, LaneKind, String)> {
    let focus = &brainstorm.setup.focus;
    let stage = if places.has_stage(&draft.stage) {
        &draft.stage
    } else {
        let mut stages = places.stages.iter();
        let in_focus = |stage: &&String| focus.holds_stage(stage);
        stages.clone().find(in_focus).or_else(|| stages.next())?
    };
    let lane = match places.lane(&draft.lane) {
        Some(lane) => lane,
        // The first of those that fit best.
        None => places.lanes.iter().min_by_key(|lane| {
            let same_kind = brainstorm.kinds.get(&draft.lane) == Some(&lane.kind);
            (lane.hidden, !same_kind, !focus.holds_lane(&lane.id))
        })?,
    };
    Some((lane.id.clone(), lane.kind, stage.clone()))
}
