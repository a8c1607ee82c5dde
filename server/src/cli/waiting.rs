//! A line on the terminal while a step goes on that cannot say how far it is. Where nobody looks at standard error, nothing is written.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Does the work, with what it is and how long it has taken before everybody's eyes.
pub(super) fn shown<T>(what: String, work: impl FnOnce() -> T) -> T {
    let style = ProgressStyle::with_template("{spinner} {msg} {elapsed:>4}");
    let line = ProgressBar::new_spinner().with_style(style.expect("the template is well formed"));
    line.set_message(what);
    line.enable_steady_tick(Duration::from_millis(100));
    let done = work();
    line.finish_and_clear();
    done
}
