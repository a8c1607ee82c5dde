//! A card as on screen (`view/map/faces.tsx`): its words first, then what its kind says beside them, then its votes. Pure.

mod bits;

use std::collections::BTreeMap;

use cairn_protocol::map::{Card, Confidence, Date, JourneyMap, LaneKind, Persona, Status};

use super::super::votes::{Outcome, Place, dots, place_text};
use super::super::words;
use super::curve;
use super::font::Weight;
use super::marks;
use super::pen::{Look, Pen, Piece, at, look, rect};
use super::theme::{self, Tint, tint_of};
use bits::{Bit, FACT, ROW, chip, fact, pips, plain, rating};

const PAD_X: f32 = 12.0;
const PAD_Y: f32 = 8.0;
/// Height of a line of a card's text.
pub(super) const LINE: f32 = 18.5;
const GAP: f32 = 8.0;

const TEXT: Look = look(theme::S, Weight::Regular, theme::INK);

/// What a card shows that it does not hold itself.
pub(super) struct Around<'a> {
    personas: &'a [Persona],
    /// How many opportunities address a card.
    addressed: BTreeMap<&'a str, usize>,
    /// Open comments.
    comments: BTreeMap<&'a str, usize>,
    places: BTreeMap<&'a str, &'a Place<'a>>,
    day: Date,
    /// Lines of a card's text, so that one card is never higher than a sheet.
    pub(super) most_lines: usize,
}

impl<'a> Around<'a> {
    pub(super) fn of(map: &'a JourneyMap, outcome: Option<&'a Outcome<'a>>, day: Date) -> Self {
        let mut addressed = BTreeMap::new();
        for id in map.cards.iter().flat_map(|card| &card.addresses) {
            *addressed.entry(id.as_str()).or_insert(0) += 1;
        }
        let mut comments = BTreeMap::new();
        for comment in map.comments.iter().filter(|one| one.resolved != Some(true)) {
            *comments.entry(comment.card.as_str()).or_insert(0) += 1;
        }
        let places = outcome.iter().flat_map(|outcome| &outcome.places);
        Self {
            personas: &map.personas,
            addressed,
            comments,
            places: places.map(|place| (place.card, place)).collect(),
            day,
            most_lines: usize::MAX,
        }
    }
}

/// A card being put together, top down.
struct Draft {
    pen: Pen,
    /// Room for its words.
    width: f32,
    y: f32,
    /// Where the last line of text ends, while nothing stands beside it.
    last: Option<f32>,
}

impl Draft {
    fn words(&mut self, text: &str, look: Look, most: usize) {
        self.words_at(text, look, most, 0.0);
    }

    fn words_at(&mut self, text: &str, look: Look, most: usize, indent: f32) {
        let mut lines = look.wrap(text, self.width - indent);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.push_str(" …");
            }
        }
        self.y = self.pen.lines(indent, self.y, LINE, look, &lines);
        self.last = lines.last().map(|line| indent + look.width(line));
    }

    /// Rows of facts, as many as they need.
    fn row(&mut self, bits: Vec<Bit>, marks: Option<Bit>) {
        if bits.is_empty() {
            if let Some(marks) = marks {
                self.alone(&marks);
            }
            return;
        }
        self.y += 6.0;
        let mut x = 0.0;
        for bit in bits {
            if x > 0.0 && x + bit.width > self.width {
                x = 0.0;
                self.y += ROW + 4.0;
            }
            self.put(x, &bit);
            x += bit.width + GAP;
        }
        if let Some(marks) = marks {
            if x + marks.width > self.width {
                self.y += ROW + 4.0;
            }
            self.put(self.width - marks.width, &marks);
        }
        self.y += ROW;
        self.last = None;
    }

    /// Counts alone stand beside the text's last line where there is room.
    fn alone(&mut self, marks: &Bit) {
        let x = self.width - marks.width;
        if self.last.is_some_and(|end| end + GAP <= x) {
            self.y -= ROW - 1.0;
            self.put(x, marks);
            self.y += ROW - 1.0;
        } else {
            self.y += 2.0;
            self.put(x, marks);
            self.y += ROW;
        }
    }

    fn put(&mut self, x: f32, bit: &Bit) {
        let piece = Piece {
            svg: bit.svg.clone(),
            height: ROW,
        };
        self.pen.piece(x, self.y, &piece);
    }
}

/// A whole card of this width.
pub(super) fn card(card: &Card, kind: LaneKind, width: f32, around: &Around<'_>) -> Piece {
    let tint = tint_of(kind);
    let mut draft = Draft {
        pen: Pen::default(),
        width: width - 2.0 * PAD_X,
        y: 0.0,
        last: None,
    };
    face(&mut draft, card, kind, around);
    if let Some(place) = around.places.get(card.id.as_str()) {
        let after = if place.run_off.is_some() {
            ", run-off"
        } else {
            ""
        };
        let rank = place_text(place.rank, place.tied);
        let words = format!("{}, rank {rank}{after}", dots(place.dots));
        let bit = chip(Some(marks::DOT), &words, theme::SURFACE, theme::INK);
        draft.row(vec![bit], None);
    }
    let height = draft.y + 2.0 * PAD_Y;
    let mut pen = Pen::default();
    let ground = rect(0.0, 0.0, width, height, 8.0);
    pen.rect(ground, tint.soft, "");
    if card.effective_confidence() == Confidence::Assumption {
        // What nobody has checked yet is hatched, with a broken edge; what rests on evidence is plain.
        let edge = format!(
            r#" stroke="{}" stroke-width="1" stroke-dasharray="4 3" stroke-opacity=".6""#,
            tint.mark
        );
        let inner = rect(0.5, 0.5, width - 1.0, height - 1.0, 7.5);
        pen.rect(
            inner,
            &format!("url(#hatch-{})", tint.mark.trim_start_matches('#')),
            &edge,
        );
    }
    if !card.color.is_empty() {
        pen.rect(
            rect(-1.0, 8.0, 3.0, (height - 16.0).max(4.0), 1.5),
            &card.color,
            "",
        );
    }
    pen.piece(
        PAD_X,
        PAD_Y,
        &Piece {
            svg: draft.pen.svg,
            height: draft.y,
        },
    );
    pen.into_piece(height)
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm a kind of card, as the screen has a face for each"
)]
fn face(draft: &mut Draft, card: &Card, kind: LaneKind, around: &Around<'_>) {
    let tint = tint_of(kind);
    let strong = look(theme::XS, Weight::Strong, tint.ink);
    let most = around.most_lines;
    let marks = counts(card, around);
    let addressed = around.addressed.get(card.id.as_str());
    let addressed =
        addressed.map(|by| fact(Some(marks::TARGET), &format!("Addressed by {by}"), FACT));
    let empty = look(theme::S, Weight::Regular, theme::INK_3);
    let text = |draft: &mut Draft, look: Look| match card.text.trim() {
        "" => draft.words("Empty", empty, 1),
        text => draft.words(text, look, most),
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
            pair(draft, card, strong, most);
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
                draft.words(&format!("“{}”", card.quote.trim()), quote, most);
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
                let lines = big.wrap(&figure, draft.width);
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
    // A long word of somebody's must not leave the card.
    for bit in bits.iter_mut().filter(|bit| bit.width > draft.width) {
        let scale = draft.width / bit.width;
        bit.svg = format!(
            r#"<g transform="scale({})">{}</g>"#,
            super::pen::n(scale),
            bit.svg
        );
        bit.width = draft.width;
    }
    draft.row(bits, marks);
}

/// A typed pair: what they expect, what they get; a bracket on the left holds the two halves.
fn pair(draft: &mut Draft, card: &Card, label: Look, most: usize) {
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
        text => draft.words_at(text, TEXT, most / 2, indent),
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
        actual => draft.words_at(actual, TEXT, most / 2, indent),
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
    pen.text(at(17.0, FACT.drop(ROW)), FACT, name);
    Some(Bit {
        width: 17.0 + FACT.width(name),
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
