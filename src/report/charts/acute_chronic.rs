//! Question: how much was it lately, against the six weeks before?
//!
//! No zones, no thresholds and no ratio: none of them is shown to mean anything for a runner's injuries.

use super::data::{ChartData, LoadPoint};
use crate::{
    analysis::load::moving::{ACUTE_DAYS, CHRONIC_DAYS},
    dates,
    report::charts::kit::{
        canvas::{Area, Canvas, Drawn},
        frame::{self, Swatch},
        plot::{Extent, Plot},
        theme,
    },
};

/// What the two averages are not.
const NO_RATIO: &str =
    "their ratio is not drawn: it is not validated as a predictor of injury in runners [evidence X]";
const DAYS_PER_WEEK: i64 = 7;
/// Upper and lower end of the plot.
const AVERAGES: (f64, f64) = (theme::NOTED_PLOT_TOP, theme::PLOT_BOTTOM);
/// Free pixels above the highest average.
const HEADROOM: f64 = 16.0;
/// Width of the chronic line.
const LINE: f64 = 4.5;
/// A column of acute load is at least so many pixels wide.
const NARROWEST_COLUMN: f64 = 1.5;
/// No more days than this show their values when pointed at.
const MOST_TIPS: usize = 800;
/// Pixels between two turns of that line.
const CLOSEST_TURN: f64 = 2.5;

/// `Training load: 61 TRIMP a day over about a week, 48 over about six`.
pub(super) fn title(data: &ChartData) -> String {
    if !data.knows_runs() {
        return "Training load: no runs yet".to_owned();
    }
    match data.load.days.last() {
        None => "Training load: none of the runs says how long it took".to_owned(),
        Some(day) if day.warming_up => {
            let unit = &data.load.unit;
            format!(
                "Training load: {:.0} {unit} a day over about a week, the averages still warm up",
                day.acute
            )
        }
        Some(day) => {
            let unit = &data.load.unit;
            format!(
                "Training load: {:.0} {unit} a day over about a week, {:.0} over about six",
                day.acute, day.chronic
            )
        }
    }
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    frame::draw_heading(canvas, &title(data), &subtitle(data))?;
    let plot = plot(canvas, data);
    if !data.knows_runs() || data.load.days.is_empty() {
        let why = if !data.knows_runs() { "No runs" } else { "No run with a time" };
        plot.draw_values(canvas)?;
        frame::draw_message(canvas, &format!("{why} up to {}", dates::long(data.as_of)))?;
        return plot.draw_dates(canvas, DAYS_PER_WEEK as u64);
    }
    frame::draw_notes(canvas, &[NO_RATIO.to_owned(), data.load.notes.join("; ")])?;
    frame::draw_legend_at(canvas, theme::NOTED_LEGEND_BASELINE, &legend(data))?;
    draw_averages(canvas, &plot, &data.load.days)?;
    draw_newest(canvas, &plot, data)
}

fn subtitle(data: &ChartData) -> String {
    let shown = match data.weeks.first() {
        Some(first) => format!(", {}", dates::range(first.start, data.as_of)),
        None => String::new(),
    };
    if data.load.days.is_empty() {
        "load a day".to_owned() + &shown
    } else {
        data.load.measure.clone() + &shown
    }
}

/// The recursions stand here: under the same names other products draw other curves.
fn legend(data: &ChartData) -> Vec<(Swatch, String)> {
    let mut entries = vec![
        (Swatch::Box(theme::RUN_LIGHT), format!("acute, a week: A += (load − A) / {ACUTE_DAYS}")),
        (Swatch::Line(theme::RUN_DARK), format!("chronic, six weeks: C += (load − C) / {CHRONIC_DAYS}")),
    ];
    if data.load.days.iter().any(has_others) {
        entries.push((Swatch::Box(theme::WINDOW), "other sports".to_owned()));
    }
    if data.load.days.iter().any(|day| day.warming_up) {
        let first = format!("first {CHRONIC_DAYS} days: ");
        // one line holds no more words
        let first = if entries.len() > 2 { "" } else { first.as_str() };
        entries.push((Swatch::Box(theme::EMPTY), format!("{first}warming up from 0")));
    }
    entries
}

fn plot(canvas: &Canvas<'_>, data: &ChartData) -> Plot {
    let highest = data.load.days.iter().map(|day| day.acute_with_others.max(day.chronic)).fold(0.0, f64::max);
    let extent = Extent {
        first: data.weeks.first().map_or(data.as_of, |week| week.start),
        days: data.weeks.len() as i64 * DAYS_PER_WEEK,
        highest_m: 0,
        headroom: HEADROOM,
        right: frame::end_width(canvas, &newest_lines(data)),
    };
    Plot::of_numbers(canvas, &extent, AVERAGES, highest)
}

/// Acute as an area, chronic as a line over it; both grey while they warm up.
fn draw_averages(canvas: &Canvas<'_>, plot: &Plot, days: &[LoadPoint]) -> Drawn {
    plot.draw_values(canvas)?;
    for Column { left, right, acute, with_others, warming_up } in acute_columns(plot, days) {
        let color = if warming_up { theme::EMPTY } else { theme::RUN_LIGHT };
        let area = Area { left, right, top: plot.y_of(acute), bottom: plot.area.bottom };
        canvas.fill(area, color)?;
        if with_others > acute {
            canvas.fill(Area { top: plot.y_of(with_others), bottom: area.top, ..area }, theme::WINDOW)?;
        }
    }
    for day in days.iter().rev().step_by(days.len().div_ceil(MOST_TIPS).max(1)) {
        let (acute, chronic) = (day.acute, day.chronic);
        let others = if has_others(day) {
            format!(" ({:.0} with other sports)", day.acute_with_others)
        } else {
            String::new()
        };
        let words = || format!("{}: acute {acute:.0}{others}, chronic {chronic:.0}", dates::long(day.date));
        canvas.tip(day.date, middle(plot, day), words);
    }
    let warm = days.partition_point(|day| day.warming_up);
    // the line goes on from the last grey point
    let line = |days: &[LoadPoint], color| canvas.path(&chronic_line(plot, days), color, LINE);
    line(&days[..warm], theme::UNASSIGNED)?;
    line(&days[warm.saturating_sub(1)..], theme::RUN_DARK)?;
    plot.draw_dates(canvas, DAYS_PER_WEEK as u64)
}

/// Whether other sports change the acute load of a day by so much that it can be seen.
fn has_others(day: &LoadPoint) -> bool {
    day.acute_with_others - day.acute >= 0.5
}

/// A column of acute load.
#[derive(Clone, Copy, Debug)]
struct Column {
    left: f64,
    right: f64,
    acute: f64,
    with_others: f64,
    warming_up: bool,
}

/// The columns of acute load: one a day, or the mean of as many days as a column needs to be
/// seen.
fn acute_columns(plot: &Plot, days: &[LoadPoint]) -> Vec<Column> {
    let count = (NARROWEST_COLUMN / plot.day_width()).ceil().max(1.0) as usize;
    let same_look = days.chunk_by(|day, next| day.warming_up == next.warming_up);
    let column = |days: &[LoadPoint]| {
        let (first, last) = (days.first()?, days.last()?);
        let mean = |load: fn(&LoadPoint) -> f64| days.iter().map(load).sum::<f64>() / days.len() as f64;
        let (acute, with_others) = (mean(|day| day.acute), mean(|day| day.acute_with_others));
        let (left, right) = (plot.x(plot.day(first.date)), plot.x(plot.day(last.date) + 1.0));
        Some(Column { left, right, acute, with_others, warming_up: first.warming_up })
    };
    same_look.flat_map(|days| days.chunks(count)).filter_map(column).collect()
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
    let heights = [plot.y_of(day.acute), plot.y_of(day.chronic)];
    let lines = newest_lines(data).into_iter().zip(heights);
    let ends: Vec<_> = lines.map(|((text, style), y)| ((x, y), text, style)).collect();
    frame::draw_end_labels(canvas, plot.area, &ends)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Chart, draw as draw_chart,
            sample::{self, pixel},
        },
        *,
    };
    use crate::report::charts::kit::canvas;

    #[test]
    fn the_title_says_both_averages_and_nothing_about_what_they_mean() {
        let mut data = sample::history(40);
        let last = data.load.days.last_mut().unwrap();
        (last.acute, last.chronic) = (61.4, 47.6);
        assert_eq!(title(&data), "Training load: 61 minutes a day over about a week, 48 over about six");
        data.load.days.last_mut().unwrap().warming_up = true;
        assert_eq!(
            title(&data),
            "Training load: 61 minutes a day over about a week, the averages still warm up"
        );
        data.load.days.clear();
        assert_eq!(title(&data), "Training load: none of the runs says how long it took");
        assert_eq!(title(&sample::no_runs()), "Training load: no runs yet");
    }

    #[test]
    fn the_recursion_stands_in_the_legend() {
        let words: Vec<String> = legend(&sample::history(40)).into_iter().map(|(_, word)| word).collect();
        assert_eq!(
            words,
            [
                "acute, a week: A += (load − A) / 7",
                "chronic, six weeks: C += (load − C) / 42",
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
        let picture = draw_chart(Chart::AcuteChronic, &data).unwrap();
        canvas::paint(1, |canvas| {
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
    fn other_sports_stand_on_top_and_change_neither_title_nor_chronic_load() {
        let mut data = sample::history(40);
        let before = (title(&data), legend(&data).len());
        for day in data.load.days.iter_mut().skip(60) {
            day.acute_with_others = day.acute + 20.0;
        }
        assert_eq!((title(&data), legend(&data).len()), (before.0, before.1 + 1));
        let picture = draw_chart(Chart::AcuteChronic, &data).unwrap();
        canvas::paint(1, |canvas| {
            let plot = plot(canvas, &data);
            for day in data.load.days.iter().skip(60).step_by(9) {
                let (x, _) = middle(&plot, day);
                let y = plot.y_of(day.acute + 10.0);
                if (y - plot.y_of(day.chronic)).abs() > 2.0 * LINE {
                    assert_eq!(pixel(&picture, x, y), theme::WINDOW, "{}", day.date);
                }
            }
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn over_fifteen_years_a_column_is_the_mean_of_a_few_days_and_none_is_left_out() {
        canvas::paint(1, |canvas| {
            for (weeks, days_a_column) in [(52, 1), (780, 7)] {
                let data = sample::history(weeks);
                let plot = plot(canvas, &data);
                let columns = acute_columns(&plot, &data.load.days);
                assert!(columns.len() >= data.load.days.len() / days_a_column);
                assert!(columns.windows(2).all(|pair| pair[0].right == pair[1].left));
                assert_eq!(columns.last().map(|column| column.warming_up), Some(false));
            }
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn a_run_without_any_time_is_told_instead_of_drawn_as_nothing() {
        let mut data = sample::history(3);
        data.load.days.clear();
        let picture = draw_chart(Chart::AcuteChronic, &data).unwrap();
        assert_eq!(sample::count(&picture, theme::RUN_DARK), 0);
    }
}
