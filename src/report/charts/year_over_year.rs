//! Question: how far have I run since 1 January, against the years before?
//!
//! It shows the whole history whatever the span: a year needs the years before it.

use chrono::{Datelike, NaiveDate};

use super::data::{ChartData, YearLine};
use crate::{
    dates,
    report::charts::kit::{
        canvas::{Align, Canvas, Drawn},
        frame,
        plot::{Extent, Plot},
        theme::{self, Type},
    },
};

/// More years than this are not drawn: their lines would be one.
const MOST_YEARS: usize = 6;
/// A leap year, so that each day of every year has a place.
const LEAP_YEAR: i32 = 2000;
const DAYS: i64 = 366;
const MONTHS: u32 = 12;
/// Free pixels above the highest total.
const HEADROOM: f64 = 16.0;
/// Radius of the dot at the end of this year.
const DOT: f64 = 7.0;

/// `Year over year: 1,640 km since 1 January, 87 km more than by 8 Nov 2025`.
pub(super) fn title(data: &ChartData) -> String {
    let Some(this) = newest(data).filter(|_| data.knows_runs()) else {
        return "Year over year: no runs yet".to_owned();
    };
    let total_m = this.total_m(data.as_of);
    let total = frame::whole(total_m, data.units);
    let told = format!("Year over year: {total} since {}", since(this));
    let Some(before) = data.years.iter().find(|line| line.year == this.year - 1) else {
        return format!("{told} {}", this.year);
    };
    if !is_whole(before) {
        return format!("{told}; the files of {} begin on {}", before.year, dates::short(before.from));
    }
    let same_day = in_year(data.as_of, before.year);
    let more_m = total_m - before.total_m(same_day);
    let difference = frame::whole(more_m.abs(), data.units);
    let by = dates::long(same_day);
    match more_m {
        _ if difference == frame::whole(0, data.units) => format!("{told}, as far as by {by}"),
        0.. => format!("{told}, {difference} more than by {by}"),
        _ => format!("{told}, {difference} less than by {by}"),
    }
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    frame::draw_heading(canvas, &title(data), &subtitle(data))?;
    let years = if !data.knows_runs() { &[] } else { shown(data) };
    let labels: Vec<(String, Type)> =
        years.iter().map(|line| (fitting_label(canvas, line, data), style(line, data).text)).collect();
    let plot = plot(canvas, data, frame::end_width(canvas, &labels));
    plot.draw_values(canvas)?;
    draw_months(canvas, &plot)?;
    if !data.knows_runs() {
        return frame::draw_no_runs(canvas, data);
    }
    let mut ends = Vec::new();
    for (line, (text, text_style)) in years.iter().zip(labels) {
        let points = points(&plot, line, data.as_of);
        let style = style(line, data);
        canvas.path(&points, style.color, style.width)?;
        if line.year == data.as_of.year() {
            for &(date, total_m) in &line.line {
                let at = (x_end(&plot, date), plot.y(total_m));
                canvas.tip(date, at, || in_words((date, total_m), line, data));
            }
        }
        ends.push((points.last().copied().unwrap_or_default(), text, text_style));
    }
    frame::draw_end_labels(canvas, plot.area, &ends)?;
    match ends.last() {
        Some((end, ..)) => canvas.dot(*end, DOT, &theme::RUN_DARK),
        None => Ok(()),
    }
}

fn newest(data: &ChartData) -> Option<&YearLine> {
    data.years.last()
}

/// Whether its line counts from 1 January on.
fn is_whole(line: &YearLine) -> bool {
    line.from.ordinal() == 1
}

/// `1 January`, or the day on which the files begin.
fn since(line: &YearLine) -> String {
    line.from.format("%-d %B").to_string()
}

/// The newest years, oldest first.
fn shown(data: &ChartData) -> &[YearLine] {
    &data.years[data.years.len().saturating_sub(MOST_YEARS)..]
}

fn subtitle(data: &ChartData) -> String {
    let unit = data.units.symbol();
    let years = shown(data);
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return format!("{unit} since 1 January");
    };
    let drawn = if first.year == last.year {
        last.year.to_string()
    } else {
        format!("{}–{}", first.year, last.year)
    };
    let hidden = match data.years.first() {
        Some(oldest) if oldest.year == first.year - 1 => format!("; {} not shown", oldest.year),
        Some(oldest) if oldest.year < first.year => {
            format!("; {}–{} not shown", oldest.year, first.year - 1)
        }
        _ => String::new(),
    };
    format!("{unit} since 1 January, {drawn}, up to {}{hidden}", dates::long(data.as_of))
}

/// `2026: 1,640 km so far`, `2025: 310 km from 10 Nov`.
fn label(line: &YearLine, data: &ChartData) -> String {
    let total = frame::whole(line.line.last().map_or(0, |(_, total)| *total), data.units);
    let is_over = data.as_of >= in_year_end(line.year);
    let so_far = if is_over { "" } else { " so far" };
    let from = if is_whole(line) { String::new() } else { format!(" from {}", dates::short(line.from)) };
    format!("{}: {total}{so_far}{from}", line.year)
}

/// The same, or the year alone on a narrow sheet.
fn fitting_label(canvas: &Canvas<'_>, line: &YearLine, data: &ChartData) -> String {
    if canvas.format() == theme::WIDE { label(line, data) } else { line.year.to_string() }
}

/// `9 Nov 2026: 1,262 km since 1 January`.
fn in_words((date, total_m): (NaiveDate, i64), line: &YearLine, data: &ChartData) -> String {
    format!("{}: {} since {}", dates::long(date), frame::whole(total_m, data.units), since(line))
}

fn in_year_end(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// The same day of another year; 28 February where it has no 29th.
fn in_year(date: NaiveDate, year: i32) -> NaiveDate {
    date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(date)
}

/// How a year is drawn: this one bold, the one before it plain, earlier ones quiet.
struct Style {
    color: plotters::style::RGBColor,
    width: f64,
    text: Type,
}

fn style(line: &YearLine, data: &ChartData) -> Style {
    let quiet = theme::LABEL.colored(theme::MUTED);
    match data.as_of.year() - line.year {
        ..=0 => {
            Style { color: theme::RUN_DARK, width: 6.0, text: theme::LABEL_STRONG.colored(theme::RUN_DARK) }
        }
        1 => Style { color: theme::RUN, width: 3.0, text: theme::LABEL },
        _ => Style { color: theme::AXIS, width: 2.0, text: quiet },
    }
}

fn plot(canvas: &Canvas<'_>, data: &ChartData, right: f64) -> Plot {
    let totals = shown(data).iter().filter_map(|line| line.line.last());
    let extent = Extent {
        first: in_leap_year(1, 1),
        days: DAYS,
        highest_m: totals.map(|(_, total)| *total).max().unwrap_or_default(),
        headroom: HEADROOM,
        right,
    };
    Plot::from_top(canvas, &extent, theme::UNLEGENDED_PLOT_TOP, data.units)
}

fn in_leap_year(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).unwrap_or(NaiveDate::MIN)
}

/// Where a day starts, by its place in a leap year.
fn x(plot: &Plot, date: NaiveDate) -> f64 {
    plot.x(plot.day(in_leap_year(date.month(), date.day())))
}

/// Where a day ends.
fn x_end(plot: &Plot, date: NaiveDate) -> f64 {
    plot.x(plot.day(in_leap_year(date.month(), date.day())) + 1.0)
}

/// The line of a year: level on days without a run, up to its last day or today.
fn points(plot: &Plot, line: &YearLine, as_of: NaiveDate) -> Vec<(f64, f64)> {
    let mut points = vec![(x(plot, line.from), plot.y(0))];
    let mut before = 0;
    for (date, total) in &line.line {
        points.push((x(plot, *date), plot.y(before)));
        points.push((x_end(plot, *date), plot.y(*total)));
        before = *total;
    }
    points.push((x_end(plot, as_of.min(in_year_end(line.year))), plot.y(before)));
    points
}

/// The base line, the months' names under their middles, and a thin line where each starts.
fn draw_months(canvas: &Canvas<'_>, plot: &Plot) -> Drawn {
    let baseline = plot.area.bottom + theme::TICK.em + theme::TICK_DROP;
    let letters = if frame::months_fit(canvas, plot.area.width() / f64::from(MONTHS)) { 3 } else { 1 };
    for month in 1..=MONTHS {
        let first = in_leap_year(month, 1);
        let next = if month == MONTHS { plot.area.right } else { x(plot, in_leap_year(month + 1, 1)) };
        let left = x(plot, first);
        if month > 1 {
            canvas.upright(left, plot.area.top, plot.area.bottom, theme::GRID, theme::GRID_LINE)?;
        }
        let mut name = first.format("%b").to_string();
        name.truncate(letters);
        canvas.text(&name, ((left + next) / 2.0, baseline), theme::TICK, Align::Center)?;
    }
    canvas.level(plot.area.left, plot.area.right, plot.area.bottom, theme::AXIS, theme::AXIS_LINE)
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

    /// A year of 100 km on every first of a month from `from` on.
    fn year(from: NaiveDate) -> YearLine {
        let firsts = (from.month()..=12).filter_map(|month| NaiveDate::from_ymd_opt(from.year(), month, 1));
        let firsts = firsts.filter(|date| (from..=sample::as_of()).contains(date));
        let line = firsts.enumerate().map(|(n, date)| (date, (n as i64 + 1) * 100_000)).collect();
        YearLine { year: from.year(), from, line }
    }

    fn data(years: Vec<YearLine>) -> ChartData {
        ChartData { years, ..sample::history(3) }
    }

    #[test]
    fn the_title_compares_with_the_same_day_of_the_year_before() {
        let mut data = data(vec![year(sample::date(2025, 1, 1)), year(sample::date(2026, 1, 1))]);
        let start = "Year over year: 1,100 km since 1 January";
        assert_eq!(title(&data), format!("{start}, as far as by 20 Nov 2025"));
        data.years[0].line.remove(0);
        data.years[0].line.iter_mut().for_each(|(_, total)| *total -= 100_000);
        assert_eq!(title(&data), format!("{start}, 100 km more than by 20 Nov 2025"));
        data.years[0].line[0].1 += 250_000;
        data.years[0].line.truncate(1);
        data.years[1].line.truncate(1);
        assert_eq!(title(&data), "Year over year: 100 km since 1 January, 250 km less than by 20 Nov 2025");
    }

    #[test]
    fn a_year_that_is_known_in_part_is_not_compared() {
        let part = year(sample::date(2025, 11, 10));
        let some = data(vec![part, year(sample::date(2026, 1, 1))]);
        assert_eq!(
            title(&some),
            "Year over year: 1,100 km since 1 January; the files of 2025 begin on 10 Nov"
        );
        assert_eq!(label(&some.years[0], &some), "2025: 100 km from 10 Nov");
        assert_eq!(label(&some.years[1], &some), "2026: 1,100 km so far");
        let first = data(vec![year(sample::date(2026, 3, 5))]);
        assert_eq!(title(&first), "Year over year: 800 km since 5 March 2026");
        assert_eq!(title(&sample::no_runs()), "Year over year: no runs yet");
    }

    #[test]
    fn on_29_february_it_is_28_february_that_is_compared() {
        assert_eq!(in_year(sample::date(2028, 2, 29), 2027), sample::date(2027, 2, 28));
        assert_eq!(in_year(sample::date(2028, 11, 3), 2027), sample::date(2027, 11, 3));
    }

    #[test]
    fn six_years_are_drawn_and_the_others_named() {
        let data = sample::history(780);
        assert_eq!(shown(&data).first().map(|line| line.year), Some(2021));
        assert_eq!(subtitle(&data), "km since 1 January, 2021–2026, up to 20 Nov 2026; 2011–2020 not shown");
    }

    #[test]
    fn every_line_is_level_without_runs_and_ends_on_its_last_day() {
        let data = data(vec![year(sample::date(2025, 1, 1)), year(sample::date(2026, 1, 1))]);
        let picture = draw_chart(Chart::YearOverYear, &data).unwrap();
        canvas::paint(1, |canvas| {
            let labels: Vec<_> =
                data.years.iter().map(|line| (label(line, &data), style(line, &data).text)).collect();
            let plot = plot(canvas, &data, frame::end_width(canvas, &labels));
            let today = x_end(&plot, data.as_of);
            assert_eq!(pixel(&picture, today - 12.0, plot.y(1_100_000)), theme::RUN_DARK);
            let christmas = x(&plot, sample::date(2025, 12, 25));
            assert_eq!(pixel(&picture, christmas, plot.y(1_200_000)), theme::RUN);
            assert_ne!(pixel(&picture, today + 30.0, plot.y(1_100_000) + 3.0), theme::RUN_DARK);
            Ok(())
        })
        .unwrap();
    }
}
