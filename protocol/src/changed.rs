//! Which shared types a transaction changed, each by the entry of a root that it lies in. Used by those who look on while a document takes
//! an update. It asks for no paths: where something lies in a list is a walk through the list, and an update may change every item of a long one.

use yrs::{BranchID, ID, Out, SharedRef, TransactionMut};

/// The id of a shared type that is no root: its client and clock.
pub(crate) type TypeId = (u64, u32);

/// What holds a shared type that was changed.
pub(crate) struct Changed<'a> {
    /// The root it lies under; one that hangs under none has none.
    pub(crate) root: Option<&'a str>,
    /// The entry of the root it lies in, or is.
    pub(crate) entry: Option<TypeId>,
    /// It is not the entry, but somewhere inside it.
    pub(crate) inside: bool,
}

/// Shows what a transaction changed, one shared type after the other. yrs lists each with all that are around it, from the inside out, so
/// each such list ends with a root, and what stands before the root is an entry of it.
pub(crate) fn look(txn: &TransactionMut, mut see: impl FnMut(Changed<'_>)) {
    let (mut entry, mut inside) = (None, false);
    for branch in txn.changed_parent_types() {
        match branch.id() {
            BranchID::Nested(id) => {
                inside = entry.is_some();
                entry = Some(flat(id));
            }
            BranchID::Root(name) => see(Changed {
                root: Some(&name),
                entry: entry.take(),
                inside: std::mem::take(&mut inside),
            }),
        }
    }
    if entry.is_some() {
        see(Changed {
            root: None,
            entry,
            inside,
        });
    }
}

/// The id of a shared type, as its collection holds it.
pub(crate) fn type_id(value: &Out) -> Option<TypeId> {
    let id = match value {
        Out::YText(one) => one.hook().id().clone(),
        Out::YArray(one) => one.hook().id().clone(),
        Out::YMap(one) => one.hook().id().clone(),
        Out::YXmlElement(one) => one.hook().id().clone(),
        Out::YXmlFragment(one) => one.hook().id().clone(),
        Out::YXmlText(one) => one.hook().id().clone(),
        Out::UndefinedRef(one) => one.id(),
        Out::Any(_) | Out::YDoc(_) => return None,
    };
    match id {
        BranchID::Nested(id) => Some(flat(id)),
        BranchID::Root(_) => None,
    }
}

fn flat(id: ID) -> TypeId {
    (id.client.get(), id.clock)
}
