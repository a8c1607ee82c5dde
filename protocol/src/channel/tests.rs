//! The channel's shapes on the wire (WIRE-7), and the web client's types, which are written from the Rust ones.

use ts_rs::{Config, TS};

use super::*;
use crate::agenda::{AtZero, Focus, Mode};
use crate::id::ParticipantId;
use crate::round::{Targets, Visibility};
use crate::typescript::assert_current;
use crate::version::VersionId;

#[test]
fn wire_7_the_web_clients_types_are_those_of_the_channel() {
    let config = Config::default();
    let declarations = [
        Role::decl(&config),
        StepId::decl(&config),
        Mode::decl(&config),
        AtZero::decl(&config),
        Focus::decl(&config),
        Step::decl(&config),
        ParkedId::decl(&config),
        Spot::decl(&config),
        RoundId::decl(&config),
        Visibility::decl(&config),
        Targets::decl(&config),
        RoundSetup::decl(&config),
        Score::decl(&config),
        Hundredths::decl(&config),
        EmotionSetup::decl(&config),
        DraftId::decl(&config),
        BrainstormSetup::decl(&config),
        VersionId::decl(&config),
        Command::decl(&config),
        Person::decl(&config),
        AgendaStep::decl(&config),
        ClockView::decl(&config),
        CurrentStep::decl(&config),
        ParkedNote::decl(&config),
        SpotlightView::decl(&config),
        RoundStateView::decl(&config),
        TargetView::decl(&config),
        ResultView::decl(&config),
        RoundView::decl(&config),
        StageView::decl(&config),
        StageFeelings::decl(&config),
        EmotionRoundView::decl(&config),
        BrainstormView::decl(&config),
        BallotView::decl(&config),
        ProgressView::decl(&config),
        FeelingsView::decl(&config),
        DraftView::decl(&config),
        WritingView::decl(&config),
        Shared::decl(&config),
        Personal::decl(&config),
        Rejected::decl(&config),
        Hello::decl(&config),
        ClientCommand::decl(&config),
        ClientMessage::decl(&config),
        ServerMessage::decl(&config),
    ];
    let declarations = declarations.map(|text| text.replace("ParticipantId", "string"));
    let head = "The JSON of the workshop channel (tag 110). Written from protocol/src/{channel,command,agenda,brainstorm,emotion,floor,round,version}.rs";
    assert_current("channel.ts", head, "channel", &declarations);
}

#[test]
fn wire_7_messages_have_the_documented_shapes() {
    let shapes = [
        (
            ServerMessage::Done {
                done: "r".into(),
                invite: None,
            },
            r#"{"done":"r"}"#,
        ),
        (
            ServerMessage::Refused {
                refused: "r".into(),
                why: "w".into(),
                rule: "ROLE-3".into(),
            },
            r#"{"refused":"r","why":"w","rule":"ROLE-3"}"#,
        ),
        (
            ServerMessage::Personal {
                personal: Personal {
                    participant: ParticipantId(12),
                    role: Role::Observer,
                    ballot: None,
                    progress: None,
                    feelings: None,
                    drafts: Vec::new(),
                    writing: None,
                },
            },
            r#"{"personal":{"participant":"p12","role":"observer"}}"#,
        ),
    ];
    for (message, json) in shapes {
        assert_eq!(serde_json::to_string(&message).unwrap(), json);
        assert_eq!(
            serde_json::from_str::<ServerMessage>(json).unwrap(),
            message
        );
    }
    let command =
        r#"{"command":{"setRole":{"participant":"p2","role":"facilitator"}},"request":"r"}"#;
    let expected = ClientMessage::Command {
        command: ClientCommand::Fold(Command::SetRole {
            participant: ParticipantId(2),
            role: Role::Facilitator,
        }),
        request: "r".into(),
    };
    assert_eq!(
        serde_json::from_str::<ClientMessage>(command).unwrap(),
        expected
    );
    for bad in [
        "{}",
        r#"{"hello":{},"x":1}"#,
        r#"{"command":{"remove":{}},"request":"r"}"#,
    ] {
        assert!(serde_json::from_str::<ClientMessage>(bad).is_err(), "{bad}");
    }
}
