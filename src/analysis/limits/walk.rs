//! A plan, walked day by day: what is planned later sees what is planned earlier, and a break that the plan leaves is one.

use chrono::NaiveDate;

use super::{answer::HORIZON_DAYS, engine::Engine, exposure::Exposure};

/// What one run of a day may have by what stands beside the load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// At most so many metres, the load's limit taken in; `None` where nothing can be said.
    Most(Option<i64>),
    /// No run, and no day on which that ends.
    NoRun,
    /// No distance fits.
    NoDistance,
    /// A professional's plan decides: no number, and nothing is above it.
    TheirPlan,
}

/// What limits a plan beside the load.
pub trait Beside {
    /// One run on a day, by the first `n` runs; `load_m` is what the load leaves.
    fn run(&self, engine: &Engine, day: NaiveDate, n: usize, load_m: Option<i64>) -> Run;
    /// The days up to a day: the most for them, and what the first `n` runs leave of it, in metres.
    fn week(&self, engine: &Engine, day: NaiveDate, n: usize) -> Option<(i64, i64)>;
}

/// A planned run beside the limits of its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// How far a run on that day may go, in whole metres; `None` where nothing can be said, or where no distance fits.
    pub limit_m: Option<i64>,
    /// How far the seven days up to it may go, in whole metres; `None` where nothing can be said.
    pub limit_7_days_m: Option<i64>,
    /// Whether the run is above the limit of its day.
    pub is_over_run: bool,
    /// Whether it lifts the seven days above theirs.
    pub is_over_week: bool,
    /// Whether the knee diary leaves no run, or no distance, for that day.
    pub is_held: bool,
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

/// Run `i` of an engine, planned, beside the limits of its day: by the runs before it, recorded and planned, and by what
/// stands beside the load.
#[must_use]
pub fn fit(engine: &Engine, i: usize, beside: Option<&dyn Beside>) -> Fit {
    let Some((day, distance_m)) = engine.run(i) else { return Fit::default() };
    let room = Room::of(engine, day, i, beside);
    let fit = Fit {
        limit_m: room.limit_m(),
        limit_7_days_m: room.week_m(distance_m),
        is_over_run: room.is_over_run(distance_m),
        is_over_week: room.left_m().is_some_and(|left_m| distance_m > left_m),
        is_held: matches!(room.run, Run::NoRun | Run::NoDistance | Run::Most(Some(0))),
        fits_from: None,
        nearest_m: None,
    };
    if !fit.is_over() {
        return fit;
    }
    let most_m = [room.limit_m(), room.left_m()].into_iter().flatten().min().unwrap_or_default();
    let nearest_m = if fit.is_held { 0 } else { Exposure::Metres.rounded(most_m.max(0)) };
    let before = engine.of_first(i);
    let fits = |day: &NaiveDate| Room::of(&before, *day, i, beside).fits(distance_m);
    Fit {
        fits_from: day.iter_days().take(HORIZON_DAYS as usize + 1).find(fits),
        nearest_m: (nearest_m > 0).then_some(nearest_m),
        ..fit
    }
}

/// What is left for one run on a day.
#[derive(Clone, Copy, Debug)]
struct Room {
    run: Run,
    /// The most for the days up to it, and what is left of that: by the load, and by what stands beside it.
    weeks: [Option<(i64, i64)>; 2],
}

impl Room {
    fn of(engine: &Engine, day: NaiveDate, n: usize, beside: Option<&dyn Beside>) -> Self {
        let by_load_m = engine.on_day(day);
        let run = beside.map_or(Run::Most(by_load_m), |beside| beside.run(engine, day, n, by_load_m));
        let weeks = match run {
            Run::TheirPlan | Run::NoDistance => [None, None],
            Run::NoRun => [Some((0, 0)), None],
            Run::Most(_) => {
                let left = |week_m: i64| (week_m, week_m - engine.run_in_block(day, n));
                let of_beside = beside.and_then(|beside| beside.week(engine, day, n));
                [engine.on_block(day).map(left), of_beside]
            }
        };
        Self { run, weeks }
    }

    fn limit_m(&self) -> Option<i64> {
        match self.run {
            Run::Most(most_m) => most_m,
            Run::NoRun => Some(0),
            Run::NoDistance | Run::TheirPlan => None,
        }
    }

    fn left_m(&self) -> Option<i64> {
        self.weeks.iter().flatten().map(|(_, left_m)| *left_m).min()
    }

    /// The limit that the distance breaks; where it breaks none, the lower one.
    fn week_m(&self, distance_m: i64) -> Option<i64> {
        let weeks = || self.weeks.iter().flatten();
        let broken = weeks().filter(|(_, left_m)| distance_m > *left_m).map(|(week_m, _)| *week_m).min();
        broken.or_else(|| weeks().map(|(week_m, _)| *week_m).min())
    }

    fn is_over_run(&self, distance_m: i64) -> bool {
        self.run == Run::NoDistance || self.limit_m().is_some_and(|limit_m| distance_m > limit_m)
    }

    fn fits(&self, distance_m: i64) -> bool {
        self.limit_m().is_some_and(|limit_m| distance_m <= limit_m)
            && self.left_m().is_none_or(|left_m| distance_m <= left_m)
    }
}
