//! Small drawn marks: the same shapes as on screen (`view/map/marks.tsx`), on a field of 20 by 20. All are decoration beside words.

use cairn_protocol::map::LaneKind;

/// The mark of a lane kind. `{}` is drawn with the line's own colour.
pub(super) const fn kind(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Touchpoint => {
            r#"<circle cx="10" cy="10" r="2.25" fill="currentColor"/><circle cx="10" cy="10" r="6.5" stroke-dasharray="3.2 2.6"/>"#
        }
        LaneKind::Action => r#"<path d="M4 10h11m-4.5-4.5L15 10l-4.5 4.5"/>"#,
        LaneKind::Expectation => {
            r#"<path d="M3.5 12.5c2-7 11-7 13 0M10 4.5v-1M4.8 6.4l-.7-.7m11.1.7.7-.7M6.5 15.5h7"/>"#
        }
        LaneKind::Emotion => {
            r#"<path d="M2.75 12.5c2.5 0 2.75-6 5-6s2.5 8 4.75 8 2.25-5 4.75-5"/>"#
        }
        LaneKind::Pain => r#"<path d="M10 3.25 17 15.75H3L10 3.25Zm0 4.5v3.5m0 2.25v.01"/>"#,
        LaneKind::Opportunity => {
            r#"<path d="M8 15h4m-3.5 2.25h3M10 2.75a5 5 0 0 0-3 9c.6.45 1 1.15 1 1.9V15h4v-1.35c0-.75.4-1.45 1-1.9a5 5 0 0 0-3-9Z"/>"#
        }
        LaneKind::Evidence => {
            r#"<path d="M4.5 3.5h11v13l-3-2-2.5 2-2.5-2-3 2v-13Zm3 4h5m-5 3h5"/>"#
        }
        LaneKind::Frontstage => {
            r#"<circle cx="10" cy="6.5" r="2.75"/><path d="M4.5 16.5c.4-3.2 2.5-5 5.5-5s5.1 1.8 5.5 5"/>"#
        }
        LaneKind::Backstage => {
            r#"<path d="M3.5 4h13v12M3.5 4v12m0 0c3 0 4-3 4-12m9 12c-3 0-4-3-4-12"/>"#
        }
        LaneKind::Support => {
            r#"<path d="M10 3.5 16 6.75v6.5L10 16.5l-6-3.25v-6.5L10 3.5Zm0 0v13m-6-9.75 6 3.25 6-3.25"/>"#
        }
        LaneKind::Metric => r#"<path d="M4 16.5v-5m4 5v-9m4 9v-6.5m4 6.5v-12"/>"#,
        LaneKind::Note => r#"<path d="M4 3.75h12v8.5l-4.25 4H4v-12.5Zm12 8.5h-4.25v4"/>"#,
    }
}

pub(super) const STAR: &str = r#"<path d="m10 2.75 2.2 4.7 5 .65-3.7 3.5.95 5.05L10 14.2l-4.45 2.45.95-5.05-3.7-3.5 5-.65L10 2.75Z" fill="currentColor"/>"#;
pub(super) const OUTSIDE: &str = r#"<path d="M11.5 3.5h5v5m0-5-7 7M8 4.5H4.5v11h11V12"/>"#;
pub(super) const SOURCE: &str = r#"<path d="M8.5 11.5a3 3 0 0 0 4.24 0l2.64-2.64a3 3 0 0 0-4.24-4.24L10 5.75m1.5 2.75a3 3 0 0 0-4.24 0l-2.64 2.64a3 3 0 0 0 4.24 4.24L10 14.25"/>"#;
pub(super) const EVIDENCE: &str =
    r#"<circle cx="10" cy="10" r="6.75"/><path d="m7 10.25 2.1 2.1L13.25 8"/>"#;
pub(super) const THREAD: &str = r#"<path d="M10 3.5c4 0 7 2.6 7 6s-3 6-7 6c-.8 0-1.6-.1-2.3-.3L4 16.75l.9-3C3.7 12.6 3 11.1 3 9.5c0-3.4 3-6 7-6Z"/>"#;
pub(super) const TARGET: &str =
    r#"<circle cx="10" cy="10" r="6.5"/><circle cx="10" cy="10" r="2.5"/>"#;
pub(super) const CALENDAR: &str =
    r#"<path d="M3.75 5h12.5v11.5H3.75zM3.75 8.5h12.5M7 3v3.5M13 3v3.5"/>"#;
pub(super) const ALERT: &str =
    r#"<circle cx="10" cy="10" r="7"/><path d="M10 6.5v4.25M10 13.5v.01"/>"#;
pub(super) const DOT: &str = r#"<circle cx="10" cy="10" r="5" fill="currentColor"/>"#;

/// A face whose mouth follows the score: −2 down, 0 straight, +2 up.
pub(super) fn face(score: f64) -> String {
    let bend = score * 1.75;
    let (ends, middle) = (12.5 - bend / 2.6, 12.5 + bend);
    format!(
        r#"<circle cx="10" cy="10" r="7"/><path d="M6.9 {ends:.2} Q10 {middle:.2} 13.1 {ends:.2}"/><path d="M7.7 8v.01M12.3 8v.01" stroke-width="2"/>"#
    )
}

/// The mark of an emotion line, on a field of 12 by 12: its shape tells personas apart as well as its colour and dash.
pub(super) const LINES: [&str; 7] = [
    r#"<circle cx="6" cy="6" r="4"/>"#,
    r#"<rect x="2.3" y="2.3" width="7.4" height="7.4" rx="1"/>"#,
    r#"<path d="M6 1.6 10.6 10H1.4L6 1.6Z"/>"#,
    r#"<path d="m6 1.2 4.8 4.8L6 10.8 1.2 6 6 1.2Z"/>"#,
    r#"<path d="M4.4 1.8h3.2v2.6h2.6v3.2h-2.6v2.6H4.4v-2.6H1.8V4.4h2.6z"/>"#,
    r#"<path d="M3.6 1.7h4.8L10.9 6l-2.5 4.3H3.6L1.1 6z"/>"#,
    r#"<path d="M1.8 4.6h8.4v2.8H1.8z"/>"#,
];
