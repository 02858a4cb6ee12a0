//! How often the rules would have warned: counts beside those of runners without any trend, then a line a warning.

use std::fmt::{self, Write};

use super::{heading, padded, wrapped};
use crate::{
    analysis::replay::Replay,
    dates,
    warning::{RuleId, evidence},
};

/// Columns of the names of rules.
const NAME_COLUMNS: usize = 16;

/// The whole replay.
///
/// # Errors
/// Never for a `String`.
pub fn replay(replay: &Replay<'_>) -> Result<String, fmt::Error> {
    let mut out = String::new();
    let runs = if replay.runs == 1 { "1 run".to_owned() } else { format!("{} runs", replay.runs) };
    heading(&mut out, &format!("REPLAY, {}: {runs}", dates::range(replay.from, replay.to)))?;
    for (rule, count) in replay.counts() {
        let line = format!("{}{count:>4}  {}", padded(rule.name(), NAME_COLUMNS), share(replay, rule, count));
        writeln!(out, "{}", wrapped(line.trim_end(), NAME_COLUMNS + 6))?;
    }
    if replay.warnings.is_empty() {
        return Ok(out);
    }
    writeln!(out)?;
    for warning in &replay.warnings {
        writeln!(out, "{}", wrapped(&format!("{}  {}", warning.date(), warning.in_short(replay.to)), 12))?;
    }
    Ok(out)
}

/// `2.8 of 100 runs; runners without any trend: 2–4`.
fn share(replay: &Replay<'_>, rule: RuleId, count: usize) -> String {
    let Some(base) = evidence::base_rate(rule) else { return String::new() };
    let of = match base.of {
        evidence::Of::Runs => replay.runs as f64,
        evidence::Of::Weeks => ((replay.to - replay.from).num_days() + 1) as f64 / 7.0,
    };
    let own = if of > 0.0 { format!("{:.1}", 100.0 * count as f64 / of) } else { "–".to_owned() };
    if replay.thresholds.is_own(rule) {
        return format!("{own} of 100 {}, by what you set", base.of.name());
    }
    format!("{own} of 100 {}; runners without any trend: {}", base.of.name(), base.of_100)
}

/// The one line of the report: `In these weeks: long-run-spike 6, weekly-jump 2 …`; empty if nothing fired.
#[must_use]
pub fn one_line(replay: &Replay<'_>) -> String {
    let counts = replay.counts().into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(rule, count)| format!("{} {count}", rule.name())).collect();
    if counts.is_empty() {
        return String::new();
    }
    format!("{} (`treadlight replay`)", counts.join(", "))
}
