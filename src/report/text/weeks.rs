//! The weekly table: short in the report, whole in `treadlight weeks`.

use std::fmt::{self, Write};

use super::{heading, hours_and_minutes, layout, whole};
use crate::{analysis::Analysis, dates, table::WeekRow, units::UnitSystem};

/// Columns of the table of every week.
const WHOLE_TABLE: usize = 77;

/// The newest weeks, newest first, with what a runner compares.
///
/// # Errors
/// Never for a `String`.
pub fn write_recent(out: &mut String, analysis: &Analysis, units: UnitSystem, shown: usize) -> fmt::Result {
    if layout::is_narrow() {
        return write_narrow(out, analysis, units, shown);
    }
    heading(
        out,
        &format!(
            "{:<12}{:>7}{:>6}{:>9}{:>15}{:>13}",
            "WEEK",
            units.symbol(),
            "runs",
            "longest",
            "vs 4-wk best",
            "7-day peak"
        ),
    )?;
    for week in analysis.weeks.iter().rev().take(shown) {
        let line = format!(
            "{:<12}{:>7}{:>6}{:>9}{:>15}{:>13}{}",
            dates::relative_to(week.week_start, analysis.as_of),
            distance(week, units),
            week.runs,
            week.longest_m.filter(|meters| *meters > 0).map_or_else(|| "–".to_owned(), |m| units.number(m)),
            change(week, analysis.is_complete(week.week_start)),
            units.number(week.peak_7_days_m),
            so_far(analysis, week),
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The same in 40 columns.
fn write_narrow(out: &mut String, analysis: &Analysis, units: UnitSystem, shown: usize) -> fmt::Result {
    let symbol = units.symbol();
    heading(out, &format!("{:<11}{symbol:>7}{:>5}{:>8}{:>8}", "WEEK", "runs", "longest", "vs 4wk"))?;
    for week in analysis.weeks.iter().rev().take(shown) {
        let complete = analysis.is_complete(week.week_start);
        writeln!(
            out,
            "{:<11}{:>7}{:>5}{:>8}{:>8}{}",
            dates::relative_to(week.week_start, analysis.as_of),
            distance(week, units),
            week.runs,
            week.longest_m.filter(|meters| *meters > 0).map_or_else(|| "–".to_owned(), |m| units.number(m)),
            change(week, complete),
            if complete { "" } else { "*" },
        )?;
    }
    write_footnote(out, analysis)
}

/// Every week, oldest first, with time and climb.
///
/// # Errors
/// Never for a `String`.
pub fn write_all(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    if layout::columns() < WHOLE_TABLE {
        return write_all_narrow(out, analysis, units);
    }
    heading(
        out,
        &format!(
            "{:<12}{:>7}{:>6}{:>9}{:>8}{:>8}{:>10}{:>9}{:>9}",
            "WEEK",
            units.symbol(),
            "runs",
            "longest",
            "time",
            "up m",
            "down m",
            "best 4",
            "7-day"
        ),
    )?;
    for week in &analysis.weeks {
        let line = format!(
            "{:<12}{:>7}{:>6}{:>9}{:>8}{:>8}{:>10}{:>9}{:>9}{}",
            dates::long(week.week_start),
            distance(week, units),
            week.runs,
            week.longest_m.filter(|meters| *meters > 0).map_or_else(|| "–".to_owned(), |m| units.number(m)),
            hours_and_minutes(week.moving_time_s),
            whole(week.ascent_m),
            whole(week.descent_m),
            week.best_of_4_m.map_or_else(|| "–".to_owned(), |m| units.number(m)),
            units.number(week.peak_7_days_m),
            if analysis.is_complete(week.week_start) { "" } else { " *" },
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    write_footnote(out, analysis)
}

/// The same in 40 columns: climb is left to the wide table.
fn write_all_narrow(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    let symbol = units.symbol();
    heading(out, &format!("{:<12}{symbol:>6}{:>5}{:>8}{:>7}", "WEEK", "runs", "longest", "time"))?;
    for week in &analysis.weeks {
        writeln!(
            out,
            "{:<12}{:>6}{:>5}{:>8}{:>7}{}",
            dates::long(week.week_start),
            distance(week, units),
            week.runs,
            week.longest_m.filter(|meters| *meters > 0).map_or_else(|| "–".to_owned(), |m| units.number(m)),
            hours_and_minutes(week.moving_time_s),
            if analysis.is_complete(week.week_start) { "" } else { "*" },
        )?;
    }
    write_footnote(out, analysis)
}

/// What the star of an unfinished week means.
fn write_footnote(out: &mut String, analysis: &Analysis) -> fmt::Result {
    match analysis.weeks.last() {
        Some(week) if !analysis.is_complete(week.week_start) => {
            writeln!(out, "* so far, up to {}", dates::long(analysis.as_of))
        }
        _ => Ok(()),
    }
}

/// The distance of a week; of runs of which none has a distance it is not known.
pub(in crate::report) fn distance(week: &WeekRow, units: UnitSystem) -> String {
    if week.runs > 0 && week.distance_m == 0 { "–".to_owned() } else { units.number(week.distance_m) }
}

/// `+12 %` against the best of the four weeks before; an unfinished week below it says nothing yet.
pub(in crate::report) fn change(week: &WeekRow, complete: bool) -> String {
    let best = week.best_of_4_m.filter(|best| *best > 0 && (complete || week.distance_m > *best));
    let Some(best) = best else { return "–".to_owned() };
    let percent = ((week.distance_m - best) as f64 * 100.0 / best as f64).round() as i64;
    match percent {
        0 => "±0 %".to_owned(),
        p if p < 0 => format!("−{} %", -p),
        p => format!("+{p} %"),
    }
}

fn so_far(analysis: &Analysis, week: &WeekRow) -> &'static str {
    if analysis.is_complete(week.week_start) { "" } else { "   (so far)" }
}
