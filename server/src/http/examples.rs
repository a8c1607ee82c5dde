//! One example of each command, for the OpenAPI document: what a program sends to `POST /api/maps/{id}/commands`. The tests send
//! each of them to a server, in the order of a workshop.

use utoipa::openapi::OpenApi;
use utoipa::openapi::example::ExampleBuilder;

/// A command's name, what it does in a few words, and itself.
pub(super) struct Example {
    pub(super) name: &'static str,
    summary: &'static str,
    command: &'static str,
}

const fn example(name: &'static str, summary: &'static str, command: &'static str) -> Example {
    Example {
        name,
        summary,
        command,
    }
}

/// Every command there is.
pub(super) const COMMANDS: &[Example] = &[
    example(
        "rename",
        "Change one's own name and colour",
        r##"{"rename": {"name": "Ada", "color": "#3d6b4f"}}"##,
    ),
    example(
        "setRole",
        "Make somebody a facilitator",
        r#"{"setRole": {"participant": "p2", "role": "facilitator"}}"#,
    ),
    example(
        "remove",
        "Take somebody out of the map",
        r#"{"remove": {"participant": "p4"}}"#,
    ),
    example(
        "rotateInvite",
        "Make an invite link anew",
        r#"{"rotateInvite": {"role": "participant"}}"#,
    ),
    example(
        "setAgenda",
        "Replace the whole agenda",
        r#"{"setAgenda": {"steps": [
            {"title": "What happens", "instructions": "Write what the customer does, one thing a card.", "minutes": 15,
             "mode": "open", "focus": {"lanes": ["actions"]}, "lock": true, "atZero": "wait"},
            {"title": "What hurts", "minutes": 10, "mode": "brainstorm", "focus": {"lanes": ["pains"]}, "atZero": "advance"},
            {"title": "What first", "minutes": 5, "mode": "vote"}]}}"#,
    ),
    example(
        "addStep",
        "Add a step",
        r#"{"addStep": {"index": 0, "step": {"title": "Welcome", "minutes": 5, "mode": "discuss"}}}"#,
    ),
    example(
        "changeStep",
        "Change a step",
        r#"{"changeStep": {"id": 1, "step": {"title": "What happens", "minutes": 20, "mode": "open"}}}"#,
    ),
    example(
        "moveStep",
        "Put a step elsewhere",
        r#"{"moveStep": {"id": 1, "index": 1}}"#,
    ),
    example(
        "removeStep",
        "Take a step out",
        r#"{"removeStep": {"id": 3}}"#,
    ),
    example("startStep", "Begin a step", r#"{"startStep": {"id": 1}}"#),
    example("nextStep", "Go on to the next step", r#"{"nextStep": {}}"#),
    example(
        "previousStep",
        "Go back to the step before",
        r#"{"previousStep": {}}"#,
    ),
    example("pause", "Stop the clock", r#"{"pause": {}}"#),
    example("resume", "Let the clock go on", r#"{"resume": {}}"#),
    example(
        "extend",
        "Give the step another minute",
        r#"{"extend": {"seconds": 60}}"#,
    ),
    example(
        "finishAgenda",
        "End the current step; none follows",
        r#"{"finishAgenda": {}}"#,
    ),
    example(
        "setReady",
        "Say that one is done with the step",
        r#"{"setReady": {"ready": true, "step": 1}}"#,
    ),
    example(
        "raiseHand",
        "Raise one's hand",
        r#"{"raiseHand": {"raised": true}}"#,
    ),
    example(
        "lowerHand",
        "Lower somebody's hand",
        r#"{"lowerHand": {"participant": "p2"}}"#,
    ),
    example(
        "park",
        "Put something in the parking lot",
        r#"{"park": {"text": "Who owns the returns desk?"}}"#,
    ),
    example(
        "unpark",
        "Take something out of it",
        r#"{"unpark": {"id": 1}}"#,
    ),
    example(
        "spotlight",
        "Bring everyone to a cell",
        r#"{"spotlight": {"spot": {"stage": "order", "lane": "pains"}}}"#,
    ),
    example(
        "openRound",
        "Open a round of dot voting",
        r#"{"openRound": {"setup": {"question": "What should we mend first?", "targets": {"lanes": ["ideas"]}, "dots": 3,
            "mostPerCard": 2, "visibility": "secret", "anonymous": false, "seconds": 300}}}"#,
    ),
    example(
        "vote",
        "Say how many of one's dots are on a card now",
        r#"{"vote": {"round": 1, "card": "idea-1", "dots": 2}}"#,
    ),
    example(
        "closeRound",
        "Close a round and show its result",
        r#"{"closeRound": {"round": 1}}"#,
    ),
    example(
        "cancelRound",
        "End a round without a result",
        r#"{"cancelRound": {"round": 1}}"#,
    ),
    example(
        "reopenRound",
        "Open a round again",
        r#"{"reopenRound": {"round": 1}}"#,
    ),
    example(
        "runOff",
        "Open a round on the cards that share a rank",
        r#"{"runOff": {"round": 1, "rank": 1}}"#,
    ),
    example(
        "openEmotionRound",
        "Ask how each stage feels",
        r#"{"openEmotionRound": {"setup": {"question": "How does each stage feel to the customer?", "seconds": 180}}}"#,
    ),
    example(
        "feel",
        "Say how a stage feels to oneself",
        r#"{"feel": {"round": 1, "stage": "order", "score": -1.5}}"#,
    ),
    example(
        "startBrainstorm",
        "Let everyone write for themselves",
        r#"{"startBrainstorm": {"setup": {"prompt": "What goes wrong here?", "focus": {"lanes": ["pains"]}, "signed": false}}}"#,
    ),
    example(
        "writeDraft",
        "Write a card that only oneself sees",
        r#"{"writeDraft": {"draft": "d1", "lane": "pains", "stage": "order", "text": "The form forgets what I typed"}}"#,
    ),
    example(
        "dropDraft",
        "Throw such a card away",
        r#"{"dropDraft": {"draft": "d1"}}"#,
    ),
    example(
        "reveal",
        "Show what everyone wrote: it comes into the map at once",
        r#"{"reveal": {}}"#,
    ),
    example(
        "discardDrafts",
        "End the brainstorm and throw away what nobody has seen",
        r#"{"discardDrafts": {}}"#,
    ),
    example(
        "saveVersion",
        "Give the map as it is now a name to come back to",
        r#"{"saveVersion": {"name": "Before lunch"}}"#,
    ),
    example(
        "renameVersion",
        "Call a version something else",
        r#"{"renameVersion": {"id": 1, "name": "Before the big idea"}}"#,
    ),
    example(
        "dropVersion",
        "Take a version off the list; its moment stays in the history",
        r#"{"dropVersion": {"id": 1}}"#,
    ),
    example(
        "restore",
        "Make the map what it was after a record; nothing is rewound",
        r#"{"restore": {"seq": 1}}"#,
    ),
];

impl Example {
    /// As it is sent.
    pub(super) fn command(&self) -> serde_json::Value {
        serde_json::from_str(self.command).expect("an example is JSON")
    }
}

/// Puts the examples where a reader of the document looks for them.
pub(super) fn add_to(document: &mut OpenApi) {
    let path = document.paths.paths.get_mut("/api/maps/{id}/commands");
    let content = path
        .and_then(|path| path.post.as_mut())
        .and_then(|post| post.request_body.as_mut())
        .and_then(|body| body.content.get_mut("application/json"));
    let Some(content) = content else { return };
    for one in COMMANDS {
        let value =
            serde_json::json!({"command": one.command(), "request": format!("{}-1", one.name)});
        let example = ExampleBuilder::new()
            .summary(one.summary)
            .value(Some(value));
        content
            .examples
            .insert(one.name.to_owned(), example.build().into());
    }
}
