//! The weekly table: short in the report, whole in `treadlight weeks`.

use super::{Medium, Report, hours_and_minutes, whole};
use crate::{
    analysis::Analysis,
    dates,
    fields::beside::WeekBeside,
    report::{
        page::{Block, Column, Marks, Page, Row, Section, Table, Tone},
        words::{self, beside},
    },
    table::WeekRow,
    units::UnitSystem,
};

/// Weeks before the newest one whose other sports are summed up.
const WEEKS_OF_SPORT: usize = 4;
/// Weeks that text shows.
const WEEKS_SHOWN: usize = 8;
/// Weeks that a page shows, and those of the spark.
const WEEKS_ON_PAGE: usize = 12;

/// The newest weeks, newest first, with what a runner compares; text has them as a spark too.
pub(super) fn newest(report: &Report<'_>) -> Option<Section> {
    let is_page = report.medium == Medium::Page;
    let shown = if is_page { WEEKS_ON_PAGE } else { WEEKS_SHOWN };
    let mut said = vec![Block::Table(recent(report.analysis, report.units, shown))];
    if !is_page {
        said.extend(spark(report.analysis, report.units));
    }
    said.extend(other_sports(report.analysis));
    Some(Section::titled(format!("The last {shown} weeks"), said))
}

fn recent(analysis: &Analysis, units: UnitSystem, shown: usize) -> Table {
    let columns = vec![
        Column::left("week", 12, Some(11)),
        Column::right(units.symbol(), 7, Some(7)),
        Column::right("runs", 6, Some(5)),
        Column::right("longest", 9, Some(8)),
        Column::right("vs 4-wk best", 15, Some(8)).or("vs 4wk"),
        Column::right("7-day peak", 13, None),
    ];
    let row = |week: &WeekRow| Row {
        cells: vec![
            dates::relative_to(week.week_start, analysis.as_of),
            distance(week, units),
            week.runs.to_string(),
            number(week.longest_m.filter(|meters| *meters > 0), units),
            change(week, analysis.is_complete(week.week_start)),
            units.number(week.peak_7_days_m),
        ],
        note: so_far(analysis, week),
        below: Vec::new(),
    };
    let rows = analysis.weeks.iter().rev().take(shown).map(row).collect();
    Table { columns, rows, has_head: true, marks: Marks::Words, wraps: false, footnote: footnote(analysis) }
}

/// Every week, oldest first, with time and climb.
#[must_use]
pub fn all(analysis: &Analysis, units: UnitSystem) -> Page {
    let mut columns = vec![
        Column::left("week", 12, Some(12)),
        Column::right(units.symbol(), 7, Some(6)),
        Column::right("runs", 6, Some(5)),
        Column::right("longest", 9, Some(8)),
        Column::right("time", 7, Some(7)),
        Column::right("up m", 7, None),
        Column::right("down m", 8, None),
        Column::right("best 4", 8, None),
        Column::right("7-day", 7, None),
    ];
    let has_cadence = analysis.cadence.band_m_s.is_some();
    if has_cadence {
        columns.push(Column::right("steps", 7, None));
    }
    let row = |(at, (week, cadence)): (usize, (&WeekRow, &Option<f64>))| Row {
        cells: vec![
            dates::long(week.week_start),
            distance(week, units),
            week.runs.to_string(),
            number(week.longest_m.filter(|meters| *meters > 0), units),
            hours_and_minutes(week.moving_time_s),
            whole(week.ascent_m),
            whole(week.descent_m),
            number(week.best_of_4_m, units),
            units.number(week.peak_7_days_m),
        ]
        .into_iter()
        .chain(has_cadence.then(|| whole(*cadence)))
        .collect(),
        note: so_far(analysis, week),
        below: beside_runs(analysis, at).into_iter().collect(),
    };
    let rows = analysis.weeks.iter().zip(&analysis.cadence.of_weeks).enumerate().map(row).collect();
    let footnote = footnote(analysis);
    let table = Table { columns, rows, has_head: true, marks: Marks::Star, wraps: false, footnote };
    let mut said = vec![Block::Table(table)];
    said.extend(
        words::cadence::steps_are(&analysis.cadence, units).map(|text| Block::text(Tone::Aside, text)),
    );
    said.extend(beside::left_out(&analysis.beside.left_out).map(|text| Block::text(Tone::Aside, text)));
    Page::of(vec![Section::titled("Weeks", said)])
}

/// The other sports of a week, by its position, and its days off told both ways.
fn beside_runs(analysis: &Analysis, at: usize) -> Option<String> {
    let without_run = analysis.week_loads.get(at)?.rest_days;
    beside::week(analysis.beside.weeks.get(at)?, without_run)
}

/// The other sports of the newest weeks in a sentence, and the days off of the newest whole week with one.
fn other_sports(analysis: &Analysis) -> Option<Block> {
    let newest = analysis.beside.weeks.len().checked_sub(1)?;
    let first = newest.saturating_sub(WEEKS_OF_SPORT);
    let weeks = &analysis.beside.weeks[first..];
    let times = beside::times(|kind| {
        let times_s: Vec<i64> = weeks.iter().filter_map(|week| week.time_s(kind)).collect();
        let is_unknown = weeks.iter().any(|week| week.time_s(kind).is_none());
        Some(times_s.iter().sum::<i64>()).filter(|sum_s| *sum_s > 0 || !is_unknown)
    });
    let since = dates::short(weeks.first()?.week_start);
    let at = (first..=newest).rev().find(|at| analysis.is_complete(analysis.beside.weeks[*at].week_start))?;
    let week = &analysis.beside.weeks[at];
    let rest = beside::rest_days(analysis.week_loads.get(at)?.rest_days, week.days_without_sport)?;
    let of_week = format!("Week of {}: {rest}.", dates::short(week.week_start));
    let told = format!("Other sports since {since}: {times}. {of_week}");
    weeks.iter().any(WeekBeside::has_other_sports).then(|| Block::text(Tone::Listed, told))
}

/// Twelve weeks in a line, oldest first, and between which distances they lie: `12 weeks  ▅▅▄▆▇  23.5 to 38.9 km a week`.
fn spark(analysis: &Analysis, units: UnitSystem) -> Option<Block> {
    let weeks = analysis.weeks.get(analysis.weeks.len().saturating_sub(WEEKS_ON_PAGE)..)?;
    let newest = weeks.last().filter(|_| weeks.len() > 1)?;
    let whole = weeks.iter().filter(|week| analysis.is_complete(week.week_start)).map(|week| week.distance_m);
    let (least, most) = (whole.clone().min()?, whole.max()?);
    let so_far = if analysis.is_complete(newest.week_start) { "" } else { "; the last is this week so far" };
    Some(Block::Spark {
        name: format!("{} weeks", weeks.len()),
        values: weeks.iter().map(|week| week.distance_m).collect(),
        text: format!("{} to {} a week{so_far}", units.number(least), units.short(most)),
    })
}

fn number(meters: Option<i64>, units: UnitSystem) -> String {
    meters.map_or_else(|| "–".to_owned(), |meters| units.number(meters))
}

/// The distance of a week; of runs of which none has a distance it is not known.
fn distance(week: &WeekRow, units: UnitSystem) -> String {
    if week.runs > 0 && week.distance_m == 0 { "–".to_owned() } else { units.number(week.distance_m) }
}

/// What the star of an unfinished week means.
fn footnote(analysis: &Analysis) -> Option<String> {
    let last = analysis.weeks.last()?;
    (!analysis.is_complete(last.week_start)).then(|| format!("so far, up to {}", dates::long(analysis.as_of)))
}

fn so_far(analysis: &Analysis, week: &WeekRow) -> Option<&'static str> {
    (!analysis.is_complete(week.week_start)).then_some("so far")
}

/// `+12 %` against the best of the four weeks before; an unfinished week below it says nothing yet.
fn change(week: &WeekRow, complete: bool) -> String {
    let best = week.best_of_4_m.filter(|best| *best > 0 && (complete || week.distance_m > *best));
    let Some(best) = best else { return "–".to_owned() };
    let percent = ((week.distance_m - best) as f64 * 100.0 / best as f64).round() as i64;
    match percent {
        0 => "±0 %".to_owned(),
        p if p < 0 => format!("−{} %", -p),
        p => format!("+{p} %"),
    }
}
