//! Question: how many steps a minute does the runner make at one and the same easy speed, month by month?
//!
//! One speed for all months: at another one the cadence is another. No target is drawn, since none is known.

use chrono::NaiveDate;

use super::data::{CadencePoint, ChartData};
use crate::{
    dates,
    report::{
        charts::kit::{
            canvas::{Align, Canvas, Drawn},
            frame,
            plot::{Extent, Plot},
            step::Step,
            theme,
        },
        words::cadence as words,
    },
};

const DAYS_PER_WEEK: i64 = 7;
/// Upper and lower end of the plot.
const PLOT: (f64, f64) = (theme::NOTED_PLOT_TOP, theme::PLOT_BOTTOM);
/// The axis begins and ends at such a round number of steps …
const ROUND_SPM: f64 = 10.0;
/// … and shows at least so many.
const LEAST_SPAN_SPM: f64 = 20.0;
/// Up to such a span a grid line every five steps, then every ten, then every twenty.
const GRID: [(f64, f64); 3] = [(30.0, 5.0), (60.0, 10.0), (f64::INFINITY, 20.0)];
/// Radius of a dot, and the widths of the line and of the rim that sets the dot off.
const DOT: f64 = 8.0;
const LINE: f64 = 4.0;
/// Between a dot and its number, and between two numbers at least.
const NUMBER_GAP: f64 = 16.0;
const NUMBER_SPACE: f64 = 8.0;

/// `Cadence: 168 steps a minute in October 2026, at 5:33–6:04 a km`.
pub(super) fn title(data: &ChartData) -> String {
    if !data.knows_runs() {
        return "Cadence: no runs yet".to_owned();
    }
    match data.cadence.months.last() {
        None => "Cadence: no month with runs enough at one speed".to_owned(),
        Some(month) => format!(
            "Cadence: {:.0} steps a minute in {}, at {}",
            month.spm,
            Step::Month.name(month.first),
            data.cadence.pace
        ),
    }
}

fn subtitle(data: &ChartData) -> String {
    let shown = match data.weeks.first() {
        Some(first) => format!(", {}", dates::range(first.start, data.as_of)),
        None => String::new(),
    };
    format!("{}{shown}", words::definition())
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    frame::draw_heading(canvas, &title(data), &subtitle(data))?;
    let months = &data.cadence.months;
    let (lowest, highest) = ends(months);
    let plot = plot(canvas, data, highest).strip(PLOT, highest - lowest);
    if months.is_empty() {
        let why = if data.knows_runs() { "No month with runs enough" } else { "No runs" };
        frame::draw_message(canvas, &format!("{why} up to {}", dates::long(data.as_of)))?;
        return plot.draw_dates(canvas, DAYS_PER_WEEK as u64);
    }
    let left_out = &data.cadence.left_out;
    let left_out = if left_out.is_empty() { String::new() } else { format!("; left out: {left_out}") };
    let axis = format!("steps of both feet; the axis begins at {lowest:.0}{left_out}");
    frame::draw_notes(canvas, &[axis, words::IN_SHORT.to_owned()])?;
    draw_grid(canvas, &plot, lowest, highest)?;
    draw_months(canvas, &plot, months, lowest)?;
    plot.draw_dates(canvas, DAYS_PER_WEEK as u64)
}

/// Where the axis begins and ends, in steps a minute.
fn ends(months: &[CadencePoint]) -> (f64, f64) {
    let spm = || months.iter().map(|month| month.spm);
    let (least, most) = (spm().fold(f64::INFINITY, f64::min), spm().fold(0.0, f64::max));
    if !least.is_finite() {
        return (0.0, LEAST_SPAN_SPM);
    }
    let lowest = (least / ROUND_SPM).floor() * ROUND_SPM;
    // a dot on the upper edge would be cut
    let highest = (most / ROUND_SPM).floor() * ROUND_SPM + ROUND_SPM;
    (lowest, highest.max(lowest + LEAST_SPAN_SPM))
}

fn plot(canvas: &Canvas<'_>, data: &ChartData, highest: f64) -> Plot {
    let extent = Extent {
        first: data.weeks.first().map_or(data.as_of, |week| week.start),
        days: data.weeks.len() as i64 * DAYS_PER_WEEK,
        highest_m: 0,
        headroom: 0.0,
        right: frame::side_width(canvas, &[]),
    };
    Plot::of_numbers(canvas, &extent, PLOT, highest)
}

fn draw_grid(canvas: &Canvas<'_>, plot: &Plot, lowest: f64, highest: f64) -> Drawn {
    let span = highest - lowest;
    let step = GRID.iter().find(|(up_to, _)| span <= *up_to).map_or(ROUND_SPM, |(_, step)| *step);
    let lines = std::iter::successors(Some(0.0), |above| Some(above + step));
    for above in lines.take_while(|above| *above <= span) {
        plot.draw_named_value(canvas, above, &format!("{:.0}", lowest + above))?;
    }
    Ok(())
}

/// Dots, joined where no month without one lies between.
fn draw_months(canvas: &Canvas<'_>, plot: &Plot, months: &[CadencePoint], lowest: f64) -> Drawn {
    let at = |month: &CadencePoint| (x_of(plot, month.first), plot.y_of(month.spm - lowest));
    for row in months.chunk_by(|month, next| Step::Month.next(month.first) == next.first) {
        let points: Vec<_> = row.iter().map(at).collect();
        canvas.path(&points, theme::RUN_LIGHT, LINE)?;
    }
    for month in months {
        canvas.dot(at(month), DOT, &theme::RUN_DARK)?;
        canvas.tip(month.first, at(month), || in_words(month));
    }
    draw_numbers(canvas, plot, &months.iter().map(|month| (at(month), month.spm)).collect::<Vec<_>>())
}

/// The number of each month above its dot, the newest first; none where it would touch the one beside it.
fn draw_numbers(canvas: &Canvas<'_>, plot: &Plot, months: &[((f64, f64), f64)]) -> Drawn {
    let style = theme::LABEL.colored(theme::MUTED);
    let mut free = plot.area.right;
    for ((x, y), spm) in months.iter().rev() {
        let text = format!("{spm:.0}");
        let half = canvas.width(&text, style) / 2.0;
        let x = x.min(plot.area.right - half).max(plot.area.left + half);
        if x + half <= free {
            canvas.text(&text, (x, y - NUMBER_GAP), style, Align::Center)?;
            free = x - half - NUMBER_SPACE;
        }
    }
    Ok(())
}

/// The middle of a month, or the edge of the plot that it lies beyond.
fn x_of(plot: &Plot, first: NaiveDate) -> f64 {
    let middle = (plot.day(first) + plot.day(Step::Month.next(first))) / 2.0;
    plot.x(middle).clamp(plot.area.left + DOT, plot.area.right - DOT)
}

/// `October 2026: 168 steps a minute, 9 runs`.
fn in_words(month: &CadencePoint) -> String {
    let runs = frame::counted(month.runs, "run", "runs");
    format!("{}: {:.0} steps a minute, {runs}", Step::Month.name(month.first), month.spm)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Chart, draw as draw_chart, sample},
        *,
    };

    #[test]
    fn the_title_says_the_newest_month_and_the_speed() {
        let mut data = sample::history(40);
        data.cadence.months.last_mut().unwrap().spm = 167.6;
        assert_eq!(title(&data), "Cadence: 168 steps a minute in November 2026, at 5:33–6:04 a km");
        data.cadence.months.clear();
        assert_eq!(title(&data), "Cadence: no month with runs enough at one speed");
        assert_eq!(title(&sample::no_runs()), "Cadence: no runs yet");
    }

    #[test]
    fn the_axis_holds_every_month_and_shows_at_least_twenty_steps() {
        let point = |spm| CadencePoint { first: sample::date(2026, 3, 1), spm, runs: 3 };
        assert_eq!(ends(&[point(166.0), point(169.4)]), (160.0, 180.0));
        assert_eq!(ends(&[point(158.0), point(170.0)]), (150.0, 180.0));
        assert_eq!(ends(&[]), (0.0, 20.0));
    }

    #[test]
    fn a_month_without_runs_enough_breaks_the_line_and_every_month_is_a_dot() {
        let dark = |data: &ChartData| {
            let picture = draw_chart(Chart::Cadence, data).unwrap();
            (sample::count(&picture, theme::RUN_DARK), sample::count(&picture, theme::RUN_LIGHT))
        };
        let whole = sample::history(40);
        let mut broken = whole.clone();
        let months = broken.cadence.months.len();
        broken.cadence.months.remove(months / 2);
        let ((dots, line), (dots_left, line_left)) = (dark(&whole), dark(&broken));
        assert!(
            dots_left < dots && dots_left > 0 && line_left < line,
            "{dots} {dots_left} {line} {line_left}"
        );
    }
}
