//! The arithmetic behind a day or a rule: the runs in the window, the numbers, the inequality, the source.

use chrono::NaiveDate;

use super::{running_arithmetic, silence};
use crate::{
    analysis::{
        Analysis,
        history::{
            compare::{Comparison, LOOK_BACK_DAYS, REFERENCE_PERCENT, SMALL_PERCENT, SpikeSize, SpikeState},
            sessions::Session,
        },
        rules::{
            Warning, long_run_spike,
            weekly_jump::{self, NOTE_PERCENT},
        },
    },
    dates,
    report::{
        page::{Block, Item, Section, Tone},
        words::in_recordings,
    },
    units::UnitSystem,
    warning::Rule,
};

/// Everything that was compared on a day, and what fired.
#[must_use]
pub fn of_day(analysis: &Analysis, date: NaiveDate, units: UnitSystem) -> Vec<Section> {
    let name = format!("{} {}", dates::with_weekday(date), date.format("%Y"));
    let compared = analysis.sessions.iter().zip(&analysis.comparisons).enumerate();
    let runs: Vec<Section> = compared
        .filter(|(_, (session, _))| session.date == date)
        .map(|(i, (session, comparison))| longest(analysis, i, session, comparison, units))
        .collect();
    let none = "no run in your files: rules are asked on days with a run only";
    let none = runs.is_empty().then(|| Block::text(Tone::Plain, none));
    let head = Section::named(name, none.into_iter().collect());
    let fired = analysis.warnings.iter().filter(|warning| warning.date == date);
    let fired = fired.map(|warning| of_warning(warning, units));
    let silent = silence::on(analysis, date);
    [head].into_iter().chain(runs).chain(blocks(analysis, date, units)).chain(fired).chain(silent).collect()
}

/// What a rule is, from where, and everything that it said.
#[must_use]
pub fn of_rule(analysis: &Analysis, rule: &Rule, units: UnitSystem) -> Vec<Section> {
    let evidence = rule.evidence;
    let of_rule: Vec<&Warning> = analysis.warnings.iter().filter(|w| w.rule == rule).collect();
    let mut about = vec![evidence.source.to_owned()];
    about.extend(analysis.thresholds.told(rule));
    if of_rule.iter().any(|warning| warning.is_about_running()) {
        let minutes = long_run_spike::RUNNING_MINUTES;
        about.push(format!("in running minutes, evidence {}: {}", minutes.grade, minutes.source));
    }
    let about = about.into_iter().map(|line| Block::text(Tone::Detail, line)).collect();
    let mut sections = vec![Section::named(format!("{}: evidence {}", rule.id, evidence.grade), about)];
    if of_rule.is_empty() {
        sections.push(Section::apart(vec![Block::text(Tone::Plain, "never fired on your history")]));
    }
    sections.extend(of_rule.into_iter().rev().map(|warning| {
        let fact = Item { mark: Some(warning.date.to_string()), text: warning.fact(units), more: None };
        Section::apart(vec![Block::List(vec![fact]), Block::step(numbers(warning))])
    }));
    sections
}

/// The window of `long-run-spike` and its inequality; running minutes where they stand in for distance, else the runner's
/// own threshold.
fn longest(
    analysis: &Analysis,
    position: usize,
    session: &Session,
    comparison: &Comparison,
    units: UnitSystem,
) -> Section {
    let earliest = dates::days_before(session.date, LOOK_BACK_DAYS);
    let before = analysis.sessions.iter().take(position).filter(|earlier| earlier.date >= earliest);
    let window: Vec<String> = before
        .map(|earlier| format!("{} ({})", units.short(earlier.distance_m), dates::short(earlier.date)))
        .collect();
    let runs = if window.is_empty() { "none".to_owned() } else { window.join(", ") };
    let mut steps = vec![
        Block::step(format!("before it, since {}: {runs}", dates::short(earliest))),
        Block::step(inequality(session.distance_m, comparison)),
    ];
    match comparison.in_minutes() {
        Some(running) => steps.extend(running_arithmetic::minutes(analysis, position, &running)),
        None => steps.extend(own_threshold(analysis, session, comparison)),
    }
    let (run, meters, recordings) = (&session.run, session.distance_m, in_recordings(session.recordings));
    Section::steps(format!("long-run-spike: run {run}, {meters} m{recordings}"), steps)
}

/// The inequality of the runner's own threshold, where it is another than the studied one.
fn own_threshold(analysis: &Analysis, session: &Session, comparison: &Comparison) -> Option<Block> {
    let own = analysis.thresholds.told(&long_run_spike::RULE)?;
    let (longest_m, _) = comparison.longest?;
    let percent = 100 + analysis.thresholds.of(&long_run_spike::PERCENT);
    let is_above = 100 * session.distance_m > percent * longest_m;
    let (sign, meaning) = if is_above { (">", "above it") } else { ("≤", "not above it") };
    Some(Block::step(format!("{own} 100 × {} {sign} {percent} × {longest_m}: {meaning}", session.distance_m)))
}

fn inequality(distance_m: i64, comparison: &Comparison) -> String {
    let Some((longest_m, date)) = comparison.longest else {
        return match comparison.state {
            SpikeState::NoHistory => "NO_HISTORY: less than 30 days are known before it".to_owned(),
            _ => "NO_BASELINE: no run in the 30 days before it, so nothing to compare with".to_owned(),
        };
    };
    let (sign, percent, meaning) = match comparison.state {
        SpikeState::Spike(SpikeSize::Small) => (">", REFERENCE_PERCENT, "more than 10, up to 30 % longer"),
        SpikeState::Spike(SpikeSize::Moderate) => (">", SMALL_PERCENT, "more than 30, up to 100 % longer"),
        SpikeState::Spike(SpikeSize::Large) => (">", 200, "more than twice as long"),
        _ => ("≤", REFERENCE_PERCENT, "not more than 10 % longer"),
    };
    format!(
        "longest {longest_m} m ({}): 100 × {distance_m} {sign} {percent} × {longest_m}: {meaning}",
        dates::short(date)
    )
}

/// The blocks of `weekly-jump` and what they come to.
fn blocks(analysis: &Analysis, date: NaiveDate, units: UnitSystem) -> Option<Section> {
    let t = analysis.days.iter().position(|day| day.date == date)?;
    let Some((block, before)) = weekly_jump::blocks(&analysis.days, t) else {
        let head = "weekly-jump: not enough days before it to compare with";
        return Some(Section::steps(head, Vec::new()));
    };
    let told: Vec<String> = before.iter().map(|meters| units.short(*meters)).collect();
    let best = before.iter().max().copied().unwrap_or_default();
    let previous = before[0];
    let above = analysis.thresholds.of(&weekly_jump::PERCENT);
    let percent = 100 + above;
    let meaning = match weekly_jump::classify(block, before, above) {
        weekly_jump::Jump::Attention => {
            format!("100 × {block} > {percent} × {best}: more than {above} % above the best")
        }
        weekly_jump::Jump::Note => format!(
            "100 × {block} > {percent} × {previous} and > {NOTE_PERCENT} × {best}: more than {above} % above the block before"
        ),
        weekly_jump::Jump::None => {
            format!("within {above} % of the best block and of the one before, or an easy week behind")
        }
    };
    let told = format!("the four blocks before, latest first: {}; best {best} m", told.join(", "));
    Some(Section::steps(
        format!("weekly-jump: {block} m in the 7 days to {}", dates::short(date)),
        vec![Block::step(told), Block::step(meaning)],
    ))
}

fn of_warning(warning: &Warning, units: UnitSystem) -> Section {
    let evidence = warning.evidence;
    Section::steps(
        format!("fired: {} ({})", warning.rule.id, warning.level.name()),
        vec![
            Block::text(Tone::Detail, warning.fact(units)),
            Block::step(numbers(warning)),
            Block::step(format!("→ {}", warning.action(units))),
            Block::step(format!("evidence {}: {}", evidence.grade, evidence.source)),
        ],
    )
}

/// Value, threshold and baseline as JSON has them.
fn numbers(warning: &Warning) -> String {
    let compared = warning.compared;
    let unit = compared.unit.symbol();
    let baseline = compared.baseline.map_or_else(String::new, |value| format!(", baseline {value} {unit}"));
    format!("value {} {unit}, threshold {} {unit}{baseline}", compared.value, compared.threshold)
}
