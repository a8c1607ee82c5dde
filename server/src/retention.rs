//! How long a map is kept in which nothing is recorded (KEEP). Set by the host; without it, for ever.

use std::time::Duration;

use crate::rooms::Rooms;

const DAY_MS: u64 = 86_400_000;
/// It is said this long before, or a tenth of the whole time if that is shorter.
const NOTICE_MS: u64 = 7 * DAY_MS;
/// Days are what it is about: an hour is soon enough.
const EVERY: Duration = Duration::from_hours(1);

/// Maps are kept for so many days after their last record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    days: u32,
}

impl Retention {
    /// A hundred years.
    pub const MOST_DAYS: u32 = 36_500;

    /// 1 to [`Self::MOST_DAYS`] days.
    pub fn of_days(days: u32) -> Option<Self> {
        (1..=Self::MOST_DAYS)
            .contains(&days)
            .then_some(Self { days })
    }

    /// When a map goes whose last record is of this time. Milliseconds since 1970, as all times here.
    pub fn ends(self, touched: u64) -> u64 {
        touched.saturating_add(u64::from(self.days) * DAY_MS)
    }

    /// When it goes, if that is soon enough to be said now.
    pub fn notice(self, touched: u64, now: u64) -> Option<u64> {
        let ends = self.ends(touched);
        let before = NOTICE_MS.min(u64::from(self.days) * DAY_MS / 10);
        (now.saturating_add(before) >= ends).then_some(ends)
    }
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
}
