//! TIME in a room: deadlines pass without anybody, and while nobody is there.

use cairn_protocol::channel::{ClockView, ServerMessage};

use super::*;

/// What the shared view says of the current step's clock.
async fn clock_seen(seat: &mut Seat, fits: impl Fn(&ClockView) -> bool) -> ClockView {
    loop {
        if let ServerMessage::Shared { shared } = seat.told().await
            && let Some(current) = shared.current
            && fits(&current.clock)
        {
            return current.clock;
        }
    }
}

async fn begin_a_step_of_a_minute(ann: &Seat) {
    ann.says(r#"{"hello":{}}"#).await;
    let step = r#"{"title":"Map","mode":"open","minutes":1}"#;
    ann.says(&format!(
        r#"{{"command":{{"setAgenda":{{"steps":[{step}]}}}},"request":"1"}}"#
    ))
    .await;
    ann.says(r#"{"command":{"startStep":{"id":1}},"request":"2"}"#)
        .await;
}

#[tokio::test]
async fn time_5_a_deadline_passes_though_nobody_does_anything() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    begin_a_step_of_a_minute(&ann).await;
    let clock = clock_seen(&mut ann, |clock| matches!(clock, ClockView::Runs { .. })).await;
    assert_eq!(
        clock,
        ClockView::Runs {
            until: Some(61_000)
        }
    );
    table.wait(59_999).await;
    let quiet = ann.hears_only_until_barrier().await;
    assert!(
        !quiet.iter().any(|f| matches!(f, Frame::Workshop(_))),
        "a millisecond is left: {quiet:?}"
    );
    table.wait(1).await;
    clock_seen(&mut ann, |clock| matches!(clock, ClockView::Zero {})).await;
}

#[tokio::test]
async fn time_6_a_deadline_holds_while_the_room_is_closed() {
    let mut table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    begin_a_step_of_a_minute(&ann).await;
    clock_seen(&mut ann, |clock| matches!(clock, ClockView::Runs { .. })).await;
    table.time.fetch_add(10_000, Ordering::SeqCst);
    table.reopen().await;
    let mut ben = table.seat("Ben", Role::Participant, 12).await;
    ben.says(r#"{"hello":{}}"#).await;
    let clock = clock_seen(&mut ben, |clock| matches!(clock, ClockView::Runs { .. })).await;
    assert_eq!(
        clock,
        ClockView::Runs {
            until: Some(61_000)
        }
    );
    table.wait(50_000).await;
    clock_seen(&mut ben, |clock| matches!(clock, ClockView::Zero {})).await;
}
