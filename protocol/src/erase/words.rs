//! What takes the place of somebody's words, in updates and in commands.

use serde_json::Value;

use crate::agenda::Step;
use crate::command::Command;
use crate::frame::Said;
use crate::map::{is_name, is_structure};
use crate::record::Opening;

/// What somebody erased is called.
pub const NAME: &str = "Erased person";

/// The character that stands for each that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// As a censor's bar. Three bytes.
    Block,
    /// One byte, for what would grow beyond its bounds.
    Dash,
}

impl Ink {
    pub(super) fn char(self) -> char {
        match self {
            Self::Block => '█',
            Self::Dash => '-',
        }
    }
}

/// What takes the place of something at this path in an update, if anything does.
pub(super) fn erased_words(path: &[&str], said: &Said<'_>, ink: Ink) -> Option<Vec<u8>> {
    let changed = |words: String, was: &str| (words != was).then(|| words.into_bytes());
    match *said {
        // Each UTF-16 unit has a clock.
        Said::Characters(text) => {
            let units = text.encode_utf16().map(|_| ink.char());
            changed(units.collect(), text)
        }
        Said::Text(text) if is_structure(path, text) => None,
        // Longer than many a name: for who has no room for it, marks do.
        Said::Text(text) if is_name(path) && ink == Ink::Block => changed(NAME.to_owned(), text),
        Said::Text(text) => changed(blank(text), text),
        Said::Json(json) => blank_json_where(json, |_| true),
        Said::Bytes(bytes) => {
            let says = bytes.iter().any(|byte| *byte != 0);
            says.then(|| vec![0; bytes.len()])
        }
    }
}

/// Marks in place of a text: no longer than it, in characters or in bytes, so that what had room for it has room for them. What says
/// nothing stays.
pub(super) fn blank(text: &str) -> String {
    if text.trim().is_empty() {
        return text.to_owned();
    }
    let marks = text
        .chars()
        .count()
        .min(text.len() / Ink::Block.char().len_utf8());
    let ink = if marks == 0 { Ink::Dash } else { Ink::Block };
    std::iter::repeat_n(ink.char(), marks.max(1)).collect()
}

/// JSON without the texts that are gone; nothing where none is.
pub(super) fn blank_json_where(json: &str, is_gone: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
    let was: Value = serde_json::from_str(json).unwrap_or(Value::Null);
    let is = blank_json(was.clone(), &is_gone);
    (is != was).then(|| is.to_string().into_bytes())
}

fn blank_json(value: Value, is_gone: &impl Fn(&str) -> bool) -> Value {
    match value {
        Value::String(text) if is_gone(&text) => Value::String(blank(&text)),
        Value::Array(items) => {
            let items = items.into_iter().map(|item| blank_json(item, is_gone));
            Value::Array(items.collect())
        }
        Value::Object(fields) => {
            let fields = fields.into_iter();
            let blanked = fields.map(|(name, value)| (name, blank_json(value, is_gone)));
            Value::Object(blanked.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn erase(text: &mut String) {
    *text = blank(text);
}

fn blank_step(step: &mut Step) {
    erase(&mut step.title);
    erase(&mut step.instructions);
}

/// Takes the words out of what somebody asked for.
pub(super) fn blank_command(command: &mut Command) {
    match command {
        Command::Rename { name, .. } => NAME.clone_into(name),
        Command::AddStep { step, .. } | Command::ChangeStep { step, .. } => blank_step(step),
        Command::SetAgenda { steps } => steps.iter_mut().for_each(blank_step),
        Command::Park { text } | Command::WriteDraft { text, .. } => erase(text),
        Command::StartBrainstorm { setup } => erase(&mut setup.prompt),
        Command::SaveVersion { name } | Command::RenameVersion { name, .. } => erase(name),
        // Numbers, ids and words of lists.
        Command::SetRole { .. }
        | Command::Remove { .. }
        | Command::MoveStep { .. }
        | Command::RemoveStep { .. }
        | Command::StartStep { .. }
        | Command::NextStep {}
        | Command::PreviousStep {}
        | Command::Pause {}
        | Command::Resume {}
        | Command::Extend { .. }
        | Command::FinishAgenda {}
        | Command::SetReady { .. }
        | Command::RaiseHand { .. }
        | Command::LowerHand { .. }
        | Command::Unpark { .. }
        | Command::Spotlight { .. }
        | Command::Vote { .. }
        | Command::CloseRound { .. }
        | Command::CancelRound { .. }
        | Command::Feel { .. }
        | Command::DropDraft { .. }
        | Command::DiscardDrafts {}
        | Command::DropVersion { .. } => {}
    }
}

/// Takes the question out of a round that somebody opened.
pub(super) fn blank_opening(opening: &mut Opening) {
    match opening {
        Opening::New(setup) => erase(&mut setup.question),
        Opening::Emotion(setup) => erase(&mut setup.question),
        Opening::RunOff(..) | Opening::Again(_) => {}
    }
}
