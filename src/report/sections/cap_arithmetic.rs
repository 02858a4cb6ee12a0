//! The arithmetic behind the caps: the runs that count, the factor, the rounding, the source.

use chrono::NaiveDate;

use super::running_arithmetic;
use crate::{
    analysis::{
        Analysis,
        caps::{self, Because, Counted},
        rules::weekly_jump::week_cap_percent,
    },
    dates,
    report::{
        page::{Block, Section, Tone},
        words::caps::{missing_week, sentence},
    },
    units::UnitSystem,
};

/// What both caps are computed from, on the day of the report.
#[must_use]
pub fn of_caps(analysis: &Analysis, units: UnitSystem) -> Vec<Section> {
    let source = "evidence D: a design choice on top of the bands of Frandsen 2025 (doi:10.1136/bjsports-2024-109380) and \
                  of Nielsen 2014; limits, not targets";
    let mut sections =
        vec![Section::titled(format!("Caps, as of {}", dates::long(analysis.as_of)), Vec::new())];
    sections.push(next_run(analysis, units));
    sections.extend(running_arithmetic::cap(analysis));
    sections.push(next_7_days(analysis, units));
    sections.push(Section::apart(vec![Block::text(Tone::Listed, source)]));
    sections
}

fn next_run(analysis: &Analysis, units: UnitSystem) -> Section {
    let (caps, date) = (&analysis.caps, analysis.caps.date);
    let window = caps::counted_before(&analysis.sessions, &analysis.comparisons, date);
    let runs: Vec<String> = window.iter().map(|counted| told(counted, units)).collect();
    let runs = if runs.is_empty() { "none".to_owned() } else { runs.join(", ") };
    let mut steps = vec![format!("runs of the 30 days before: {runs}"), sentence(&caps.because, units)];
    match (caps.next_run_m, factor(&caps.because)) {
        (Some(cap_m), Some((percent, base_m))) => {
            steps.push(product(percent, base_m, cap_m, "100 m"));
            steps.extend(caps.until.map(|until| format!("holds until {}", dates::short(until))));
        }
        (Some(cap_m), None) => steps.push(format!("{cap_m} m")),
        (None, _) => steps.push("so there is no cap".to_owned()),
    }
    let head = format!("one run, on {}", dates::with_weekday(date));
    Section::steps(head, steps.into_iter().map(Block::step).collect())
}

fn next_7_days(analysis: &Analysis, units: UnitSystem) -> Section {
    let blocks = caps::credit_blocks(&analysis.sessions, &analysis.comparisons, analysis.as_of);
    let block = |(last, credit_m): &(NaiveDate, i64)| {
        format!("{} to {}", units.short(*credit_m), dates::short(*last))
    };
    let told: Vec<String> = blocks.iter().map(block).collect();
    let best_m = blocks.iter().map(|(_, credit_m)| *credit_m).max().unwrap_or_default();
    let limit = match analysis.caps.next_7_days_m {
        Some(cap_m) => product(week_cap_percent(analysis.thresholds), best_m, cap_m, "500 m"),
        None => format!("{}, so there is no cap", missing_week(&analysis.caps)),
    };
    let told = format!("blocks of 7 days, spikes cut to what they count for: {}", told.join(", "));
    let head = format!("the next 7 days, after {}", dates::with_weekday(analysis.as_of));
    Section::steps(head, [told, limit].into_iter().map(Block::step).collect())
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
