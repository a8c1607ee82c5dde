//! A raw socket: any bytes to the server, every frame from it. For hostile tests and benches; keeps no document and
//! answers nothing by itself.

use std::net::SocketAddr;

use anyhow::Context;
use bytes::Bytes;
use cairn_protocol::frame::{Frame, encode_barrier, encode_sync_step1};
use cairn_protocol::id::MapId;
use cairn_protocol::limits::MAX_SERVER_FRAME_BYTES;
use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use crate::api::Guest;
use crate::patiently;
use crate::server::Server;

/// The state vector of somebody who has nothing.
pub const NOTHING: [u8; 1] = [0];

/// An open socket.
pub struct Wire {
    /// The socket itself, for what the methods do not say.
    pub stream: WebSocketStream<TcpStream>,
}

/// How to open a socket.
#[derive(Clone, Debug, Default)]
pub struct Dialing {
    /// Bytes the kernel takes in before the program reads; `None`: as many as it likes.
    pub receive_buffer: Option<u32>,
    /// More headers of the upgrade request.
    pub headers: Vec<(&'static str, String)>,
    /// Longest message it sends or takes; `None`: what a client takes.
    pub longest: Option<usize>,
}

/// The server answered the upgrade with something else.
#[derive(Debug, thiserror::Error)]
#[error("refused with {status}: {body}")]
pub struct RefusedUpgrade {
    /// HTTP status.
    pub status: u16,
    /// What it said.
    pub body: String,
}

/// How a socket ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With a close frame of this code.
    Code(u16),
    /// Without a word.
    Cut,
}

impl Wire {
    /// Opens a guest's socket.
    pub async fn open(server: &Server, guest: &Guest) -> anyhow::Result<Self> {
        Self::dial(server, &guest.map, Some(&guest.token), &Dialing::default()).await
    }

    /// Opens a socket with what is given. A refusal by the server is a [`RefusedUpgrade`].
    pub async fn dial(
        server: &Server,
        map: &MapId,
        token: Option<&str>,
        dialing: &Dialing,
    ) -> anyhow::Result<Self> {
        let query = token
            .map(|token| format!("?token={token}"))
            .unwrap_or_default();
        let url = format!("ws://{}/sync/{map}{query}", server.address());
        Self::dial_url(server.address(), &url, dialing).await
    }

    /// Opens a socket at a whole address.
    pub async fn dial_url(
        address: SocketAddr,
        url: &str,
        dialing: &Dialing,
    ) -> anyhow::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        if let Some(bytes) = dialing.receive_buffer {
            socket.set_recv_buffer_size(bytes)?;
        }
        let stream = socket.connect(address).await?;
        stream.set_nodelay(true)?;
        let mut request = url.into_client_request()?;
        for (name, value) in &dialing.headers {
            let value = HeaderValue::from_str(value)?;
            request
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
        let longest = dialing.longest.unwrap_or(MAX_SERVER_FRAME_BYTES);
        let config = WebSocketConfig::default()
            .max_message_size(Some(longest))
            .max_frame_size(Some(longest));
        let upgrade = tokio_tungstenite::client_async_with_config(request, stream, Some(config));
        match patiently("an answer to the upgrade", upgrade).await {
            Ok((stream, _)) => Ok(Self { stream }),
            Err(WsError::Http(answer)) => {
                let body = answer
                    .body()
                    .as_deref()
                    .map(String::from_utf8_lossy)
                    .unwrap_or_default();
                Err(RefusedUpgrade {
                    status: answer.status().as_u16(),
                    body: body.into_owned(),
                }
                .into())
            }
            Err(error) => Err(error).context("no WebSocket"),
        }
    }

    /// Sends one message. Fails when the socket is gone.
    pub async fn send(&mut self, bytes: impl Into<Bytes>) -> Result<(), WsError> {
        self.stream.send(Message::Binary(bytes.into())).await
    }

    /// Queues one message without flushing.
    pub async fn feed(&mut self, bytes: impl Into<Bytes>) -> Result<(), WsError> {
        self.stream.feed(Message::Binary(bytes.into())).await
    }

    /// The next frame; how it ended, if it did. Panics on bytes that are no frame: the server sends none.
    pub async fn frame(&mut self) -> Result<Frame, Ending> {
        loop {
            match patiently("a frame or the end of the socket", self.stream.next()).await {
                Some(Ok(Message::Binary(bytes))) => {
                    return Ok(Frame::decode_from_server(&bytes).unwrap_or_else(|error| {
                        let (length, start) = (bytes.len(), &bytes[..bytes.len().min(32)]);
                        panic!(
                            "the server sent {length} bytes that are no frame, {start:?}…: {error}"
                        )
                    }));
                }
                Some(Ok(Message::Close(close))) => {
                    let code = close.map_or(1005, |close| u16::from(close.code));
                    return Err(Ending::Code(code));
                }
                Some(Ok(
                    Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
                )) => {}
                Some(Err(_)) | None => return Err(Ending::Cut),
            }
        }
    }

    /// Passes frames over until one is what is looked for.
    pub async fn until<T>(
        &mut self,
        mut look: impl FnMut(Frame) -> Option<T>,
    ) -> Result<T, Ending> {
        // Around all of them: a server that keeps the socket alive would be listened to for ever.
        let found = async {
            loop {
                if let Some(found) = look(self.frame().await?) {
                    return Ok(found);
                }
            }
        };
        patiently("the awaited frame, or the end of the socket", found).await
    }

    /// Passes frames over until the socket ends.
    pub async fn ending(&mut self) -> Ending {
        match self.until(|_| None::<()>).await {
            Ok(()) => Ending::Cut,
            Err(ending) => ending,
        }
    }

    /// Sends a barrier and waits for its echo: everything sent before was handled. `label` must be new on this socket.
    pub async fn barrier(&mut self, label: u64) -> Result<(), Ending> {
        let barrier = encode_barrier(&label.to_be_bytes());
        self.send(barrier.clone()).await.map_err(|_| Ending::Cut)?;
        self.until(|frame| (frame == Frame::Barrier(barrier.clone())).then_some(()))
            .await
    }

    /// Asks for the whole document; returns it as one Yjs v1 update. Live from then on.
    pub async fn document(&mut self) -> Result<Bytes, Ending> {
        self.send(encode_sync_step1(&NOTHING))
            .await
            .map_err(|_| Ending::Cut)?;
        self.until(|frame| match frame {
            Frame::SyncStep2(update) => Some(update.into_bytes()),
            _ => None,
        })
        .await
    }
}

/// The HTTP status with which an upgrade was refused. Panics when it was not refused.
pub fn refusal(dialed: anyhow::Result<Wire>) -> u16 {
    match dialed {
        Ok(_) => panic!("the socket was opened"),
        Err(error) => match error.downcast_ref::<RefusedUpgrade>() {
            Some(refused) => refused.status,
            None => panic!("not an answer: {error:#}"),
        },
    }
}
