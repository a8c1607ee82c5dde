//! Who may ask for what: every command with every kind of caller, in one table (ROLE-3, ROLE-5). A command without a row fails.

use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::channel::ClientCommand;
use cairn_protocol::command::Command;
use serde_json::{Value, json};

use super::super::examples;
use super::{KEY, Server, server, text};

/// Whoever is in the map, in the order of the table's columns, and the host.
pub(super) const CALLERS: [&str; 4] = ["observer", "participant", "facilitator", "host"];

/// A command, what has been done before it, and what it answers to each caller.
pub(super) struct Row {
    pub(super) name: &'static str,
    given: &'static [(By, &'static str)],
    pub(super) answers: [u16; 4],
}

/// Who does what comes before.
#[derive(Clone, Copy)]
enum By {
    Facilitator,
    /// Whoever asks then; it may be refused to them.
    Caller,
}

const fn row(name: &'static str, given: &'static [(By, &'static str)], answers: [u16; 4]) -> Row {
    Row {
        name,
        given,
        answers,
    }
}

/// Facilitators and the host.
const RUNNING: [u16; 4] = [403, 403, 200, 200];
/// Whoever joined and takes part; observers and the host are no part of it.
const WORKING: [u16; 4] = [422, 200, 200, 422];

const AGENDA: &[(By, &str)] = &[(By::Facilitator, "setAgenda")];
const STEP: &[(By, &str)] = &[
    (By::Facilitator, "setAgenda"),
    (By::Facilitator, "startStep"),
];
const ROUND: &[(By, &str)] = &[(By::Facilitator, "openRound")];
const CLOSED: &[(By, &str)] = &[
    (By::Facilitator, "openRound"),
    (By::Facilitator, "closeRound"),
];
const BRAINSTORM: &[(By, &str)] = &[(By::Facilitator, "startBrainstorm")];

pub(super) const TABLE: &[Row] = &[
    // The host has no name in the map to change (ROLE-7).
    row("rename", &[], [200, 200, 200, 422]),
    row("setRole", &[], RUNNING),
    row("remove", &[], RUNNING),
    row("rotateInvite", &[], RUNNING),
    row("setAgenda", &[], RUNNING),
    row("addStep", &[], RUNNING),
    row("changeStep", AGENDA, RUNNING),
    row("moveStep", AGENDA, RUNNING),
    row("removeStep", AGENDA, RUNNING),
    row("startStep", AGENDA, RUNNING),
    row("nextStep", STEP, RUNNING),
    row(
        "previousStep",
        &[
            (By::Facilitator, "setAgenda"),
            (By::Facilitator, "startStep"),
            (By::Facilitator, "nextStep"),
        ],
        RUNNING,
    ),
    row("pause", STEP, RUNNING),
    row(
        "resume",
        &[
            (By::Facilitator, "setAgenda"),
            (By::Facilitator, "startStep"),
            (By::Facilitator, "pause"),
        ],
        RUNNING,
    ),
    row("extend", STEP, RUNNING),
    row("finishAgenda", STEP, RUNNING),
    row("setReady", STEP, WORKING),
    // Observers, too, may want to say something.
    row("raiseHand", &[], [200, 200, 200, 422]),
    row("lowerHand", &[], RUNNING),
    row("park", &[], [422, 200, 200, 200]),
    // Somebody else's: only for facilitators (FLOOR-2).
    row("unpark", &[(By::Facilitator, "park")], [422, 403, 200, 200]),
    row("spotlight", &[], RUNNING),
    row("openRound", &[], RUNNING),
    row("vote", ROUND, WORKING),
    row("closeRound", ROUND, RUNNING),
    row("cancelRound", ROUND, RUNNING),
    row("reopenRound", CLOSED, RUNNING),
    row("runOff", CLOSED, RUNNING),
    row("openEmotionRound", &[], RUNNING),
    row("feel", &[(By::Facilitator, "openEmotionRound")], WORKING),
    row("startBrainstorm", &[], RUNNING),
    row("writeDraft", BRAINSTORM, WORKING),
    // Whoever is made an observer meanwhile may still take back the own (DRAFT-3).
    row(
        "dropDraft",
        &[
            (By::Facilitator, "startBrainstorm"),
            (By::Caller, "writeDraft"),
        ],
        [200, 200, 200, 422],
    ),
    row("reveal", BRAINSTORM, RUNNING),
    row("discardDrafts", BRAINSTORM, RUNNING),
    row("saveVersion", &[], RUNNING),
    row(
        "renameVersion",
        &[(By::Facilitator, "saveVersion")],
        RUNNING,
    ),
    row("dropVersion", &[(By::Facilitator, "saveVersion")], RUNNING),
    row("restore", &[], RUNNING),
];

/// The name of each command: the compiler asks for that of a new one, and the tests for its example and its row.
fn name(command: &ClientCommand) -> &'static str {
    match command {
        ClientCommand::RotateInvite { .. } => "rotateInvite",
        ClientCommand::OpenRound { .. } => "openRound",
        ClientCommand::RunOff { .. } => "runOff",
        ClientCommand::ReopenRound { .. } => "reopenRound",
        ClientCommand::OpenEmotionRound { .. } => "openEmotionRound",
        ClientCommand::Reveal {} => "reveal",
        ClientCommand::Restore { .. } => "restore",
        ClientCommand::Fold(Command::Rename { .. }) => "rename",
        ClientCommand::Fold(Command::SetRole { .. }) => "setRole",
        ClientCommand::Fold(Command::Remove { .. }) => "remove",
        ClientCommand::Fold(Command::AddStep { .. }) => "addStep",
        ClientCommand::Fold(Command::ChangeStep { .. }) => "changeStep",
        ClientCommand::Fold(Command::MoveStep { .. }) => "moveStep",
        ClientCommand::Fold(Command::RemoveStep { .. }) => "removeStep",
        ClientCommand::Fold(Command::SetAgenda { .. }) => "setAgenda",
        ClientCommand::Fold(Command::StartStep { .. }) => "startStep",
        ClientCommand::Fold(Command::NextStep {}) => "nextStep",
        ClientCommand::Fold(Command::PreviousStep {}) => "previousStep",
        ClientCommand::Fold(Command::Pause {}) => "pause",
        ClientCommand::Fold(Command::Resume {}) => "resume",
        ClientCommand::Fold(Command::Extend { .. }) => "extend",
        ClientCommand::Fold(Command::FinishAgenda {}) => "finishAgenda",
        ClientCommand::Fold(Command::SetReady { .. }) => "setReady",
        ClientCommand::Fold(Command::RaiseHand { .. }) => "raiseHand",
        ClientCommand::Fold(Command::LowerHand { .. }) => "lowerHand",
        ClientCommand::Fold(Command::Park { .. }) => "park",
        ClientCommand::Fold(Command::Unpark { .. }) => "unpark",
        ClientCommand::Fold(Command::Spotlight { .. }) => "spotlight",
        ClientCommand::Fold(Command::Vote { .. }) => "vote",
        ClientCommand::Fold(Command::CloseRound { .. }) => "closeRound",
        ClientCommand::Fold(Command::CancelRound { .. }) => "cancelRound",
        ClientCommand::Fold(Command::Feel { .. }) => "feel",
        ClientCommand::Fold(Command::StartBrainstorm { .. }) => "startBrainstorm",
        ClientCommand::Fold(Command::WriteDraft { .. }) => "writeDraft",
        ClientCommand::Fold(Command::DropDraft { .. }) => "dropDraft",
        ClientCommand::Fold(Command::DiscardDrafts {}) => "discardDrafts",
        ClientCommand::Fold(Command::SaveVersion { .. }) => "saveVersion",
        ClientCommand::Fold(Command::RenameVersion { .. }) => "renameVersion",
        ClientCommand::Fold(Command::DropVersion { .. }) => "dropVersion",
    }
}

/// A map with two ideas and somebody of each role: p1 facilitates, p2 takes part, p3 looks on, p4 is there to be removed.
pub(super) struct Workshop {
    pub(super) id: String,
    pub(super) tokens: BTreeMap<&'static str, String>,
    pub(super) removed: String,
}

pub(super) async fn workshop(server: &Server) -> Workshop {
    let card = |id: &str, lane: &str| json!({"id": id, "lane": lane, "stage": "order", "text": id});
    let lane = |id: &str, kind: &str| json!({"id": id, "kind": kind, "title": id});
    let map = json!({
        "format": "cairn.map/1", "title": "T", "kind": "current-state",
        "stages": [{"id": "order", "title": "Order"}],
        "lanes": [lane("actions", "action"), lane("pains", "pain"), lane("ideas", "opportunity")],
        "cards": [card("idea-1", "ideas"), card("idea-2", "ideas")],
    });
    let made = server
        .post(Some(KEY), "/api/maps/import", &map)
        .await
        .is(201)
        .json();
    let mut tokens = BTreeMap::from([("host", KEY.to_owned())]);
    let mut joined = Vec::new();
    for role in [
        "facilitator",
        "participant",
        "observer",
        "participant",
        "participant",
    ] {
        let join = json!({"invite": made["invites"][role], "name": role});
        let one = server.post(None, "/api/join", &join).await.is(200).json();
        tokens.entry(role).or_insert_with(|| text(&one["token"]));
        joined.push(one);
    }
    let last = joined.pop().unwrap();
    let workshop = Workshop {
        id: text(&made["id"]),
        tokens,
        removed: text(&last["token"]),
    };
    let remove = json!({"remove": {"participant": last["participant"]}});
    workshop.asks(server, Some(KEY), &remove).await.is(200);
    workshop
}

impl Workshop {
    /// Does what comes before a row's command, where somebody with this token is about to ask; says what failed of it.
    pub(super) async fn prepares(&self, server: &Server, row: &Row, token: &str) -> Vec<String> {
        let mut failed = Vec::new();
        for (by, before) in row.given {
            let by_whom = match by {
                By::Facilitator => self.tokens["facilitator"].as_str(),
                By::Caller => token,
            };
            let done = self.asks(server, Some(by_whom), &example(before)).await;
            let may_fail = matches!(by, By::Caller);
            if !may_fail && done.status != 200 {
                failed.push(format!("{before} before {}: {}", row.name, done.status));
            }
        }
        failed
    }

    pub(super) async fn asks(
        &self,
        server: &Server,
        token: Option<&str>,
        command: &Value,
    ) -> super::Answer {
        let path = format!("/api/maps/{}/commands", self.id);
        server
            .post(token, &path, &json!({ "command": command }))
            .await
    }
}

pub(super) fn example(name: &str) -> Value {
    let found = examples::COMMANDS.iter().find(|one| one.name == name);
    found
        .unwrap_or_else(|| panic!("no example of {name}"))
        .command()
}

/// Every command there is, as the type's own schema says.
fn all(document: &Value) -> BTreeSet<String> {
    let asked = &document["components"]["schemas"]["CommandRequest"]["properties"]["command"];
    let folded = &document["components"]["schemas"]["Command"]["oneOf"];
    let listed = [&asked["oneOf"], folded].into_iter();
    listed
        .flat_map(|list| list.as_array().unwrap())
        .filter_map(|one| one["properties"].as_object())
        .flat_map(|properties| properties.keys().cloned())
        .collect()
}

/// The names of a type's variants, as the types say that the web client's are written from: each new one is there.
fn variants_of(name: &str) -> BTreeSet<String> {
    let types = include_str!("../../../../client/web/src/wire/channel.ts");
    let (_, after) = types.split_once(&format!("export type {name} = ")).unwrap();
    let (mut depth, mut found) = (0, BTreeSet::new());
    let (body, _) = after.split_once(";\n").unwrap();
    for line in body
        .lines()
        .filter(|line| !line.trim_start().starts_with('*'))
    {
        for part in line.split_inclusive(['{', '}']) {
            let named = part
                .split_once('"')
                .and_then(|(_, rest)| rest.split_once("\":"));
            if let (1, Some((name, _))) = (depth, named) {
                found.insert(name.to_owned());
            }
            depth += i32::from(part.ends_with('{')) - i32::from(part.ends_with('}'));
        }
    }
    found
}

#[tokio::test]
async fn http_2_every_command_has_an_example_in_the_document() {
    let document = server().get("/api/openapi.json").await.is(200).json();
    let there_are: BTreeSet<String> = ["ClientCommand", "Command"]
        .map(variants_of)
        .into_iter()
        .flatten()
        .collect();
    assert!(
        there_are.contains("restore") && there_are.contains("rename"),
        "{there_are:?}"
    );
    assert_eq!(all(&document), there_are, "documented, and there");
    let names: BTreeSet<String> = examples::COMMANDS
        .iter()
        .map(|one| one.name.to_owned())
        .collect();
    assert_eq!(all(&document), names);
    let body = &document["paths"]["/api/maps/{id}/commands"]["post"]["requestBody"];
    let shown = &body["content"]["application/json"]["examples"];
    for one in examples::COMMANDS {
        let command: ClientCommand = serde_json::from_value(one.command()).unwrap();
        assert_eq!(name(&command), one.name);
        assert_eq!(
            shown[one.name]["value"]["command"],
            one.command(),
            "{}",
            one.name
        );
    }
}

#[tokio::test]
async fn role_3_every_command_answers_each_caller_as_the_table_says() {
    let rows: BTreeSet<_> = TABLE.iter().map(|row| row.name).collect();
    let names: BTreeSet<_> = examples::COMMANDS.iter().map(|one| one.name).collect();
    assert_eq!(rows, names, "a row for each command");
    let mut wrong = Vec::new();
    for row in TABLE {
        // One each: all of them together ask more than one address may.
        let server = server();
        let elsewhere = workshop(&server).await;
        let asked = example(row.name);
        for (caller, expected) in CALLERS.into_iter().zip(row.answers) {
            let map = workshop(&server).await;
            let token = map.tokens[caller].as_str();
            wrong.extend(map.prepares(&server, row, token).await);
            // Those outside are turned away first, whatever they ask for.
            let foreign = elsewhere.tokens["facilitator"].as_str();
            for outside in [
                None,
                Some(foreign),
                Some(map.removed.as_str()),
                Some("a wrong host key"),
            ] {
                let found = map.asks(&server, outside, &asked).await.status.as_u16();
                if found != 401 {
                    wrong.push(format!("{} from outside: {found}, not 401", row.name));
                }
            }
            let answer = map.asks(&server, Some(token), &asked).await;
            let found = answer.status.as_u16();
            if found != expected {
                let body = String::from_utf8_lossy(&answer.body);
                wrong.push(format!(
                    "{} as {caller}: {found}, not {expected}: {body}",
                    row.name
                ));
            }
            if found != 200 {
                assert!(
                    answer.json()["rule"].is_string(),
                    "{} as {caller} names no rule",
                    row.name
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
