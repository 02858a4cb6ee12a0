//! The arithmetic behind a day or a rule: the runs in the window, the numbers, the inequality, the source.

use std::fmt::{self, Write};

use chrono::NaiveDate;

use super::{heading, running_arithmetic, wrapped};
use crate::{
    analysis::{
        Analysis,
        history::{
            compare::{Comparison, LOOK_BACK_DAYS, SpikeSize, SpikeState},
            sessions::Session,
        },
        rules::{Warning, long_run_spike, weekly_jump},
    },
    dates,
    units::UnitSystem,
    warning::Rule,
};

/// Columns before what a rule compares.
const INDENT: usize = 2;

/// Everything that was compared on a day, and what fired.
///
/// # Errors
/// Never for a `String`.
pub fn of_day(analysis: &Analysis, date: NaiveDate, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = String::new();
    heading(&mut out, &format!("{} {}", dates::with_weekday(date), date.format("%Y")))?;
    let compared = analysis.sessions.iter().zip(&analysis.comparisons).enumerate();
    let on_day = |(_, (session, _)): &(usize, (&Session, &Comparison))| session.date == date;
    let mut runs = compared.filter(on_day).peekable();
    if runs.peek().is_none() {
        writeln!(out, "no run in your files: rules are asked on days with a run only")?;
    }
    for (i, (session, comparison)) in runs {
        write_longest(&mut out, &analysis.sessions[..i], session, comparison, units)?;
        match comparison.in_minutes() {
            Some(running) => running_arithmetic::write_minutes(&mut out, analysis, i, &running)?,
            None => write_own_threshold(&mut out, analysis, session, comparison)?,
        }
    }
    write_blocks(&mut out, analysis, date, units)?;
    for warning in analysis.warnings.iter().filter(|warning| warning.date == date) {
        write_warning(&mut out, warning, units)?;
    }
    Ok(out)
}

/// What a rule is, from where, and everything that it said.
///
/// # Errors
/// Never for a `String`.
pub fn of_rule(analysis: &Analysis, rule: &Rule, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = String::new();
    let evidence = rule.evidence;
    heading(&mut out, &format!("{}: evidence {}", rule.id, evidence.grade))?;
    writeln!(out, "{}", wrapped(&format!("  {}", evidence.source), INDENT))?;
    if let Some(own) = analysis.thresholds.told(rule) {
        writeln!(out, "{}", wrapped(&format!("  {own}"), INDENT))?;
    }
    if analysis.warnings.iter().any(|w| w.rule == rule && w.running_cap().is_some()) {
        let minutes = long_run_spike::RUNNING_MINUTES;
        let line = format!("  in running minutes, evidence {}: {}", minutes.grade, minutes.source);
        writeln!(out, "{}", wrapped(&line, INDENT))?;
    }
    let of_rule: Vec<&Warning> = analysis.warnings.iter().filter(|w| w.rule == rule).collect();
    if of_rule.is_empty() {
        writeln!(out, "\nnever fired on your history")?;
    }
    for warning in of_rule.into_iter().rev() {
        writeln!(out, "\n{}", wrapped(&format!("{}  {}", warning.date, warning.fact(units)), 12))?;
        write_numbers(&mut out, warning)?;
    }
    Ok(out)
}

/// The window of `long-run-spike` and its inequality.
fn write_longest(
    out: &mut String,
    before: &[Session],
    session: &Session,
    comparison: &Comparison,
    units: UnitSystem,
) -> fmt::Result {
    let earliest = dates::days_before(session.date, LOOK_BACK_DAYS);
    let window: Vec<String> = before[before.partition_point(|earlier| earlier.date < earliest)..]
        .iter()
        .map(|earlier| format!("{} ({})", units.short(earlier.distance_m), dates::short(earlier.date)))
        .collect();
    writeln!(out, "\nlong-run-spike: run {}, {} m", session.run, session.distance_m)?;
    let runs = if window.is_empty() { "none".to_owned() } else { window.join(", ") };
    let line = format!("  before it, since {}: {runs}", dates::short(earliest));
    writeln!(out, "{}", wrapped(&line, INDENT + 2))?;
    writeln!(out, "{}", wrapped(&format!("  {}", inequality(session.distance_m, comparison)), INDENT + 2))
}

/// The inequality of the runner's own threshold, where it is another than the studied one.
fn write_own_threshold(
    out: &mut String,
    analysis: &Analysis,
    session: &Session,
    comparison: &Comparison,
) -> fmt::Result {
    let own = analysis.thresholds.told(&long_run_spike::RULE);
    let (Some(own), Some((longest_m, _))) = (own, comparison.longest) else { return Ok(()) };
    let percent = 100 + analysis.thresholds.of(&long_run_spike::PERCENT);
    let is_above = 100 * session.distance_m > percent * longest_m;
    let (sign, meaning) = if is_above { (">", "above it") } else { ("≤", "not above it") };
    let line = format!("  {own} 100 × {} {sign} {percent} × {longest_m}: {meaning}", session.distance_m);
    writeln!(out, "{}", wrapped(&line, INDENT + 2))
}

fn inequality(distance_m: i64, comparison: &Comparison) -> String {
    let Some((longest_m, date)) = comparison.longest else {
        return match comparison.state {
            SpikeState::NoHistory => "NO_HISTORY: less than 30 days are known before it".to_owned(),
            _ => "NO_BASELINE: no run in the 30 days before it, so nothing to compare with".to_owned(),
        };
    };
    let (sign, percent, meaning) = match comparison.state {
        SpikeState::Spike(SpikeSize::Small) => (">", 110, "more than 10, up to 30 % longer"),
        SpikeState::Spike(SpikeSize::Moderate) => (">", 130, "more than 30, up to 100 % longer"),
        SpikeState::Spike(SpikeSize::Large) => (">", 200, "more than twice as long"),
        _ => ("≤", 110, "not more than 10 % longer"),
    };
    format!(
        "longest {longest_m} m ({}): 100 × {distance_m} {sign} {percent} × {longest_m}: {meaning}",
        dates::short(date)
    )
}

/// The blocks of `weekly-jump` and what they come to.
fn write_blocks(out: &mut String, analysis: &Analysis, date: NaiveDate, units: UnitSystem) -> fmt::Result {
    let Some(t) = analysis.days.iter().position(|day| day.date == date) else { return Ok(()) };
    let Some((block, before)) = weekly_jump::blocks(&analysis.days, t) else {
        return writeln!(out, "\nweekly-jump: not enough days before it to compare with");
    };
    writeln!(out, "\nweekly-jump: {block} m in the 7 days to {}", dates::short(date))?;
    let told: Vec<String> = before.iter().map(|meters| units.short(*meters)).collect();
    let best = before.iter().max().copied().unwrap_or_default();
    let line = format!("  the four blocks before, latest first: {}; best {best} m", told.join(", "));
    writeln!(out, "{}", wrapped(&line, INDENT + 2))?;
    let previous = before[0];
    let above = analysis.thresholds.of(&weekly_jump::PERCENT);
    let percent = 100 + above;
    let meaning = match weekly_jump::classify(block, before, above) {
        weekly_jump::Jump::Attention => {
            format!("100 × {block} > {percent} × {best}: more than {above} % above the best")
        }
        weekly_jump::Jump::Note => format!(
            "100 × {block} > {percent} × {previous} and > 110 × {best}: more than {above} % above the block before"
        ),
        weekly_jump::Jump::None => {
            format!("within {above} % of the best block and of the one before, or an easy week behind")
        }
    };
    writeln!(out, "{}", wrapped(&format!("  {meaning}"), INDENT + 2))
}

fn write_warning(out: &mut String, warning: &Warning, units: UnitSystem) -> fmt::Result {
    writeln!(out, "\nfired: {} ({})", warning.rule.id, warning.level.name())?;
    writeln!(out, "{}", wrapped(&format!("  {}", warning.fact(units)), INDENT))?;
    write_numbers(out, warning)?;
    writeln!(out, "{}", wrapped(&format!("  → {}", warning.action(units)), INDENT + 2))?;
    let evidence = warning.evidence;
    writeln!(out, "{}", wrapped(&format!("  evidence {}: {}", evidence.grade, evidence.source), INDENT + 2))
}

/// Value, threshold and baseline as JSON has them.
fn write_numbers(out: &mut String, warning: &Warning) -> fmt::Result {
    let compared = warning.compared;
    let unit = compared.unit.symbol();
    let baseline = compared.baseline.map_or_else(String::new, |value| format!(", baseline {value} {unit}"));
    let line =
        format!("  value {} {unit}, threshold {} {unit}{baseline}", compared.value, compared.threshold);
    writeln!(out, "{}", wrapped(&line, INDENT + 2))
}
