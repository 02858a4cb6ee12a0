//! NEXT: how far the next run and the next seven days may go. A line in the report, a page in `treadlight next`.

use super::{Medium, Report, cap_arithmetic, counted};
use crate::{
    analysis::{
        caps::{Caps, HORIZON_DAYS, Step},
        plan::{Finding, Judged, PlanCheck},
        rules::weekly_jump::week_cap_percent,
    },
    dates,
    report::{
        page::{Block, Page, Pair, PairsForm, Section, Tone, WarningBlock},
        words::{cap_text, caps, running_minutes},
    },
    units::{Distance, UnitSystem},
    warning::Level,
};

/// The two caps; a page says why, and unfolds how they come about.
pub(super) fn limits(report: &Report<'_>) -> Option<Section> {
    let (caps, units) = (&report.analysis.caps, report.units);
    let run = Pair {
        name: "one run".to_owned(),
        value: run(caps, units),
        reasons: caps.next_run_m.map(|_| caps::sentence(&caps.because, units)).into_iter().collect(),
    };
    let mut said = vec![Block::Pairs(PairsForm::InLine, vec![run, week_pair(caps, units)])];
    if report.medium == Medium::Page {
        said.push(Block::Working {
            summary: "How these limits come about".to_owned(),
            sections: cap_arithmetic::of_caps(report.analysis, units),
        });
    }
    // documents have it right below their answer
    Some(if report.medium.is_text() { Section::titled("Next", said) } else { Section::joined(said) })
}

fn week_pair(caps: &Caps, units: UnitSystem) -> Pair {
    let reason = caps.next_7_days_m.map(|_| week_reason(caps));
    Pair { name: "next 7 days".to_owned(), value: week(caps, units), reasons: reason.into_iter().collect() }
}

/// `up to 16.5 km until 22 Nov`, or why there is no cap.
fn run(caps: &Caps, units: UnitSystem) -> String {
    caps.next_run_m.map_or_else(
        || caps::missing(&caps.because),
        |cap_m| {
            let running = caps
                .running
                .map_or_else(String::new, |running| format!(", {},", running_minutes(running.minutes)));
            // both hold until the first of them changes
            let last_days = [caps.until, caps.running.and_then(|running| running.until)];
            let until = caps::until(last_days.into_iter().flatten().min(), caps.as_of);
            let or_minutes = caps::or_minutes(&caps.because);
            let text = format!("up to {}{running}{or_minutes}{until}", cap_text(cap_m, units));
            text.trim_end_matches(',').to_owned()
        },
    )
}

/// The same of the next seven days.
fn week(caps: &Caps, units: UnitSystem) -> String {
    caps.next_7_days_m.map_or_else(
        || caps::missing_week(caps).to_owned(),
        |cap_m| format!("up to {}", cap_text(cap_m, units)),
    )
}

/// What the cap of seven days is taken of.
fn week_reason(caps: &Caps) -> String {
    let above = week_cap_percent(caps.thresholds) - 100;
    format!(
        "{above} % above the best of the last four blocks of seven days, spikes cut to what they count for."
    )
}

/// `treadlight next`: both caps with their reasons, what they become, a distance and a plan.
#[must_use]
pub fn page(caps: &Caps, distance: Option<Distance>, plan: Option<&PlanCheck>, units: UnitSystem) -> Page {
    let mut pairs = vec![run_pair(caps, units), week_pair(caps, units)];
    pairs.extend(distance.map(|distance| Pair {
        name: distance.to_string(),
        value: fits(caps, distance.meters),
        reasons: Vec::new(),
    }));
    let supposed = "Later numbers suppose that nothing longer is run before, and no break of 7 days or more. Limits, not \
                    targets. [evidence D: a design choice on top of Frandsen 2025]";
    let said = vec![Block::Pairs(PairsForm::Listed, pairs), Block::text(Tone::Aside, supposed)];
    let next = Section::titled(format!("Next, as of {}", dates::long(caps.as_of)), said);
    Page::of([next].into_iter().chain(plan.map(|plan| judged_plan(plan, units))).collect())
}

/// The cap of one run, why, and what it becomes.
fn run_pair(caps: &Caps, units: UnitSystem) -> Pair {
    let mut reasons = Vec::new();
    if caps.next_run_m.is_some() {
        reasons.push(caps::sentence(&caps.because, units));
    }
    if let Some(running) = &caps.running {
        let minutes = running_minutes(running.minutes);
        let until = caps::until(running.until, caps.as_of);
        reasons.push(format!("{minutes}{until}: {}.", caps::running_because(running)));
    }
    reasons.extend(caps.steps.iter().skip(1).map(|step| then(step, caps, units)));
    Pair { name: "one run".to_owned(), value: run(caps, units), reasons }
}

fn then(step: &Step, caps: &Caps, units: UnitSystem) -> String {
    let from = dates::relative_to(step.from, caps.as_of);
    match step.limit.cap_m {
        Some(cap_m) => {
            let until = caps::until(step.until, caps.as_of);
            let minutes = caps::or_minutes(&step.limit.because);
            format!("from {from} up to {}{minutes}{until}", cap_text(cap_m, units))
        }
        None => format!("from {from} on: {}", caps::missing(&step.limit.because)),
    }
}

fn fits(caps: &Caps, distance_m: i64) -> String {
    match caps.fits_from(distance_m) {
        Some(date) if date == caps.date => "fits now".to_owned(),
        Some(date) => format!("fits from {}", dates::relative_to(date, caps.as_of)),
        None => {
            let none = format!("not within {HORIZON_DAYS} days without longer runs in between");
            match caps.steps_of_ten_percent(distance_m) {
                Some((steps, date)) => {
                    let times = if steps == 1 { "one step".to_owned() } else { format!("{steps} steps") };
                    let date = dates::relative_to(date, caps.as_of);
                    format!(
                        "{none}; by arithmetic, not as a plan: {times} of 10 % each 7 days, not before {date}"
                    )
                }
                None => none,
            }
        }
    }
}

fn judged_plan(plan: &PlanCheck, units: UnitSystem) -> Section {
    let runs = counted(plan.runs.len(), "run", "runs");
    let past = if plan.past > 0 { format!(", {} in the past left out", plan.past) } else { String::new() };
    let raising: Vec<&Judged> = plan.runs.iter().filter(|judged| !judged.findings.is_empty()).collect();
    let mut said: Vec<Block> = raising.iter().flat_map(|judged| findings(judged, units)).collect();
    let result = match (plan.runs.len(), raising.len()) {
        (0, _) => "no planned run lies ahead".to_owned(),
        (_, 0) => "no planned run would raise a warning, which does not mean no risk".to_owned(),
        (_, raised) => format!("{raised} of {runs} would raise a warning"),
    };
    said.push(Block::text(Tone::Plain, result));
    if !plan.runs.is_empty() {
        let stricter =
            "Warnings compare with what was run or is planned; after a spike the caps above are stricter.";
        said.push(Block::text(Tone::Aside, stricter));
    }
    Section::titled(format!("Plan: {runs}{past}"), said)
}

/// What a planned run would raise, and the nearest distance that would not.
fn findings(judged: &Judged, units: UnitSystem) -> Vec<Block> {
    let nearest = match judged.nearest_m {
        Some(nearest_m) => format!("nearest distance without a warning: {}", cap_text(nearest_m, units)),
        None => "no distance on that day goes without a warning".to_owned(),
    };
    let last = judged.findings.len().saturating_sub(1);
    let said = judged.findings.iter().enumerate().map(|(index, finding)| {
        let (level, title, fact) = match finding {
            Finding::Warning(warning) => (warning.level, warning.rule.title, warning.fact(units)),
            Finding::AboveBreakCap { .. } => (Level::Caution, "gap", above_break(finding, judged, units)),
        };
        let nearest = (index == last).then(|| format!("{nearest} (line {})", judged.run.line));
        Block::Warning(Box::new(WarningBlock {
            level,
            title: title.to_owned(),
            fact,
            actions: nearest.into_iter().collect(),
            ..WarningBlock::default()
        }))
    });
    said.collect()
}

fn above_break(finding: &Finding, judged: &Judged, units: UnitSystem) -> String {
    let Finding::AboveBreakCap { gap, cap_m } = finding else { return String::new() };
    let end = gap.returned.unwrap_or(judged.run.date);
    format!(
        "{}, {}: above {} after {} days without a run ({} to {}).",
        dates::with_weekday(judged.run.date),
        units.short(judged.run.distance_m),
        cap_text(*cap_m, units),
        gap.days,
        dates::short(gap.last_run),
        dates::short(end),
    )
}
