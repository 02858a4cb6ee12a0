//! Question: how much did I run each week, and which weeks were too big a step?
//!
//! Over a span of more than about two years it asks the same of months, over more than about six of years.

use chrono::Datelike;

use super::{
    data::{ChartData, MileageBar},
    kit::step::Step,
};
use crate::{
    dates,
    report::charts::kit::{
        canvas::{Align, Area, Canvas, Drawn, TRIANGLE_SLOPE},
        frame::{self, Swatch},
        labels::Skyline,
        plot::{Extent, Plot},
        theme,
    },
};

/// Share of a bar's period that it takes, and the widest bar.
const BAR_SHARE: f64 = 0.76;
const WIDEST_BAR: f64 = 120.0;
/// Periods narrower than this touch each other.
const NARROW: f64 = 4.0;
/// Bars narrower than this are outlined, not hatched.
const NARROW_HATCH: f64 = 14.0;
/// Free pixels above the highest bar, without and with warnings.
const HEADROOM: f64 = 60.0;
/// More kinds of warnings than this are counted, not named.
const MOST_NAMES: usize = 3;
/// Width of the triangle above a bar with warnings, and its distance from the bar.
const TRIANGLE: (f64, f64) = (10.0, 20.0);
const TRIANGLE_GAP: f64 = 6.0;
/// Space between a year's bar and its total, and between two totals at least.
const TOTAL_GAP: f64 = 10.0;
/// Outline of a bar that is not over.
const OUTLINE: f64 = 2.0;

/// `Weekly mileage: 38.4 km so far this week, 34.2 km the week before`; `Monthly mileage: 112 km so far in November, 140 km in
/// October`; `Yearly mileage: 1,520 km so far in 2026, 1,730 km in 2025`.
pub(super) fn title(data: &ChartData) -> String {
    let name = format!("{} mileage", data.step.adjective());
    let mut newest = data.bars().iter().rev();
    let Some(bar) = newest.next().filter(|_| data.knows_runs()) else {
        return format!("{name}: no runs yet");
    };
    let so_far = if bar.complete { "" } else { " so far" };
    let when = |bar: &MileageBar, week: &str| match data.step {
        Step::Week => week.to_owned(),
        Step::Month => format!("in {}", bar.start.format("%B")),
        Step::Year => format!("in {}", bar.start.year()),
    };
    let mut title = format!("{name}: {}{so_far} {}", total(bar, data), when(bar, "this week"));
    if let Some(bar) = newest.next() {
        title += &format!(", {} {}", total(bar, data), when(bar, "the week before"));
    }
    title
}

/// `38.4 km` of a week; what is longer goes without a decimal.
fn total(bar: &MileageBar, data: &ChartData) -> String {
    match data.step {
        Step::Week => data.units.short(bar.distance_m),
        Step::Month | Step::Year => frame::whole(bar.distance_m, data.units),
    }
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    frame::draw_heading(canvas, &title(data), &subtitle(data))?;
    let so_far = so_far(data);
    let plot = Plot::new(canvas, &extent(data, frame::side_width(canvas, &so_far)), data.units);
    plot.draw_values(canvas)?;
    if !data.knows_runs() {
        frame::draw_no_runs(canvas, data)?;
        return plot.draw_periods(canvas, data.step);
    }
    frame::draw_legend(canvas, &legend(data))?;
    for bar in data.bars() {
        draw_bar(canvas, &plot, bar, data.step)?;
        let area = area(&plot, bar);
        canvas.tip(bar.start, (area.center().0, area.top), || in_words(bar, data));
    }
    plot.draw_periods(canvas, data.step)?;
    if data.step == Step::Year {
        draw_totals(canvas, &plot, data)?;
    } else {
        draw_marks(canvas, &plot, data)?;
    }
    let Some(newest) = data.bars().last().map(|bar| area(&plot, bar)) else { return Ok(()) };
    frame::draw_side_label(canvas, (newest.right, newest.top), &so_far)
}

/// The label right of a bar that is not over: its warnings, its total.
fn so_far(data: &ChartData) -> Vec<(String, theme::Type)> {
    match data.bars().last() {
        Some(bar) if !bar.complete && data.knows_runs() => {
            let mut lines = label(bar, data);
            lines.push(("so far".to_owned(), theme::LABEL));
            lines
        }
        _ => Vec::new(),
    }
}

/// `week of 2 Nov 2026: 38.9 km, longest 21.3 km, long-run spike`; `November 2026: 112 km so far`; `2025: 1,520 km`.
fn in_words(bar: &MileageBar, data: &ChartData) -> String {
    let so_far = if bar.complete { "" } else { " so far" };
    let mut words = format!("{}: {}{so_far}", data.step.name(bar.start), total(bar, data));
    if bar.longest_m > 0 {
        words += &format!(", longest {}", data.units.short(bar.longest_m));
    }
    for warning in warning_names(bar) {
        words += &format!(", {warning}");
    }
    words
}

fn subtitle(data: &ChartData) -> String {
    let unit = data.units.symbol();
    let period = if data.step == Step::Week { "calendar week" } else { data.step.noun() };
    match data.bars().first() {
        Some(first) => {
            // the first month or year may have begun before the files do
            let known = data.years.first().filter(|_| data.step != Step::Week).map(|year| year.from);
            let from = known.map_or(first.start, |known| known.max(first.start));
            format!("{unit} per {period}, {}", dates::range(from, data.as_of))
        }
        None => format!("{unit} per {period}"),
    }
}

fn legend(data: &ChartData) -> Vec<(Swatch, String)> {
    if data.step == Step::Year {
        return vec![(Swatch::Box(theme::RUN), "all runs of the year".to_owned())];
    }
    let noun = data.step.noun();
    let mut entries = vec![
        (Swatch::Box(theme::RUN_DARK), format!("longest run of the {noun}")),
        (Swatch::Box(theme::RUN_LIGHT), "other runs".to_owned()),
    ];
    if data.bars().iter().any(|bar| !bar.warnings.is_empty()) {
        entries.push((Swatch::Triangle(theme::WARN), format!("{noun} with a warning")));
    }
    entries
}

fn extent(data: &ChartData, right: f64) -> Extent {
    let bars = data.bars();
    let names = bars.iter().filter(|bar| bar.complete).map(|bar| warning_names(bar).len()).max();
    let label = match (data.step, names.unwrap_or_default()) {
        (Step::Year, _) | (_, 0) => 0.0,
        (_, names) => (names + 1) as f64 * theme::LINE_SPACING,
    };
    let first = bars.first().map_or(data.as_of, |bar| bar.start);
    Extent {
        first,
        days: bars.last().map_or(0, |bar| (bar.next - first).num_days()),
        highest_m: bars.iter().map(|bar| bar.distance_m).max().unwrap_or_default(),
        headroom: HEADROOM + label,
        right,
    }
}

/// The whole bar.
fn area(plot: &Plot, bar: &MileageBar) -> Area {
    let (left, right) = (plot.x(plot.day(bar.start)), plot.x(plot.day(bar.next)));
    let width = if right - left < NARROW { right - left } else { (right - left) * BAR_SHARE };
    let half = width.min(WIDEST_BAR) / 2.0;
    let center = (left + right) / 2.0;
    Area { left: center - half, right: center + half, top: plot.y(bar.distance_m), bottom: plot.area.bottom }
}

fn draw_bar(canvas: &Canvas<'_>, plot: &Plot, bar: &MileageBar, step: Step) -> Drawn {
    let whole = area(plot, bar);
    // a year's longest run is too little of it to be seen
    let (rest, longest) = match step {
        Step::Year => (theme::RUN, Area { top: whole.bottom, ..whole }),
        _ => (theme::RUN_LIGHT, Area { top: plot.y(bar.longest_m).max(whole.top), ..whole }),
    };
    if bar.complete {
        canvas.fill(whole, rest)?;
        return canvas.fill(longest, theme::RUN_DARK);
    }
    if whole.width() < NARROW_HATCH {
        return canvas.outline(whole, theme::RUN_DARK, OUTLINE.min(whole.width() / 4.0));
    }
    canvas.hatch(Area { bottom: longest.top + OUTLINE, ..whole }, rest, theme::RUN_DARK, OUTLINE)?;
    if step == Step::Year {
        return Ok(());
    }
    canvas.hatch(longest, theme::RUN_DARK, theme::RUN_DARK, OUTLINE)
}

/// The totals of years above their bars, where there is room for all of them.
fn draw_totals(canvas: &Canvas<'_>, plot: &Plot, data: &ChartData) -> Drawn {
    let number = |bar: &MileageBar| frame::whole_number(bar.distance_m, data.units);
    let complete = || data.bars().iter().filter(|bar| bar.complete);
    let widest = complete().map(|bar| canvas.width(&number(bar), theme::LABEL)).fold(0.0, f64::max);
    let narrowest = complete().map(|bar| plot.x(plot.day(bar.next)) - plot.x(plot.day(bar.start)));
    if widest + TOTAL_GAP > narrowest.fold(f64::MAX, f64::min) {
        return Ok(());
    }
    for bar in complete() {
        let area = area(plot, bar);
        let at = (area.center().0, area.top - TOTAL_GAP);
        canvas.text(&number(bar), at, theme::LABEL, Align::Center)?;
    }
    Ok(())
}

/// Triangles above bars with warnings, then labels, the newest first.
fn draw_marks(canvas: &Canvas<'_>, plot: &Plot, data: &ChartData) -> Drawn {
    let mut skyline = Skyline::new(plot.area);
    for bar in data.bars() {
        let area = area(plot, bar);
        let top = mark_top(plot, bar);
        skyline.raise(area.left, area.right, top);
        if !bar.warnings.is_empty() {
            let width = triangle_width(area);
            skyline.raise(area.center().0 - width / 2.0, area.center().0 + width / 2.0, top);
            canvas.triangle((area.center().0, area.top - TRIANGLE_GAP), width, theme::WARN)?;
        }
    }
    for bar in data.bars().iter().rev().filter(|bar| bar.complete && !bar.warnings.is_empty()) {
        let mark = (area(plot, bar).center().0, mark_top(plot, bar));
        skyline.label(canvas, mark, &label(bar, data))?;
    }
    Ok(())
}

fn triangle_width(bar: Area) -> f64 {
    bar.width().clamp(TRIANGLE.0, TRIANGLE.1)
}

/// The upper end of a bar and of the triangle above it.
fn mark_top(plot: &Plot, bar: &MileageBar) -> f64 {
    let area = area(plot, bar);
    if bar.warnings.is_empty() {
        return area.top;
    }
    area.top - TRIANGLE_GAP - triangle_width(area) * TRIANGLE_SLOPE
}

/// The warnings by name, then the total.
fn label(bar: &MileageBar, data: &ChartData) -> Vec<(String, theme::Type)> {
    let names = if data.step == Step::Year { Vec::new() } else { warning_names(bar) };
    // below the name of a rule about one run, the sum of the week would be read as that run
    let sum = if names.is_empty() { total(bar, data) } else { format!("{} in all", total(bar, data)) };
    let warnings = names.into_iter().map(|name| (name, theme::LABEL_STRONG.colored(theme::WARN)));
    warnings.chain([(sum, theme::LABEL)]).collect()
}

/// `long-run spike`, `weekly jump ×2`; the last line counts what is left.
fn warning_names(bar: &MileageBar) -> Vec<String> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for name in &bar.warnings {
        match counted.iter_mut().find(|(other, _)| other == name) {
            Some((_, count)) => *count += 1,
            None => counted.push((name, 1)),
        }
    }
    let line = |(name, count): &(&str, usize)| match count {
        1 => (*name).to_owned(),
        count => format!("{name} ×{count}"),
    };
    let mut names: Vec<_> = counted.iter().take(MOST_NAMES).map(line).collect();
    let more: usize = counted.iter().skip(MOST_NAMES).map(|(_, count)| count).sum();
    if more > 0 {
        names.push(format!("+{more} more"));
    }
    names
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

    /// The middles of each week's lower and upper part.
    fn middles(data: &ChartData) -> Vec<[(f64, f64); 2]> {
        let mut middles = Vec::new();
        canvas::paint(1, |canvas| {
            let plot = Plot::new(canvas, &extent(data, frame::side_width(canvas, &so_far(data))), data.units);
            middles.extend(data.bars().iter().map(|bar| {
                let (area, split) = (area(&plot, bar), plot.y(bar.longest_m));
                let x = area.center().0;
                [(x, (split + area.bottom) / 2.0), (x, (area.top + split) / 2.0)]
            }));
            Ok(())
        })
        .unwrap();
        middles
    }

    #[test]
    fn each_week_is_a_bar_with_its_longest_run_as_the_darker_lower_part() {
        let data = sample::history(40);
        let picture = draw_chart(Chart::WeeklyMileage, &data).unwrap();
        for (index, [longest, rest]) in middles(&data).into_iter().take(39).enumerate() {
            assert_eq!(pixel(&picture, longest.0, longest.1), theme::RUN_DARK, "week {index}");
            assert_eq!(pixel(&picture, rest.0, rest.1), theme::RUN_LIGHT, "week {index}");
        }
    }

    #[test]
    fn two_years_are_weeks_six_are_months_and_fifteen_are_years_all_there() {
        for (weeks, periods) in [(104, 104), (312, 73), (780, 16)] {
            let data = sample::history(weeks);
            assert_eq!(data.bars().len(), periods);
            let picture = draw_chart(Chart::WeeklyMileage, &data).unwrap();
            for (index, [(x, y), _]) in middles(&data).into_iter().take(periods - 1).enumerate() {
                assert_ne!(pixel(&picture, x, y), theme::PAPER, "bar {index} of {periods}");
            }
        }
    }

    #[test]
    fn long_spans_name_their_months_and_years() {
        let mut data = sample::history(200);
        let newest = data.longer.len() - 1;
        (data.longer[newest - 1].distance_m, data.longer[newest].distance_m) = (140_499, 112_000);
        assert_eq!(title(&data), "Monthly mileage: 112 km so far in November, 140 km in October");
        assert_eq!(subtitle(&data), "km per month, 23 Jan 2023 – 20 Nov 2026");
        let mut data = sample::history(780);
        let newest = data.longer.len() - 1;
        (data.longer[newest - 1].distance_m, data.longer[newest].distance_m) = (1_730_000, 1_520_000);
        assert_eq!(title(&data), "Yearly mileage: 1,520 km so far in 2026, 1,730 km in 2025");
        assert_eq!(subtitle(&data), "km per year, 12 Dec 2011 – 20 Nov 2026");
    }

    #[test]
    fn the_week_that_is_not_over_is_not_filled() {
        let mut data = sample::history(3);
        let hatched = draw_chart(Chart::WeeklyMileage, &data).unwrap();
        data.weeks[2].complete = true;
        let filled = draw_chart(Chart::WeeklyMileage, &data).unwrap();
        assert!(sample::count(&hatched, theme::RUN_DARK) < sample::count(&filled, theme::RUN_DARK));
    }

    #[test]
    fn only_weeks_with_warnings_are_marked() {
        let mut data = sample::history(40);
        let marked = draw_chart(Chart::WeeklyMileage, &data).unwrap();
        assert!(sample::count(&marked, theme::WARN) > 300);
        for week in &mut data.weeks {
            week.warnings.clear();
        }
        let plain = draw_chart(Chart::WeeklyMileage, &data).unwrap();
        assert_eq!(sample::count(&plain, theme::WARN), 0);
    }

    #[test]
    fn the_title_compares_this_week_with_the_one_before() {
        let mut data = sample::history(2);
        (data.weeks[0].distance_m, data.weeks[1].distance_m) = (34_200, 38_400);
        let title = |data: &ChartData| super::title(data);
        assert_eq!(title(&data), "Weekly mileage: 38.4 km so far this week, 34.2 km the week before");
        data.weeks[1].complete = true;
        data.weeks.remove(0);
        assert_eq!(title(&data), "Weekly mileage: 38.4 km this week");
        assert_eq!(title(&sample::no_runs()), "Weekly mileage: no runs yet");
    }

    #[test]
    fn warnings_of_this_week_stand_beside_its_bar() {
        let mut data = sample::history(40);
        data.weeks[39].warnings = vec!["long-run spike".to_owned()];
        let lines: Vec<_> = so_far(&data).into_iter().map(|(text, _)| text).collect();
        assert_eq!(
            lines,
            ["long-run spike", &*format!("{} in all", data.units.short(data.weeks[39].distance_m)), "so far"]
        );
        data.weeks[39].complete = true;
        assert!(so_far(&data).is_empty());
    }

    #[test]
    fn many_warnings_of_a_week_are_counted() {
        let mut week = sample::history(1).weeks.remove(0);
        week.warnings = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(warning_names(&week), ["a", "b", "c", "+2 more"]);
        week.warnings = ["a", "b", "a"].map(str::to_owned).to_vec();
        assert_eq!(warning_names(&week), ["a ×2", "b"]);
    }
}
