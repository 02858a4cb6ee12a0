//! The charts. Each file answers one question, named in its first line, and draws plain data
//! as pixels, or as shapes for the page: no arithmetic beyond placing things, no file, no clock, no system font.

mod acute_chronic;
mod cadence;
pub mod data;
pub mod kit;
mod knee;
mod knee_data;
mod long_runs;
mod monotony;
pub mod periods;
pub mod prepare;
#[cfg(test)]
mod sample;
mod shoes;
mod training_calendar;
pub mod vectors;
mod weekly_mileage;
mod year_over_year;

use crate::analysis::Analysis;
use data::ChartData;
use kit::canvas::{Canvas, Drawn};
pub use kit::picture::{ChartError, DrawingError, Picture, PictureScale, PictureScaleError, ShapesError};

/// A chart of the report, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chart {
    /// How much a week, and which weeks raised warnings.
    WeeklyMileage,
    /// Every run against its 30-day ceiling.
    LongRuns,
    /// Every day, light to dark.
    TrainingCalendar,
    /// How far since 1 January, against the years before.
    YearOverYear,
    /// Acute and chronic load, with their definition.
    AcuteChronic,
    /// Days off and how even the weeks were.
    Monotony,
    /// Steps a minute at one easy speed.
    Cadence,
    /// How far each pair has come towards its replacement window.
    Shoes,
    /// The knee diary over what was run.
    Knee,
}

/// A chart, and how it is drawn.
struct Row {
    chart: Chart,
    file_name: &'static str,
    title: fn(&ChartData) -> String,
    draw: fn(&Canvas<'_>, &ChartData) -> Drawn,
    /// What has to be known: else there is no picture of it.
    needs: fn(&Analysis) -> bool,
}

impl Row {
    const fn new(
        chart: Chart,
        file_name: &'static str,
        title: fn(&ChartData) -> String,
        draw: fn(&Canvas<'_>, &ChartData) -> Drawn,
    ) -> Self {
        Self { chart, file_name, title, draw, needs: |_| true }
    }
}

/// Every chart, in the order of the report and of [`Chart`]: a new one is its file, its variant and its row.
static ROWS: [Row; 9] = [
    Row::new(Chart::WeeklyMileage, "weekly-mileage.png", weekly_mileage::title, weekly_mileage::draw),
    Row::new(Chart::LongRuns, "long-runs.png", long_runs::title, long_runs::draw),
    Row::new(
        Chart::TrainingCalendar,
        "training-calendar.png",
        training_calendar::title,
        training_calendar::draw,
    ),
    Row::new(Chart::YearOverYear, "year-over-year.png", year_over_year::title, year_over_year::draw),
    Row::new(Chart::AcuteChronic, "acute-chronic.png", acute_chronic::title, acute_chronic::draw),
    Row::new(Chart::Monotony, "monotony.png", monotony::title, monotony::draw),
    Row {
        needs: |analysis| !analysis.cadence.months.is_empty(),
        ..Row::new(Chart::Cadence, "cadence.png", cadence::title, cadence::draw)
    },
    Row::new(Chart::Shoes, "shoes.png", shoes::title, shoes::draw),
    Row {
        needs: |analysis| analysis.knee.is_some(),
        ..Row::new(Chart::Knee, "knee.png", knee::title, knee::draw)
    },
];

impl Chart {
    /// All charts, in the order of the report.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.chart)
    }

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// Those with anything to draw: without a knee diary there is no picture of one, nor of a cadence that nobody knows.
    pub fn drawn(analysis: &Analysis) -> impl Iterator<Item = Self> {
        Self::all().filter(|chart| (chart.row().needs)(analysis))
    }

    /// The name of its file in the report folder.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        self.row().file_name
    }

    /// Its name without an ending.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.file_name().trim_end_matches(".png")
    }

    /// What the chart says, as its title: the text for those who cannot see it.
    #[must_use]
    pub fn title(self, data: &ChartData) -> String {
        (self.row().title)(data)
    }
}

/// Draws a chart at scale 1.
///
/// # Errors
/// Plotters refuses; the bundled font is damaged.
pub fn draw(chart: Chart, data: &ChartData) -> Result<Picture, ChartError> {
    draw_scaled(chart, data, PictureScale::One)
}

/// Draws a chart; whatever the scale, its layout is the same.
///
/// # Errors
/// Plotters refuses; the bundled font is damaged.
pub fn draw_scaled(chart: Chart, data: &ChartData, scale: PictureScale) -> Result<Picture, ChartError> {
    let times = match scale {
        PictureScale::One => 1,
        PictureScale::Two => 2,
    };
    kit::canvas::paint(times, |canvas| draw_on(canvas, chart, data))
}

fn draw_on(canvas: &Canvas<'_>, chart: Chart, data: &ChartData) -> Drawn {
    (chart.row().draw)(canvas, data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UnitSystem;

    /// Everything that a history can be, from nothing to too much.
    fn extremes() -> Vec<(&'static str, ChartData)> {
        let nothing = ChartData { weeks: Vec::new(), days: Vec::new(), ..sample::no_runs() };
        let mut many_shoes = sample::history(40);
        let name = "Saucony Endorphin Speed 4 跑鞋 🏃 with a very long name that never ends";
        many_shoes.shoes = (0..30).map(|index| sample::pair(name, index * 40, index % 5 == 0)).collect();
        many_shoes.units = UnitSystem::Miles;
        vec![
            ("nothing at all", nothing),
            ("no runs", sample::no_runs()),
            ("one run", sample::one_run()),
            ("a span without runs", empty_span()),
            ("3 weeks", sample::history(3)),
            ("40 weeks", ChartData { shoes: sample::pairs(), ..sample::history(40) }),
            ("70 weeks", sample::history(70)),
            ("5 years", sample::history(260)),
            ("15 years", sample::history(780)),
            ("many shoes", many_shoes),
            ("huge", huge(i64::MAX)),
            ("negative", huge(i64::MIN)),
        ]
    }

    /// Three weeks without a run after a longer history.
    fn empty_span() -> ChartData {
        let mut data = ChartData { years: sample::history(60).years, ..sample::history(3) };
        data.runs.clear();
        data.weeks.iter_mut().for_each(|week| (week.distance_m, week.longest_m) = (0, 0));
        data.days.iter_mut().for_each(|day| day.distance_m = 0);
        data
    }

    #[test]
    fn every_chart_stands_in_the_row_of_its_place() {
        for (place, chart) in Chart::all().enumerate() {
            assert_eq!(chart as usize, place, "{}", chart.file_name());
        }
    }

    #[test]
    fn a_span_without_runs_does_not_say_that_nothing_was_ever_run() {
        let data = empty_span();
        let titles: Vec<String> = Chart::all().map(|chart| chart.title(&data)).collect();
        assert_eq!(titles[0], "Weekly mileage: 0.0 km so far this week, 0.0 km the week before");
        assert_eq!(titles[1], "Longest runs: no runs since 2 Nov 2026");
        assert_eq!(titles[2], "Training calendar: no runs since 2 Nov 2026");
        assert!(titles.iter().all(|title| !title.contains("no runs yet")), "{titles:?}");
    }

    fn huge(meters: i64) -> ChartData {
        let mut data = ChartData { shoes: sample::pairs(), unassigned_m: meters, ..sample::history(12) };
        for day in &mut data.load.days {
            (day.acute, day.chronic) = (meters as f64, meters as f64);
            day.acute_with_others = 2.0 * day.acute;
        }
        data.days.iter_mut().for_each(|day| day.others = [true; 5]);
        data.weeks.iter_mut().for_each(|week| week.distance_m = meters);
        data.days.iter_mut().for_each(|day| day.distance_m = meters);
        data.shoes.iter_mut().for_each(|pair| pair.distance_m = meters);
        for run in &mut data.runs {
            (run.distance_m, run.ceiling_m, run.warned) = (meters, Some(meters), true);
        }
        data
    }

    fn is_paper(picture: &Picture, x: u32, y: u32) -> bool {
        sample::pixel(picture, f64::from(x), f64::from(y)) == kit::theme::PAPER
    }

    #[test]
    fn every_chart_of_every_history_is_drawn_and_nothing_is_clipped() {
        const BORDER: u32 = 4;
        for (name, data) in extremes() {
            for chart in Chart::all() {
                let picture = draw(chart, &data).unwrap();
                let (width, height) = (picture.width, picture.height);
                assert_eq!(picture.rgb.len(), width as usize * height as usize * 3);
                let blank = sample::count(&picture, kit::theme::PAPER);
                assert!(blank < (width * height) as usize - 1_000, "{name}: {chart:?} is blank");
                for along in 0..width {
                    for edge in 0..BORDER {
                        assert!(is_paper(&picture, along, edge), "{name}: {chart:?} clipped above");
                        assert!(
                            is_paper(&picture, along, height - 1 - edge),
                            "{name}: {chart:?} clipped below"
                        );
                        let y = along.min(height - 1);
                        assert!(is_paper(&picture, edge, y), "{name}: {chart:?} clipped on the left");
                        assert!(
                            is_paper(&picture, width - 1 - edge, y),
                            "{name}: {chart:?} clipped on the right"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_same_data_give_the_same_bytes() {
        let data = ChartData { shoes: sample::pairs(), ..sample::history(40) };
        for chart in Chart::all() {
            let bytes = || draw(chart, &data).and_then(|picture| picture.to_png()).unwrap();
            assert_eq!(bytes(), bytes(), "{chart:?}");
        }
    }

    #[test]
    fn at_scale_2_everything_is_twice_as_large_and_stands_where_it_stood() {
        let data = ChartData { shoes: sample::pairs(), ..sample::history(40) };
        for chart in Chart::all() {
            let (one, two) =
                (draw(chart, &data).unwrap(), draw_scaled(chart, &data, PictureScale::Two).unwrap());
            assert_eq!((two.width, two.height), (3200, 1800));
            let far_off = |y: u32, x: u32| {
                let at = |picture: &Picture, x: u32, y: u32| {
                    i32::from(picture.rgb[((y * picture.width + x) * 3) as usize])
                };
                let around = [(0, 0), (0, 1), (1, 0), (1, 1)];
                let mean = around.iter().map(|(dx, dy)| at(&two, 2 * x + dx, 2 * y + dy)).sum::<i32>() / 4;
                (mean - at(&one, x, y)).abs() > 100
            };
            let pixels = (0..one.height).flat_map(|y| (0..one.width).map(move |x| (y, x)));
            let moved = pixels.filter(|(y, x)| far_off(*y, *x)).count();
            assert!(moved < 1_500, "{chart:?}: {moved} pixels");
        }
    }

    #[test]
    fn a_scale_is_one_or_two() {
        assert_eq!(["1", "2"].map(str::parse), [Ok(PictureScale::One), Ok(PictureScale::Two)]);
        assert_eq!("3".parse::<PictureScale>(), Err(PictureScaleError));
    }

    #[test]
    fn a_png_holds_the_picture() {
        let picture = draw(Chart::WeeklyMileage, &sample::history(3)).unwrap();
        let bytes = picture.to_png().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut rgb = vec![0; picture.rgb.len()];
        let info = reader.next_frame(&mut rgb).unwrap();
        assert_eq!((info.width, info.height, rgb), (picture.width, picture.height, picture.rgb));
    }

    #[test]
    fn miles_are_labelled_as_miles() {
        let data = ChartData { units: UnitSystem::Miles, ..sample::history(3) };
        assert!(Chart::WeeklyMileage.title(&data).contains(" mi so far"));
    }
}
