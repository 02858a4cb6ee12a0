//! Question: is it getting better, and what was run meanwhile?
//!
//! Above, the largest number of every entry as a shape of its own for each light; between, where the diary stood; below, the
//! weeks' distance with the diary's limit of one run as a step line. At most a year.

use super::data::{ChartData, KneeChart, KneePoint, KneeSpan, MileageBar};
use crate::{
    dates,
    knee::{fold::State, light::Light},
    report::{
        charts::kit::{
            canvas::{Align, Area, Canvas, Drawn},
            frame::{self, HALF_CAP_HEIGHT, Swatch},
            plot::{Extent, Plot, ticks},
            theme,
        },
        words::knee as words,
    },
};

/// Upper and lower ends of the two plots and of the band between them; the lower plot carries the dates.
const NUMBERS: (f64, f64) = (240.0, 472.0);
const BAND: (f64, f64) = (502.0, 540.0);
const WEEKS: (f64, f64) = (592.0, theme::PLOT_BOTTOM);
/// Numbers with a grid line, and where the marks of entries without a number stand.
const MARKED: [f64; 3] = [0.0, 5.0, 10.0];
const HIGHEST: f64 = 12.0;
const WITHOUT_NUMBER: f64 = 11.3;
/// The axis of distance reaches at least this far, in the runner's units, with so much room above the highest bar.
const SMALLEST_WEEK: f64 = 5.0;
const ROOM: f64 = 1.1;
/// Share of a week that its bar takes.
const BAR_SHARE: f64 = 0.76;
/// Half the width of a mark, at least and at most, and its share of a day.
const MARK: (f64, f64) = (5.0, 11.0);
const MARK_SHARE: f64 = 1.4;
/// Lines: around marks and bars, and of the limit.
const OUTLINE: f64 = 2.0;
const LIMIT_LINE: f64 = 3.0;
/// Space between a plot and its name above it, and around a word in the band.
const NAME_GAP: f64 = 14.0;
const WORD_GAP: f64 = 8.0;

/// `Knee: green on 8 Nov, 2 of 10; no limit from the diary`.
pub(super) fn title(data: &ChartData) -> String {
    let Some(knee) = &data.knee else { return "Knee: no entry in your diary".to_owned() };
    let stands = knee.stands;
    let Some(newest) = knee.points.last() else { return format!("Knee: {stands}") };
    let number = newest.number.map_or_else(String::new, |number| format!(", {number} of 10"));
    let light = words::light_name(newest.light).to_lowercase();
    format!("Knee: {light} on {}{number}; {stands}", dates::short(newest.date))
}

fn subtitle(data: &ChartData, knee: &KneeChart) -> String {
    let range = dates::range(knee.first, data.as_of);
    format!("the largest number of each entry; below it {} a week; {range}", data.units.symbol())
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    let Some(knee) = &data.knee else {
        frame::draw_heading(canvas, &title(data), "")?;
        return frame::draw_message(canvas, "No entry in your diary");
    };
    frame::draw_heading(canvas, &title(data), &subtitle(data, knee))?;
    frame::draw_legend(canvas, &legend(knee))?;
    let extent = Extent {
        first: knee.first,
        days: knee.weeks.last().map_or(7, |week| (week.next - knee.first).num_days()),
        highest_m: 0,
        headroom: 0.0,
        right: frame::side_width(canvas, &[]),
    };
    let numbers = Plot::of_numbers(canvas, &extent, NUMBERS, HIGHEST);
    draw_numbers(canvas, &numbers, knee)?;
    draw_band(canvas, &numbers, &knee.states)?;
    let weeks = numbers.strip(WEEKS, highest_week(data, knee));
    draw_weeks(canvas, &weeks, data, knee)
}

fn legend(knee: &KneeChart) -> Vec<(Swatch, String)> {
    let has = |light: Light| knee.points.iter().any(|point| point.light == light);
    let mut entries: Vec<(Swatch, String)> = Light::ALL
        .into_iter()
        .filter(|light| has(*light))
        .map(|light| (Swatch::Mark(mark_of(light)), words::light_name(light).to_lowercase()))
        .collect();
    entries.push((Swatch::Box(theme::RUN_LIGHT), "distance of the week".to_owned()));
    if knee.limits.iter().any(|(_, limit_m)| limit_m.is_some()) {
        entries.push((Swatch::Line(theme::INK), "limit of one run, by the diary".to_owned()));
    }
    entries
}

/// The mark of a light for the legend.
fn mark_of(light: Light) -> fn(&Canvas<'_>, (f64, f64), f64) -> Drawn {
    match light {
        Light::Green => |canvas, at, half| draw_light(canvas, at, half, Light::Green),
        Light::Amber => |canvas, at, half| draw_light(canvas, at, half, Light::Amber),
        Light::Red => |canvas, at, half| draw_light(canvas, at, half, Light::Red),
        Light::Stop => |canvas, at, half| draw_light(canvas, at, half, Light::Stop),
        Light::Wait => |canvas, at, half| draw_light(canvas, at, half, Light::Wait),
    }
}

fn draw_name(canvas: &Canvas<'_>, left: f64, top: f64, name: &str) -> Drawn {
    canvas.text(name, (left, top - NAME_GAP), theme::LABEL_STRONG, Align::Left).map(|_| ())
}

/// A shape for each light: none needs its colour.
fn draw_light(canvas: &Canvas<'_>, (x, y): (f64, f64), half: f64, light: Light) -> Drawn {
    let square = Area { left: x - half, right: x + half, top: y - half, bottom: y + half };
    match light {
        Light::Green => canvas.dot((x, y), half, &theme::LIGHT_GREEN),
        Light::Wait => {
            canvas.dot((x, y), half, &theme::MUTED)?;
            canvas.dot((x, y), half - OUTLINE, &theme::PAPER)
        }
        Light::Amber => {
            let half = 1.2 * half;
            let corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
            canvas.polygon(&corners, theme::WINDOW_EDGE)
        }
        Light::Red => canvas.triangle((x, y + half), 2.2 * half, theme::WARN),
        Light::Stop => {
            canvas.fill(square, theme::INK)?;
            canvas.level(x - 0.6 * half, x + 0.6 * half, y, theme::PAPER, 0.4 * half)
        }
    }
}

fn draw_numbers(canvas: &Canvas<'_>, plot: &Plot, knee: &KneeChart) -> Drawn {
    let without = knee.points.iter().any(|point| point.number.is_none());
    let name = if without { "pain, 0 to 10; above: a sign without a number" } else { "pain, 0 to 10" };
    draw_name(canvas, plot.area.left, plot.area.top, name)?;
    for number in MARKED {
        plot.draw_value(canvas, number)?;
    }
    let half = (plot.day_width() * MARK_SHARE).clamp(MARK.0, MARK.1);
    for point in &knee.points {
        let at = place(plot, point);
        draw_light(canvas, at, half, point.light)?;
        canvas.tip(point.date, at, || {
            format!("{}: {}", dates::with_weekday(point.date), words::light_name(point.light).to_lowercase())
        });
    }
    Ok(())
}

fn place(plot: &Plot, point: &KneePoint) -> (f64, f64) {
    let number = point.number.map_or(WITHOUT_NUMBER, f64::from);
    (plot.x(plot.day(point.date) + 0.5), plot.y_of(number))
}

/// Where the diary stood, in words where there is room for them.
fn draw_band(canvas: &Canvas<'_>, plot: &Plot, states: &[KneeSpan]) -> Drawn {
    let (top, bottom) = BAND;
    let whole = Area { top, bottom, ..plot.area };
    canvas.outline(whole, theme::GRID, theme::GRID_LINE)?;
    for span in states.iter().filter(|span| span.state != State::Clear) {
        let left = plot.x(plot.day(span.first));
        let area = Area { left, right: plot.x(plot.day(span.last) + 1.0), top, bottom };
        let (fill, ink) = match span.state {
            State::Stop => (theme::INK, theme::PAPER),
            State::Back | State::Ladder => (theme::EMPTY, theme::INK),
            _ => (theme::BELOW, theme::INK),
        };
        canvas.fill(area, fill)?;
        canvas.outline(area, theme::AXIS, theme::GRID_LINE)?;
        let word = span.state.word();
        if canvas.width(word, theme::NOTE) + WORD_GAP < area.width() {
            let baseline = area.center().1 + theme::NOTE.em * HALF_CAP_HEIGHT;
            canvas.text(word, (area.center().0, baseline), theme::NOTE.colored(ink), Align::Center)?;
        }
    }
    Ok(())
}

/// The upper end of the axis of distance, in the runner's units.
fn highest_week(data: &ChartData, knee: &KneeChart) -> f64 {
    let weeks = knee.weeks.iter().map(|week| week.distance_m);
    let limits = knee.limits.iter().filter_map(|(_, limit_m)| *limit_m);
    let highest_m = weeks.chain(limits).max().unwrap_or_default().max(0);
    (ROOM * data.units.from_meters(highest_m as f64)).max(SMALLEST_WEEK)
}

fn draw_weeks(canvas: &Canvas<'_>, plot: &Plot, data: &ChartData, knee: &KneeChart) -> Drawn {
    draw_name(canvas, plot.area.left, plot.area.top, &format!("{} a week", data.units.symbol()))?;
    let lines = ticks(highest_week(data, knee));
    // half of them are enough for half a plot
    for value in lines.iter().step_by(2) {
        plot.draw_value(canvas, *value)?;
    }
    let y = |metres: i64| plot.y_of(data.units.from_meters(metres.max(0) as f64));
    for week in &knee.weeks {
        draw_week(canvas, plot, week, y(week.distance_m))?;
    }
    plot.draw_dates(canvas, 7)?;
    draw_limits(canvas, plot, knee, &y)
}

fn draw_week(canvas: &Canvas<'_>, plot: &Plot, week: &MileageBar, top: f64) -> Drawn {
    let (left, right) = (plot.x(plot.day(week.start)), plot.x(plot.day(week.next)).min(plot.area.right));
    let gap = (right - left) * (1.0 - BAR_SHARE) / 2.0;
    let bar = Area { left: left + gap, right: right - gap, top, bottom: plot.area.bottom };
    if week.distance_m <= 0 {
        return Ok(());
    }
    if week.complete { canvas.fill(bar, theme::RUN_LIGHT) } else { canvas.outline(bar, theme::RUN, OUTLINE) }
}

/// The limit of one run, a level a day, joined where it changes from one day to the next.
fn draw_limits(canvas: &Canvas<'_>, plot: &Plot, knee: &KneeChart, y: &dyn Fn(i64) -> f64) -> Drawn {
    let mut before: Option<f64> = None;
    for (date, limit_m) in &knee.limits {
        let Some(limit_m) = limit_m else {
            before = None;
            continue;
        };
        let (left, right) = (plot.x(plot.day(*date)), plot.x(plot.day(*date) + 1.0).min(plot.area.right));
        let height = y(*limit_m);
        canvas.level(left, right, height, theme::INK, LIMIT_LINE)?;
        if let Some(before) = before.filter(|before| (before - height).abs() > 0.5) {
            canvas.upright(left, before, height, theme::INK, LIMIT_LINE)?;
        }
        before = Some(height);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Chart, draw as draw_chart,
            sample::{self, count},
        },
        *,
    };

    #[test]
    fn the_title_says_the_newest_light_its_number_and_where_the_diary_stands() {
        let mut data = sample::history(20);
        assert_eq!(title(&data), "Knee: green on 17 Nov, 1 of 10; building up");
        let knee = data.knee.as_mut().unwrap();
        knee.stands = words::state_name(State::Stop);
        knee.points.push(KneePoint { date: data.as_of, number: None, light: Light::Stop });
        assert_eq!(title(&data), "Knee: stop on 20 Nov; stop");
        assert_eq!(title(&sample::no_runs()), "Knee: no entry in your diary");
    }

    #[test]
    fn lights_have_their_shapes_in_the_legend_and_a_stop_is_as_dark_as_ink() {
        let mut data = sample::history(20);
        let shown: Vec<String> =
            legend(data.knee.as_ref().unwrap()).into_iter().map(|(_, word)| word).collect();
        assert_eq!(shown[..3], ["green", "amber", "red"]);
        assert_eq!(shown.last().unwrap(), "limit of one run, by the diary");
        let without = draw_chart(Chart::Knee, &data).unwrap();
        let knee = data.knee.as_mut().unwrap();
        knee.points.push(KneePoint { date: data.as_of, number: Some(9), light: Light::Stop });
        let with = draw_chart(Chart::Knee, &data).unwrap();
        assert!(count(&with, theme::INK) > count(&without, theme::INK) + 150);
        for color in [theme::LIGHT_GREEN, theme::WINDOW_EDGE, theme::WARN] {
            assert!(count(&without, color) > 60, "{color:?}");
        }
    }
}
