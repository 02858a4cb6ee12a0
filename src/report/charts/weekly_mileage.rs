//! Question: how much did I run each week, and which weeks were too big a step?

use super::{
    canvas::{Area, Canvas, Drawn, TRIANGLE_SLOPE},
    data::{ChartData, WeekBar},
    frame::{self, Extent, Plot, Swatch},
    labels::Skyline,
    theme,
};
use crate::{dates, units::UnitSystem};

const DAYS_PER_WEEK: i64 = 7;
/// Share of a week's width that its bar takes, and the widest bar.
const BAR_SHARE: f64 = 0.76;
const WIDEST_BAR: f64 = 120.0;
/// Weeks narrower than this touch each other.
const NARROW_WEEK: f64 = 4.0;
/// Bars narrower than this are outlined, not hatched.
const NARROW_HATCH: f64 = 14.0;
/// Free pixels above the highest bar, without and with warnings.
const HEADROOM: f64 = 60.0;
/// More warnings of a week than this are counted, not named.
const MOST_NAMES: usize = 3;
/// Width of the triangle above a week with warnings, and its distance from the bar.
const TRIANGLE: (f64, f64) = (10.0, 20.0);
const TRIANGLE_GAP: f64 = 6.0;
/// Outline of a week that is not over.
const OUTLINE: f64 = 2.0;

/// `Weekly mileage: 38.4 km so far this week, 34.2 km the week before`.
pub(super) fn title(data: &ChartData) -> String {
    let mut newest = data.weeks.iter().rev();
    let Some(week) = newest.next().filter(|_| !data.runs.is_empty()) else {
        return "Weekly mileage: no runs yet".to_owned();
    };
    let so_far = if week.complete { "" } else { " so far" };
    let mut title = format!("Weekly mileage: {}{so_far} this week", data.units.short(week.distance_m));
    if let Some(before) = newest.next() {
        title += &format!(", {} the week before", data.units.short(before.distance_m));
    }
    title
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    frame::draw_heading(canvas, &title(data), &subtitle(data))?;
    let so_far = so_far(data);
    let plot = Plot::new(canvas, &extent(data, frame::side_width(canvas, &so_far)), data.units);
    plot.draw_values(canvas)?;
    if data.runs.is_empty() {
        frame::draw_message(canvas, &format!("No runs up to {}", dates::long(data.as_of)))?;
        return plot.draw_dates(canvas, DAYS_PER_WEEK as u64);
    }
    frame::draw_legend(canvas, &legend(data))?;
    for week in &data.weeks {
        draw_bar(canvas, &plot, week)?;
        let area = bar(&plot, week);
        canvas.tip(week.week_start, (area.center().0, area.top), || in_words(week, data.units));
    }
    plot.draw_dates(canvas, DAYS_PER_WEEK as u64)?;
    draw_marks(canvas, &plot, data)?;
    let Some(newest) = data.weeks.last().map(|week| bar(&plot, week)) else { return Ok(()) };
    frame::draw_side_label(canvas, (newest.right, newest.top), &so_far)
}

/// The label right of a week that is not over: its warnings, its total.
fn so_far(data: &ChartData) -> Vec<(String, theme::Type)> {
    match data.weeks.last() {
        Some(week) if !week.complete && !data.runs.is_empty() => {
            let mut lines = label(week, data.units);
            lines.push(("so far".to_owned(), theme::LABEL));
            lines
        }
        _ => Vec::new(),
    }
}

/// `week of 2 Nov 2026: 38.9 km, longest 21.3 km, long-run spike`.
fn in_words(week: &WeekBar, units: UnitSystem) -> String {
    let so_far = if week.complete { "" } else { " so far" };
    let mut words =
        format!("week of {}: {}{so_far}", dates::long(week.week_start), units.short(week.distance_m));
    if week.longest_m > 0 {
        words += &format!(", longest {}", units.short(week.longest_m));
    }
    for warning in &week.warnings {
        words += &format!(", {warning}");
    }
    words
}

fn subtitle(data: &ChartData) -> String {
    let unit = data.units.symbol();
    match data.weeks.first() {
        Some(first) => {
            format!("{unit} per calendar week, {}", dates::range(first.week_start, data.as_of))
        }
        None => format!("{unit} per calendar week"),
    }
}

fn legend(data: &ChartData) -> Vec<(Swatch, String)> {
    let mut entries = vec![
        (Swatch::Box(theme::RUN_DARK), "longest run of the week".to_owned()),
        (Swatch::Box(theme::RUN_LIGHT), "other runs".to_owned()),
    ];
    if data.weeks.iter().any(|week| !week.warnings.is_empty()) {
        entries.push((Swatch::Triangle(theme::WARN), "week with a warning".to_owned()));
    }
    entries
}

fn extent(data: &ChartData, right: f64) -> Extent {
    let weeks = &data.weeks;
    let names = weeks
        .iter()
        .filter(|week| week.complete)
        .map(|week| warning_names(week).len())
        .max()
        .unwrap_or_default();
    let label = if names == 0 { 0.0 } else { (names + 1) as f64 * theme::LINE_SPACING };
    Extent {
        first: weeks.first().map_or(data.as_of, |week| week.week_start),
        days: weeks.len() as i64 * DAYS_PER_WEEK,
        highest_m: weeks.iter().map(|week| week.distance_m).max().unwrap_or_default(),
        headroom: HEADROOM + label,
        right,
    }
}

/// The whole bar of a week.
fn bar(plot: &Plot, week: &WeekBar) -> Area {
    let day = plot.day(week.week_start);
    let (left, right) = (plot.x(day), plot.x(day + DAYS_PER_WEEK as f64));
    let width = if right - left < NARROW_WEEK { right - left } else { (right - left) * BAR_SHARE };
    let half = width.min(WIDEST_BAR) / 2.0;
    let center = (left + right) / 2.0;
    Area { left: center - half, right: center + half, top: plot.y(week.distance_m), bottom: plot.area.bottom }
}

fn draw_bar(canvas: &Canvas<'_>, plot: &Plot, week: &WeekBar) -> Drawn {
    let whole = bar(plot, week);
    let longest = Area { top: plot.y(week.longest_m).max(whole.top), ..whole };
    if week.complete {
        canvas.fill(whole, theme::RUN_LIGHT)?;
        return canvas.fill(longest, theme::RUN_DARK);
    }
    if whole.width() < NARROW_HATCH {
        return canvas.outline(whole, theme::RUN_DARK, OUTLINE.min(whole.width() / 4.0));
    }
    canvas.hatch(
        Area { bottom: longest.top + OUTLINE, ..whole },
        theme::RUN_LIGHT,
        theme::RUN_DARK,
        OUTLINE,
    )?;
    canvas.hatch(longest, theme::RUN_DARK, theme::RUN_DARK, OUTLINE)
}

/// Triangles above weeks with warnings, then labels, the newest first.
fn draw_marks(canvas: &Canvas<'_>, plot: &Plot, data: &ChartData) -> Drawn {
    let mut skyline = Skyline::new(plot.area);
    for week in &data.weeks {
        let area = bar(plot, week);
        let top = mark_top(plot, week);
        skyline.raise(area.left, area.right, top);
        if !week.warnings.is_empty() {
            let width = triangle_width(area);
            skyline.raise(area.center().0 - width / 2.0, area.center().0 + width / 2.0, top);
            canvas.triangle((area.center().0, area.top - TRIANGLE_GAP), width, theme::WARN)?;
        }
    }
    for week in data.weeks.iter().rev().filter(|week| week.complete && !week.warnings.is_empty()) {
        let mark = (bar(plot, week).center().0, mark_top(plot, week));
        skyline.label(canvas, mark, &label(week, data.units))?;
    }
    Ok(())
}

fn triangle_width(bar: Area) -> f64 {
    bar.width().clamp(TRIANGLE.0, TRIANGLE.1)
}

/// The upper end of a bar and of the triangle above it.
fn mark_top(plot: &Plot, week: &WeekBar) -> f64 {
    let area = bar(plot, week);
    if week.warnings.is_empty() {
        return area.top;
    }
    area.top - TRIANGLE_GAP - triangle_width(area) * TRIANGLE_SLOPE
}

/// The warnings by name, then the total.
fn label(week: &WeekBar, units: UnitSystem) -> Vec<(String, theme::Type)> {
    let names = warning_names(week).into_iter();
    let warnings = names.map(|name| (name, theme::LABEL_STRONG.colored(theme::WARN)));
    warnings.chain([(units.short(week.distance_m), theme::LABEL)]).collect()
}

fn warning_names(week: &WeekBar) -> Vec<String> {
    let mut names: Vec<_> = week.warnings.iter().take(MOST_NAMES).cloned().collect();
    let more = week.warnings.len() - names.len();
    if more > 0 {
        names.push(format!("+{more} more"));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Chart, canvas, draw as draw_chart, sample, sample::pixel},
        *,
    };

    /// The middles of each week's lower and upper part.
    fn middles(data: &ChartData) -> Vec<[(f64, f64); 2]> {
        let mut middles = Vec::new();
        canvas::paint(|canvas| {
            let plot = Plot::new(canvas, &extent(data, frame::side_width(canvas, &so_far(data))), data.units);
            middles.extend(data.weeks.iter().map(|week| {
                let (area, split) = (bar(&plot, week), plot.y(week.longest_m));
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
    fn fifteen_years_of_weeks_are_all_there() {
        let data = sample::history(780);
        let picture = draw_chart(Chart::WeeklyMileage, &data).unwrap();
        for (index, [(x, y), _]) in middles(&data).into_iter().take(779).enumerate() {
            assert_ne!(pixel(&picture, x, y), theme::PAPER, "week {index}");
        }
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
        assert_eq!(lines, ["long-run spike", &*data.units.short(data.weeks[39].distance_m), "so far"]);
        data.weeks[39].complete = true;
        assert!(so_far(&data).is_empty());
    }

    #[test]
    fn many_warnings_of_a_week_are_counted() {
        let mut week = sample::history(1).weeks.remove(0);
        week.warnings = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(warning_names(&week), ["a", "b", "c", "+2 more"]);
    }
}
