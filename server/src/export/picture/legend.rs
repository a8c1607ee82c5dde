//! What stands below the map: what its marks mean, which vote its dots are of, and what is left out. Pure.

use cairn_protocol::map::LaneKind;

use super::super::report::{Content, Share, evidence};
use super::super::result::outcome_words;
use super::super::votes::Outcome;
use super::super::{Taken, words};
use super::cells::Cells;
use super::font::Weight;
use super::pen::{Look, Pen, at, look, rect};
use super::theme;
use crate::when::rfc3339;

const SMALL: Look = look(theme::XS, Weight::Regular, theme::INK_2);
/// Lines of a note: what somebody asked may be as long as they like.
const LINES: usize = 3;

pub(super) struct Legend {
    share: Share,
    notes: Vec<String>,
}

impl Legend {
    pub(super) fn of(taken: &Taken, cells: &Cells<'_>, outcome: Option<&Outcome<'_>>) -> Self {
        let mut notes = Vec::new();
        if let Some(outcome) = outcome {
            let round = outcome.round;
            let closed = rfc3339(round.ended.unwrap_or(round.opened));
            notes.push(format!(
                "Dots are those of the last vote, “{}”, {}, closed {}.",
                words::one_line(&round.setup.question),
                words::count(round.voters.unwrap_or(0) as usize, "voter"),
                closed.get(..10).unwrap_or_default()
            ));
        }
        match cells.hidden {
            0 => {}
            1 => notes.push("1 hidden lane is left out.".to_owned()),
            some => notes.push(format!("{some} hidden lanes are left out.")),
        }
        if let Some(felt) = taken.felt_last() {
            notes.push(format!(
                "How the room felt, “{}”: {}",
                words::one_line(&felt.setup.question),
                outcome_words(felt)
            ));
        }
        let (share, _) = evidence(&Content::of(cells.map));
        Self { share, notes }
    }

    /// What is plain and what is hatched, on one line. Gives the y below it.
    pub(super) fn marks(&self, pen: &mut Pen, y: f32) -> f32 {
        if self.share.cards == 0 {
            return y;
        }
        let tint = theme::tint_of(LaneKind::Action);
        let baseline = y + SMALL.drop(16.0);
        let mut x = 12.0;
        pen.rect(rect(x, y + 1.0, 18.0, 14.0, 3.0), tint.soft, "");
        let words = format!("Rests on evidence ({} %)", self.share.percent());
        pen.text(at(x + 26.0, baseline), SMALL, &words);
        x += 26.0 + SMALL.width(&words) + 20.0;
        pen.rect(rect(x, y + 1.0, 18.0, 14.0, 3.0), tint.soft, "");
        pen.hatched(rect(x + 0.5, y + 1.5, 17.0, 13.0, 2.5), &tint);
        let words = "Assumption, not checked yet";
        pen.text(at(x + 26.0, baseline), SMALL, words);
        y + 20.0
    }

    /// Gives the y below them.
    pub(super) fn notes(&self, pen: &mut Pen, y: f32, width: f32) -> f32 {
        let mut y = y;
        for note in &self.notes {
            let lines = SMALL.wrap_most(note, width - 24.0, LINES);
            y = pen.lines(12.0, y, 18.0, SMALL, &lines);
        }
        y
    }
}
