//! One WebSocket: reaching the server, and carrying messages both ways through bounded queues.
//!
//! Called by the owner task. Knows nothing of documents; never decides whether to come back.

use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use cairn_protocol::limits::MAX_SERVER_FRAME_BYTES;
use futures_util::future::BoxFuture;
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::error::Error as WsError;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async_tls_with_config};
use url::Url;

use crate::problem::Refusal;

/// Messages on their way from the socket to the owner, and from the owner to the socket.
const QUEUE: usize = 64;
/// To reach the server, upgrade included.
const DIAL: Duration = Duration::from_secs(10);
/// To say goodbye once nobody listens to this socket any more.
const GOODBYE: Duration = Duration::from_secs(1);

/// A stream of bytes both ways, such as a TCP connection.
pub trait ByteStream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> ByteStream for T {}

/// Opens the stream of bytes that the WebSocket (and TLS, for `wss`) runs on.
pub trait Dial: Send + Sync {
    /// Reaches the host and port of `url`.
    fn dial<'a>(&'a self, url: &'a Url) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>>;
}

/// TCP without delay: an edit is small and must not wait for the next.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tcp;

impl Dial for Tcp {
    fn dial<'a>(&'a self, url: &'a Url) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        Box::pin(async move {
            let address = || io::Error::new(io::ErrorKind::InvalidInput, "no host in the address");
            let host = url.host_str().ok_or_else(address)?;
            let host = host.trim_start_matches('[').trim_end_matches(']');
            let port = url.port_or_known_default().ok_or_else(address)?;
            let stream = TcpStream::connect((host, port)).await?;
            stream.set_nodelay(true)?;
            Ok(Box::new(stream) as Box<dyn ByteStream>)
        })
    }
}

/// Why there is no socket.
#[derive(Debug)]
pub(crate) enum DialError {
    /// The server answered with something else.
    Refused(Refusal),
    /// It could not be reached, or did not speak WebSocket.
    Failed(String),
}

/// What comes out of a socket.
#[derive(Debug)]
pub(crate) enum Heard {
    /// A message.
    Message(Bytes),
    /// A sign of life without content.
    Alive,
    /// The end.
    Lost(Loss),
}

/// How a socket ended.
#[derive(Debug)]
pub(crate) struct Loss {
    /// The close code, if the server said goodbye.
    pub(crate) code: Option<u16>,
    pub(crate) why: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "closed by the server ({code}): {}", self.why),
            None => f.write_str(&self.why),
        }
    }
}

/// The owner's end of an open socket. Dropping it closes the socket.
pub(crate) struct Socket {
    pub(crate) outgoing: mpsc::Sender<Message>,
    pub(crate) incoming: mpsc::Receiver<Heard>,
}

/// Reaches the server and begins to carry messages. `url` holds the token: it must not be logged.
pub(crate) async fn open(url: &Url, dial: &dyn Dial) -> Result<Socket, DialError> {
    let reach = async {
        let stream = dial
            .dial(url)
            .await
            .map_err(|error| DialError::Failed(format!("no way to the server: {error}")))?;
        let request = url.as_str().into_client_request().map_err(refused)?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(MAX_SERVER_FRAME_BYTES))
            .max_frame_size(Some(MAX_SERVER_FRAME_BYTES));
        let upgraded = client_async_tls_with_config(request, stream, Some(config), None).await;
        upgraded.map_err(refused)
    };
    let (stream, _) = tokio::time::timeout(DIAL, reach)
        .await
        .map_err(|_| DialError::Failed(format!("no answer within {} s", DIAL.as_secs())))??;
    let (outgoing, to_send) = mpsc::channel(QUEUE);
    let (heard, incoming) = mpsc::channel(QUEUE);
    tokio::spawn(carry(stream, to_send, heard));
    Ok(Socket { outgoing, incoming })
}

fn refused(error: WsError) -> DialError {
    match error {
        WsError::Http(response) => {
            let body = response.body().as_deref().unwrap_or_default();
            DialError::Refused(Refusal::new(response.status().as_u16(), body))
        }
        other => DialError::Failed(format!("no WebSocket: {other}")),
    }
}

/// Carries messages until either side ends.
async fn carry(
    stream: WebSocketStream<MaybeTlsStream<Box<dyn ByteStream>>>,
    mut to_send: mpsc::Receiver<Message>,
    heard: mpsc::Sender<Heard>,
) {
    let (mut sink, mut stream) = stream.split();
    let read = async {
        loop {
            let (next, last) = match stream.next().await {
                Some(Ok(Message::Binary(bytes))) => (Heard::Message(bytes), false),
                // Cairn and y-websocket speak binary; anything else only shows that they live.
                Some(Ok(
                    Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
                )) => (Heard::Alive, false),
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.as_ref().map(|frame| u16::from(frame.code));
                    let why = frame.map_or_else(String::new, |frame| frame.reason.to_string());
                    (Heard::Lost(Loss { code, why }), true)
                }
                Some(Err(error)) => (
                    Heard::Lost(Loss {
                        code: None,
                        why: error.to_string(),
                    }),
                    true,
                ),
                None => (
                    Heard::Lost(Loss {
                        code: None,
                        why: "the connection ended".into(),
                    }),
                    true,
                ),
            };
            if heard.send(next).await.is_err() || last {
                break;
            }
        }
        // Lets the goodbye of this side out, after one of the server's.
        while let Some(Ok(_)) = stream.next().await {}
    };
    let write = async {
        while let Some(message) = to_send.recv().await {
            sink.feed(message).await?;
            // What has gathered meanwhile goes out in the same write.
            while let Ok(message) = to_send.try_recv() {
                sink.feed(message).await?;
            }
            sink.flush().await?;
        }
        sink.close().await
    };
    let unheard = async {
        heard.closed().await;
        tokio::time::sleep(GOODBYE).await;
    };
    // A failed write shows in the reader, with the reason, unless the reader hears nothing at all.
    tokio::select! {
        () = read => {}
        Err(error) = write => {
            let _ = heard.try_send(Heard::Lost(Loss { code: None, why: error.to_string() }));
        }
        () = unheard => {}
    }
}
