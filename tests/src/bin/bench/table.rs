//! Medians, percentiles and the table that the bench prints.

/// The middle value; the mean of the two middle ones where there are two.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// The value that this share of all values does not exceed.
pub(crate) fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let below = |at: &usize| ((*at + 1) as f64) < share * sorted.len() as f64;
    let at = (0..sorted.len()).take_while(below).count();
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// What was measured of both, run by run: pairs, so that a ratio compares what ran side by side.
#[derive(Default)]
pub(crate) struct Pairs {
    pub(crate) cairn: Vec<f64>,
    pub(crate) relay: Vec<f64>,
}

impl Pairs {
    /// Median of the ratios of each pair.
    fn ratio(&self) -> f64 {
        let ratios: Vec<f64> = self
            .cairn
            .iter()
            .zip(&self.relay)
            .map(|(cairn, relay)| cairn / relay)
            .collect();
        median(&ratios)
    }
}

/// Says what the rows that follow compare.
pub(crate) fn heading(title: &str, compared: &str) {
    println!("\n{title}\n  {compared}");
    println!(
        "  {:<70} {:>12} {:>12} {:>12}",
        "", "cairn", "bare relay", "ratio"
    );
}

/// One row with both sides.
pub(crate) fn row(what: &str, unit: &str, pairs: &Pairs) {
    let (cairn, relay) = (median(&pairs.cairn), median(&pairs.relay));
    let what = format!("{what} [{unit}]");
    println!(
        "  {what:<70} {:>12} {:>12} {:>12.2}",
        short(cairn),
        short(relay),
        pairs.ratio()
    );
}

/// One row that only the product has.
pub(crate) fn lone_row(what: &str, unit: &str, values: &[f64]) {
    let what = format!("{what} [{unit}]");
    println!(
        "  {what:<70} {:>12} {:>12} {:>12}",
        short(median(values)),
        "–",
        "–"
    );
}

/// Three significant digits or so.
fn short(value: f64) -> String {
    match value.abs() {
        v if v.is_nan() => "–".to_owned(),
        v if v >= 1e6 => format!("{:.2} M", value / 1e6),
        v if v >= 1e4 => format!("{:.1} k", value / 1e3),
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        v if v >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_percentiles_are_what_they_say() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(&[4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-9);
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert!((percentile(&hundred, 0.99) - 99.0).abs() < 1e-9);
        assert!((percentile(&hundred, 0.5) - 50.0).abs() < 1e-9);
        assert!((percentile(&[7.0], 0.99) - 7.0).abs() < 1e-9);
    }
}
