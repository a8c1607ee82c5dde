//! The hatching of what nobody has checked yet, as plain lines: a pattern would be drawn pixel by pixel from a tile, which takes most of the
//! time of a large picture. Pure.

use std::fmt::Write as _;

use super::pen::{Pen, Rect, n};
use super::theme::Tint;

/// From line to line, along an edge: seven pixels apart at 45°.
const STEP: f32 = 7.0 * std::f32::consts::SQRT_2;

impl Pen {
    /// Lines inside an area, and a broken edge around it. Lines so faint need no soft edges, which would take as long as all text.
    pub(super) fn hatched(&mut self, area: Rect, tint: &Tint) {
        let lines = lines(area);
        if !lines.is_empty() {
            let _ = write!(
                self.svg,
                r#"<path d="{lines}" fill="none" stroke="{}" stroke-opacity=".13" shape-rendering="crispEdges"/>"#,
                tint.mark
            );
        }
        let edge = format!(
            r#" stroke="{}" stroke-dasharray="4 3" stroke-opacity=".6""#,
            tint.mark
        );
        self.rect(area, "none", &edge);
    }
}

/// The lines from lower left to upper right that lie in an area, as the data of a path.
fn lines(area: Rect) -> String {
    let mut path = String::new();
    let mut sum = STEP / 2.0;
    while sum < area.width + area.height {
        if let Some((upper, lower)) = ends(area, sum) {
            let (x, y) = (area.x + sum - lower, area.y + lower);
            let along = n(lower - upper);
            let _ = write!(path, "M{} {}l{along}-{along}", n(x), n(y));
        }
        sum += STEP;
    }
    path
}

/// The upper and the lower y, inside the area, of the line on which x + y is `sum`.
fn ends(area: Rect, sum: f32) -> Option<(f32, f32)> {
    let Rect { width, height, .. } = area;
    let round = area.round.min(width / 2.0).min(height / 2.0);
    // In a rounded corner a line ends where it meets the corner's circle.
    let met = |y: f32, sign: f32| {
        let corner = |at: f32, length: f32| match at {
            at if at < round => Some(round),
            at if at > length - round => Some(length - round),
            _ => None,
        };
        let (Some(x), Some(center)) = (corner(sum - y, width), corner(y, height)) else {
            return Some(y);
        };
        let off = sum - x - center;
        let root = 2.0 * round * round - off * off;
        (root >= 0.0).then(|| center + f32::midpoint(off, sign * root.sqrt()))
    };
    let upper = met((sum - width).max(0.0), -1.0)?;
    let lower = met(sum.min(height), 1.0)?;
    (lower - upper > 0.1).then_some((upper, lower))
}

#[cfg(test)]
mod tests {
    use super::super::pen::rect;
    use super::*;

    /// How far outside of the area a point lies.
    fn outside(area: Rect, x: f32, y: f32) -> f32 {
        let beyond =
            |at: f32, length: f32| (area.round - at).max(at - (length - area.round)).max(0.0);
        beyond(x, area.width).hypot(beyond(y, area.height)) - area.round
    }

    #[test]
    fn lines_end_at_the_edge_also_in_rounded_corners() {
        for area in [
            rect(0.0, 0.0, 180.0, 64.0, 7.5),
            rect(0.0, 0.0, 17.0, 13.0, 2.5),
            rect(0.0, 0.0, 40.0, 300.0, 20.0),
            rect(0.0, 0.0, 30.0, 30.0, 0.0),
        ] {
            let mut sum = 0.5;
            let mut drawn = 0;
            while sum < area.width + area.height {
                if let Some((upper, lower)) = ends(area, sum) {
                    drawn += 1;
                    for y in [upper, lower] {
                        let off = outside(area, sum - y, y);
                        assert!(off.abs() < 0.01, "{off} off at {sum}, {y}");
                    }
                }
                sum += 1.0;
            }
            assert!(drawn > 20, "{drawn}");
        }
    }

    #[test]
    fn an_area_too_small_for_a_line_has_none() {
        assert_eq!(lines(rect(3.0, 3.0, 2.0, 2.0, 1.0)), "");
    }
}
