//! What is said of a file beside what is made of it. A file of thousands of such places is told of by its first few and their number.

use super::Trouble;

/// Most that are told one by one.
const MOST: usize = 40;

#[derive(Debug, Default)]
pub(super) struct Notes {
    told: Vec<Trouble>,
    more: usize,
}

impl Notes {
    pub(super) fn say(&mut self, path: impl Into<String>, detail: impl Into<String>) {
        if self.told.len() < MOST {
            self.told.push(Trouble::at(path, detail));
        } else {
            self.more += 1;
        }
    }

    pub(super) fn told(mut self) -> Vec<Trouble> {
        if self.more > 0 {
            let detail = format!(
                "{} further places are left out or doubtful likewise",
                self.more
            );
            self.told.push(Trouble::at("the rest of the file", detail));
        }
        self.told
    }
}
