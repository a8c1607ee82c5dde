//! A socket that keeps every byte it is sent.

use cairn_protocol::frame::{encode_barrier, encode_sync_step1, encode_workshop};
use cairn_tests::api::Guest;
use cairn_tests::patiently;
use cairn_tests::server::Server;
use cairn_tests::wire::{NOTHING, Wire};
use futures_util::StreamExt as _;
use tokio_tungstenite::tungstenite::Message;

pub(crate) struct Ears {
    wire: Wire,
    heard: Vec<u8>,
    asked: u64,
}

impl Ears {
    /// Asks for the document and for the views.
    pub(crate) async fn open(server: &Server, guest: &Guest) -> anyhow::Result<Self> {
        let mut wire = Wire::open(server, guest).await?;
        wire.send(encode_sync_step1(&NOTHING)).await?;
        wire.send(encode_workshop(r#"{"hello":{}}"#)).await?;
        Ok(Self {
            wire,
            heard: Vec::new(),
            asked: 0,
        })
    }

    /// Every byte so far: what was done before is told by the time a barrier comes back.
    pub(crate) async fn everything(&mut self) -> Vec<u8> {
        // Views keep a distance from each other under load: the newest comes with the next hello.
        for message in [encode_workshop(r#"{"hello":{}}"#)] {
            self.wire.send(message).await.expect("the socket is open");
        }
        self.asked += 1;
        let barrier = encode_barrier(&self.asked.to_be_bytes());
        self.wire
            .send(barrier.clone())
            .await
            .expect("the socket is open");
        loop {
            let next = patiently("the barrier's echo", self.wire.stream.next()).await;
            let Some(Ok(message)) = next else {
                panic!("the socket ended")
            };
            if let Message::Binary(bytes) = message {
                if bytes == barrier {
                    return self.heard.clone();
                }
                self.heard.extend_from_slice(&bytes);
            }
        }
    }
}
