//! Whether a record itself, or the time that passed with it, brought a change about: history gives a name to the first alone.

/// What brought about what everyone may see of a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Through {
    /// Nothing did: nothing shows.
    #[default]
    Nothing,
    /// What the record asked for.
    Record,
    /// The time that passed with it: a deadline.
    Time,
    /// Both.
    Both,
}

impl Through {
    pub(super) fn of(record: bool, time: bool) -> Self {
        match (record, time) {
            (false, false) => Self::Nothing,
            (true, false) => Self::Record,
            (false, true) => Self::Time,
            (true, true) => Self::Both,
        }
    }

    /// Whether what the record asked for shows.
    pub fn is_record(self) -> bool {
        matches!(self, Self::Record | Self::Both)
    }

    /// Whether a deadline that passed with it shows.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Time | Self::Both)
    }
}
