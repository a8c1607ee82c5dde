//! What was judged of a map's health, kept beside its room so that it is judged once for each version, however many watch
//! (HEALTH-6). Called by the HTTP interface; knows nothing of rules. Goes with the room: a map nobody uses keeps nothing.

use bytes::Bytes;
use cairn_protocol::map::Date;
use tokio::sync::Mutex;

/// Days kept: those on both sides of midnight, and one that somebody asks for.
const DAYS: usize = 3;

/// The newest answers, one for each day.
#[derive(Debug, Default)]
pub(crate) struct Judged(Mutex<Vec<Answer>>);

/// The health of a map on a day.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) today: Date,
    /// The record the judged map stands after.
    pub(crate) seq: u64,
    /// As it is sent.
    pub(crate) json: Bytes,
}

impl Judged {
    /// The answer for a map that stands after record `seq` or a later one. Whoever finds none judges, and those who come
    /// meanwhile wait for that: under steady typing at most one judgement is under way, and it serves all who asked
    /// before it began.
    pub(crate) async fn answer<E>(
        &self,
        today: Date,
        seq: u64,
        judge: impl AsyncFnOnce() -> Result<Answer, E>,
    ) -> Result<Answer, E> {
        let mut kept = self.0.lock().await;
        let fits = |answer: &&Answer| answer.today == today && answer.seq >= seq;
        if let Some(answer) = kept.iter().find(fits) {
            return Ok(answer.clone());
        }
        let answer = judge().await?;
        kept.retain(|kept| kept.today != today);
        if kept.len() == DAYS {
            kept.remove(0);
        }
        kept.push(answer.clone());
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn day(day: u8) -> Date {
        Date::new(2026, 11, day).unwrap()
    }

    async fn asked(judged: &Judged, day: Date, seq: u64, count: &Cell<u32>) -> u64 {
        let judge = async || {
            count.set(count.get() + 1);
            // Others come while it is judged.
            tokio::task::yield_now().await;
            let json = Bytes::new();
            Ok::<_, ()>(Answer {
                today: day,
                seq,
                json,
            })
        };
        judged.answer(day, seq, judge).await.unwrap().seq
    }

    #[tokio::test]
    async fn health_6_a_version_is_judged_once_for_all_who_ask() {
        let (judged, count) = (Judged::default(), Cell::new(0));
        let all = (0..30).map(|_| asked(&judged, day(1), 5, &count));
        let answers = futures_util::future::join_all(all).await;
        assert_eq!((answers, count.get()), (vec![5; 30], 1));
        // What is newer serves who asks for older; the reverse would hide an edit.
        assert_eq!(asked(&judged, day(1), 4, &count).await, 5);
        assert_eq!(count.get(), 1);
        assert_eq!(asked(&judged, day(1), 6, &count).await, 6);
        assert_eq!(count.get(), 2);
    }

    #[tokio::test]
    async fn health_6_only_a_few_days_are_kept() {
        let (judged, count) = (Judged::default(), Cell::new(0));
        for date in 1..=20 {
            asked(&judged, day(date), 5, &count).await;
        }
        assert_eq!(judged.0.lock().await.len(), DAYS);
        asked(&judged, day(20), 5, &count).await;
        assert_eq!(count.get(), 20);
        asked(&judged, day(1), 5, &count).await;
        assert_eq!(count.get(), 21);
    }

    #[tokio::test]
    async fn health_6_a_judgement_that_failed_is_made_anew() {
        let (judged, count) = (Judged::default(), Cell::new(0));
        let failed = judged.answer(day(1), 5, async || Err("no")).await;
        assert_eq!(failed.unwrap_err(), "no");
        assert_eq!(asked(&judged, day(1), 5, &count).await, 5);
    }
}
