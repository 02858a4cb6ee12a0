//! Question: how many days without a run did the weeks have, and how even were they?
//!
//! No threshold is drawn: monotony was studied in 25 athletes with colds as the outcome, and with two days off a week it cannot
//! pass 1.58 whatever is run. Over a span of more than about two years it shows the mean week of months, then of years.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    data::{ChartData, LoadWeek},
    kit::step::Step,
};
use crate::{
    dates,
    report::charts::kit::{
        canvas::{Align, Area, Canvas, Drawn},
        frame::{self, HALF_CAP_HEIGHT},
        plot::{Extent, Plot},
        theme::{self, Type},
    },
};

const DAYS_PER_WEEK: f64 = 7.0;
/// Upper and lower ends of the two plots; the lower one carries the dates.
const DAYS_OFF: (f64, f64) = (262.0, 466.0);
const MONOTONY: (f64, f64) = (552.0, theme::PLOT_BOTTOM);
/// The days and values that have a grid line.
const DAYS_MARKED: [f64; 4] = [0.0, 2.0, 4.0, 7.0];
/// The axis of monotony reaches at least this far.
const SMALLEST_MONOTONY: f64 = 3.0;
/// Grid lines of the axis of monotony, at most.
const MOST_LINES: f64 = 5.0;
/// Share of a period that its bar takes, and the widest bar.
const BAR_SHARE: f64 = 0.7;
const WIDEST_BAR: f64 = 60.0;
/// Radius of a dot, at least and at most.
const DOT: (f64, f64) = (2.0, 6.0);
/// Outline of a bar that is not over.
const OUTLINE: f64 = 2.0;
/// Space between a plot and its name above it.
const NAME_GAP: f64 = 18.0;
/// What monotony is, and what it is not.
const DEFINITION: &str =
    "monotony: mean ÷ standard deviation of the week's seven daily loads; two days off keep it below 1.6";
const NO_THRESHOLD: &str = "no threshold is drawn: it was studied in 25 athletes with colds as the outcome, not injuries [evidence D]";

/// A week, or the mean week of a month or year.
#[derive(Clone, Debug, PartialEq)]
struct Rest {
    start: NaiveDate,
    next: NaiveDate,
    days_off: Option<f64>,
    /// Days without any sport, of a week that had one beside its runs.
    free_days: Option<u32>,
    monotony: Option<f64>,
    complete: bool,
}

/// The weeks, or what those that begin in a month or year come to on average, without one that is not over.
fn rests(data: &ChartData) -> Vec<Rest> {
    let week = |week: &LoadWeek| Rest {
        start: week.week_start,
        next: dates::days_after(week.week_start, 7),
        days_off: week.rest_days.map(f64::from),
        free_days: week.free_days,
        monotony: week.monotony,
        complete: week.complete,
    };
    let weeks: Vec<Rest> = data.load.weeks.iter().map(week).collect();
    let start = |rest: &Rest| data.step.start(rest.start, Weekday::Mon);
    if data.step == Step::Week {
        return weeks;
    }
    let groups = weeks.chunk_by(|week, next| start(week) == start(next));
    let group = |weeks: &[Rest]| {
        let first = start(weeks.first()?);
        let next = data.step.next(first);
        let over: Vec<&Rest> = weeks.iter().filter(|week| week.complete).collect();
        Some(Rest {
            start: first,
            next,
            free_days: None,
            days_off: mean(over.iter().filter_map(|week| week.days_off)),
            monotony: mean(over.iter().filter_map(|week| week.monotony)),
            complete: next <= dates::days_after(data.as_of, 1),
        })
    };
    groups.filter_map(group).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// `Rest days: 3 in the week of 9 Nov; sameness of the days (monotony) 1.1`; `3.1 a week in October`.
pub(super) fn title(data: &ChartData) -> String {
    if !data.knows_runs() {
        return "Rest days: no runs yet".to_owned();
    }
    let rests = rests(data);
    let whole = rests.iter().rev().find_map(|rest| Some((rest, rest.days_off.filter(|_| rest.complete)?)));
    let Some((rest, days)) = whole else {
        return "Rest days: no whole week yet".to_owned();
    };
    let off = match data.step {
        Step::Week => format!("{days:.0} in the week of {}", dates::short(rest.start)),
        Step::Month => format!("{days:.1} a week in {}", rest.start.format("%B")),
        Step::Year => format!("{days:.1} a week in {}", rest.start.year()),
    };
    match rest.monotony {
        Some(monotony) => format!("Rest days: {off}; sameness of the days (monotony) {monotony:.1}"),
        None => format!("Rest days: {off}"),
    }
}

/// ` (1 without any sport)`.
fn free(rest: &Rest) -> String {
    rest.free_days.map_or_else(String::new, |days| format!(" ({days} without any sport)"))
}

fn subtitle(data: &ChartData) -> String {
    let what = match data.step {
        Step::Week => "each calendar week".to_owned(),
        step => format!("the mean week of each {}", step.noun()),
    };
    let measure = if data.load.days.is_empty() { String::new() } else { format!(", {}", data.load.measure) };
    match data.weeks.first() {
        Some(first) => format!("{what}{measure}, {}", dates::range(first.start, data.as_of)),
        None => format!("{what}{measure}"),
    }
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    frame::draw_heading(canvas, &title(data), &subtitle(data))?;
    let rests = rests(data);
    let days_off = plot(canvas, data, &rests);
    let highest = rests.iter().filter_map(|rest| rest.monotony).fold(SMALLEST_MONOTONY, f64::max).ceil();
    let monotony = days_off.strip(MONOTONY, highest);
    if !data.knows_runs() {
        frame::draw_no_runs(canvas, data)?;
        return monotony.draw_periods(canvas, data.step);
    }
    frame::draw_notes(canvas, &[DEFINITION.to_owned(), NO_THRESHOLD.to_owned()])?;
    draw_days_off(canvas, &days_off, &rests)?;
    for rest in &rests {
        let (left, right) = edges(&days_off, rest);
        let top = days_off.y_of(rest.days_off.unwrap_or_default());
        canvas.tip(rest.start, ((left + right) / 2.0, top), || in_words(rest, data.step));
    }
    draw_monotony(canvas, &monotony, &rests, highest)?;
    monotony.draw_periods(canvas, data.step)?;
    draw_newest(canvas, [&days_off, &monotony], &rests)
}

/// `week of 2 Nov 2026: 3 days without a run, monotony 0.8`.
fn in_words(rest: &Rest, step: Step) -> String {
    let so_far = if rest.complete { "" } else { " so far" };
    let mut words = step.name(rest.start);
    match (rest.days_off, step) {
        (None, _) => words += ": not known as a whole",
        (Some(days), Step::Week) => {
            let noun = if days == 1.0 { "day" } else { "days" };
            words += &format!(": {days:.0} {noun} without a run{}{so_far}", free(rest));
        }
        (Some(days), _) => words += &format!(": {days:.1} days without a run a week{so_far}"),
    }
    if let Some(monotony) = rest.monotony {
        words += &format!(", monotony {monotony:.1}");
    }
    words
}

/// The plot of the days off, whose dates the other one shares.
fn plot(canvas: &Canvas<'_>, data: &ChartData, rests: &[Rest]) -> Plot {
    let first = rests.first().map_or(data.as_of, |rest| rest.start);
    let labels = newest_lines(rests);
    let labels: Vec<(String, Type)> =
        labels.into_iter().flatten().map(|(_, text, style)| (text, style)).collect();
    let extent = Extent {
        first,
        days: rests.last().map_or(0, |rest| (rest.next - first).num_days()),
        highest_m: 0,
        headroom: 0.0,
        right: frame::end_width(canvas, &labels),
    };
    Plot::of_numbers(canvas, &extent, DAYS_OFF, DAYS_PER_WEEK)
}

fn draw_name(canvas: &Canvas<'_>, plot: &Plot, name: &str) -> Drawn {
    let at = (plot.area.left, plot.area.top - NAME_GAP);
    canvas.text(name, at, theme::LABEL_STRONG, Align::Left).map(|_| ())
}

/// The left and right edge of a bar.
fn edges(plot: &Plot, rest: &Rest) -> (f64, f64) {
    let (left, right) = (plot.x(plot.day(rest.start)), plot.x(plot.day(rest.next)));
    let half = ((right - left) * BAR_SHARE).min(WIDEST_BAR) / 2.0;
    let center = (left + right) / 2.0;
    (center - half, center + half)
}

fn draw_days_off(canvas: &Canvas<'_>, plot: &Plot, rests: &[Rest]) -> Drawn {
    draw_name(canvas, plot, "days without a run a week")?;
    for days in DAYS_MARKED {
        plot.draw_value(canvas, days)?;
    }
    for rest in rests {
        let Some(days) = rest.days_off.filter(|days| *days > 0.0) else { continue };
        let (left, right) = edges(plot, rest);
        let bar = Area { left, right, top: plot.y_of(days), bottom: plot.area.bottom };
        if rest.complete || bar.width() < 4.0 * OUTLINE {
            canvas.fill(bar, theme::UNASSIGNED)?;
        } else {
            canvas.outline(bar, theme::UNASSIGNED, OUTLINE)?;
        }
    }
    canvas.level(plot.area.left, plot.area.right, plot.area.bottom, theme::AXIS, theme::AXIS_LINE)
}

/// Dots, joined where no week without one lies between.
fn draw_monotony(canvas: &Canvas<'_>, plot: &Plot, rests: &[Rest], highest: f64) -> Drawn {
    draw_name(canvas, plot, "monotony")?;
    let step = (highest / MOST_LINES).ceil().max(1.0);
    let values = std::iter::successors(Some(0.0), |value| Some(value + step));
    for value in values.take_while(|value| *value <= highest) {
        plot.draw_value(canvas, value)?;
    }
    let middle = |rest: &Rest| {
        let (left, right) = edges(plot, rest);
        rest.monotony.map(|monotony| ((left + right) / 2.0, plot.y_of(monotony)))
    };
    for known in rests.split(|rest| rest.monotony.is_none()) {
        let points: Vec<_> = known.iter().filter_map(middle).collect();
        canvas.path(&points, theme::RUN_LIGHT, OUTLINE)?;
        for (point, rest) in points.iter().zip(known) {
            let (left, right) = edges(plot, rest);
            let radius = ((right - left) / 2.0).clamp(DOT.0, DOT.1);
            canvas.dot(*point, radius, &theme::RUN_DARK)?;
            if !rest.complete {
                canvas.dot(*point, radius - OUTLINE, &theme::PAPER)?;
            }
        }
    }
    Ok(())
}

/// What stands right of a plot: the position of the bar or dot that it belongs to, the value, its look.
type Newest = Option<(usize, String, Type)>;

/// The newest days off, so far if that is all, and the newest monotony.
fn newest_lines(rests: &[Rest]) -> [Newest; 2] {
    let so_far = |rest: &Rest| if rest.complete { "" } else { " so far" };
    let days_off = rests.iter().enumerate().rev().find_map(|(index, rest)| {
        let days = rest.days_off?;
        let number = if days.fract() == 0.0 { format!("{days:.0}") } else { format!("{days:.1}") };
        Some((index, number + so_far(rest), theme::LABEL_STRONG))
    });
    let monotony = rests.iter().enumerate().rev().find_map(|(index, rest)| {
        let number = format!("{:.1}", rest.monotony?);
        Some((index, number + so_far(rest), theme::LABEL_STRONG.colored(theme::RUN_DARK)))
    });
    [days_off, monotony]
}

fn draw_newest(canvas: &Canvas<'_>, [days_off, monotony]: [&Plot; 2], rests: &[Rest]) -> Drawn {
    let [off, mono] = newest_lines(rests);
    let value = |rest: &Rest, of_days: bool| if of_days { rest.days_off } else { rest.monotony };
    for (plot, newest, of_days) in [(days_off, off, true), (monotony, mono, false)] {
        let Some((index, text, style)) = newest else { continue };
        let rest = &rests[index];
        let y = plot.y_of(value(rest, of_days).unwrap_or_default());
        let y = y.min(plot.area.bottom - style.em * HALF_CAP_HEIGHT);
        frame::draw_end_labels(canvas, plot.area, &[((edges(plot, rest).1, y), text, style)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Chart, draw as draw_chart, sample, sample::pixel},
        *,
    };

    #[test]
    fn the_title_tells_the_newest_whole_week() {
        let mut data = sample::history(12);
        let newest = data.load.weeks.len() - 2;
        data.load.weeks[newest].rest_days = Some(1);
        data.load.weeks[newest].monotony = Some(2.44);
        assert_eq!(title(&data), "Rest days: 1 in the week of 9 Nov; sameness of the days (monotony) 2.4");
        data.load.weeks[newest].monotony = None;
        assert_eq!(title(&data), "Rest days: 1 in the week of 9 Nov");
        data.load.weeks[newest].free_days = Some(0);
        assert_eq!(
            in_words(&rests(&data)[newest], Step::Week),
            "week of 9 Nov 2026: 1 day without a run (0 without any sport)"
        );
        data.load.weeks.iter_mut().for_each(|week| week.complete = false);
        assert_eq!(title(&data), "Rest days: no whole week yet");
        assert_eq!(title(&sample::no_runs()), "Rest days: no runs yet");
    }

    #[test]
    fn months_and_years_show_the_mean_of_the_weeks_that_begin_in_them() {
        let mut data = sample::history(200);
        assert_eq!(data.step, Step::Month);
        let october = |week: &LoadWeek| (week.week_start.year(), week.week_start.month()) == (2026, 10);
        let days = [1, 2, 3, 4];
        let weeks = data.load.weeks.iter_mut().filter(|week| october(week));
        for (week, days) in weeks.zip(days) {
            (week.rest_days, week.monotony) = (Some(days), Some(f64::from(days)));
        }
        assert_eq!(title(&data), "Rest days: 2.5 a week in October; sameness of the days (monotony) 2.5");
        let rests = rests(&data);
        let newest = newest_lines(&rests).map(|line| line.map(|(_, text, _)| text).unwrap_or_default());
        assert!(newest.iter().all(|text| text.ends_with(" so far")), "{newest:?}");
        assert_eq!(rests.last().map(|rest| rest.complete), Some(false));
        assert_eq!(rests.last().and_then(|rest| rest.days_off), Some(3.0), "whole weeks of November");
    }

    #[test]
    fn a_week_without_monotony_breaks_the_line_and_days_off_are_bars() {
        let mut data = sample::history(12);
        data.load.weeks[4].monotony = None;
        let picture = draw_chart(Chart::Monotony, &data).unwrap();
        crate::report::charts::kit::canvas::paint(1, |canvas| {
            let rests = rests(&data);
            let plot = plot(canvas, &data, &rests);
            for rest in rests.iter().filter(|rest| rest.complete) {
                let (left, right) = edges(&plot, rest);
                let at = ((left + right) / 2.0, plot.area.bottom - 20.0);
                assert_eq!(pixel(&picture, at.0, at.1), theme::UNASSIGNED, "{}", rest.start);
            }
            let dots = plot.strip(MONOTONY, SMALLEST_MONOTONY);
            let (left, right) = edges(&dots, &rests[5]);
            let at = ((left + right) / 2.0, dots.y_of(rests[5].monotony.unwrap_or_default()));
            assert_eq!(pixel(&picture, at.0, at.1), theme::RUN_DARK);
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn a_history_without_any_time_still_has_its_days_off() {
        let mut data = sample::history(12);
        data.load.days.clear();
        data.load.weeks.iter_mut().for_each(|week| week.monotony = None);
        let picture = draw_chart(Chart::Monotony, &data).unwrap();
        assert!(sample::count(&picture, theme::UNASSIGNED) > 5_000);
        assert_eq!(sample::count(&picture, theme::RUN_DARK), 0);
    }
}
