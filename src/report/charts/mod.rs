//! The five charts. Each file answers one question, named in its first line, and draws plain data
//! as pixels, or as shapes for the page: no arithmetic beyond placing things, no file, no clock, no system font.

mod canvas;
mod compact;
pub mod data;
mod font;
mod frame;
mod labels;
mod long_runs;
pub mod prepare;
#[cfg(test)]
mod sample;
mod shapes;
mod shoes;
mod theme;
mod training_calendar;
mod training_load;
pub mod vectors;
mod weekly_mileage;

use plotters::drawing::DrawingAreaErrorKind;
use thiserror::Error;

use canvas::{Canvas, Drawn};
use data::ChartData;

/// A chart of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chart {
    /// How much a week, and which weeks raised warnings.
    WeeklyMileage,
    /// Every run against its 30-day ceiling.
    LongRuns,
    /// How far each pair has come towards its replacement window.
    Shoes,
    /// Every day, light to dark.
    TrainingCalendar,
    /// Acute and chronic load, days off and monotony.
    TrainingLoad,
}

impl Chart {
    /// All charts, in the order of the report.
    pub const ALL: [Self; 5] =
        [Self::WeeklyMileage, Self::LongRuns, Self::TrainingCalendar, Self::TrainingLoad, Self::Shoes];

    /// The name of its file in the report folder.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::WeeklyMileage => "weekly-mileage.png",
            Self::LongRuns => "long-runs.png",
            Self::Shoes => "shoes.png",
            Self::TrainingCalendar => "training-calendar.png",
            Self::TrainingLoad => "training-load.png",
        }
    }

    /// Its name without an ending.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.file_name().trim_end_matches(".png")
    }

    /// What the chart says, as its title: the text for those who cannot see it.
    #[must_use]
    pub fn title(self, data: &ChartData) -> String {
        match self {
            Self::WeeklyMileage => weekly_mileage::title(data),
            Self::LongRuns => long_runs::title(data),
            Self::Shoes => shoes::title(data),
            Self::TrainingCalendar => training_calendar::title(data),
            Self::TrainingLoad => training_load::title(data),
        }
    }
}

/// A chart that cannot be drawn.
#[derive(Debug, Error)]
pub enum ChartError {
    /// The font inside the program is damaged.
    #[error("the bundled font DejaVu Sans cannot be read")]
    Font,
    /// Plotters refused.
    #[error("cannot draw the chart")]
    Drawing(#[source] DrawingError),
    /// Plotters refused to write shapes.
    #[error("cannot draw the chart as SVG")]
    Shapes(#[source] ShapesError),
    /// The picture cannot be written as PNG.
    #[error("cannot write the chart as PNG")]
    Png(#[source] png::EncodingError),
}

/// What plotters says when drawing into memory fails.
pub type DrawingError = DrawingAreaErrorKind<canvas::BackendError>;

/// What plotters says when writing shapes into memory fails.
pub type ShapesError = DrawingAreaErrorKind<std::io::Error>;

/// A drawn chart: rows from the top, three bytes a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of each pixel.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// The picture as PNG file content; the same bytes for the same picture.
    pub fn to_png(&self) -> Result<Vec<u8>, ChartError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_filter(png::Filter::Up);
        let mut writer = encoder.write_header().map_err(ChartError::Png)?;
        writer.write_image_data(&self.rgb).map_err(ChartError::Png)?;
        writer.finish().map_err(ChartError::Png)?;
        Ok(bytes)
    }
}

/// Draws a chart.
pub fn draw(chart: Chart, data: &ChartData) -> Result<Picture, ChartError> {
    canvas::paint(|canvas| draw_on(canvas, chart, data))
}

fn draw_on(canvas: &Canvas<'_>, chart: Chart, data: &ChartData) -> Drawn {
    match chart {
        Chart::WeeklyMileage => weekly_mileage::draw(canvas, data),
        Chart::LongRuns => long_runs::draw(canvas, data),
        Chart::Shoes => shoes::draw(canvas, data),
        Chart::TrainingCalendar => training_calendar::draw(canvas, data),
        Chart::TrainingLoad => training_load::draw(canvas, data),
    }
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

    fn huge(meters: i64) -> ChartData {
        let mut data = ChartData { shoes: sample::pairs(), unassigned_m: meters, ..sample::history(12) };
        data.load.days.iter_mut().for_each(|day| (day.acute, day.chronic) = (meters as f64, meters as f64));
        data.weeks.iter_mut().for_each(|week| week.distance_m = meters);
        data.days.iter_mut().for_each(|day| day.distance_m = meters);
        data.shoes.iter_mut().for_each(|pair| pair.distance_m = meters);
        for run in &mut data.runs {
            (run.distance_m, run.ceiling_m, run.warned) = (meters, Some(meters), true);
        }
        data
    }

    fn is_paper(picture: &Picture, x: u32, y: u32) -> bool {
        sample::pixel(picture, f64::from(x), f64::from(y)) == theme::PAPER
    }

    #[test]
    fn every_chart_of_every_history_is_drawn_and_nothing_is_clipped() {
        const BORDER: u32 = 4;
        for (name, data) in extremes() {
            for chart in Chart::ALL {
                let picture = draw(chart, &data).unwrap();
                let (width, height) = (picture.width, picture.height);
                assert_eq!(picture.rgb.len(), width as usize * height as usize * 3);
                let blank = sample::count(&picture, theme::PAPER);
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
        for chart in Chart::ALL {
            let bytes = || draw(chart, &data).and_then(|picture| picture.to_png()).unwrap();
            assert_eq!(bytes(), bytes(), "{chart:?}");
        }
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
