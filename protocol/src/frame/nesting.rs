//! What the structs of an update sit in: how deep types nest, and that characters are in texts.
//!
//! Called by `causality`, after it made sure that nothing waits in a circle, and again by `fit` when
//! the update repeats structs that the document has: the document's own count then, whatever the
//! update claims of them. What sits in or beside structs not in the update is named, for `fit`.

use super::causality::{At, Id, Place, Section, Struct, find, struct_at};
use super::content::Holds;
use super::error::Fault;
use super::shape::{Neighbours, TypeNesting};
use crate::limits::MAX_TYPE_DEPTH;
use std::collections::BTreeMap;

/// The structs of an update that a document lacks.
#[derive(Clone, Copy)]
pub(super) struct Fresh<'a> {
    pub(super) sections: &'a [Section<'a>],
    /// How many clocks of each client the document has.
    pub(super) known: &'a BTreeMap<u64, u64>,
}

impl<'a> Fresh<'a> {
    pub(super) fn known(self, client: u64) -> u64 {
        self.known.get(&client).copied().unwrap_or(0)
    }

    /// The struct at `id`, if it comes from the update.
    pub(super) fn find(self, id: Id) -> Option<(At, &'a Struct<'a>)> {
        let found = find(self.sections, id).filter(|_| id.1 >= self.known(id.0))?;
        if matches!(found.1.place, Place::Skipped) {
            None
        } else {
            Some(found)
        }
    }

    /// Whether the struct at `at` is in the update and not all known.
    fn is_fresh(self, at: At) -> bool {
        let Some(section) = self.sections.get(at.0) else {
            return false;
        };
        let end = section
            .structs
            .get(at.1 + 1)
            .map_or(section.end, |next| next.clock);
        end > self.known(section.client)
    }

    /// The structs that the one at `at` sits beside or, if it names a parent, in. Of a struct that
    /// is known in part, the rest is put beside the last known clock.
    fn named(self, at: At) -> impl Iterator<Item = (bool, Id)> {
        let item = struct_at(self.sections, at);
        let place = item.map_or(Place::Collected, |item| item.place);
        let inside = matches!(place, Place::Under { .. });
        let client = self.sections.get(at.0).map_or(0, |section| section.client);
        let last = self.known(client).checked_sub(1);
        let rest_of = last.filter(|last| item.is_some_and(|item| item.clock <= *last));
        place
            .named()
            .map(move |id| (inside, id))
            .chain(rest_of.map(|last| (false, (client, last))))
    }
}

/// Fails when a struct's parent comes with the update and can hold nothing.
pub(super) fn check_parents(fresh: Fresh<'_>) -> Result<(), Fault> {
    for item in fresh.sections.iter().flat_map(|section| &section.structs) {
        if let Place::Under { parent, .. } = item.place {
            match fresh.find(parent).map(|(_, holder)| holder.holds) {
                None | Some(Holds::Text | Holds::Type | Holds::Deleted) => {}
                Some(Holds::Characters | Holds::Value) => return Err(Fault::Parent),
            }
        }
    }
    Ok(())
}

/// Measures how deep the created types nest.
pub(super) fn types(fresh: Fresh<'_>) -> Result<TypeNesting, Fault> {
    let mut deepest = 0;
    let mut known = Known::new(fresh, Reach::Root);
    let wanted = |item: &Struct<'_>| item.holds.is_type();
    known.resolve(wanted, |item, above: &[(Option<Holds>, u32)]| {
        let depth = above
            .iter()
            .map(|(holder, depth)| depth + u32::from(holder.is_some_and(Holds::is_type)))
            .max()
            .unwrap_or(0);
        deepest = deepest.max(depth + u32::from(item.holds.is_type()));
        if deepest > MAX_TYPE_DEPTH {
            Err(Fault::Depth(MAX_TYPE_DEPTH as usize))
        } else {
            Ok(depth)
        }
    })?;
    Ok(TypeNesting {
        deepest,
        hangs_from: known.outside,
    })
}

/// Makes sure that characters, embeds and formats sit in texts, as far as the update shows what
/// they sit in. yrs never ends reading an array that has text in it.
pub(super) fn characters(fresh: Fresh<'_>) -> Result<Neighbours, Fault> {
    let mut known = Known::new(fresh, Reach::Holder);
    let wanted = |item: &Struct<'_>| item.holds == Holds::Characters;
    // Known of each struct: whether what it sits in can hold characters.
    known.resolve(wanted, |item, above: &[(Option<Holds>, bool)]| {
        let fits = above.iter().all(|(holder, fits)| match holder {
            Some(holder) => *holder != Holds::Type,
            None => *fits,
        });
        if item.holds == Holds::Characters && !fits {
            Err(Fault::Parent)
        } else {
            Ok(fits)
        }
    })?;
    Ok(known.outside)
}

/// How far up a property depends on what is above a struct.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// On what holds it, and on what holds that.
    Root,
    /// On what holds it alone.
    Holder,
}

/// A property of where structs sit, worked out along parents and neighbours.
struct Known<'a, T> {
    fresh: Fresh<'a>,
    reach: Reach,
    by_struct: Vec<Vec<Option<T>>>,
    /// Structs outside the update on which the property rests.
    outside: Neighbours,
}

impl<'a, T: Copy + Default> Known<'a, T> {
    fn new(fresh: Fresh<'a>, reach: Reach) -> Self {
        Self {
            fresh,
            reach,
            by_struct: Vec::new(),
            outside: Neighbours::default(),
        }
    }

    /// Works the property out for every `wanted` struct. `derive` is given a struct and, for each
    /// struct of the update that it names, the holder (if it is named as the parent) and that
    /// struct's own property. An explicit stack: chains of neighbours are as long as a text.
    fn resolve(
        &mut self,
        wanted: impl Fn(&Struct<'_>) -> bool,
        mut derive: impl FnMut(&Struct<'_>, &[(Option<Holds>, T)]) -> Result<T, Fault>,
    ) -> Result<(), Fault> {
        let sections = self.fresh.sections;
        let mut todo: Vec<At> = Vec::new();
        for (s, section) in sections.iter().enumerate() {
            for (i, _) in section
                .structs
                .iter()
                .enumerate()
                .filter(|(_, item)| wanted(item))
            {
                if !self.fresh.is_fresh((s, i)) {
                    continue;
                }
                if self.by_struct.is_empty() {
                    let blank = |section: &Section<'_>| vec![None; section.structs.len()];
                    self.by_struct = sections.iter().map(blank).collect();
                }
                todo.push((s, i));
                while let Some(at) = todo.last().copied() {
                    let Some(item) = struct_at(sections, at) else {
                        break;
                    };
                    match self.above(at) {
                        Ok(above) => {
                            let property = derive(item, &above)?;
                            self.set(at, property);
                            todo.pop();
                        }
                        Err(first) => todo.push(first),
                    }
                }
            }
        }
        Ok(())
    }

    /// What `derive` needs for a struct, or the struct whose property must be known first.
    fn above(&mut self, at: At) -> Result<Vec<(Option<Holds>, T)>, At> {
        let mut above = Vec::new();
        for (inside, id) in self.fresh.named(at) {
            match self.fresh.find(id) {
                Some((at, holder)) => {
                    let property = if inside && self.reach == Reach::Holder {
                        T::default()
                    } else {
                        self.get(at).ok_or(at)?
                    };
                    above.push((inside.then_some(holder.holds), property));
                }
                None => self.name_outside(inside, id),
            }
        }
        Ok(above)
    }

    fn name_outside(&mut self, inside: bool, id: Id) {
        if inside {
            self.outside.inside.insert(id);
        } else {
            self.outside.beside.insert(id);
        }
    }

    fn get(&self, at: At) -> Option<T> {
        self.by_struct.get(at.0)?.get(at.1).copied().flatten()
    }

    fn set(&mut self, at: At, property: T) {
        if let Some(slot) = self
            .by_struct
            .get_mut(at.0)
            .and_then(|section| section.get_mut(at.1))
        {
            *slot = Some(property);
        }
    }
}
