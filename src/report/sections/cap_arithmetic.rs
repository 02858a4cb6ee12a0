//! The arithmetic behind the limits: every source with what it allows, the strictest first, and what they count from.

use super::{
    running_arithmetic,
    source_arithmetic::{counted, of_source},
};
use crate::{
    analysis::{
        Analysis,
        limits::{exposure::Exposure, source::Source},
    },
    dates,
    report::{
        page::{Block, Section, Tone},
        words::{
            cap_text,
            limits::{is_without_numbers, missing, missing_week, until},
        },
    },
    units::UnitSystem,
};

/// What all limits come from, on the day of the report.
#[must_use]
pub fn of_caps(analysis: &Analysis, units: UnitSystem) -> Vec<Section> {
    if is_without_numbers(&analysis.limits) {
        return vec![without_numbers(analysis, units)];
    }
    let source = "the lowest of them holds. evidence D: a design choice on top of the bands of Frandsen 2025 \
                  (doi:10.1136/bjsports-2024-109380) and of Nielsen 2014; limits, not targets";
    let mut sections =
        vec![Section::titled(format!("Limits, as of {}", dates::long(analysis.as_of)), Vec::new())];
    let parts =
        [next_run(analysis, units), running_arithmetic::cap(analysis, units), next_7_days(analysis, units)];
    sections.extend(parts.into_iter().filter_map(section));
    sections.push(Section::apart(vec![Block::text(Tone::Listed, source)]));
    sections
}

/// The knee diary alone: where it leaves no distance, nobody should read one here.
fn without_numbers(analysis: &Analysis, units: UnitSystem) -> Section {
    let mut steps: Vec<String> = analysis
        .limits
        .sources
        .iter()
        .flat_map(|source| of_source(source, analysis.limits.as_of, units))
        .collect();
    steps.push("the load's own limits do not count then; `treadlight knee` says what does".to_owned());
    let title = format!("Limits, as of {}", dates::long(analysis.as_of));
    Section::titled(title, steps.into_iter().map(Block::step).collect())
}

/// Steps below the first of them, their head; none where there are no steps.
fn section(steps: Vec<String>) -> Option<Section> {
    let mut steps = steps.into_iter();
    Some(Section::steps(steps.next()?, steps.map(Block::step).collect()))
}

fn next_run(analysis: &Analysis, units: UnitSystem) -> Vec<String> {
    let limits = &analysis.limits;
    let window = analysis.engine.counted_before(limits.date, Exposure::Metres);
    let mut steps = vec![
        format!("one run, on {}", dates::with_weekday(limits.date)),
        format!("runs of the 30 days before: {}", counted(&window, Exposure::Metres, units)),
    ];
    let of_runs = |source: &&Source| source.exposure == Exposure::Metres && source.run.is_some();
    steps.extend(
        limits.sources.iter().filter(of_runs).flat_map(|source| of_source(source, limits.as_of, units)),
    );
    steps.push(match limits.next_run_m {
        Some(most_m) => {
            let until = until(limits.until, limits.as_of);
            format!("so one run: up to {}{until}", cap_text(most_m, units))
        }
        None => format!("{}, so there is no limit", missing(limits)),
    });
    steps
}

fn next_7_days(analysis: &Analysis, units: UnitSystem) -> Vec<String> {
    let limits = &analysis.limits;
    let told = analysis
        .engine
        .blocks(limits.as_of)
        .map(|block| format!("{} to {}", units.short(block.credit_m), dates::short(block.last)));
    let mut steps = vec![
        format!("the next 7 days, after {}", dates::with_weekday(limits.as_of)),
        format!("blocks of 7 days, jumps and spikes cut to what they count for: {}", told.join(", ")),
    ];
    let of_weeks = |source: &&Source| source.week_m.is_some();
    steps.extend(
        limits.sources.iter().filter(of_weeks).flat_map(|source| of_source(source, limits.as_of, units)),
    );
    steps.push(match limits.next_7_days_m {
        Some(most_m) => {
            format!(
                "so seven days: up to {}, rounded down to 500 m and never below one run",
                cap_text(most_m, units)
            )
        }
        None => format!("{}, so there is no limit", missing_week(limits)),
    });
    steps
}
