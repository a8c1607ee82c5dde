//! What a card says by its kind: its words, then facts, chips and scales beside them. Pure.

use cairn_protocol::map::{Card, Confidence, Date, LaneKind, Status};

use super::super::super::words;
use super::super::curve;
use super::super::font::Weight;
use super::super::marks;
use super::super::pen::{Look, Pen, Piece, at, look};
use super::super::theme::{self, Tint, tint_of};
use super::bits::{Bit, FACT, ROW, chip, fact, pips, plain, rating};
use super::{Around, Draft, GAP};

const TEXT: Look = look(theme::S, Weight::Regular, theme::INK);

#[expect(
    clippy::too_many_lines,
    reason = "one arm a kind of card, as the screen has a face for each"
)]
pub(super) fn face(draft: &mut Draft, card: &Card, kind: LaneKind, around: &Around<'_>) {
    let tint = tint_of(kind);
    let strong = look(theme::XS, Weight::Strong, tint.ink);
    let marks = counts(card, around);
    let addressed = around.addressed.get(card.id.as_str());
    let addressed =
        addressed.map(|by| fact(Some(marks::TARGET), &format!("Addressed by {by}"), FACT));
    let empty = look(theme::S, Weight::Regular, theme::INK_3);
    let text = |draft: &mut Draft, look: Look| match card.text.trim() {
        "" => draft.words("Empty", empty),
        text => draft.words(text, look),
    };
    let mut bits = Vec::new();
    match kind {
        LaneKind::Touchpoint => {
            text(draft, TEXT);
            if !card.channel.is_empty() {
                bits.push(chip(None, &card.channel, theme::SURFACE, tint.ink));
            }
            if card.moment_of_truth == Some(true) {
                bits.push(chip(
                    Some(marks::STAR),
                    "Moment of truth",
                    tint.ink,
                    theme::SURFACE,
                ));
            }
            if card.owned == Some(false) {
                bits.push(fact(Some(marks::OUTSIDE), "Not ours", FACT));
            }
        }
        LaneKind::Expectation => {
            pair(draft, card, strong);
            if let Some(gap) = card.gap {
                let look = if gap == 0 { FACT } else { strong };
                bits.push(pips(gap, 3, words::gap(gap), tint, look));
            }
            bits.extend(addressed);
        }
        LaneKind::Emotion => {
            text(draft, TEXT);
            if !card.quote.trim().is_empty() {
                draft.y += 4.0;
                let quote = look(theme::S, Weight::Regular, theme::INK_2);
                draft.words(&format!("“{}”", card.quote.trim()), quote);
            }
            bits.push(match card.score {
                None => plain("No score yet"),
                Some(score) => {
                    let score = score.as_f64();
                    let words =
                        format!("{} {}", words::score_text(score), words::score_label(score));
                    fact(Some(&marks::face(score)), &words, strong)
                }
            });
            bits.extend(persona(card, around));
        }
        LaneKind::Pain => {
            text(draft, TEXT);
            bits.extend(
                card.severity
                    .map(|severity| pips(severity, 5, words::severity(severity), tint, FACT)),
            );
            bits.extend(addressed);
        }
        LaneKind::Opportunity => {
            let dropped = card.status == Some(Status::Dropped);
            text(
                draft,
                if dropped {
                    look(theme::S, Weight::Regular, theme::INK_2)
                } else {
                    TEXT
                },
            );
            opportunity(draft, card, tint);
            bits.extend(due(card, around.day));
            if !card.addresses.is_empty() {
                bits.push(fact(
                    Some(marks::TARGET),
                    &card.addresses.len().to_string(),
                    FACT,
                ));
            }
        }
        LaneKind::Metric => {
            if let Some(figure) = words::figure(card.value.as_ref(), &card.unit) {
                let big = look(theme::XL, Weight::Strong, theme::INK);
                let lines = big.wrap_most(&figure, draft.width, draft.most);
                draft.y = draft.pen.lines(0.0, draft.y, 26.0, big, &lines);
            }
            text(draft, TEXT);
            let target = words::figure(card.target.as_ref(), &card.unit);
            bits.extend(target.map(|target| plain(&format!("Target {target}"))));
        }
        LaneKind::Evidence | LaneKind::Frontstage | LaneKind::Backstage | LaneKind::Support => {
            text(draft, TEXT);
            if !card.actor.is_empty() {
                bits.push(chip(
                    Some(marks::kind(kind)),
                    &card.actor,
                    theme::SURFACE,
                    tint.ink,
                ));
            }
            if card.fail_point == Some(true) {
                bits.push(chip(
                    Some(marks::ALERT),
                    "Fail point",
                    theme::DANGER_SOFT,
                    theme::DANGER,
                ));
            }
        }
        LaneKind::Action | LaneKind::Note => text(draft, TEXT),
    }
    draft.row(bits, marks);
}

/// A typed pair: what they expect, what they get; a bracket on the left holds the two halves.
fn pair(draft: &mut Draft, card: &Card, label: Look) {
    let most = (draft.most / 2).max(1);
    let indent = 11.0;
    let top = draft.y;
    let tint = tint_of(LaneKind::Expectation);
    let heading = |draft: &mut Draft, text: &str| {
        draft
            .pen
            .text(at(indent, draft.y + label.drop(16.0)), label, text);
        draft.y += 17.0;
    };
    let missing = look(theme::S, Weight::Regular, theme::INK_3);
    heading(draft, "Expects");
    match card.text.trim() {
        "" => draft.words_at("Empty", missing, 1, indent),
        text => draft.words_at(text, TEXT, most, indent),
    }
    draft.y += 6.0;
    let line = draft.y;
    draft.pen.line(
        at(indent, line),
        at(draft.width, line),
        tint.mark,
        1.0,
        r#" stroke-dasharray="3 3" stroke-opacity=".45""#,
    );
    draft.y += 6.0;
    heading(draft, "Gets");
    match card.actual.trim() {
        "" => draft.words_at("Not known yet", missing, 1, indent),
        actual => draft.words_at(actual, TEXT, most, indent),
    }
    let bottom = draft.y;
    draft.pen.line(
        at(1.0, top),
        at(1.0, bottom),
        tint.mark,
        2.0,
        r#" stroke-opacity=".55""#,
    );
}

fn opportunity(draft: &mut Draft, card: &Card, tint: Tint) {
    let value = card
        .value
        .as_ref()
        .and_then(|value| words::figure(Some(value), ""));
    let ratings = [
        ("Impact", card.impact.map(|impact| impact.to_string())),
        ("Value", value),
        ("Effort", card.effort.map(|effort| effort.to_string())),
    ];
    let ratings = ratings
        .into_iter()
        .filter_map(|(name, value)| Some(rating(name, &value?)));
    draft.row(ratings.collect(), None);
    let mut bits = Vec::new();
    if let Some(status) = card.status {
        let (ground, color) = match status {
            Status::Doing => (tint.ink, theme::SURFACE),
            Status::Done => (theme::SURFACE, theme::OK),
            Status::Idea | Status::Planned | Status::Dropped => (theme::SURFACE, tint.ink),
        };
        bits.push(chip(None, words::status(status), ground, color));
    }
    if !card.owner.is_empty() {
        bits.push(plain(&card.owner));
    }
    draft.row(bits, None);
}

fn due(card: &Card, today: Date) -> Option<Bit> {
    let due = card.due?;
    let is_over = matches!(card.status, Some(Status::Done | Status::Dropped));
    let late = look(theme::XS, Weight::Strong, theme::DANGER);
    Some(if due < today && !is_over {
        fact(Some(marks::CALENDAR), &format!("Overdue since {due}"), late)
    } else {
        fact(Some(marks::CALENDAR), &format!("Due {due}"), FACT)
    })
}

fn persona(card: &Card, around: &Around<'_>) -> Option<Bit> {
    let id = card.persona.as_deref()?;
    let persona = around.personas.iter().find(|persona| persona.id == id)?;
    let name = if persona.name.is_empty() {
        "Unnamed"
    } else {
        &persona.name
    };
    let mut pen = Pen::default();
    pen.line_mark(
        at(6.0, ROW / 2.0),
        12.0,
        curve::style_of(card, around.personas),
    );
    let name = fact(None, name, FACT);
    let width = 17.0 + name.width;
    let piece = Piece {
        svg: name.svg,
        height: ROW,
    };
    pen.piece(17.0, 0.0, &piece);
    Some(Bit {
        width,
        svg: pen.svg,
    })
}

/// Counts of sources and open comments, or that it rests on evidence.
fn counts(card: &Card, around: &Around<'_>) -> Option<Bit> {
    let comments = around.comments.get(card.id.as_str());
    let sources = match card.sources.len() {
        0 if card.effective_confidence() == Confidence::Evidence => {
            Some((marks::EVIDENCE, String::new()))
        }
        0 => None,
        some => Some((marks::SOURCE, some.to_string())),
    };
    let comments = comments.map(|some| (marks::THREAD, some.to_string()));
    let all: Vec<_> = sources.into_iter().chain(comments).collect();
    if all.is_empty() {
        return None;
    }
    let mut pen = Pen::default();
    let mut x = 0.0;
    for (mark, count) in all {
        let bit = fact(Some(mark), &count, FACT);
        let piece = Piece {
            svg: bit.svg,
            height: ROW,
        };
        pen.piece(x, 0.0, &piece);
        x += bit.width.max(14.0) + GAP;
    }
    Some(Bit {
        svg: pen.svg,
        width: x - GAP,
    })
}
