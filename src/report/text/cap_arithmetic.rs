//! The arithmetic behind the caps: the runs that count, the factor, the rounding, the source.

use std::fmt::{self, Write};

use chrono::NaiveDate;

use super::{heading, running_arithmetic, wrapped};
use crate::{
    analysis::{
        Analysis,
        caps::{self, Because, Counted},
        rules::weekly_jump::week_cap_percent,
    },
    dates,
    report::words::caps::sentence,
    units::UnitSystem,
};

/// Columns before the numbers.
const INDENT: usize = 2;

/// What both caps are computed from, on the day of the report.
///
/// # Errors
/// Never for a `String`.
pub fn of_caps(analysis: &Analysis, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = String::new();
    heading(&mut out, &format!("CAPS, as of {}", dates::long(analysis.as_of)))?;
    write_next_run(&mut out, analysis, units)?;
    running_arithmetic::write_cap(&mut out, analysis)?;
    write_next_7_days(&mut out, analysis, units)?;
    let source = "evidence D: a design choice on top of the bands of Frandsen 2025 (doi:10.1136/bjsports-2024-109380) and \
                  of Nielsen 2014; limits, not targets";
    writeln!(out, "\n{}", wrapped(source, INDENT))?;
    Ok(out)
}

fn write_next_run(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    let (caps, date) = (&analysis.caps, analysis.caps.date);
    writeln!(out, "\none run, on {}", dates::with_weekday(date))?;
    let window = caps::counted_before(&analysis.sessions, &analysis.comparisons, date);
    let runs: Vec<String> = window.iter().map(|counted| told(counted, units)).collect();
    let runs = if runs.is_empty() { "none".to_owned() } else { runs.join(", ") };
    write_line(out, &format!("runs of the 30 days before: {runs}"))?;
    write_line(out, &sentence(&caps.because, units))?;
    match (caps.next_run_m, factor(&caps.because)) {
        (Some(cap_m), Some((percent, base_m))) => {
            write_line(out, &product(percent, base_m, cap_m, "100 m"))?;
            match caps.until {
                Some(until) => write_line(out, &format!("holds until {}", dates::short(until))),
                None => Ok(()),
            }
        }
        (Some(cap_m), None) => write_line(out, &format!("{cap_m} m")),
        (None, _) => write_line(out, "so there is no cap"),
    }
}

fn write_next_7_days(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    writeln!(out, "\nthe next 7 days, after {}", dates::with_weekday(analysis.as_of))?;
    let blocks = caps::credit_blocks(&analysis.sessions, &analysis.comparisons, analysis.as_of);
    let block = |(last, credit_m): &(NaiveDate, i64)| {
        format!("{} to {}", units.short(*credit_m), dates::short(*last))
    };
    let told: Vec<String> = blocks.iter().map(block).collect();
    write_line(out, &format!("blocks of 7 days, spikes cut to what they count for: {}", told.join(", ")))?;
    let best_m = blocks.iter().map(|(_, credit_m)| *credit_m).max().unwrap_or_default();
    match analysis.caps.next_7_days_m {
        Some(cap_m) => {
            write_line(out, &product(week_cap_percent(analysis.thresholds), best_m, cap_m, "500 m"))
        }
        None => {
            let why = crate::report::words::caps::missing_week(&analysis.caps);
            write_line(out, &format!("{why}, so there is no cap"))
        }
    }
}

/// The factor in per cent and the metres that it is taken of.
fn factor(because: &Because) -> Option<(i64, i64)> {
    match because {
        Because::Longest { counted, percent } => Some((*percent, counted.credit_m)),
        Because::Frozen { counted, .. } => Some((100, counted.credit_m)),
        Because::Break { gap, percent } => Some((*percent, gap.longest_before_m)),
        Because::NoRuns | Because::ShortHistory { .. } | Because::NothingToCountFrom => None,
    }
}

fn product(percent: i64, base_m: i64, cap_m: i64, step: &str) -> String {
    let exact_m = percent * base_m / 100;
    let factor = format!("{}.{:02}", percent / 100, percent % 100);
    format!("{factor} × {base_m} m = {exact_m} m, rounded down to {step}: {cap_m} m")
}

/// `12.0 km (8 Nov)`, and what it counts for where that is less.
fn told(counted: &Counted, units: UnitSystem) -> String {
    let date = dates::short(counted.date);
    if counted.credit_m < counted.distance_m {
        let credit = units.short(counted.credit_m);
        format!("{} ({date}, a spike: counts for {credit})", units.short(counted.distance_m))
    } else {
        format!("{} ({date})", units.short(counted.distance_m))
    }
}

fn write_line(out: &mut String, text: &str) -> fmt::Result {
    writeln!(out, "{}", wrapped(&format!("{}{text}", " ".repeat(INDENT)), INDENT + 2))
}
