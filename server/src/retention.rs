//! How long a map is kept in which nothing is recorded (KEEP). Set by the host; without it, for ever.

use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use crate::files::Unfinished;
use crate::rooms::Rooms;

const DAY_MS: u64 = 86_400_000;
/// It is said this long before, or a tenth of the whole time if that is shorter.
const NOTICE_MS: u64 = 7 * DAY_MS;
/// Days are what it is about: an hour is soon enough.
const EVERY: Duration = Duration::from_hours(1);

/// Beside the data file: the days that maps are held to, and since when.
const FILE: &str = "keep-days";

/// Maps are kept for so many days after their last record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    days: u32,
    /// Since when maps are held to it: none goes before that was said for as long as before any other.
    since: u64,
}

impl Retention {
    /// A hundred years.
    pub const MOST_DAYS: u32 = 36_500;

    /// 1 to [`Self::MOST_DAYS`] days.
    pub fn of_days(days: u32) -> Option<Self> {
        (1..=Self::MOST_DAYS)
            .contains(&days)
            .then_some(Self { days, since: 0 })
    }

    /// The same, with the time since when it holds in this data folder: since now, if nothing or more days were said there before. A clock
    /// that was behind then would let maps go unsaid: `now` is no earlier than anything that was recorded.
    pub fn in_folder(self, data: &Path, now: u64) -> io::Result<Self> {
        let path = data.join(FILE);
        let before = match std::fs::read_to_string(&path) {
            Ok(text) => read(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let since = before.filter(|(days, _)| *days <= self.days);
        let since = since.map_or(now, |(_, since)| since);
        if before != Some((self.days, since)) {
            let (unfinished, mut file) = Unfinished::make(&path)?;
            writeln!(file, "{} {since}", self.days)?;
            file.sync_all()?;
            unfinished.take_place()?;
        }
        Ok(Self { since, ..self })
    }

    /// Maps of this data folder are kept for ever: whoever sets days again begins anew.
    pub fn forget(data: &Path) -> io::Result<()> {
        match std::fs::remove_file(data.join(FILE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// When a map goes whose last record is of this time. Milliseconds since 1970, as all times here.
    pub fn ends(self, touched: u64) -> u64 {
        let over = touched.saturating_add(u64::from(self.days) * DAY_MS);
        over.max(self.since.saturating_add(self.before()))
    }

    /// How long before it is said.
    fn before(self) -> u64 {
        NOTICE_MS.min(u64::from(self.days) * DAY_MS / 10)
    }

    /// When it goes, if that is soon enough to be said now.
    pub fn notice(self, touched: u64, now: u64) -> Option<u64> {
        let ends = self.ends(touched);
        (now.saturating_add(self.before()) >= ends).then_some(ends)
    }
}

/// Days and since when, as [`Retention::in_folder`] writes them. What somebody else wrote there says nothing.
fn read(text: &str) -> Option<(u32, u64)> {
    let (days, since) = text.trim_end().split_once(' ')?;
    Some((days.parse().ok()?, since.parse().ok()?))
}

/// Deletes maps as their time comes, for as long as it is polled.
pub async fn watch(rooms: Rooms, keep: Retention) {
    let mut hours = tokio::time::interval(EVERY);
    loop {
        hours.tick().await;
        sweep(&rooms, keep).await;
    }
}

/// Deletes every map whose time has come and that nobody has open.
pub(crate) async fn sweep(rooms: &Rooms, keep: Retention) {
    let now = rooms.clock().now_ms();
    let over = move |touched| keep.ends(touched) <= now;
    let due = rooms
        .catalog()
        .into_iter()
        .filter(|entry| over(entry.touched));
    for entry in due {
        match rooms.expire(&entry.map, over).await {
            Ok(true) => {
                tracing::info!(map = %entry.map, "deleted: its time has come");
            }
            // Somebody has it open, or has just written in it: in an hour it is looked at again.
            Ok(false) => {}
            Err(error) => {
                tracing::error!(map = %entry.map, %error, "a map whose time has come cannot be deleted");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(days: u32) -> Retention {
        Retention::of_days(days).unwrap()
    }

    #[test]
    fn keep_1_a_map_ends_so_many_days_after_its_last_record() {
        assert_eq!(Retention::of_days(0), None);
        assert_eq!(Retention::of_days(Retention::MOST_DAYS + 1), None);
        assert_eq!(keep(30).ends(5), 5 + 30 * DAY_MS);
        assert_eq!(keep(30).ends(u64::MAX), u64::MAX);
    }

    #[test]
    fn keep_2_it_is_said_a_week_before_or_a_tenth_of_the_time() {
        for (days, before) in [
            (365, 7 * DAY_MS),
            (70, 7 * DAY_MS),
            (30, 3 * DAY_MS),
            (1, DAY_MS / 10),
        ] {
            let (touched, ends) = (1_000, keep(days).ends(1_000));
            assert_eq!(
                keep(days).notice(touched, ends - before - 1),
                None,
                "{days}"
            );
            assert_eq!(
                keep(days).notice(touched, ends - before),
                Some(ends),
                "{days}"
            );
            assert_eq!(
                keep(days).notice(touched, ends + DAY_MS),
                Some(ends),
                "{days}"
            );
        }
    }

    #[test]
    fn keep_3_what_was_old_before_the_days_were_set_goes_only_after_it_was_said() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let set = |days, now| keep(days).in_folder(data, now).unwrap();
        let now = 400 * DAY_MS;
        let first = set(30, now);
        assert_eq!(first.notice(5, now), Some(now + 3 * DAY_MS));
        assert_eq!(
            first.ends(now),
            now + 30 * DAY_MS,
            "what is young is not concerned"
        );
        // Started anew, and with more days: what was said goes on.
        assert_eq!(set(30, now + DAY_MS).ends(5), now + 3 * DAY_MS);
        assert_eq!(set(60, now + DAY_MS).ends(5), now + 6 * DAY_MS);
        // Fewer days, or days after none: said anew.
        let later = now + 100 * DAY_MS;
        assert_eq!(set(20, later).ends(5), later + 2 * DAY_MS);
        Retention::forget(data).unwrap();
        Retention::forget(data).unwrap();
        assert_eq!(set(20, later + DAY_MS).ends(5), later + 3 * DAY_MS);
        // A file that somebody wrote into, and a clock that went back.
        std::fs::write(data.join(FILE), "for ever").unwrap();
        assert_eq!(set(20, later).ends(5), later + 2 * DAY_MS);
        assert_eq!(set(20, now).ends(5), later + 2 * DAY_MS);
        assert_eq!(set(20, later).ends(5), later + 2 * DAY_MS);
    }
}
