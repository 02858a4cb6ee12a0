//! Question: how has the distance of each pair grown, and when is it due for replacement?
//!
//! A row a pair, all over the same dates, each against its own window: so racing pairs and everyday ones can be read side by
//! side, and no label meets another.

mod rows;
mod span;

use chrono::NaiveDate;

use super::data::{ChartData, ShoeLife};
use crate::{
    dates,
    report::charts::kit::{
        canvas::{Canvas, Drawn},
        frame::{self, Swatch},
        theme,
    },
};
use rows::Rows;
use span::{EDGE, is_past, latest_start, shows_unassigned};

/// Said where no pair is known.
const NO_SHOES: &str = "No shoes set: add them with a [[shoes]] table in treadlight.toml";
/// More pairs than this are not drawn.
const MOST_PAIRS: usize = 12;

/// `Shoes: 1 of 3 pairs past its replacement window`.
pub(super) fn title(data: &ChartData) -> String {
    let used: Vec<_> = data.shoes.iter().filter(|pair| pair.retired.is_none()).collect();
    let past = used.iter().filter(|pair| pair.distance_m > pair.window_end_m).count();
    let within = used.iter().filter(|pair| is_in_window(pair)).count();
    let pairs = frame::counted(used.len(), "pair", "pairs");
    match (used.len(), past, within) {
        (0, ..) if data.shoes.is_empty() => "Shoes: none set".to_owned(),
        (0, ..) => "Shoes: every pair retired".to_owned(),
        (1, 0, 0) => "Shoes: 1 pair in use, not yet in its replacement window".to_owned(),
        (_, 0, 0) => format!("Shoes: {pairs} in use, none in its replacement window yet"),
        (_, 0, _) => format!("Shoes: {within} of {pairs} in {} replacement window", its(within)),
        _ => format!("Shoes: {past} of {pairs} past {} replacement window", its(past)),
    }
}

fn its(count: usize) -> &'static str {
    if count == 1 { "its" } else { "their" }
}

fn is_in_window(pair: &ShoeLife) -> bool {
    (pair.window_start_m..=pair.window_end_m).contains(&pair.distance_m)
}

/// Draws the chart.
///
/// Names show what DejaVu Sans has: Latin, Greek, Cyrillic, Arabic, Hebrew and many symbols. Other letters (Chinese, Japanese,
/// Korean …) become Latin ones, most emoji a dot, and right-to-left names stand left to right.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    let pairs = shown(data);
    frame::draw_heading(canvas, &title(data), &subtitle(data, pairs.len()))?;
    let rows = Rows::new(canvas.format(), &pairs, data);
    rows.draw_frame(canvas)?;
    frame::draw_legend(canvas, &legend(&pairs, data))?;
    for (index, pair) in pairs.iter().enumerate() {
        rows.draw_pair(canvas, index, pair)?;
    }
    if shows_unassigned(data) {
        rows.draw_unassigned(canvas, pairs.len(), data)?;
    }
    if data.shoes.is_empty() {
        frame::draw_message(canvas, NO_SHOES)?;
    }
    Ok(())
}

fn subtitle(data: &ChartData, shown: usize) -> String {
    let as_of = dates::long(data.as_of);
    let hidden = match data.shoes.len() - shown {
        0 => String::new(),
        hidden => format!("; {} not shown", frame::counted(hidden, "pair", "pairs")),
    };
    format!("distance of each pair up to {as_of}, each row to its own scale{hidden}")
}

fn legend(pairs: &[&ShoeLife], data: &ChartData) -> Vec<(Swatch, String)> {
    let mut entries = Vec::new();
    let mut explain = |is_there: bool, swatch, text: &str| {
        if is_there {
            entries.push((swatch, text.to_owned()));
        }
    };
    let window = Swatch::Framed { fill: theme::WINDOW, frame: theme::WINDOW_EDGE, width: EDGE };
    explain(pairs.iter().any(|pair| pair.retired.is_none()), Swatch::Line(theme::RUN), "run in it");
    explain(pairs.iter().any(|pair| pair.retired.is_some()), Swatch::Line(theme::AXIS), "retired");
    explain(!pairs.is_empty(), window, "replacement window");
    explain(pairs.iter().any(|pair| is_past(pair)), Swatch::Line(theme::WARN), "past it");
    let fan = "at the pace of the last eight weeks";
    explain(pairs.iter().any(|pair| pair.fan.is_some()), Swatch::Box(theme::RUN_LIGHT), fan);
    explain(data.unassigned_m > 0, Swatch::Line(theme::UNASSIGNED), "in no known pair");
    entries
}

/// As many pairs as fit, in settings order, without those that were retired before the charts begin; of the retired ones those
/// that were so first give way first.
fn shown(data: &ChartData) -> Vec<&ShoeLife> {
    let first = data.weeks.first().map_or(data.as_of, |week| week.start).min(latest_start(data));
    let alive = || data.shoes.iter().filter(|pair| pair.retired.is_none_or(|retired| retired >= first));
    let used = alive().filter(|pair| pair.retired.is_none()).count();
    let mut retired: Vec<NaiveDate> = alive().filter_map(|pair| pair.retired).collect();
    retired.sort_unstable();
    let mut too_many = (used + retired.len()).saturating_sub(MOST_PAIRS).min(retired.len());
    let last_hidden = too_many.checked_sub(1).map(|index| retired[index]);
    let fits = |pair: &&ShoeLife| {
        let hidden = too_many > 0 && pair.retired.is_some_and(|retired| Some(retired) <= last_hidden);
        too_many -= usize::from(hidden);
        !hidden
    };
    alive().filter(fits).take(MOST_PAIRS).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::{
        super::{Chart, draw as draw_chart, sample, sample::pixel},
        rows::{ROWS_BOTTOM, part_above},
        span::first_day,
        *,
    };

    fn data(shoes: Vec<ShoeLife>) -> ChartData {
        let unassigned = vec![(sample::date(2026, 3, 1), 20_000), (sample::date(2026, 6, 1), 84_000)];
        ChartData { shoes, unassigned_m: 84_000, unassigned, ..sample::history(60) }
    }

    #[test]
    fn each_pair_is_a_growing_line_in_front_of_its_window() {
        let data = data(sample::pairs());
        let picture = draw_chart(Chart::Shoes, &data).unwrap();
        let pairs = shown(&data);
        let rows = Rows::new(theme::WIDE, &pairs, &data);
        for (index, pair) in pairs.iter().enumerate() {
            let (date, meters) = pair.line[20];
            let at = (rows.x(date), rows.of_pair(index, pair).y(meters));
            let color = if pair.retired.is_some() { theme::AXIS } else { theme::RUN };
            assert_eq!(pixel(&picture, at.0, at.1), color, "row {index}");
        }
        let scale = rows.of_pair(1, pairs[1]);
        let in_window = (pairs[1].window_start_m + pairs[1].window_end_m) / 2;
        assert_eq!(pixel(&picture, rows.x(pairs[1].line[20].0), scale.y(in_window)), theme::WINDOW);
        let unassigned = rows.scale(4, data.unassigned_m);
        let end = (rows.x(data.as_of) - 6.0, unassigned.y(data.unassigned_m));
        assert_eq!(pixel(&picture, end.0, end.1), theme::UNASSIGNED);
        assert_eq!(pixel(&picture, end.0, unassigned.area.center().1), theme::GRID);
    }

    #[test]
    fn the_forecast_is_a_fan_from_today_to_the_limit() {
        let data = data(vec![sample::pair("Ghost", 320, false)]);
        let picture = draw_chart(Chart::Shoes, &data).unwrap();
        let pairs = shown(&data);
        let rows = Rows::new(theme::WIDE, &pairs, &data);
        let fan = pairs[0].fan.unwrap();
        let between = fan.early + Days::new(4);
        let y = rows.of_pair(0, pairs[0]).y(fan.limit_m - 40_000);
        assert_eq!(pixel(&picture, rows.x(between), y), theme::RUN_LIGHT);
    }

    #[test]
    fn only_a_pair_past_its_window_is_marked() {
        let past = draw_chart(Chart::Shoes, &data(vec![sample::pair("Pegasus", 620, false)])).unwrap();
        assert!(sample::count(&past, theme::WARN) > 300);
        let fine = [sample::pair("Ghost", 221, false), sample::pair("Old", 900, true)];
        let fine = draw_chart(Chart::Shoes, &data(fine.to_vec())).unwrap();
        assert_eq!(sample::count(&fine, theme::WARN), 0);
    }

    #[test]
    fn the_part_above_a_level_starts_where_the_line_crosses_it() {
        let line = [(0.0, 100.0), (10.0, 60.0), (20.0, 20.0)];
        assert_eq!(part_above(&line, 40.0), [(15.0, 40.0), (20.0, 20.0)]);
        assert_eq!(part_above(&line, 0.0), []);
    }

    #[test]
    fn retired_pairs_give_way_when_there_are_too_many() {
        let shoes: Vec<_> = (0..20).map(|index| sample::pair(&index.to_string(), 100, index < 9)).collect();
        let data = data(shoes);
        let shown = shown(&data);
        assert_eq!(shown.len(), MOST_PAIRS);
        assert_eq!(shown.iter().filter(|pair| pair.retired.is_some()).count(), 1);
        assert!(subtitle(&data, 12).ends_with("; 8 pairs not shown"));
    }

    #[test]
    fn the_pairs_retired_last_stay_and_the_dates_begin_with_the_first_of_those_shown() {
        let retired_in = |year: i32| {
            let mut pair = sample::pair(&year.to_string(), 400, true);
            pair.retired = Some(sample::date(year, 6, 1));
            pair.line = vec![(sample::date(year, 1, 1), 0), (sample::date(year, 6, 1), 640_000)];
            pair
        };
        let shoes = (2000..2026).map(retired_in).chain([sample::pair("Ghost", 221, false)]).collect();
        let data = ChartData { shoes, ..sample::history(27 * 52) };
        let pairs = shown(&data);
        let names: Vec<_> = pairs.iter().map(|pair| pair.name.as_str()).collect();
        assert_eq!((names.len(), names[0], names[10], names[11]), (12, "2015", "2025", "Ghost"));
        assert_eq!(first_day(&pairs, &data), sample::date(2015, 1, 1));
    }

    #[test]
    fn pairs_retired_before_the_first_day_shown_are_left_out_and_counted() {
        let mut old = sample::pair("Old", 400, true);
        old.retired = Some(sample::date(2020, 1, 1));
        old.line = vec![(sample::date(2025, 12, 1), 600_000)];
        let data = data(vec![old, sample::pair("Ghost", 221, false)]);
        assert_eq!(shown(&data).len(), 1);
        assert!(subtitle(&data, 1).ends_with("; 1 pair not shown"));
    }

    #[test]
    fn rows_of_twelve_pairs_and_the_rest_end_above_the_axis() {
        let data = data((0..12).map(|index| sample::pair("Pair", index * 70, false)).collect());
        let rows = Rows::new(theme::WIDE, &shown(&data), &data);
        assert!(rows.height > 2.0 * theme::LABEL.em + 4.0);
        assert!(rows.dates.area.bottom <= ROWS_BOTTOM + 0.01);
    }

    #[test]
    fn the_title_says_the_worst_that_is_true() {
        let title = |miles: &[i64]| {
            super::title(&data(miles.iter().map(|&miles| sample::pair("", miles, false)).collect()))
        };
        assert_eq!(title(&[]), "Shoes: none set");
        assert_eq!(title(&[100]), "Shoes: 1 pair in use, not yet in its replacement window");
        assert_eq!(title(&[100, 9]), "Shoes: 2 pairs in use, none in its replacement window yet");
        assert_eq!(title(&[100, 350]), "Shoes: 1 of 2 pairs in its replacement window");
        assert_eq!(title(&[100, 350, 512, 600]), "Shoes: 2 of 4 pairs past their replacement window");
    }
}
