//! Why a message was refused: what is wrong and where.
//!
//! Made by the decoders of this module; the session logs it and closes or answers. The text never
//! holds content of the message, so it may be logged.

use thiserror::Error;

/// A message that is not a frame of the protocol. The connection that sent it is faulty or
/// hostile: drop the frame and close the connection; no state has changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FrameError {
    /// The message is longer than its kind may be.
    #[error("a message of {bytes} bytes is longer than the {limit} allowed")]
    TooLong {
        /// Length of the message.
        bytes: usize,
        /// The bound from [`crate::limits`].
        limit: usize,
    },
    /// The message has no bytes.
    #[error("an empty message")]
    Empty,
    /// The first number is no tag of this protocol.
    #[error("unknown message tag {0}")]
    UnknownTag(u64),
    /// The tag is known, the number after it is not.
    #[error("unknown message kind {kind} under tag {tag}")]
    UnknownKind {
        /// The message's tag.
        tag: u64,
        /// The number that follows it.
        kind: u64,
    },
    /// The message breaks a rule of its own layout.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The update inside the message breaks a rule.
    #[error("in the update: {0}")]
    Update(#[from] UpdateError),
}

/// Why [`super::CheckedUpdate::check`] refused an update; nothing of it may reach yrs.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(transparent)]
pub struct UpdateError(#[from] pub Malformed);

impl UpdateError {
    /// Whether an honest client of another application may have sent it: well-formed content of a kind that is not kept here, such
    /// as a subdocument. All else no well-behaved client sends.
    pub fn is_unsupported(&self) -> bool {
        let fault = self.0.fault;
        matches!(fault, Fault::Unknown { .. } | Fault::Json)
    }
}

/// The first broken rule and the offset, in bytes, at which it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{fault} at byte {at}")]
pub struct Malformed {
    /// What is wrong.
    pub fault: Fault,
    /// Offset from the start of the bytes checked (of the update, for an update).
    pub at: usize,
}

/// What can be wrong with the bytes of a message. The names are the classes the tests enumerate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Fault {
    /// The bytes end inside a value.
    #[error("the message ends inside a value")]
    Truncated,
    /// Bytes follow the end of the value (a v2 update read as v1 ends here too).
    #[error("bytes follow the end of the message")]
    Trailing,
    /// A number was not written in its shortest form, or does not fit 64 bits.
    #[error("a number is not in its shortest form")]
    Varint,
    /// A number is larger than its field may be.
    #[error("a {field} of {value} is larger than {limit}")]
    TooLarge {
        /// The field.
        field: &'static str,
        /// The value read.
        value: u64,
        /// The bound from [`crate::limits`].
        limit: u64,
    },
    /// A count promises more elements than bytes remain.
    #[error("a count promises more {0} than there are bytes")]
    Count(&'static str),
    /// A string is not UTF-8.
    #[error("a string is not UTF-8")]
    Utf8,
    /// A text that must be JSON is not, or holds what yrs cannot keep (a lone surrogate, an integer
    /// past 64 bits).
    #[error("a text is not JSON")]
    Json,
    /// A JSON text is not an object where one is required.
    #[error("a JSON text is not an object")]
    NotAnObject,
    /// Values nest deeper than allowed.
    #[error("values nest deeper than {0}")]
    Depth(usize),
    /// The kind of a value is unknown or not spoken here.
    #[error("unknown {field} {value}")]
    Unknown {
        /// The field.
        field: &'static str,
        /// The value read.
        value: u8,
    },
    /// Something that must have elements has none.
    #[error("an empty {0}")]
    Empty(&'static str),
    /// A client has two sections where it may have one.
    #[error("a client appears twice in the {0}")]
    Duplicate(&'static str),
    /// The ranges of a delete set are not ascending and apart.
    #[error("deleted ranges overlap or are out of order")]
    Ranges,
    /// A struct refers to itself or to a later struct of its own client.
    #[error("a struct refers to itself or to its own future")]
    OwnFuture,
    /// Structs of several clients wait for each other.
    #[error("structs wait for each other in a circle")]
    Circle,
    /// A struct's parent is a struct that holds no other.
    #[error("a struct's parent cannot hold it")]
    Parent,
    /// A struct is put before a map entry, or between one and something else.
    #[error("a struct is put before a map entry")]
    Entry,
}
