//! What was told of a map's history last, beside its room: whoever asks again pays for the new records only, however many ask (HIST-1).
//! Goes with the room: a map nobody uses keeps nothing.

use std::sync::Arc;

use bytes::Bytes;
use cairn_protocol::history::History;
use tokio::sync::Mutex;
use tokio::task::JoinError;

/// A history that can be taken on, with what is told of it.
#[derive(Debug, Default)]
pub(crate) struct Past(Arc<Mutex<Option<Kept>>>);

/// A history, and what is told of it.
pub(crate) type Kept = (History, Told);

/// What is told, as it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// The last record told of.
    pub(crate) seq: u64,
    /// Sessions, moments, activity.
    pub(crate) report: Bytes,
    /// Who wrote what.
    pub(crate) authors: Bytes,
}

impl Past {
    /// What is told up to the end of the journal. `go_on` is given what was told before, and takes it on if there is more; those who come meanwhile wait for that.
    /// Whoever asked may be gone before it is done: then it serves the next. The outer error says that it broke down.
    pub(crate) async fn told<E: Send + 'static, F>(
        &self,
        go_on: impl FnOnce(Option<Kept>) -> F + Send + 'static,
    ) -> Result<Result<Told, E>, JoinError>
    where
        F: Future<Output = Result<Kept, E>> + Send,
    {
        let mut kept = Arc::clone(&self.0).lock_owned().await;
        let going_on = async move {
            let (history, told) = go_on(kept.take()).await?;
            *kept = Some((history, told.clone()));
            Ok(told)
        };
        tokio::spawn(going_on).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    fn told(seq: u64) -> Told {
        Told {
            seq,
            report: Bytes::new(),
            authors: Bytes::new(),
        }
    }

    #[tokio::test]
    async fn hist_1_what_was_told_stays_when_whoever_asked_goes_away() {
        let past = Arc::new(Past::default());
        let first = past.told(|kept: Option<Kept>| async move {
            assert!(kept.is_none());
            Ok::<_, ()>((History::default(), told(7)))
        });
        assert_eq!(first.await.unwrap().unwrap().seq, 7);
        let (tell, told_that_it_began) = oneshot::channel();
        let (go_on, may_go_on) = oneshot::channel::<()>();
        let asked = Arc::clone(&past);
        let asking = tokio::spawn(async move {
            let going_on = |kept: Option<Kept>| async move {
                tell.send(kept.map(|(_, told)| told.seq)).unwrap();
                may_go_on.await.unwrap();
                Ok::<_, ()>((History::default(), told(9)))
            };
            asked.told(going_on).await
        });
        assert_eq!(told_that_it_began.await.unwrap(), Some(7));
        asking.abort();
        assert!(asking.await.unwrap_err().is_cancelled());
        go_on.send(()).unwrap();
        let next = |kept: Option<Kept>| async move {
            let (history, told) = kept.expect("what the one who went away began");
            Ok::<_, ()>((history, told))
        };
        assert_eq!(past.told(next).await.unwrap().unwrap().seq, 9);
    }
}
