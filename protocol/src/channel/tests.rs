//! The channel's shapes on the wire (WIRE-7), and the web client's types, which are written from the Rust ones.

use ts_rs::{Config, TS};

use super::*;
use crate::agenda::{AtZero, Focus, Mode};
use crate::id::ParticipantId;

const WRITTEN: &str = "../client/web/src/wire/channel.ts";

fn declarations() -> String {
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
        Command::decl(&config),
        Person::decl(&config),
        AgendaStep::decl(&config),
        ClockView::decl(&config),
        CurrentStep::decl(&config),
        ParkedNote::decl(&config),
        SpotlightView::decl(&config),
        Shared::decl(&config),
        Personal::decl(&config),
        Rejected::decl(&config),
        Hello::decl(&config),
        ClientCommand::decl(&config),
        ClientMessage::decl(&config),
        ServerMessage::decl(&config),
    ];
    let mut text = String::from(
        "// The JSON of the workshop channel (tag 110). Written from protocol/src/{channel,command,agenda,floor}.rs by a test; to write it anew:\n\
         // CAIRN_WRITE=1 cargo test -p cairn-protocol channel\n\n",
    );
    for declaration in declarations {
        text.push_str("export ");
        text.push_str(&declaration.replace("ParticipantId", "string"));
        text.push_str("\n\n");
    }
    text.truncate(text.len() - 1);
    text
}

#[test]
fn wire_7_the_web_clients_types_are_those_of_the_channel() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(WRITTEN);
    let current = declarations();
    if std::env::var_os("CAIRN_WRITE").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        written, current,
        "{WRITTEN} is not current: see its first line"
    );
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
