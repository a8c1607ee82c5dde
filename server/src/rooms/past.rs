//! What was told of a map's history last, beside its room: whoever asks again pays for the new records only, however many ask (HIST-1).
//! Goes with the room: a map nobody uses keeps nothing.

use bytes::Bytes;
use cairn_protocol::history::History;
use tokio::sync::Mutex;

/// A history that can be taken on, with what is told of it.
#[derive(Debug, Default)]
pub(crate) struct Past(Mutex<Option<(History, Told)>>);

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
    pub(crate) async fn told<E>(
        &self,
        go_on: impl AsyncFnOnce(Option<(History, Told)>) -> Result<(History, Told), E>,
    ) -> Result<Told, E> {
        let mut kept = self.0.lock().await;
        let (history, told) = go_on(kept.take()).await?;
        *kept = Some((history, told.clone()));
        Ok(told)
    }
}
