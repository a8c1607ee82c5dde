//! The bell that ends a simulation before its time.

use tokio::sync::watch;

/// Rings the bell; dropped without ringing, it never rings.
#[derive(Debug)]
pub struct Bell(watch::Sender<bool>);

/// Hears the bell.
#[derive(Clone, Debug)]
pub struct Halt(Option<watch::Receiver<bool>>);

impl Bell {
    /// A bell and the ear for it.
    pub fn new() -> (Self, Halt) {
        let (ring, hear) = watch::channel(false);
        (Self(ring), Halt(Some(hear)))
    }

    /// Everybody finishes what they are writing and leaves.
    pub fn ring(&self) {
        self.0.send_replace(true);
    }
}

impl Halt {
    /// Until the end.
    pub fn never() -> Self {
        Self(None)
    }

    /// Whether it rang.
    pub(crate) fn has_rung(&self) -> bool {
        self.0.as_ref().is_some_and(|hear| *hear.borrow())
    }

    /// Waits for it.
    pub(crate) async fn rung(&mut self) {
        let Some(hear) = &mut self.0 else {
            return std::future::pending().await;
        };
        if hear.wait_for(|rung| *rung).await.is_err() {
            // The bell is gone and did not ring.
            std::future::pending::<()>().await;
        }
    }
}
