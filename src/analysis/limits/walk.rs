//! A plan, walked day by day: what is planned later sees what is planned earlier, and a break that the plan leaves is one.

use chrono::NaiveDate;

use super::{answer::HORIZON_DAYS, engine::Engine, exposure::Exposure};

/// A planned run beside the limits of its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// How far a run on that day may go, in whole metres; `None` where nothing can be said.
    pub limit_m: Option<i64>,
    /// How far the seven days up to it may go, in whole metres; `None` where nothing can be said.
    pub limit_7_days_m: Option<i64>,
    /// Whether the run is above the limit of its day.
    pub is_over_run: bool,
    /// Whether it lifts the seven days above theirs.
    pub is_over_week: bool,
    /// The first day on which it fits; `None` where it is over nothing, or where it fits on no day of
    /// [`HORIZON_DAYS`].
    pub fits_from: Option<NaiveDate>,
    /// The nearest distance that fits on its day, in whole metres, a multiple of 100 m; `None` where it is over nothing, or
    /// where none fits.
    pub nearest_m: Option<i64>,
}

impl Fit {
    /// What the run is over: `run`, `week`.
    pub fn over(&self) -> impl Iterator<Item = &'static str> {
        let over = [(self.is_over_run, "run"), (self.is_over_week, "week")];
        over.into_iter().filter(|(is_over, _)| *is_over).map(|(_, name)| name)
    }

    /// Whether the run is above a limit.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over_run || self.is_over_week
    }
}

/// Run `i` of an engine, planned, beside the limits of its day: by the runs before it, recorded and planned.
#[must_use]
pub fn fit(engine: &Engine, i: usize) -> Fit {
    let Some((day, distance_m)) = engine.run(i) else { return Fit::default() };
    let (limit_m, limit_7_days_m) = (engine.on_day(day), engine.on_block(day));
    let left_m = limit_7_days_m.map(|week_m| week_m - engine.run_in_block(day, i));
    let is_above = |limit_m: Option<i64>| limit_m.is_some_and(|limit_m| distance_m > limit_m);
    let (is_over_run, is_over_week) = (is_above(limit_m), is_above(left_m));
    let fit = Fit { limit_m, limit_7_days_m, is_over_run, is_over_week, fits_from: None, nearest_m: None };
    if !fit.is_over() {
        return fit;
    }
    let room_m = [limit_m, left_m].into_iter().flatten().min().unwrap_or_default();
    let nearest_m = Exposure::Metres.rounded(room_m.max(0));
    let before = engine.of_first(i);
    Fit {
        fits_from: day
            .iter_days()
            .take(HORIZON_DAYS as usize + 1)
            .find(|day| fits(&before, *day, distance_m)),
        nearest_m: (nearest_m > 0).then_some(nearest_m),
        ..fit
    }
}

fn fits(before: &Engine, day: NaiveDate, distance_m: i64) -> bool {
    let week_m = before.run_in_block(day, usize::MAX) + distance_m;
    before.on_day(day).is_some_and(|limit_m| distance_m <= limit_m)
        && before.on_block(day).is_none_or(|limit_m| week_m <= limit_m)
}
