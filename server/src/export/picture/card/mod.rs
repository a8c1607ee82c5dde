//! A card as on screen (`view/map/faces.tsx`): its words first, then what its kind says beside them, then its votes. Pure.

mod bits;
mod face;

use std::collections::BTreeMap;

use cairn_protocol::map::{Card, Confidence, Date, JourneyMap, LaneKind, Persona};

use super::super::votes::{Outcome, Place, dots, place_text};
use super::marks;
use super::pen::{Look, Pen, Piece, rect};
use super::theme::{self, tint_of};
use bits::{Bit, ROW, chip};
use face::face;

const PAD_X: f32 = 12.0;
const PAD_Y: f32 = 8.0;
/// Height of a line of a card's text.
pub(super) const LINE: f32 = 18.5;
const GAP: f32 = 8.0;

/// What a card shows that it does not hold itself.
pub(super) struct Around<'a> {
    personas: &'a [Persona],
    /// How many opportunities address a card.
    addressed: BTreeMap<&'a str, usize>,
    /// Open comments.
    comments: BTreeMap<&'a str, usize>,
    places: BTreeMap<&'a str, &'a Place<'a>>,
    day: Date,
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
        }
    }
}

/// A card being put together, top down.
struct Draft {
    pen: Pen,
    /// Room for its words.
    width: f32,
    /// Lines that one of its texts may take.
    most: usize,
    y: f32,
    /// Where the last line of text ends, while nothing stands beside it.
    last: Option<f32>,
}

impl Draft {
    fn words(&mut self, text: &str, look: Look) {
        self.words_at(text, look, self.most, 0.0);
    }

    fn words_at(&mut self, text: &str, look: Look, most: usize, indent: f32) {
        let lines = look.wrap_most(text, self.width - indent, most);
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
        let room = self.width;
        for bit in bits.into_iter().map(|bit| bit.within(room)) {
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

/// A whole card of this width. Where it would be higher than a sheet holds, its texts end in an ellipsis.
pub(super) fn card(
    card: &Card,
    kind: LaneKind,
    width: f32,
    highest: f32,
    around: &Around<'_>,
) -> Piece {
    let drawn = |most: usize| drawn(card, kind, width, most, around);
    let whole = drawn(usize::MAX);
    if whole.height <= highest {
        return whole;
    }
    #[expect(clippy::cast_sign_loss, reason = "a height")]
    let (mut fits, mut over) = (1, (whole.height / LINE) as usize + 1);
    while over - fits > 1 {
        let middle = usize::midpoint(fits, over);
        if drawn(middle).height <= highest {
            fits = middle;
        } else {
            over = middle;
        }
    }
    drawn(fits)
}

fn drawn(card: &Card, kind: LaneKind, width: f32, most: usize, around: &Around<'_>) -> Piece {
    let tint = tint_of(kind);
    let mut draft = Draft {
        pen: Pen::default(),
        width: width - 2.0 * PAD_X,
        most,
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
        pen.hatched(rect(0.5, 0.5, width - 1.0, height - 1.0, 7.5), &tint);
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
