//! The arithmetic in running minutes: of a session where they stand in for distance, and of the limit.

use super::source_arithmetic::{counted, of_source};
use crate::{
    analysis::{
        Analysis,
        history::compare::{
            LOOK_BACK_DAYS, REFERENCE_PERCENT, RUN_WALK_BELOW_PERCENT, RunningComparison, SMALL_PERCENT,
            SpikeSize, SpikeState,
        },
        limits::exposure::Exposure,
        rules::long_run_spike,
    },
    dates,
    report::{
        page::Block,
        words::{limits::until, running_minutes},
    },
    units::UnitSystem,
};

/// The window of a session in seconds of running, and the inequality.
pub(super) fn minutes(analysis: &Analysis, session: usize, running: &RunningComparison) -> Vec<Block> {
    let Some((most_s, most_date)) = running.most else { return Vec::new() };
    let (running_s, date) = (running.running_s, analysis.sessions[session].date);
    let moving_s = analysis.sessions[session].moving_time_s.unwrap_or_default();
    let because = if running.run_walk {
        format!("100 × {running_s} < {RUN_WALK_BELOW_PERCENT} × {moving_s}")
    } else {
        "at least half of the sessions before it were runs with walks".to_owned()
    };
    let mut steps =
        vec![format!("running: {running_s} s of {moving_s} s; {because}: minutes decide, not distance")];
    let earliest = dates::days_before(date, LOOK_BACK_DAYS);
    let before = analysis.sessions[..session].iter().filter(|earlier| earlier.date >= earliest);
    let known = before.filter_map(|earlier| Some((earlier.running_time_s?, earlier.date)));
    let window: Vec<String> = known.map(|(s, date)| format!("{s} s ({})", dates::short(date))).collect();
    steps.push(format!("running before it, since {}: {}", dates::short(earliest), window.join(", ")));
    let (sign, percent, meaning) = match running.state {
        SpikeState::Spike(SpikeSize::Small) => (">", REFERENCE_PERCENT, "more than 10, up to 30 % more"),
        SpikeState::Spike(SpikeSize::Moderate) => (">", SMALL_PERCENT, "more than 30, up to 100 % more"),
        SpikeState::Spike(SpikeSize::Large) => (">", 200, "more than twice as much"),
        _ => ("≤", REFERENCE_PERCENT, "not more than 10 % more"),
    };
    let most_date = dates::short(most_date);
    steps.push(format!(
        "most {most_s} s ({most_date}): 100 × {running_s} {sign} {percent} × {most_s}: {meaning}"
    ));
    if !running.is_worth_a_warning() && running.state.size().is_some() {
        steps.push("less than 10 minutes of running, or less than 2 minutes more: no warning".to_owned());
    }
    if let Some(own) = analysis.thresholds.told(&long_run_spike::RULE) {
        let percent = 100 + analysis.thresholds.of(&long_run_spike::PERCENT);
        let is_above = 100 * running_s > percent * most_s;
        let (sign, meaning) = if is_above { (">", "above it") } else { ("≤", "not above it") };
        steps.push(format!("{own} 100 × {running_s} {sign} {percent} × {most_s}: {meaning}"));
    }
    steps.into_iter().map(Block::step).collect()
}

/// What the limit in running minutes is computed from; nothing where there is none.
pub(super) fn cap(analysis: &Analysis, units: UnitSystem) -> Vec<String> {
    let (limits, exposure) = (&analysis.limits, Exposure::RunningSeconds);
    let Some(running) = limits.running.as_ref() else { return Vec::new() };
    let window = analysis.engine.counted_before(limits.date, exposure);
    let mut steps = vec![
        format!("running minutes, on {}", dates::with_weekday(limits.date)),
        format!("running of the 30 days before: {}", counted(&window, exposure, units)),
    ];
    let sources = limits.sources.iter().filter(|source| source.exposure == exposure);
    steps.extend(sources.flat_map(|source| of_source(source, limits.as_of, units)));
    let until = until(running.until, limits.as_of);
    steps.push(format!("so a session: up to {}{until}", running_minutes(running.minutes)));
    steps.push(
        "stated as at least half of those sessions are runs with walks, or a limit in minutes holds"
            .to_owned(),
    );
    steps
}
