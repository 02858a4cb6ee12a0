//! `treadlight runs`: what was imported, and what was not, with the reason.

use std::fmt::{self, Write};

use super::{heading, hours_and_minutes, padded, printable, summary, whole, wrapped};
use crate::{activity::Activity, import::Import, units::UnitSystem};

/// Every activity and every file that does not count.
///
/// # Errors
/// Never for a `String`.
pub fn runs(import: &Import, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = String::new();
    writeln!(out, "{}", wrapped(&summary(import), 0))?;
    write_activities(&mut out, "RUNS", &import.runs, units, false)?;
    write_activities(&mut out, "OTHER SPORTS", &import.others, units, true)?;
    if !import.duplicates.is_empty() {
        writeln!(out)?;
        heading(&mut out, "DUPLICATES")?;
        for duplicate in &import.duplicates {
            writeln!(
                out,
                "{}",
                wrapped(&printable(&format!("{}: {}", duplicate.activity.file, duplicate.because)), 2)
            )?;
        }
    }
    if !import.skipped.is_empty() {
        writeln!(out)?;
        heading(&mut out, "SKIPPED")?;
        for skipped in &import.skipped {
            writeln!(out, "{}", wrapped(&printable(&format!("{}: {}", skipped.file, skipped.reason)), 2))?;
        }
    }
    Ok(out)
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
        writeln!(
            out,
            "{}{:>7}{:>7}{:>5}  {sport}{}",
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
