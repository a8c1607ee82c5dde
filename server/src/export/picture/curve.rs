//! The emotion curve: which feelings stand where, and a smooth line through them that never overshoots. The same geometry as on screen
//! (`model/emotion.ts`, `view/map/curve.ts`): monotone cubic interpolation after Fritsch and Carlson (1980). Pure.

use std::fmt::Write as _;

use cairn_protocol::map::{Card, Persona, Stage};

use super::pen::n;

/// A point: `x` in stages from the left edge of the first, `y` from 0 (the band's top) to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f32,
    pub(super) y: f32,
}

pub(super) struct Line {
    pub(super) name: String,
    /// Colour, dash and mark go together.
    pub(super) style: usize,
    pub(super) points: Vec<Point>,
}

/// The style of nobody's line.
const NOBODY: usize = 6;

/// The style of the line a feeling belongs to: its persona's if that one exists, else nobody's.
pub(super) fn style_of(card: &Card, personas: &[Persona]) -> usize {
    let own = card.persona.as_deref();
    let at = personas
        .iter()
        .position(|persona| Some(persona.id.as_str()) == own);
    at.map_or(NOBODY, |at| at % NOBODY)
}

fn owner(card: &Card, personas: &[Persona]) -> usize {
    let own = card.persona.as_deref();
    let at = personas
        .iter()
        .position(|persona| Some(persona.id.as_str()) == own);
    at.unwrap_or(personas.len())
}

/// `cards` are one lane's, in screen order; those without a score have no point.
pub(super) fn lines(cards: &[&Card], stages: &[Stage], personas: &[Persona]) -> Vec<Line> {
    let names = personas
        .iter()
        .map(|persona| persona.name.as_str())
        .chain(["Everyone"]);
    let mut lines: Vec<Line> = names
        .enumerate()
        .map(|(at, name)| Line {
            name: if name.is_empty() { "Unnamed" } else { name }.to_owned(),
            style: if at == personas.len() {
                NOBODY
            } else {
                at % NOBODY
            },
            points: Vec::new(),
        })
        .collect();
    for (place, stage) in stages.iter().enumerate() {
        let mut here: Vec<Vec<f64>> = vec![Vec::new(); lines.len()];
        for card in cards.iter().filter(|card| card.stage == stage.id) {
            if let (Some(score), Some(own)) = (card.score, here.get_mut(owner(card, personas))) {
                own.push(score.as_f64());
            }
        }
        for (line, scores) in lines.iter_mut().zip(&here) {
            for (at, score) in scores.iter().enumerate() {
                let within = (at + 1) as f32 / (scores.len() + 1) as f32;
                line.points.push(Point {
                    x: place as f32 + within,
                    y: height(*score),
                });
            }
        }
    }
    lines.retain(|line| !line.points.is_empty());
    lines
}

/// Height of a score within a band, 0 (top, +2) to 1 (bottom, −2), with room for the marks at both ends.
pub(super) fn height(score: f64) -> f32 {
    (0.1 + (2.0 - score) / 4.0 * 0.8) as f32
}

/// An SVG path through points whose x rises.
pub(super) fn path(points: &[Point]) -> String {
    let Some(first) = points.first() else {
        return String::new();
    };
    let slopes = tangents(points);
    let mut path = format!("M{} {}", n(first.x), n(first.y));
    for (pair, slope) in points.windows(2).zip(slopes.windows(2)) {
        let [before, point] = pair else { continue };
        let [leave, arrive] = slope else { continue };
        let third = (point.x - before.x) / 3.0;
        let _ = write!(
            path,
            "C{} {} {} {} {} {}",
            n(before.x + third),
            n(before.y + third * leave),
            n(point.x - third),
            n(point.y - third * arrive),
            n(point.x),
            n(point.y)
        );
    }
    path
}

fn tangents(points: &[Point]) -> Vec<f32> {
    let slope = |pair: &[Point]| match pair {
        [a, b] => (b.y - a.y) / (b.x - a.x),
        _ => 0.0,
    };
    let slopes: Vec<f32> = points.windows(2).map(slope).collect();
    (0..points.len())
        .map(|at| {
            let left = at.checked_sub(1).and_then(|before| slopes.get(before));
            match (left, slopes.get(at)) {
                (None, only) | (only, None) => only.copied().unwrap_or(0.0),
                (Some(left), Some(right)) if left * right <= 0.0 => 0.0,
                // The harmonic mean keeps the interpolant monotone for uneven steps, too.
                (Some(left), Some(right)) => 2.0 * left * right / (left + right),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_curve_passes_its_points_and_never_overshoots() {
        let points = [
            point(0.0, 0.0),
            point(10.0, 90.0),
            point(20.0, 90.0),
            point(30.0, 10.0),
        ];
        // As the web client's own test has it: flat where it turns, so no control point leaves the span of its two ends.
        let drawn = path(&points);
        assert!(drawn.starts_with("M0 0C"), "{drawn}");
        for end in ["10 90", "20 90", "30 10"] {
            assert!(drawn.contains(end), "{drawn}");
        }
        let numbers: Vec<f32> = drawn
            .split(['M', 'C', ' '])
            .filter_map(|number| number.parse().ok())
            .collect();
        assert!(
            numbers.iter().all(|number| (0.0..=90.0).contains(number)),
            "{drawn}"
        );
        assert_eq!(path(&[]), "");
        assert_eq!(path(&[point(1.0, 2.0)]), "M1 2");
    }

    #[test]
    fn scores_lie_within_the_band() {
        assert!((height(2.0) - 0.1).abs() < 1e-6);
        assert!((height(0.0) - 0.5).abs() < 1e-6);
        assert!((height(-2.0) - 0.9).abs() < 1e-6);
    }
}
