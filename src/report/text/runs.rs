//! `treadlight runs`: what was imported, and what was not, with the reason.

use std::fmt::{self, Write};

use super::{heading, hours_and_minutes, imported, padded, printable, whole, wrapped};
use crate::{activity::Activity, import::Import, report::suspicion, units::UnitSystem};

/// Every run, with counts of what did not count.
///
/// # Errors
/// Never for a `String`.
pub fn runs(import: &Import, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = head(import)?;
    write_activities(&mut out, "RUNS", &import.runs, units, false)?;
    Ok(out)
}

/// Everything that did not count, a line each: other sports, duplicates, skipped files with their reasons.
///
/// # Errors
/// Never for a `String`.
pub fn skipped(import: &Import, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = head(import)?;
    write_activities(&mut out, "OTHER SPORTS", &import.others, units, true)?;
    let duplicates = import.duplicates.iter().map(|d| (d.activity.file.as_str(), d.because.clone()));
    write_reasons(&mut out, "DUPLICATES", duplicates)?;
    let skipped = import.skipped.iter().map(|s| (s.file.as_str(), s.reason.to_string()));
    write_reasons(&mut out, "SKIPPED", skipped)?;
    Ok(out)
}

/// Runs of which a rule put something right or guessed, newest first: a line each with the line that corrects it.
///
/// # Errors
/// Never for a `String`.
pub fn suspicious(import: &Import, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = String::new();
    let runs = suspicion::of(&import.runs);
    if runs.is_empty() {
        writeln!(out, "No run of {}: nothing was guessed or put right.", import.runs.len())?;
        return Ok(out);
    }
    heading(&mut out, &format!("SUSPICIOUS RUNS ({} of {})", runs.len(), import.runs.len()))?;
    for suspicion::Suspicion { run, reasons, correction } in runs {
        let distance = run.distance_m.map_or_else(|| "–".to_owned(), |m| units.number(m.round() as i64));
        let line = format!("{}  {distance} {}  {}: {reasons}", run.id, units.symbol(), run.file);
        writeln!(out, "{}", wrapped(&printable(&line), 2))?;
        writeln!(out, "{}", wrapped(&printable(&format!("  {correction}")), 4))?;
    }
    writeln!(out)?;
    writeln!(out, "{}", wrapped("Where one is wrong, write its line under [runs] in treadlight.toml.", 0))?;
    Ok(out)
}

fn head(import: &Import) -> Result<String, fmt::Error> {
    let mut out = String::new();
    writeln!(out, "{}", wrapped(&imported::summary(import), 0))?;
    out.push_str(&imported::not_counted(import));
    Ok(out)
}

fn write_reasons<'a>(
    out: &mut String,
    title: &str,
    reasons: impl Iterator<Item = (&'a str, String)>,
) -> fmt::Result {
    let mut reasons = reasons.peekable();
    if reasons.peek().is_none() {
        return Ok(());
    }
    writeln!(out)?;
    heading(out, title)?;
    for (file, reason) in reasons {
        writeln!(out, "{}", wrapped(&printable(&format!("{file}: {reason}")), 2))?;
    }
    Ok(())
}

fn write_activities(
    out: &mut String,
    title: &str,
    activities: &[Activity],
    units: UnitSystem,
    with_sport: bool,
) -> fmt::Result {
    if activities.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    heading(out, &format!("{title:<18}{:>7}{:>7}{:>5}  file", units.symbol(), "time", "bpm"))?;
    for activity in activities {
        let sport = if with_sport { format!("{} · ", activity.sport) } else { String::new() };
        let race = if activity.race { "race · " } else { "" };
        writeln!(
            out,
            "{}{:>7}{:>7}{:>5}  {sport}{race}{}",
            padded(&activity.id, 18),
            activity.distance_m.map_or_else(|| "–".to_owned(), |m| units.number(m.round() as i64)),
            hours_and_minutes(activity.moving_time_s),
            whole(activity.average_heart_rate_bpm),
            printable(&activity.file),
        )?;
        for note in &activity.notes {
            writeln!(out, "{}", wrapped(&format!("{:18}  ! {note}", ""), 22))?;
        }
    }
    Ok(())
}
