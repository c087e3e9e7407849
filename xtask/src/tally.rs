//! Counting tests from what their runners print, and the one line that closes a run.

use crate::Outcome;
use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// Adds what one line of cargo test's or node's test runner says, if it says anything.
    pub(crate) fn see(&mut self, line: &str) {
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
        }
        // `# pass 3` as TAP, `ℹ pass 3` for people.
        let node = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")).unwrap_or("");
        match node.split_once(' ') {
            Some(("pass", count)) => self.passed += count.parse().unwrap_or(0),
            Some(("fail", count)) => self.failed += count.parse().unwrap_or(0),
            Some(_) | None => {}
        }
    }

    /// Reads the summary file that the browser journeys leave behind.
    pub(crate) fn of_summary(json: &str) -> Outcome<Self> {
        let value: serde_json::Value =
            serde_json::from_str(json).map_err(|e| format!("the summary is not JSON: {e}"))?;
        let count = |key: &str| {
            value[key].as_u64().ok_or_else(|| format!("the summary has no number `{key}`"))
        };
        Ok(Self { passed: count("passed")?, failed: count("failed")? })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    /// The closing line, alone on its line and the last of the run.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    let before = text.find(word).map_or("", |at| &text[..at]);
    before.rsplit(' ').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_every_runner_are_added_up() {
        let mut tally = Tally::default();
        for line in [
            "running 2 tests",
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
            "# pass 4",
            "ℹ fail 1",
            "# Subtest: something passed",
        ] {
            tally.see(line);
        }
        tally += Tally::of_summary(r#"{"passed": 7, "failed": 0}"#).unwrap();
        assert_eq!(tally.to_string(), "26 passed, 3 failed");
    }

    #[test]
    fn a_summary_without_its_numbers_is_refused() {
        assert!(Tally::of_summary("{}").is_err());
        assert!(Tally::of_summary(r#"{"passed": "7", "failed": 0}"#).is_err());
        assert!(Tally::of_summary("").is_err());
    }
}
