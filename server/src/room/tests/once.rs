//! What everyone is sent is encoded once for the whole room (FAN-1, DESIGN §3): all sockets wait for the same bytes in memory, not for
//! as many copies of them as there are sockets.

use super::*;

/// Sockets in the room: some people have several tabs.
const SOCKETS: u64 = 60;
/// Of them, those that never spoke on the workshop channel.
const STOCK: u64 = 10;

impl Seat {
    /// The bytes, as they wait, of the next frame that fits.
    async fn waiting(&mut self, fits: impl Fn(&Frame) -> bool) -> Bytes {
        loop {
            let Next::Frames(frames) = self.outbox.next().await else {
                panic!("the socket should stay open and keep up");
            };
            let found = frames.into_iter().find(|bytes| {
                let frame = Frame::decode(bytes).expect("the server sends frames");
                fits(&frame)
            });
            if let Some(bytes) = found {
                return bytes;
            }
        }
    }
}

/// All of these sockets wait for the same bytes.
async fn is_encoded_once(what: &str, seats: &mut [Seat], fits: impl Fn(&Frame) -> bool) {
    // Kept, so that no two of them can lie in the same place one after the other.
    let mut found = Vec::new();
    for seat in seats {
        found.push(seat.waiting(&fits).await);
    }
    let places: std::collections::BTreeSet<_> = found.iter().map(|one| one.as_ptr()).collect();
    let (copies, sockets) = (places.len(), found.len());
    assert_eq!(copies, 1, "{what}: {copies} copies for {sockets} sockets");
}

#[tokio::test]
async fn fan_1_what_everyone_is_sent_is_encoded_once_for_the_whole_room() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 1).await;
    let mut seats = Vec::new();
    for n in 0..SOCKETS {
        let who = if n < 10 {
            table
                .join(&format!("Guest {n}"), Role::Participant)
                .await
                .id
        } else {
            ParticipantId(2 + u32::try_from(n % 10).unwrap())
        };
        let mut seat = Seat::take(&table.room, Actor::Participant(who), 100 + n).await;
        seat.sync().await;
        if n >= STOCK {
            seat.says(r#"{"hello":{}}"#).await;
        }
        // Nothing that came before is still on its way.
        seat.hears_only_until_barrier().await;
        seats.push(seat);
    }
    let park = r#"{"command":{"park":{"text":"Said once"}},"request":"r"}"#;
    ann.says(park).await;
    let shows =
        |frame: &Frame| matches!(frame, Frame::Workshop(json) if json.contains("Said once"));
    let speaking = &mut seats[usize::try_from(STOCK).unwrap()..];
    is_encoded_once("the shared view", speaking, shows).await;
    ann.types("typed once").await;
    let edit = |frame: &Frame| matches!(frame, Frame::Update(_));
    is_encoded_once("an edit", &mut seats, edit).await;
    let entry = PresenceEntry {
        client: 1,
        clock: 1,
        state: Some(r#"{"is":"here once"}"#.into()),
    };
    let entries = vec![entry];
    ann.send(Frame::Awareness(AwarenessUpdate { entries }))
        .await;
    let here = |frame: &Frame| matches!(frame, Frame::Awareness(_));
    is_encoded_once("presence", &mut seats, here).await;
    ann.hears_only_until_barrier().await;
}
