//! How often the rules would have warned: counts beside those of runners without any trend, then a line a warning.

use std::fmt::{self, Write};

use super::{heading, padded, wrapped};
use crate::{
    analysis::replay::Replay,
    dates,
    warning::{Rule, evidence::Of},
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
        let share = share(replay, rule, count).unwrap_or_default();
        let line = format!("{}{count:>4}  {share}", padded(rule.id, NAME_COLUMNS));
        writeln!(out, "{}", wrapped(line.trim_end(), NAME_COLUMNS + 6))?;
    }
    if replay.warnings.is_empty() {
        return Ok(out);
    }
    writeln!(out)?;
    for warning in &replay.warnings {
        writeln!(out, "{}", wrapped(&format!("{}  {}", warning.date, warning.in_short(replay.to)), 12))?;
    }
    Ok(out)
}

/// `2.8 of 100 runs; runners without any trend: 2–4`; `None` for rules that have no such rate.
fn share(replay: &Replay<'_>, rule: &Rule, count: usize) -> Option<String> {
    let base = rule.base_rate?;
    let of = match base.of {
        Of::Runs => replay.runs as f64,
        Of::Weeks => replay.weeks(),
    };
    let own = if of > 0.0 { format!("{:.1}", 100.0 * count as f64 / of) } else { "–".to_owned() };
    if replay.thresholds.is_own(rule) {
        return Some(format!("{own} of 100 {}, by what you set", base.of.name()));
    }
    Some(format!("{own} of 100 {}; runners without any trend: {}", base.of.name(), base.of_100))
}

/// How often a rule has warned on the runner's own history, beside its base rate: `Your last 52 weeks: fired 5 times, 3.1
/// of 100 runs; runners without any trend: 2.0–3.7.`
#[must_use]
pub fn own_history(replay: &Replay<'_>, rule: &Rule) -> String {
    let count = replay.count(rule);
    let times = match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    let share = share(replay, rule, count).map_or_else(String::new, |share| format!(", {share}"));
    let weeks = replay.weeks().ceil();
    let weeks = if weeks > 1.0 { format!("{weeks:.0} weeks") } else { "week".to_owned() };
    format!("Your last {weeks}: fired {times}{share}.")
}

/// The one line of the report: `In these weeks: long-run-spike 6, weekly-jump 2 …`; empty if nothing fired.
#[must_use]
pub fn one_line(replay: &Replay<'_>) -> String {
    let counts = replay.counts().into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(rule, count)| format!("{} {count}", rule.id)).collect();
    if counts.is_empty() {
        return String::new();
    }
    format!("{} (`treadlight replay`)", counts.join(", "))
}
