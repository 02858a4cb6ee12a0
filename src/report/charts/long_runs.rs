//! Question: which runs were longer than the 30 days before them allowed?
//!
//! Over a span of more than about two years the ceiling is the upper edge of an area: a line would hide the runs.

use chrono::{Datelike, Days};
use plotters::style::Color;

use super::{
    data::{ChartData, RunPoint, Unwarned},
    kit::step,
};
use crate::{
    dates,
    report::charts::kit::{
        canvas::{Area, Canvas, Drawn, TRIANGLE_SLOPE},
        frame::{self, Swatch},
        labels::Skyline,
        plot::{Extent, Plot},
        theme,
    },
    units::UnitSystem,
};

/// Days before the first and after the last date.
const PAD_DAYS: i64 = 1;
/// The shortest time shown, in days.
const SHORTEST: i64 = 14;
/// Free pixels above the highest value.
const HEADROOM: f64 = 110.0;
/// Sizes of marks, by the number of runs they are used up to.
const SIZES: [(usize, Size); 2] = [
    (200, Size { dot: 6.0, triangle: 24.0, ceiling: 2.5 }),
    (700, Size { dot: 4.5, triangle: 20.0, ceiling: 2.5 }),
];
const SMALLEST: Size = Size { dot: 3.0, triangle: 16.0, ceiling: 2.0 };
/// How far a thin line leads from the plot's edge towards the ceiling's label.
const LABEL_LEAD: f64 = 8.0;
/// How opaque dots are.
const DOT_OPACITY: f64 = 0.75;
/// Width of the edge of the area below the ceiling.
const AREA_EDGE: f64 = 2.0;
/// A ceiling that stands alone is drawn this wide at least.
const SHORTEST_STEP: f64 = 8.0;

/// `Longest runs: 2 of 128 above their 30-day ceiling`.
pub(super) fn title(data: &ChartData) -> String {
    let above = data.runs.iter().filter(|run| is_above(run)).count();
    let runs = frame::number(data.runs.len());
    if data.runs.is_empty() {
        format!("Longest runs: {}", data.no_runs())
    } else if data.runs.iter().all(|run| run.ceiling_m.is_none()) {
        "Longest runs: no 30-day ceiling yet".to_owned()
    } else if above == 0 {
        format!("Longest runs: none of {runs} above its 30-day ceiling")
    } else {
        let its = if above == 1 { "its" } else { "their" };
        format!("Longest runs: {} of {runs} above {its} 30-day ceiling", frame::number(above))
    }
}

fn is_above(run: &RunPoint) -> bool {
    run.ceiling_m.is_some_and(|ceiling| run.distance_m > ceiling)
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    frame::draw_heading(canvas, &title(data), &subtitle(data))?;
    let ceiling = newest_ceiling(data);
    let plot = Plot::new(canvas, &extent(data, frame::side_width(canvas, &ceiling)), data.units);
    if is_long(data) {
        draw_ceiling_area(canvas, &plot, &data.runs)?;
    }
    plot.draw_values(canvas)?;
    plot.draw_dates(canvas, 1)?;
    if data.runs.is_empty() {
        return frame::draw_no_runs(canvas, data);
    }
    frame::draw_legend(canvas, &legend(data))?;
    draw_dots(canvas, &plot, &data.runs)?;
    for run in &data.runs {
        canvas.tip(run.date, point(&plot, run), || in_words(run, data.units));
    }
    if !is_long(data) {
        draw_ceiling(canvas, &plot, &data.runs)?;
    }
    draw_ceiling_label(canvas, &plot, &data.runs, &ceiling)?;
    draw_warned(canvas, &plot, &data.runs)
}

/// `Sun 8 Nov 2026: 21.3 km, ceiling 16.5 km`.
fn in_words(run: &RunPoint, units: UnitSystem) -> String {
    let words =
        format!("{} {}: {}", dates::with_weekday(run.date), run.date.year(), units.short(run.distance_m));
    match run.ceiling_m {
        Some(ceiling_m) => format!("{words}, ceiling {}", units.short(ceiling_m)),
        None => words,
    }
}

fn subtitle(data: &ChartData) -> String {
    let unit = data.units.symbol();
    let Some(first) = data.runs.first() else { return format!("{unit} per run") };
    let range = dates::range(first.date, data.as_of);
    let above = data.runs.iter().filter(|run| is_above(run)).count();
    let warned = data.runs.iter().filter(|run| run.warned).count();
    if warned == above {
        return format!("{unit} per run, {range}");
    }
    let warned = if warned == 0 { "none".to_owned() } else { frame::number(warned) };
    format!("{unit} per run, {range}; {warned} raised a warning{}", unwarned(data))
}

/// `, 3 came within 7 days of one, 1 soon after a break`: what became of the others above their ceiling.
fn unwarned(data: &ChartData) -> String {
    let count = |why: Unwarned| data.runs.iter().filter(|r| is_above(r) && r.silence == Some(why)).count();
    let others = data.runs.iter().filter(|r| is_above(r) && !r.warned && r.silence.is_none()).count();
    let parts = [
        (count(Unwarned::SoonAfter), "within 7 days of one"),
        (count(Unwarned::AfterBreak), "soon after a break"),
        (count(Unwarned::Small), "by less than 500 m"),
        (others, "judged otherwise"),
    ];
    let named = parts.iter().filter(|(count, _)| *count > 0);
    named.map(|(count, why)| format!(", {} {why}", frame::number(*count))).collect()
}

fn legend(data: &ChartData) -> Vec<(Swatch, String)> {
    let mut entries = vec![(Swatch::Dot(theme::RUN), "run".to_owned())];
    if data.runs.iter().any(|run| run.ceiling_m.is_some()) {
        let below = if is_long(data) { "below the ceiling" } else { "ceiling" };
        let ceiling = format!("{below}: 1.10 × the longest run of the 30 days before");
        let area = Swatch::Framed { fill: theme::BELOW, frame: theme::AXIS, width: AREA_EDGE };
        entries.push((if is_long(data) { area } else { Swatch::Line(theme::INK) }, ceiling));
    }
    if data.runs.iter().any(|run| run.warned) {
        entries.push((Swatch::Triangle(theme::WARN), "run that raised a warning".to_owned()));
    }
    entries
}

fn extent(data: &ChartData, right: f64) -> Extent {
    let last = data.runs.last().map_or(data.as_of, |run| run.date.max(data.as_of));
    let oldest = data.runs.first().map_or(last, |run| run.date);
    let days = ((last - oldest).num_days() + 1 + 2 * PAD_DAYS).max(SHORTEST);
    let highest = data.runs.iter().map(|run| run.distance_m.max(run.ceiling_m.unwrap_or_default())).max();
    Extent {
        first: last.checked_sub_days(Days::new((days - 1 - PAD_DAYS) as u64)).unwrap_or(oldest),
        days,
        highest_m: highest.unwrap_or_default(),
        headroom: HEADROOM,
        right,
    }
}

/// The middle of the run's day, at its distance.
fn point(plot: &Plot, run: &RunPoint) -> (f64, f64) {
    (plot.x(plot.day(run.date) + 0.5), plot.y(run.distance_m))
}

/// Radius of a dot, width of a triangle, width of the ceiling's line.
#[derive(Clone, Copy)]
struct Size {
    dot: f64,
    triangle: f64,
    ceiling: f64,
}

impl Size {
    fn of(runs: &[RunPoint]) -> Self {
        SIZES.into_iter().find(|(most, _)| runs.len() <= *most).map_or(SMALLEST, |(_, size)| size)
    }

    /// From the middle of a triangle to its upper and lower end.
    fn half_height(self) -> f64 {
        self.triangle * TRIANGLE_SLOPE / 2.0
    }
}

fn draw_dots(canvas: &Canvas<'_>, plot: &Plot, runs: &[RunPoint]) -> Drawn {
    let color = theme::RUN.mix(DOT_OPACITY);
    for run in runs.iter().filter(|run| !run.warned) {
        canvas.dot(point(plot, run), Size::of(runs).dot, &color)?;
    }
    Ok(())
}

/// A step of the ceiling: from half way to the run before until half way to the run after.
struct Step {
    left: f64,
    right: f64,
    y: f64,
    joined: bool,
}

fn steps(plot: &Plot, runs: &[RunPoint]) -> Vec<Step> {
    let x = |run: &RunPoint| point(plot, run).0;
    let has_ceiling = |run: &&RunPoint| run.ceiling_m.is_some();
    let step = |(index, run): (usize, &RunPoint)| {
        let before = index.checked_sub(1).and_then(|before| runs.get(before)).filter(has_ceiling);
        let after = runs.get(index + 1).filter(has_ceiling);
        let middle = |other: Option<&RunPoint>, alone: f64| {
            other.map_or(x(run) + alone, |other| (x(run) + x(other)) / 2.0)
        };
        Some(Step {
            left: middle(before, -SHORTEST_STEP / 2.0),
            right: middle(after, SHORTEST_STEP / 2.0),
            y: plot.y(run.ceiling_m?),
            joined: before.is_some(),
        })
    };
    runs.iter().enumerate().filter_map(step).collect()
}

/// The steps with those of one height in a row as one.
fn levels(plot: &Plot, runs: &[RunPoint]) -> Vec<Step> {
    let mut levels: Vec<Step> = Vec::new();
    for step in steps(plot, runs) {
        match levels.last_mut() {
            Some(level) if step.joined && level.y == step.y => level.right = step.right,
            _ => levels.push(step),
        }
    }
    levels
}

fn draw_ceiling(canvas: &Canvas<'_>, plot: &Plot, runs: &[RunPoint]) -> Drawn {
    let width = Size::of(runs).ceiling;
    let half = width / 2.0;
    let mut y = plot.area.bottom;
    for step in levels(plot, runs) {
        canvas.level(step.left - half, step.right + half, step.y, theme::INK, width)?;
        if step.joined {
            canvas.upright(step.left, y, step.y, theme::INK, width)?;
        }
        y = step.y;
    }
    Ok(())
}

/// The same as an area, with an edge above.
fn draw_ceiling_area(canvas: &Canvas<'_>, plot: &Plot, runs: &[RunPoint]) -> Drawn {
    for step in levels(plot, runs) {
        let area = Area { left: step.left, right: step.right, top: step.y, bottom: plot.area.bottom };
        canvas.fill(area, theme::BELOW)?;
        canvas.level(step.left, step.right, step.y, theme::AXIS, AREA_EDGE)?;
    }
    Ok(())
}

/// Whether the runs lie so close that a line would hide them.
fn is_long(data: &ChartData) -> bool {
    data.step != step::Step::Week
}

/// The label right of the line's end, where the newest run has a ceiling; without its number where a knee leaves no distance:
/// it would read as what may be run now.
fn newest_ceiling(data: &ChartData) -> Vec<(String, theme::Type)> {
    let Some(ceiling) = data.runs.last().and_then(|run| run.ceiling_m) else { return Vec::new() };
    let number = Some((data.units.short(ceiling), theme::LABEL_STRONG)).filter(|_| !data.no_distance);
    [("ceiling".to_owned(), theme::LABEL)].into_iter().chain(number).collect()
}

fn draw_ceiling_label(
    canvas: &Canvas<'_>,
    plot: &Plot,
    runs: &[RunPoint],
    lines: &[(String, theme::Type)],
) -> Drawn {
    let Some(end) = steps(plot, runs).pop().filter(|_| !lines.is_empty()) else { return Ok(()) };
    canvas.level(end.right, plot.area.right + LABEL_LEAD, end.y, theme::AXIS, theme::GRID_LINE)?;
    frame::draw_side_label(canvas, (plot.area.right, end.y), lines)
}

/// Triangles, then their labels, the newest first.
fn draw_warned(canvas: &Canvas<'_>, plot: &Plot, runs: &[RunPoint]) -> Drawn {
    let mut skyline = skyline(plot, runs);
    let size = Size::of(runs);
    for run in runs.iter().filter(|run| run.warned) {
        let (x, y) = point(plot, run);
        canvas.triangle((x, y + size.half_height()), size.triangle, theme::WARN)?;
    }
    let date = if spans_years(runs) { dates::long } else { dates::short };
    for run in runs.iter().rev().filter(|run| run.warned) {
        let (x, y) = point(plot, run);
        let lines = [
            (date(run.date), theme::LABEL),
            (plot.short(run.distance_m), theme::LABEL_STRONG.colored(theme::WARN)),
        ];
        skyline.label(canvas, (x, y - size.half_height()), &lines)?;
    }
    Ok(())
}

fn spans_years(runs: &[RunPoint]) -> bool {
    runs.first().map(|run| run.date.year()) != runs.last().map(|run| run.date.year())
}

/// Everything that labels must not touch.
fn skyline(plot: &Plot, runs: &[RunPoint]) -> Skyline {
    let mut skyline = Skyline::new(plot.area);
    let size = Size::of(runs);
    for step in steps(plot, runs) {
        skyline.raise(step.left, step.right, step.y - size.ceiling);
    }
    for run in runs {
        let (x, y) = point(plot, run);
        let reach = if run.warned { size.triangle / 2.0 } else { size.dot };
        skyline.raise(x - reach, x + reach, y - reach);
    }
    skyline
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

    fn on_plot(data: &ChartData, look: impl Fn(&Plot)) {
        canvas::paint(1, |canvas| {
            let right = frame::side_width(canvas, &newest_ceiling(data));
            look(&Plot::new(canvas, &extent(data, right), data.units));
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn runs_are_dots_and_warned_ones_triangles() {
        let data = sample::history(40);
        let picture = draw_chart(Chart::LongRuns, &data).unwrap();
        on_plot(&data, |plot| {
            for run in &data.runs {
                let (x, y) = point(plot, run);
                let drawn = pixel(&picture, x, y);
                assert_ne!(drawn, theme::PAPER, "{run:?}");
                assert_eq!(drawn == theme::WARN, run.warned, "{run:?}");
            }
        });
    }

    #[test]
    fn the_ceiling_is_a_line_with_gaps_where_there_is_none() {
        let mut data = sample::history(12);
        for run in &mut data.runs[20..30] {
            run.ceiling_m = None;
        }
        on_plot(&data, |plot| {
            let steps = steps(plot, &data.runs);
            assert_eq!(steps.len(), data.runs.iter().filter(|run| run.ceiling_m.is_some()).count());
            assert_eq!(steps.iter().filter(|step| !step.joined).count(), 2);
            let length = |steps: &[Step]| steps.iter().map(|step| step.right - step.left).sum::<f64>();
            assert!(levels(plot, &data.runs).len() < steps.len());
            assert!((length(&levels(plot, &data.runs)) - length(&steps)).abs() < 1e-6);
            assert!(steps.windows(2).all(|pair| pair[0].right <= pair[1].left + 0.01));
            assert!(steps.windows(2).all(|pair| !pair[1].joined || pair[0].right == pair[1].left));
        });
    }

    #[test]
    fn over_many_years_the_ceiling_is_an_area_behind_the_runs() {
        let data = sample::history(260);
        let picture = draw_chart(Chart::LongRuns, &data).unwrap();
        assert!(sample::count(&picture, theme::BELOW) > 50_000);
        assert_eq!(
            sample::count(&draw_chart(Chart::LongRuns, &sample::history(52)).unwrap(), theme::BELOW),
            0
        );
        on_plot(&data, |plot| {
            for run in data.runs.iter().filter(|run| run.warned) {
                let (x, y) = point(plot, run);
                assert_eq!(pixel(&picture, x, y), theme::WARN, "{run:?}");
            }
        });
    }

    #[test]
    fn a_past_ceiling_is_no_distance_to_run_while_the_knee_leaves_none() {
        let mut data = sample::history(40);
        let words = |data: &ChartData| -> Vec<String> {
            newest_ceiling(data).into_iter().map(|(word, _)| word).collect()
        };
        assert_eq!(words(&data).len(), 2);
        data.no_distance = true;
        assert_eq!(words(&data), ["ceiling"]);
        data.runs.clear();
        assert!(words(&data).is_empty());
    }

    #[test]
    fn nothing_is_marked_without_a_warning() {
        let mut data = sample::history(40);
        for run in &mut data.runs {
            run.warned = false;
        }
        let picture = draw_chart(Chart::LongRuns, &data).unwrap();
        assert_eq!(sample::count(&picture, theme::WARN), 0);
        assert!(subtitle(&data).contains("; none raised a warning, "));
    }

    #[test]
    fn the_title_counts_the_runs_above_their_ceiling() {
        let mut data = sample::history(40);
        assert_eq!(title(&data), "Longest runs: 3 of 152 above their 30-day ceiling");
        data.runs.retain(|run| !is_above(run));
        assert_eq!(title(&data), "Longest runs: none of 149 above its 30-day ceiling");
        assert_eq!(title(&sample::one_run()), "Longest runs: no 30-day ceiling yet");
        assert_eq!(title(&sample::no_runs()), "Longest runs: no runs yet");
    }
}
