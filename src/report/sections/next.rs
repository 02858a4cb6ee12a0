//! NEXT: how far the next run and the next seven days may go. A line in the report, a page in `treadlight next`.

use super::{Medium, Report, cap_arithmetic, counted};
use crate::{
    analysis::{
        limits::{
            answer::{HORIZON_DAYS, Limits, Step},
            exposure::Exposure,
            source::Because,
        },
        plan::{Judged, PlanCheck, PlannedWeek},
    },
    dates,
    plan::{Plan, WithoutDistance},
    report::{
        page::{Block, Page, Pair, PairsForm, Section, Tone, WarningBlock},
        words::{cap_text, limits as words, running_minutes},
    },
    units::{Distance, UnitSystem},
    warning::{Body, Level},
};

/// Runs above their limit that are named.
const MOST_ABOVE: usize = 3;

/// The two limits, and the runs above those of their days; a page says why, and unfolds how they come about.
pub(super) fn limits(report: &Report<'_>) -> Option<Section> {
    let (analysis, units) = (report.analysis, report.units);
    let limits = &analysis.limits;
    let run = Pair {
        name: "one run".to_owned(),
        value: words::next_run(limits, units),
        reasons: limits
            .next_run_m
            .filter(|_| limits.body != Some(Body::NoRun))
            .map(|_| words::why(limits, units))
            .into_iter()
            .collect(),
    };
    let mut said = vec![Block::Pairs(PairsForm::InLine, vec![run, week_pair(limits, units)])];
    if words::is_without_numbers(limits) {
        // nor those of days that are over
        return Some(titled(report.medium, said));
    }
    let above = analysis.engine.above(dates::days_before(analysis.this_week, 7));
    let lines = above.iter().rev().take(MOST_ABOVE).map(|above| words::above_limit(above, units));
    said.extend(lines.map(|line| Block::text(Tone::Detail, line)));
    if report.medium == Medium::Page {
        said.push(Block::Working {
            summary: "How these limits come about".to_owned(),
            sections: cap_arithmetic::of_caps(analysis, units),
        });
    }
    Some(titled(report.medium, said))
}

/// Documents have it right below their answer, without a title.
fn titled(medium: Medium, said: Vec<Block>) -> Section {
    if medium.is_text() { Section::titled("Next", said) } else { Section::joined(said) }
}

fn week_pair(limits: &Limits, units: UnitSystem) -> Pair {
    Pair {
        name: "next 7 days".to_owned(),
        value: words::next_7_days(limits, units),
        reasons: words::week_sentence(limits, units).into_iter().collect(),
    }
}

/// `treadlight next`: both limits with their reasons, what they become, a distance and a plan.
#[must_use]
pub fn page(
    limits: &Limits,
    distance: Option<Distance>,
    plan: Option<(&PlanCheck, &Plan)>,
    units: UnitSystem,
) -> Page {
    let mut pairs = vec![run_pair(limits, units), week_pair(limits, units)];
    pairs.extend(distance.map(|distance| Pair {
        name: distance.to_string(),
        value: fits(limits, distance.meters),
        reasons: Vec::new(),
    }));
    let supposed = "Later numbers suppose that nothing is run before, and no break of 7 days or more. Limits, not \
                    targets. [evidence D: a design choice on top of Frandsen 2025]";
    let mut said = vec![Block::Pairs(PairsForm::Listed, pairs)];
    if !words::is_without_numbers(limits) {
        said.push(Block::text(Tone::Aside, supposed));
    }
    let next = Section::titled(format!("Next, as of {}", dates::long(limits.as_of)), said);
    let plan = plan.map(|(check, plan)| judged_plan(check, plan, limits, units));
    Page::of([next].into_iter().chain(plan).collect())
}

/// The limit of one run, why, and what it becomes.
fn run_pair(limits: &Limits, units: UnitSystem) -> Pair {
    let mut reasons = Vec::new();
    if limits.body == Some(Body::NoRun) {
        return Pair { name: "one run".to_owned(), value: words::next_run(limits, units), reasons };
    }
    if limits.next_run_m.is_some() {
        reasons.push(words::why(limits, units));
    }
    if let Some(running) = &limits.running {
        let (minutes, until) = (running_minutes(running.minutes), words::until(running.until, limits.as_of));
        let why = words::because(&running.because, Exposure::RunningSeconds, units);
        reasons.push(format!("{minutes}{until}: {why}."));
    }
    reasons.extend(limits.steps.iter().skip(1).map(|step| then(step, limits, units)));
    Pair { name: "one run".to_owned(), value: words::next_run(limits, units), reasons }
}

fn then(step: &Step, limits: &Limits, units: UnitSystem) -> String {
    let from = dates::relative_to(step.from, limits.as_of);
    match (step.most_m, &step.because) {
        (Some(0), Some(Because::Knee { .. })) => format!("from {from}: no run, see KNEE"),
        (None, Some(Because::Knee { .. } | Because::Said(_))) => {
            format!("from {from} on: no distance, see KNEE")
        }
        (Some(most_m), Some(because)) => {
            let until = words::until(step.until, limits.as_of);
            format!("from {from} up to {}{}{until}", cap_text(most_m, units), words::or_minutes(because))
        }
        _ => format!("from {from} on: {}", words::NOTHING_TO_COUNT_FROM),
    }
}

fn fits(limits: &Limits, distance_m: i64) -> String {
    match limits.body {
        Some(Body::NoRun) => return "no run: see KNEE".to_owned(),
        Some(Body::NoDistance) => return "no distance: see KNEE".to_owned(),
        _ => {}
    }
    match limits.fits_from(distance_m) {
        Some(date) if date == limits.date => "fits now".to_owned(),
        Some(date) => format!("fits from {}", dates::relative_to(date, limits.as_of)),
        None => {
            let none = format!("not within {HORIZON_DAYS} days without longer runs in between");
            match limits.steps_of_ten_percent(distance_m) {
                Some((steps, date)) => {
                    let times = if steps == 1 { "one step".to_owned() } else { format!("{steps} steps") };
                    let date = dates::relative_to(date, limits.as_of);
                    format!(
                        "{none}; by arithmetic, not as a plan: {times} of 10 % each 7 days, not before {date}"
                    )
                }
                None => none,
            }
        }
    }
}

fn judged_plan(check: &PlanCheck, plan: &Plan, limits: &Limits, units: UnitSystem) -> Section {
    let runs = counted(check.runs.len(), "run", "runs");
    let past = if check.past > 0 { format!(", {} in the past left out", check.past) } else { String::new() };
    let noted = check.runs.iter().filter(|judged| judged.is_noted());
    let mut said: Vec<Block> = noted.flat_map(|judged| findings(judged, units)).collect();
    let over = check.runs.iter().filter(|judged| judged.fit.is_over()).count();
    let raising = check.runs.iter().filter(|judged| !judged.warnings.is_empty()).count();
    said.push(Block::text(Tone::Plain, result(check.runs.len(), over, raising)));
    said.extend(check.weeks.iter().flat_map(|week| planned_week(check, week, units)));
    said.extend(left_out(plan, limits).map(|left_out| Block::text(Tone::Aside, left_out)));
    Section::titled(format!("Plan: {runs}{past}"), said)
}

fn result(runs: usize, over: usize, raising: usize) -> String {
    let warned = match raising {
        0 => "no planned run would raise a warning",
        _ => {
            return format!(
                "{over} of {} above a limit, {raising} would raise a warning",
                counted(runs, "run", "runs")
            );
        }
    };
    match (runs, over) {
        (0, _) => "no planned run lies ahead".to_owned(),
        (_, 0) => format!("{warned}, and none is above a limit, which does not mean no risk"),
        _ => format!("{over} of {} above a limit; {warned}", counted(runs, "run", "runs")),
    }
}

/// What was read of a week, beside the limits.
fn planned_week(check: &PlanCheck, week: &PlannedWeek, units: UnitSystem) -> Vec<Block> {
    let number = |meters: i64| format!("{:.1}", units.from_meters(meters as f64));
    let run = if week.run_m > 0 { format!(" + {} run", number(week.run_m)) } else { String::new() };
    let (first, sum) = (dates::short(week.week_start), number(week.planned_m));
    let head = Block::text(Tone::Plain, format!("week of {first}: {sum} {} planned{run}", units.symbol()));
    let line = |judged: &Judged| {
        let limit = |meters: Option<i64>| meters.map_or_else(|| "–".to_owned(), number);
        let (run, fit) = (&judged.run, &judged.fit);
        let over = if fit.is_over() { " *" } else { "" };
        let (day, distance) = (dates::with_weekday(run.date), number(run.distance_m));
        let (most, week) = (limit(fit.limit_m), limit(fit.limit_7_days_m));
        Block::text(Tone::Detail, format!("{day:<11}{distance:>6}   limit {most:>5}, 7 days {week:>5}{over}"))
    };
    [head].into_iter().chain(check.runs[week.runs.clone()].iter().map(line)).collect()
}

/// What of a plan is no run.
fn left_out(plan: &Plan, limits: &Limits) -> Option<String> {
    let named = |event: &WithoutDistance| {
        let date = event
            .date
            .map_or_else(String::new, |date| format!("{} ", dates::relative_to(date, limits.as_of)));
        format!("{date}{} (line {})", event.summary, event.line)
    };
    let events: Vec<String> = plan.without_distance.iter().map(named).collect();
    let events = (!events.is_empty()).then(|| {
        format!("{} without a distance: {}", counted(events.len(), "event", "events"), events.join(", "))
    });
    let rest = (plan.rest_days > 0).then(|| counted(plan.rest_days, "rest day", "rest days"));
    let own = (plan.own_events > 0)
        .then(|| format!("{} of treadlight's own calendar", counted(plan.own_events, "event", "events")));
    let all: Vec<String> = [events, rest, own].into_iter().flatten().collect();
    (!all.is_empty()).then(|| format!("Read, but no run: {}.", all.join("; ")))
}

/// What a planned run would raise, and the nearest distance that fits.
fn findings(judged: &Judged, units: UnitSystem) -> Vec<Block> {
    let block = |level: Level, title: &str, fact: String, actions: Vec<String>| {
        let title = title.to_owned();
        Block::Warning(Box::new(WarningBlock { level, title, fact, actions, ..WarningBlock::default() }))
    };
    let warned = judged.warnings.iter();
    let mut said: Vec<Block> = warned
        .map(|warning| block(warning.level, warning.rule.title, warning.fact(units), Vec::new()))
        .collect();
    if judged.fit.is_over() {
        let action = format!("{} (line {})", nearest(judged, units), judged.run.line);
        let level = if judged.fit.is_held { Level::Caution } else { Level::Info };
        said.push(block(level, "above the limit", above_limits(judged, units), vec![action]));
    }
    said
}

/// `Sun 29 Mar, 14.0 km: above the 11.0 km of that day.`
fn above_limits(judged: &Judged, units: UnitSystem) -> String {
    let (run, fit) = (judged.run, judged.fit);
    if fit.is_held {
        let what = if fit.limit_m.is_some() { "no run" } else { "no distance" };
        let (day, distance) = (dates::with_weekday(run.date), units.short(run.distance_m));
        return format!("{day}, {distance}: your knee diary leaves {what} on that day.");
    }
    let over_run = fit.limit_m.filter(|_| fit.is_over_run);
    let over_run = over_run.map(|limit_m| format!("the {} of that day", cap_text(limit_m, units)));
    let over_week = fit.limit_7_days_m.filter(|_| fit.is_over_week);
    let over_week = over_week
        .map(|limit_m| format!("the {} that the 7 days up to it may have", cap_text(limit_m, units)));
    let over: Vec<String> = [over_run, over_week].into_iter().flatten().collect();
    let (day, distance) = (dates::with_weekday(run.date), units.short(run.distance_m));
    format!("{day}, {distance}: above {}.", over.join(" and "))
}

/// The nearest distance that fits, and the first day on which the planned one does.
fn nearest(judged: &Judged, units: UnitSystem) -> String {
    if judged.fit.is_held && judged.fit.fits_from.is_none() {
        return "see KNEE".to_owned();
    }
    let nearest = match judged.fit.nearest_m {
        Some(nearest_m) => format!("nearest distance that fits: {}", cap_text(nearest_m, units)),
        None => "no distance fits on that day".to_owned(),
    };
    match judged.fit.fits_from {
        Some(date) => format!("{nearest}; as planned it fits from {}", dates::short(date)),
        None => format!("{nearest}; as planned it fits on no day within {HORIZON_DAYS} days"),
    }
}
