//! A session: one socket. Bytes to bounded frames and into the room's mailbox; what waits in the outbox to bytes. Bounded both
//! ways, holds no rule and no document. Started by `http` after the upgrade.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bytes::Bytes;
use cairn_protocol::frame::{Frame, FrameError, KEEP_ALIVE};
use cairn_protocol::record::Actor;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout, timeout_at};

use crate::fanout::{Close, Next, Outbox};
use crate::room::{ConnId, Event};
use crate::rooms::RoomHandle;

/// Stock clients close a connection on which no data came for 30 s; pings do not count (FIELD-NOTES).
const KEEP_ALIVE_EVERY: Duration = Duration::from_secs(15);
/// A socket that takes nothing for this long makes no progress at all and is closed.
const WRITE_STALL: Duration = Duration::from_mins(1);
/// A peer that says nothing for this long, not even an answer to pings, is gone.
const READ_SILENCE: Duration = Duration::from_mins(1);
/// A peer that does not answer a close within this is not waited for.
const CLOSE_WAIT: Duration = Duration::from_secs(1);

/// Serves one socket until either side ends it. The actor's token was checked before the upgrade.
pub async fn serve_socket(socket: WebSocket, room: RoomHandle, actor: Actor) {
    let outbox = Outbox::default();
    let (reply, answer) = oneshot::channel();
    let connect = Event::Connect {
        actor,
        outbox: outbox.clone(),
        reply,
    };
    let (sink, mut stream) = socket.split();
    let Ok(conn) = room.ask(connect, answer).await else {
        outbox.close(Close::TryLater);
        write(sink, outbox, &room, None).await;
        until_closed(stream).await;
        return;
    };
    {
        let writer = write(sink, outbox.clone(), &room, Some(conn));
        let reader = async {
            let why = read(&mut stream, &room, conn, &outbox).await;
            outbox.close(why);
        };
        tokio::pin!(writer, reader);
        tokio::select! {
            // The writer ends after a close frame or a dead peer: nothing is read any more.
            () = &mut writer => {}
            // The reader ends with a reason that the writer still has to tell.
            () = &mut reader => { drop(timeout(WRITE_STALL, writer).await); }
        }
    }
    room.tell(Event::Disconnect { conn }).await;
    until_closed(stream).await;
}

/// Reads until the peer has closed, too: what it sent and nobody read would have the system reset the connection, and with it the close
/// frame would be lost, which may say that the map is gone.
async fn until_closed(mut stream: SplitStream<WebSocket>) {
    let closed = async { while let Some(Ok(_)) = stream.next().await {} };
    drop(timeout(CLOSE_WAIT, closed).await);
}

async fn read(
    stream: &mut SplitStream<WebSocket>,
    room: &RoomHandle,
    conn: ConnId,
    outbox: &Outbox,
) -> Close {
    loop {
        outbox.room_to_read().await;
        // Too large for the socket's own bound, cut off, silent: the peer is gone or cannot be talked to.
        let Ok(Some(Ok(message))) = timeout(READ_SILENCE, stream.next()).await else {
            return Close::Gone;
        };
        let bytes = match message {
            Message::Binary(bytes) => bytes,
            Message::Ping(_) | Message::Pong(_) => continue,
            Message::Text(_) => {
                return Close::Malformed("text where a binary frame belongs".into());
            }
            Message::Close(_) => return Close::Gone,
        };
        let frame = match Frame::decode(&bytes) {
            Ok(frame) => frame,
            // As y-websocket's own server: a message of a kind not known here is for somebody else.
            Err(FrameError::UnknownTag(_)) => continue,
            // Content that is not kept here (subdocuments, say): told, not closed, because a stock client would be back
            // with the same at once, for ever.
            Err(FrameError::Update(error)) if error.is_unsupported() => {
                let why = error.to_string();
                if !room.tell(Event::NotTaken { conn, why }).await {
                    return Close::TryLater;
                }
                continue;
            }
            Err(error) => return Close::Malformed(reason(&error)),
        };
        let Some(share) = room.share(bytes.len()).await else {
            return Close::TryLater;
        };
        if !room.tell(Event::Frame { conn, frame, share }).await {
            return Close::TryLater;
        }
    }
}

/// A close frame carries at most 123 bytes of reason (RFC 6455 §5.5).
fn reason(error: &FrameError) -> String {
    let mut text = error.to_string();
    let mut end = text.len().min(120);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    outbox: Outbox,
    room: &RoomHandle,
    conn: Option<ConnId>,
) {
    let mut keep_alive = Instant::now() + KEEP_ALIVE_EVERY;
    loop {
        let Ok(next) = timeout_at(keep_alive, outbox.next()).await else {
            keep_alive = Instant::now() + KEEP_ALIVE_EVERY;
            // The ping makes a peer that only listens show that it is there.
            let silence = [
                Message::Binary(Bytes::from_static(&KEEP_ALIVE)),
                Message::Ping(Bytes::new()),
            ];
            if !send_all(&mut sink, silence).await {
                return;
            }
            continue;
        };
        match next {
            Next::Frames(frames) => {
                keep_alive = Instant::now() + KEEP_ALIVE_EVERY;
                if !send_all(&mut sink, frames.into_iter().map(Message::Binary)).await {
                    return;
                }
            }
            Next::CaughtUp { missed_from } => {
                let Some(conn) = conn else { return };
                if !room.tell(Event::CaughtUp { conn, missed_from }).await {
                    outbox.close(Close::TryLater);
                }
            }
            Next::Close(why) => {
                if let Some((code, text)) = why.code() {
                    let frame = CloseFrame {
                        code,
                        reason: text.into(),
                    };
                    let message = Message::Close(Some(frame));
                    // A peer that takes no close frame is gone all the same.
                    drop(timeout(CLOSE_WAIT, sink.send(message)).await);
                }
                return;
            }
        }
    }
}

/// Writes messages and flushes once: how often a server writes to sockets decides almost everything. `false` when
/// the socket is dead or stuck.
async fn send_all(
    sink: &mut SplitSink<WebSocket, Message>,
    messages: impl IntoIterator<Item = Message>,
) -> bool {
    for message in messages {
        match timeout(WRITE_STALL, sink.feed(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => return false,
        }
    }
    matches!(timeout(WRITE_STALL, sink.flush()).await, Ok(Ok(())))
}
