//! How the structs of an update rest on each other: what it needs, and that nothing waits in a circle.
//!
//! Called once by the update walker with everything it read. Works on ids only and uses explicit
//! stacks: what it bounds must not exhaust it.

use super::content::Holds;
use super::entries;
use super::error::Fault;
use super::ids::IdRanges;
use super::nesting::{self, Fresh};
use super::shape::UpdateShape;
use std::collections::BTreeMap;

/// A struct's id: client and clock.
pub(super) type Id = (u64, u64);

/// The structs of one client, with consecutive clocks.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) client: u64,
    /// Clock of the first struct.
    pub(super) start: u64,
    /// Past the last clock.
    pub(super) end: u64,
    pub(super) structs: Vec<Struct<'a>>,
}

/// One struct: where it begins, where it sits, whether it can hold others.
#[derive(Debug)]
pub(super) struct Struct<'a> {
    pub(super) clock: u64,
    pub(super) place: Place<'a>,
    pub(super) holds: Holds,
}

/// Where a struct sits in the document.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// Nowhere: its content was collected.
    Collected,
    /// Nowhere: it stands for structs left out.
    Skipped,
    /// Directly in the root type of this name.
    Root { name: &'a str, key: Option<&'a str> },
    /// In the shared type that this struct holds, as an entry under a key or as a child in a row.
    Under { parent: Id, key: Option<&'a str> },
    /// In the type that holds its neighbours.
    Beside {
        origin: Option<Id>,
        right: Option<Id>,
    },
}

impl Place<'_> {
    /// The structs this one names, at most two.
    pub(super) fn named(self) -> impl Iterator<Item = Id> {
        match self {
            Self::Collected | Self::Skipped | Self::Root { .. } => [None, None],
            Self::Under { parent, .. } => [Some(parent), None],
            Self::Beside { origin, right } => [origin, right],
        }
        .into_iter()
        .flatten()
    }
}

/// Position of a struct: index of its section, index within it.
pub(super) type At = (usize, usize);

/// Derives the shape, or says why no well-behaved client made this update. `sections` are ascending
/// by client; a struct never names its own client's future (the walker saw to both).
pub(super) fn shape(sections: &[Section<'_>], deletes: IdRanges) -> Result<UpdateShape, Fault> {
    let mut shape = UpdateShape {
        deletes,
        ..UpdateShape::default()
    };
    for section in sections {
        spans(section, &mut shape);
    }
    no_circle(sections)?;
    // What the document has is not known here: all counts as new.
    let fresh = Fresh {
        sections,
        known: &BTreeMap::new(),
    };
    nesting::check_parents(fresh)?;
    shape.types = nesting::types(fresh)?;
    shape.characters = nesting::characters(fresh)?;
    shape.entries = entries::entries(fresh)?;
    Ok(shape)
}

/// Adds the span of one section, its gaps, and what its structs need.
fn spans(section: &Section<'_>, shape: &mut UpdateShape) {
    let ends = section
        .structs
        .iter()
        .skip(1)
        .map(|next| next.clock)
        .chain([section.end]);
    let mut gaps = Vec::new();
    let (mut first, mut past) = (None, section.start);
    for (item, end) in section.structs.iter().zip(ends) {
        if matches!(item.place, Place::Skipped) {
            shape.has_skip = true;
            gaps.push(item.clock..end);
        } else {
            first.get_or_insert(item.clock);
            past = end;
        }
        for (client, clock) in item
            .place
            .named()
            .filter(|(client, _)| *client != section.client)
        {
            need(shape, client, clock + 1);
        }
    }
    let Some(first) = first else { return };
    shape.spans.insert(section.client, first..past);
    if first > 0 {
        need(shape, section.client, first);
    }
    for gap in gaps
        .into_iter()
        .filter(|gap| first < gap.start && gap.end < past)
    {
        shape.skips.insert(section.client, gap);
    }
}

fn need(shape: &mut UpdateShape, client: u64, clocks: u64) {
    let needed = shape.needs.entry(client).or_default();
    *needed = clocks.max(*needed);
}

/// The struct at `id`, if the update has it.
pub(super) fn find<'s, 'a>(sections: &'s [Section<'a>], id: Id) -> Option<(At, &'s Struct<'a>)> {
    let at = sections
        .binary_search_by_key(&id.0, |section| section.client)
        .ok()?;
    let section = sections.get(at)?;
    if id.1 >= section.end {
        return None;
    }
    let index = section
        .structs
        .partition_point(|item| item.clock <= id.1)
        .checked_sub(1)?;
    Some(((at, index), section.structs.get(index)?))
}

/// Fails when structs of different clients wait for each other. Integrates the update in the mind,
/// as if everything outside it were known: each client's structs in order, each as soon as those it
/// names are in. Causes come before effects, so an honest update always finishes.
fn no_circle(sections: &[Section<'_>]) -> Result<(), Fault> {
    // What each section must still wait for, in the order of its structs.
    let mut waits: Vec<_> = sections
        .iter()
        .map(|section| {
            let mut waits = Vec::new();
            for item in &section.structs {
                let foreign = item.place.named().filter(|id| id.0 != section.client);
                for (at, _) in foreign.filter_map(|id| find(sections, id)) {
                    waits.push((item.clock, at));
                }
            }
            waits.into_iter().peekable()
        })
        .collect();
    // Sections that wait, by the struct they wait for.
    let mut parked: BTreeMap<At, Vec<usize>> = BTreeMap::new();
    // Clock before which all of a section is integrated.
    let mut done: Vec<u64> = sections.iter().map(|section| section.start).collect();
    let mut ready: Vec<usize> = (0..sections.len()).collect();
    let mut finished = 0;
    while let Some(at) = ready.pop() {
        let (Some(section), Some(waits)) = (sections.get(at), waits.get_mut(at)) else {
            continue;
        };
        let clock = loop {
            let Some(&(clock, target)) = waits.peek() else {
                finished += 1;
                break section.end;
            };
            let integrated = done.get(target.0).copied().unwrap_or(0);
            let begins = struct_at(sections, target).map_or(0, |item| item.clock);
            if integrated <= begins {
                parked.entry(target).or_default().push(at);
                break clock;
            }
            waits.next();
        };
        if let Some(done) = done.get_mut(at) {
            *done = clock;
        }
        // Wakes whoever waited for a struct of this section that is now in.
        let past = section.structs.partition_point(|item| item.clock < clock);
        let woken: Vec<At> = parked
            .range((at, 0)..(at, past))
            .map(|(key, _)| *key)
            .collect();
        for key in woken {
            ready.extend(parked.remove(&key).unwrap_or_default());
        }
    }
    if finished == sections.len() {
        Ok(())
    } else {
        Err(Fault::Circle)
    }
}

pub(super) fn struct_at<'s, 'a>(sections: &'s [Section<'a>], at: At) -> Option<&'s Struct<'a>> {
    sections.get(at.0)?.structs.get(at.1)
}
