//! Question: how much was it lately, against the six weeks before, and how did rest lie in the weeks?
//!
//! No zones and no thresholds: none of them is shown to mean anything for a runner's injuries.

use super::{
    canvas::{Align, Area, Canvas, Drawn},
    data::{ChartData, LoadPoint, LoadWeek},
    frame::{self, Extent, HALF_CAP_HEIGHT, Plot, Swatch},
    theme,
};
use crate::{
    analysis::load::moving::{ACUTE_DAYS, CHRONIC_DAYS},
    dates,
};

const DAYS_PER_WEEK: i64 = 7;
/// Baselines of the second line under the title and of the legend below it.
const NOTES_BASELINE: f64 = 153.0;
const LEGEND_BASELINE: f64 = 197.0;
/// Upper and lower ends of the three plots; the lowest one carries the dates.
const AVERAGES: (f64, f64) = (222.0, 574.0);
const DAYS_OFF: (f64, f64) = (622.0, 680.0);
const MONOTONY: (f64, f64) = (728.0, theme::PLOT_BOTTOM);
/// Free pixels above the highest average.
const HEADROOM: f64 = 16.0;
/// Width of the chronic line.
const LINE: f64 = 4.5;
/// No more days than this are told to those who point at them.
const MOST_TIPS: usize = 800;
/// Pixels between two turns of that line.
const CLOSEST_TURN: f64 = 2.5;
/// The axis of monotony reaches at least this far.
const SMALLEST_MONOTONY: f64 = 3.0;
/// Share of a week's width that its bar takes, and the widest bar.
const BAR_SHARE: f64 = 0.7;
const WIDEST_BAR: f64 = 60.0;
/// Radius of a week's dot.
const DOT: (f64, f64) = (1.5, 5.0);
/// Outline of a week that is not over.
const OUTLINE: f64 = 2.0;
/// Space between a plot and its name above it.
const NAME_GAP: f64 = 14.0;

/// `Training load: acute 61, chronic 48 TRIMP a day`.
pub(super) fn title(data: &ChartData) -> String {
    if data.runs.is_empty() {
        return "Training load: no runs yet".to_owned();
    }
    match data.load.days.last() {
        None => "Training load: none of the runs tells how long it took".to_owned(),
        Some(day) if day.warming_up => {
            let unit = &data.load.unit;
            format!("Training load: acute {:.0} {unit} a day, the averages still warm up", day.acute)
        }
        Some(day) => {
            let unit = &data.load.unit;
            format!("Training load: acute {:.0}, chronic {:.0} {unit} a day", day.acute, day.chronic)
        }
    }
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    frame::draw_heading(canvas, &title(data), &subtitle(data))?;
    let plot = plot(canvas, data);
    if data.runs.is_empty() || data.load.days.is_empty() {
        let why = if data.runs.is_empty() { "No runs" } else { "No run with a time" };
        plot.draw_values(canvas)?;
        frame::draw_message(canvas, &format!("{why} up to {}", dates::long(data.as_of)))?;
        return plot.strip(MONOTONY, SMALLEST_MONOTONY).draw_dates(canvas, DAYS_PER_WEEK as u64);
    }
    frame::draw_note(canvas, &notes(data), NOTES_BASELINE)?;
    frame::draw_legend_at(canvas, LEGEND_BASELINE, &legend(data))?;
    draw_averages(canvas, &plot, &data.load.days)?;
    draw_newest(canvas, &plot, data)?;
    draw_days_off(canvas, &plot.strip(DAYS_OFF, DAYS_PER_WEEK as f64), &data.load.weeks)?;
    draw_monotony(canvas, &plot, &data.load.weeks)
}

fn subtitle(data: &ChartData) -> String {
    let shown = match data.weeks.first() {
        Some(first) => format!(", {}", dates::range(first.week_start, data.as_of)),
        None => String::new(),
    };
    if data.load.days.is_empty() {
        "load a day".to_owned() + &shown
    } else {
        data.load.measure.clone() + &shown
    }
}

fn notes(data: &ChartData) -> String {
    data.load.notes.join("; ")
}

/// The recursions stand here: under the same names other products draw other curves.
fn legend(data: &ChartData) -> Vec<(Swatch, String)> {
    let mut entries = vec![
        (Swatch::Box(theme::RUN_LIGHT), format!("acute A: each day A += (load − A) / {ACUTE_DAYS}")),
        (Swatch::Line(theme::RUN_DARK), format!("chronic C: C += (load − C) / {CHRONIC_DAYS}")),
    ];
    if data.load.days.iter().any(|day| day.warming_up) {
        entries.push((Swatch::Box(theme::EMPTY), format!("first {CHRONIC_DAYS} days: warming up from 0")));
    }
    entries
}

/// The plot of the averages, which decides where the dates of all three lie.
fn plot(canvas: &Canvas<'_>, data: &ChartData) -> Plot {
    let highest = data.load.days.iter().map(|day| day.acute.max(day.chronic)).fold(0.0, f64::max);
    let extent = Extent {
        first: data.weeks.first().map_or(data.as_of, |week| week.week_start),
        days: data.weeks.len() as i64 * DAYS_PER_WEEK,
        highest_m: 0,
        headroom: HEADROOM,
        right: frame::side_width(canvas, &newest_lines(data)),
    };
    Plot::of_numbers(canvas, &extent, AVERAGES, highest)
}

/// Acute as an area, chronic as a line over it; both grey while they warm up.
fn draw_averages(canvas: &Canvas<'_>, plot: &Plot, days: &[LoadPoint]) -> Drawn {
    plot.draw_values(canvas)?;
    for day in days {
        let (left, right) = (plot.x(plot.day(day.date)), plot.x(plot.day(day.date) + 1.0));
        let color = if day.warming_up { theme::EMPTY } else { theme::RUN_LIGHT };
        canvas.fill(Area { left, right, top: plot.y_of(day.acute), bottom: plot.area.bottom }, color)?;
    }
    for day in days.iter().rev().step_by(days.len().div_ceil(MOST_TIPS).max(1)) {
        let (acute, chronic) = (day.acute, day.chronic);
        let words = || format!("{}: acute {acute:.0}, chronic {chronic:.0}", dates::long(day.date));
        canvas.tip(day.date, middle(plot, day), words);
    }
    let warm = days.partition_point(|day| day.warming_up);
    // the line goes on from the last grey point
    let line = |days: &[LoadPoint], color| canvas.path(&chronic_line(plot, days), color, LINE);
    line(&days[..warm], theme::UNASSIGNED)?;
    line(&days[warm.saturating_sub(1)..], theme::RUN_DARK)?;
    canvas.level(plot.area.left, plot.area.right, plot.area.bottom, theme::AXIS, 2.0)
}

/// The points of the chronic line: not every day where days lie closer than a line can turn.
fn chronic_line(plot: &Plot, days: &[LoadPoint]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (index, day) in days.iter().enumerate() {
        let (x, y) = middle(plot, day);
        let is_last = index + 1 == days.len();
        if is_last || points.last().is_none_or(|(last, _)| x - last >= CLOSEST_TURN) {
            points.push((x, y));
        }
    }
    points
}

/// Where the chronic line passes on a day.
fn middle(plot: &Plot, day: &LoadPoint) -> (f64, f64) {
    (plot.x(plot.day(day.date) + 0.5), plot.y_of(day.chronic))
}

/// `acute 61` and `chronic 48`, at the right edge.
fn newest_lines(data: &ChartData) -> Vec<(String, theme::Type)> {
    let Some(day) = data.load.days.last() else { return Vec::new() };
    let color = if day.warming_up { theme::MUTED } else { theme::RUN_DARK };
    vec![
        (format!("acute {:.0}", day.acute), theme::LABEL),
        (format!("chronic {:.0}", day.chronic), theme::LABEL_STRONG.colored(color)),
    ]
}

/// The newest values beside their ends, kept apart.
fn draw_newest(canvas: &Canvas<'_>, plot: &Plot, data: &ChartData) -> Drawn {
    let Some(day) = data.load.days.last() else { return Ok(()) };
    let x = plot.x(plot.day(day.date) + 1.0);
    let [acute, chronic] = apart(plot.y_of(day.acute), plot.y_of(day.chronic), plot.area.bottom);
    for (line, y) in newest_lines(data).into_iter().zip([acute, chronic]) {
        frame::draw_side_label(canvas, (x, y), &[line])?;
    }
    Ok(())
}

/// Two heights, moved so far apart that lines of text fit at both, above `lowest`.
fn apart(a: f64, b: f64, lowest: f64) -> [f64; 2] {
    let missing = (theme::LINE_SPACING - (a - b).abs()).max(0.0);
    let direction = if a <= b { 1.0 } else { -1.0 };
    let (a, b) = (a - direction * missing / 2.0, b + direction * missing / 2.0);
    let below = (a.max(b) - (lowest - theme::LINE_SPACING / 2.0)).max(0.0);
    [a - below, b - below]
}

fn draw_name(canvas: &Canvas<'_>, plot: &Plot, name: &str) -> Drawn {
    let at = (plot.area.left, plot.area.top - NAME_GAP);
    let name = canvas.shortened(name, theme::LEGEND, canvas.format().right - plot.area.left);
    canvas.text(&name, at, theme::LEGEND, Align::Left).map(|_| ())
}

/// The left and right edge of a week's bar.
fn week_edges(plot: &Plot, week: &LoadWeek) -> (f64, f64) {
    let day = plot.day(week.week_start);
    let (left, right) = (plot.x(day), plot.x(day + DAYS_PER_WEEK as f64));
    let half = ((right - left) * BAR_SHARE).min(WIDEST_BAR) / 2.0;
    let center = (left + right) / 2.0;
    (center - half, center + half)
}

fn draw_days_off(canvas: &Canvas<'_>, plot: &Plot, weeks: &[LoadWeek]) -> Drawn {
    draw_name(canvas, plot, "days without a run, of 7")?;
    plot.draw_value(canvas, DAYS_PER_WEEK as f64)?;
    for week in weeks {
        let Some(days) = week.rest_days.filter(|days| *days > 0) else { continue };
        let (left, right) = week_edges(plot, week);
        let bar = Area { left, right, top: plot.y_of(f64::from(days)), bottom: plot.area.bottom };
        if week.complete || bar.width() < 4.0 * OUTLINE {
            canvas.fill(bar, theme::UNASSIGNED)?;
        } else {
            canvas.outline(bar, theme::UNASSIGNED, OUTLINE)?;
        }
    }
    canvas.level(plot.area.left, plot.area.right, plot.area.bottom, theme::AXIS, 2.0)?;
    let zero = (plot.area.left - 16.0, plot.area.bottom + theme::TICK.em * HALF_CAP_HEIGHT);
    canvas.text("0", zero, theme::TICK, Align::Right).map(|_| ())
}

fn draw_monotony(canvas: &Canvas<'_>, averages: &Plot, weeks: &[LoadWeek]) -> Drawn {
    let highest = weeks.iter().filter_map(|week| week.monotony).fold(SMALLEST_MONOTONY, f64::max).ceil();
    let plot = averages.strip(MONOTONY, highest);
    draw_name(canvas, &plot, "monotony: mean ÷ standard deviation of the week's seven daily loads")?;
    for value in [0.0, highest] {
        plot.draw_value(canvas, value)?;
    }
    for week in weeks {
        let Some(monotony) = week.monotony else { continue };
        let (left, right) = week_edges(&plot, week);
        let radius = ((right - left) / 2.0).clamp(DOT.0, DOT.1);
        canvas.dot(((left + right) / 2.0, plot.y_of(monotony)), radius, &theme::RUN_DARK)?;
    }
    plot.draw_dates(canvas, DAYS_PER_WEEK as u64)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Chart, canvas, draw as draw_chart, sample, sample::pixel},
        *,
    };

    #[test]
    fn the_title_says_both_averages_and_nothing_about_what_they_mean() {
        let mut data = sample::history(40);
        let last = data.load.days.last_mut().unwrap();
        (last.acute, last.chronic) = (61.4, 47.6);
        assert_eq!(title(&data), "Training load: acute 61, chronic 48 minutes a day");
        data.load.days.last_mut().unwrap().warming_up = true;
        assert_eq!(title(&data), "Training load: acute 61 minutes a day, the averages still warm up");
        data.load.days.clear();
        assert_eq!(title(&data), "Training load: none of the runs tells how long it took");
        assert_eq!(title(&sample::no_runs()), "Training load: no runs yet");
    }

    #[test]
    fn the_recursion_stands_in_the_legend() {
        let words: Vec<String> = legend(&sample::history(40)).into_iter().map(|(_, word)| word).collect();
        assert_eq!(
            words,
            [
                "acute A: each day A += (load − A) / 7",
                "chronic C: C += (load − C) / 42",
                "first 42 days: warming up from 0",
            ]
        );
        let mut warm = sample::history(40);
        warm.load.days.drain(..42);
        assert_eq!(legend(&warm).len(), 2);
    }

    #[test]
    fn acute_is_an_area_chronic_a_line_and_both_are_grey_while_they_warm_up() {
        let data = sample::history(40);
        let picture = draw_chart(Chart::TrainingLoad, &data).unwrap();
        canvas::paint(|canvas| {
            let plot = plot(canvas, &data);
            for (index, day) in data.load.days.iter().enumerate().skip(4).step_by(10) {
                let (x, y) = middle(&plot, day);
                let (area, line) = match index {
                    ..42 => (theme::EMPTY, theme::UNASSIGNED),
                    _ => (theme::RUN_LIGHT, theme::RUN_DARK),
                };
                assert_eq!(pixel(&picture, x, y), line, "line on {}", day.date);
                let inside = plot.area.bottom - 8.0;
                if y < inside - LINE {
                    assert_eq!(pixel(&picture, x, inside), area, "area on {}", day.date);
                }
            }
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn a_run_without_any_time_is_told_instead_of_drawn_as_nothing() {
        let mut data = sample::history(3);
        data.load.days.clear();
        let picture = draw_chart(Chart::TrainingLoad, &data).unwrap();
        assert_eq!(sample::count(&picture, theme::RUN_DARK), 0);
    }

    #[test]
    fn labels_of_two_values_that_lie_close_are_moved_apart_and_stay_above_the_base_line() {
        assert_eq!(apart(100.0, 300.0, 500.0), [100.0, 300.0]);
        let [a, b] = apart(200.0, 210.0, 500.0);
        assert!((b - a - theme::LINE_SPACING).abs() < 1e-9 && a < 200.0);
        let [a, b] = apart(500.0, 498.0, 500.0);
        assert!(a <= 500.0 - theme::LINE_SPACING / 2.0 && (a - b - theme::LINE_SPACING).abs() < 1e-9);
    }
}
