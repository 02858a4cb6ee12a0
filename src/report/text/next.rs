//! NEXT: how far the next run and the next seven days may go. A line in the report, a page in `treadlight next`.

use std::fmt::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{
    heading, layout,
    style::{self, BOLD, DIM},
    wrapped, write_titled,
};
use crate::{
    analysis::{
        caps::{Because, Caps, HORIZON_DAYS, Step},
        plan::{Finding, Judged, PlanCheck},
        rules::weekly_jump::week_cap_percent,
    },
    dates,
    report::words::{cap_text, caps, running_minutes},
    units::{Distance, UnitSystem},
    warning::Level,
};

/// Columns before the text.
const INDENT: usize = 10;
/// Columns before the text of a page.
const PAGE_INDENT: usize = 13;
/// Columns before the text of a planned run.
const PLAN_INDENT: usize = 19;
/// Columns between the two caps where both stand in one line.
const BETWEEN: usize = 6;

/// The two caps: in one line where they fit, else in two.
///
/// # Errors
/// Never for a `String`.
pub fn write_line(out: &mut String, caps: &Caps, units: UnitSystem) -> fmt::Result {
    let (run, week) =
        (format!("one run: {}", run(caps, units)), format!("next 7 days: {}", week(caps, units)));
    if layout::is_narrow() {
        heading(out, "NEXT")?;
        writeln!(out, "{}", wrapped(&run, INDENT))?;
        return writeln!(out, "{}", wrapped(&week, INDENT));
    }
    write!(out, "{BOLD}{:<INDENT$}{BOLD:#}", "NEXT")?;
    if INDENT + run.width() + BETWEEN + week.width() <= layout::columns() {
        return writeln!(out, "{run}{}{week}", " ".repeat(BETWEEN));
    }
    for (line, text) in [run, week].into_iter().enumerate() {
        let indent = " ".repeat(INDENT);
        let text = wrapped(&format!("{indent}{text}"), INDENT);
        writeln!(out, "{}", if line == 0 { text.trim_start() } else { &text })?;
    }
    Ok(())
}

/// `up to 16.5 km until 22 Nov`, or why there is no cap.
pub(in crate::report) fn run(caps: &Caps, units: UnitSystem) -> String {
    if let Some(text) = by_knee(caps, units) {
        return text;
    }
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

/// What the knee diary leaves: no run, none before a day, or no distance.
fn by_knee(caps: &Caps, units: UnitSystem) -> Option<String> {
    let today = caps.steps.first()?;
    let is_known =
        !matches!(caps.because, Because::NoRuns | Because::ShortHistory { .. } | Because::NothingToCountFrom);
    match (today.limit.cap_m, caps.next_run_m) {
        (Some(0), Some(0)) => Some("no run: see KNEE".to_owned()),
        (Some(0), Some(later_m)) => {
            let until = caps::until(today.until, caps.as_of);
            Some(format!("no run{until}, then {} or less: see KNEE", cap_text(later_m, units)))
        }
        (_, None) if is_known => Some("no distance: see KNEE".to_owned()),
        _ => None,
    }
}

/// The same of the next seven days.
pub(in crate::report) fn week(caps: &Caps, units: UnitSystem) -> String {
    if by_knee(caps, units).is_some() && caps.next_7_days_m.is_none_or(|week_m| week_m == 0) {
        return "see KNEE".to_owned();
    }
    caps.next_7_days_m.map_or_else(
        || caps::missing_week(caps).to_owned(),
        |cap_m| format!("up to {}", cap_text(cap_m, units)),
    )
}

/// What the cap of seven days is taken of.
pub(in crate::report) fn week_reason(caps: &Caps) -> String {
    let above = week_cap_percent(caps.thresholds) - 100;
    format!(
        "{above} % above the best of the last four blocks of seven days, spikes cut to what they count for."
    )
}

/// `treadlight next`: both caps with their reasons, what they become, a distance and a plan.
///
/// # Errors
/// Never for a `String`.
pub fn page(
    caps: &Caps,
    distance: Option<Distance>,
    plan: Option<&PlanCheck>,
    units: UnitSystem,
) -> Result<String, fmt::Error> {
    let mut out = String::new();
    heading(&mut out, &format!("NEXT, as of {}", dates::long(caps.as_of)))?;
    write_item(&mut out, "one run", &run(caps, units))?;
    if caps.next_run_m.is_some() {
        write_item(&mut out, "", &caps::sentence(&caps.because, units))?;
    }
    if let Some(running) = &caps.running {
        let minutes = running_minutes(running.minutes);
        let until = caps::until(running.until, caps.as_of);
        write_item(&mut out, "", &format!("{minutes}{until}: {}.", caps::running_because(running)))?;
    }
    for step in caps.steps.iter().skip(1) {
        write_item(&mut out, "", &then(step, caps, units))?;
    }
    write_item(&mut out, "next 7 days", &week(caps, units))?;
    if caps.next_7_days_m.is_some() {
        write_item(&mut out, "", &week_reason(caps))?;
    }
    if let Some(distance) = distance {
        write_item(&mut out, &distance.to_string(), &fits(caps, distance.meters))?;
    }
    let supposed = "Later numbers suppose that nothing longer is run before, and no break of 7 days or more. Limits, not \
                    targets. [evidence D: a design choice on top of Frandsen 2025]";
    writeln!(out, "{DIM}{}{DIM:#}", wrapped(supposed, 0))?;
    if let Some(plan) = plan {
        writeln!(out)?;
        write_plan(&mut out, plan, units)?;
    }
    Ok(out)
}

/// A name and its text, both columns wide enough for what `next` names.
fn write_item(out: &mut String, name: &str, text: &str) -> fmt::Result {
    let item = match (layout::is_narrow(), name) {
        (true, "") => format!("  {text}"),
        (true, name) => format!("{name}: {text}"),
        (false, name) => format!("{name:<PAGE_INDENT$}{text}"),
    };
    let wrapped = wrapped(&item, PAGE_INDENT);
    writeln!(out, "{wrapped}")
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

fn write_plan(out: &mut String, plan: &PlanCheck, units: UnitSystem) -> fmt::Result {
    let count = plan.runs.len();
    let runs = if count == 1 { "1 run".to_owned() } else { format!("{count} runs") };
    let past = if plan.past > 0 { format!(", {} in the past left out", plan.past) } else { String::new() };
    heading(out, &format!("PLAN: {runs}{past}"))?;
    let mut raised = 0;
    for judged in plan.runs.iter().filter(|judged| !judged.findings.is_empty()) {
        raised += 1;
        write_judged(out, judged, units)?;
    }
    match (count, raised) {
        (0, _) => return writeln!(out, "no planned run lies ahead"),
        (_, 0) => writeln!(out, "no planned run would raise a warning, which does not mean no risk")?,
        _ => writeln!(out, "{raised} of {runs} would raise a warning")?,
    }
    let stricter =
        "Warnings compare with what was run or is planned; after a spike the caps above are stricter.";
    writeln!(out, "{DIM}{}{DIM:#}", wrapped(stricter, 0))
}

fn write_judged(out: &mut String, judged: &Judged, units: UnitSystem) -> fmt::Result {
    for finding in &judged.findings {
        let (level, title, fact) = match finding {
            Finding::Warning(warning) => (warning.level, warning.rule.title, warning.fact(units)),
            Finding::AboveBreakCap { .. } => (Level::Caution, "gap", above_break(finding, judged, units)),
        };
        let style = style::of_level(level);
        let title = format!("{:<2}{title:<17}", style::mark(level));
        write_titled(out, style, &title, &fact)?;
    }
    let nearest = match judged.nearest_m {
        Some(nearest_m) => format!("nearest distance without a warning: {}", cap_text(nearest_m, units)),
        None => "no distance on that day goes without a warning".to_owned(),
    };
    let indent = " ".repeat(layout::indent(PLAN_INDENT));
    writeln!(out, "{}", wrapped(&format!("{indent}→ {nearest} (line {})", judged.run.line), PLAN_INDENT + 2))
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
