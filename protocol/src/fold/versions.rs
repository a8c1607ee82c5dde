//! Versions: moments of the map with a name (VERSION). A version is a record's number: it holds no content, so it costs nothing and is
//! whatever the journal says of that moment. Those of a workshop's start and end, and before a restore, are made here and by nobody.

use minicbor::{Decode, Encode};

use super::{Effects, Refusal, Workshop};
use crate::id::ParticipantId;
use crate::limits;
use crate::record::Actor;
use crate::version::{Cause, PersonReport, ReviewReport, VersionId, VersionList, VersionReport};

/// All versions of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Versions {
    /// In the order of making.
    #[n(0)]
    kept: Vec<Version>,
    /// The highest number given to one so far.
    #[n(1)]
    numbered: u32,
}

/// The map as it stands after a record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Version {
    /// Its number.
    #[n(0)]
    pub id: VersionId,
    /// The record.
    #[n(1)]
    pub seq: u64,
    /// When that was, milliseconds since 1970 UTC.
    #[n(2)]
    pub at: u64,
    /// Why it is there.
    #[n(3)]
    pub cause: Cause,
    /// What somebody called it.
    #[n(4)]
    pub name: Option<String>,
    /// By whom; nobody in particular for the host and the clock.
    #[n(5)]
    pub by: Option<ParticipantId>,
    /// The moment a restore then brought back.
    #[n(6)]
    pub restored: Option<u64>,
}

impl Versions {
    fn add(&mut self, version: impl FnOnce(VersionId) -> Version) {
        self.numbered += 1;
        self.kept.push(version(VersionId(self.numbered)));
        let unnamed = |version: &Version| version.name.is_none();
        if self.kept.iter().filter(|one| unnamed(one)).count() > limits::UNNAMED_VERSIONS
            && let Some(oldest) = self.kept.iter().position(unnamed)
        {
            self.kept.remove(oldest);
        }
    }

    fn find(&mut self, id: VersionId) -> Result<&mut Version, Refusal> {
        let found = self.kept.iter_mut().find(|version| version.id == id);
        found.ok_or_else(|| Refusal::new("VERSION-1", "that version is not there any more"))
    }

    /// Whether one more may have a name.
    fn has_room(&self) -> Result<(), Refusal> {
        let named = self.kept.iter().filter(|version| version.name.is_some());
        if named.count() < limits::NAMED_VERSIONS {
            return Ok(());
        }
        let most = limits::NAMED_VERSIONS;
        let why = format!("a map has at most {most} versions with a name: drop some first");
        Err(Refusal::new("VERSION-3", why))
    }
}

impl Workshop {
    /// All versions, in the order of making.
    pub fn versions(&self) -> &[Version] {
        &self.versions.kept
    }

    /// The highest number given to a version so far: those above an earlier answer are new.
    pub fn versions_made(&self) -> VersionId {
        VersionId(self.versions.numbered)
    }

    /// Versions and reviews for whoever may read the map.
    pub fn version_list(&self) -> VersionList {
        let person = |who: Option<ParticipantId>| {
            let participant = who?;
            let name = self.participant(participant)?.name.clone();
            Some(PersonReport { participant, name })
        };
        let versions = self.versions().iter().map(|version| VersionReport {
            id: version.id,
            seq: version.seq,
            at: version.at,
            cause: version.cause,
            name: version.name.clone(),
            by: person(version.by),
            restored: version.restored,
        });
        let reviews = self.reviews().iter().map(|review| ReviewReport {
            seq: review.seq,
            at: review.at,
            day: review.day.clone(),
            by: person(review.by),
        });
        VersionList {
            seq: self.seq,
            edited: self.edited,
            versions: versions.collect(),
            reviews: reviews.collect(),
        }
    }

    pub(super) fn save_version(&mut self, actor: Actor, name: &str) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.versions.has_room()?;
        let (seq, at) = (self.seq, self.at);
        self.versions.add(|id| Version {
            id,
            seq,
            at,
            cause: Cause::Saved,
            name: Some(name.to_owned()),
            by: actor.participant(),
            restored: None,
        });
        Ok(Effects::default())
    }

    pub(super) fn rename_version(
        &mut self,
        actor: Actor,
        id: VersionId,
        name: &str,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let has_room = self.versions.has_room();
        let version = self.versions.find(id)?;
        if version.name.is_none() {
            has_room?;
        }
        version.name = Some(name.to_owned());
        Ok(Effects::default())
    }

    pub(super) fn drop_version(&mut self, actor: Actor, id: VersionId) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.versions.find(id)?;
        self.versions.kept.retain(|version| version.id != id);
        Ok(Effects::default())
    }

    /// The first step began. The record that says so changes nothing of the map.
    pub(super) fn workshop_begins(&mut self, by: Actor) {
        let at = self.at;
        self.by_itself(Cause::WorkshopStart, by.participant(), at, None);
    }

    /// No step is under way any more. Where that is by the clock, the record that brings the time may change the map: it comes after.
    pub(super) fn workshop_over(&mut self, by: Option<Actor>, at: u64) {
        self.by_itself(
            Cause::WorkshopEnd,
            by.and_then(Actor::participant),
            at,
            None,
        );
    }

    /// A restore has changed the map: what it took away is kept under the record before it.
    pub(super) fn keep_before_restore(&mut self, by: Actor, to: u64) {
        let at = self.at;
        self.by_itself(Cause::BeforeRestore, by.participant(), at, Some(to));
    }

    /// A version of the map as it was before the present record (VERSION-2).
    fn by_itself(
        &mut self,
        cause: Cause,
        by: Option<ParticipantId>,
        at: u64,
        restored: Option<u64>,
    ) {
        let seq = self.seq - 1;
        self.versions.add(|id| Version {
            id,
            seq,
            at,
            cause,
            name: None,
            by,
            restored,
        });
    }
}
