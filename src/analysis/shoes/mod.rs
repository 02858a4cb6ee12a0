//! The pairs of shoes: which runs were in which, how far each has come, and when it reaches its window.
//!
//! ```text
//! distance = prior distance + metres of the runs assigned to the pair
//! ok < window start ≤ window < window end ≤ past           (daily and trail 300–500 mi, racing 100–250 mi)
//! ```
//! Which pair a run counts for: [`assignment`]. What is told of it: `rules::shoe_window` and its neighbours. The forecast
//! takes the upper and lower quartile of the pair's last eight weekly distances. Unassigned distance is told, never spread.
//! Source: custom; evidence grade D.

pub mod assignment;
mod forecast;
pub mod suggest;
pub mod usage;
pub mod wear;

use chrono::NaiveDate;

use crate::{
    activity::Activity,
    settings::{Settings, ShoeSettings},
};
use assignment::{Assignment, Because, assign};

pub use forecast::DateRange;
use usage::Use;

/// A pair that only an export names is in use if it was run in within so many days.
const IN_USE_DAYS: i64 = 90;

/// Where a pair stands against its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShoeState {
    /// Below its window.
    Ok,
    /// Inside its window.
    Window,
    /// At its end or beyond.
    Past,
}

impl ShoeState {
    /// The state of a distance against a window's two ends, all in whole metres.
    #[must_use]
    pub fn of(distance_m: i64, window_m: [i64; 2]) -> Self {
        if distance_m < window_m[0] {
            Self::Ok
        } else if distance_m < window_m[1] {
            Self::Window
        } else {
            Self::Past
        }
    }

    /// `ok`, `window`, `past`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Window => "window",
            Self::Past => "past",
        }
    }
}

/// A pair on the day of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Shoe {
    /// As set.
    pub settings: ShoeSettings,
    /// Prior distance and every assigned run, in whole metres.
    pub distance_m: i64,
    /// Assigned runs.
    pub runs: usize,
    /// When and how much it was worn.
    pub worn: Use,
    /// Against its window.
    pub state: ShoeState,
    /// When it reaches the start of its window at its recent use; `None` if it did, or cannot be told.
    pub reaches_start: Option<DateRange>,
    /// When it reaches the end of its window.
    pub reaches_end: Option<DateRange>,
    /// Whether it is worth a line: not retired, or, if only an export names it, run in lately.
    pub in_use: bool,
}

impl Shoe {
    /// Which end of its window comes next (0 the start, 1 the end), and when it is reached at its recent use; `None` where
    /// none does, or where that cannot be said.
    #[must_use]
    pub fn ahead(&self) -> Option<(usize, DateRange)> {
        match self.state {
            ShoeState::Ok => Some((0, self.reaches_start?)),
            ShoeState::Window => Some((1, self.reaches_end?)),
            ShoeState::Past => None,
        }
    }
}

/// All pairs, in settings order, then those that only an export names by first use, and what is left over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shoes {
    /// The pairs.
    pub pairs: Vec<Shoe>,
    /// For each run, by position, the pair's position.
    pub pair_of_run: Vec<Option<usize>>,
    /// For each run, by position, why it counts for that pair or for none.
    pub because_of_run: Vec<Because>,
    /// Whole metres of runs in no pair.
    pub unassigned_m: i64,
}

/// Assigns runs (sorted by start) to pairs and adds them up, as of a day.
#[must_use]
pub fn shoes(runs: &[Activity], settings: &Settings, as_of: NaiveDate) -> Shoes {
    let Assignment { pairs, pair_of_run, because } = assign(runs, settings);
    let mut shoes = Shoes {
        unassigned_m: runs
            .iter()
            .zip(&pair_of_run)
            .filter(|(_, p)| p.is_none())
            .map(|(r, _)| r.whole_meters())
            .sum(),
        ..Shoes::default()
    };
    for (position, pair) in pairs.iter().enumerate() {
        let its_runs: Vec<&Activity> = runs
            .iter()
            .zip(&pair_of_run)
            .filter(|(_, p)| **p == Some(position))
            .map(|(run, _)| run)
            .collect();
        let mut shoe = add_up(pair, &its_runs, as_of);
        shoe.worn = Use::of(&its_runs, runs, as_of);
        shoe.in_use = is_in_use(&shoe, position < settings.shoes.len(), &its_runs, as_of);
        shoes.pairs.push(shoe);
    }
    shoes.pair_of_run = pair_of_run;
    shoes.because_of_run = because;
    shoes
}

fn is_in_use(shoe: &Shoe, in_settings: bool, runs: &[&Activity], as_of: NaiveDate) -> bool {
    let lately = |run: &&Activity| (as_of - run.local_date()).num_days() <= IN_USE_DAYS;
    let not_retired = shoe.settings.retired.is_none_or(|retired| retired >= as_of);
    not_retired && (in_settings || runs.last().is_some_and(lately))
}

fn add_up(settings: &ShoeSettings, runs: &[&Activity], as_of: NaiveDate) -> Shoe {
    let distance_m = settings.prior_distance_m + runs.iter().map(|run| run.whole_meters()).sum::<i64>();
    let window_m = settings.window.map(|limit| limit.meters);
    let weekly_m = forecast::recent_weekly_distances(settings, runs, as_of);
    let reaches = |limit_m| forecast::forecast(limit_m - distance_m, &weekly_m, as_of);
    Shoe {
        distance_m,
        runs: runs.len(),
        worn: Use::default(),
        state: ShoeState::of(distance_m, window_m),
        reaches_start: reaches(window_m[0]),
        reaches_end: reaches(window_m[1]),
        settings: settings.clone(),
        in_use: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            rules,
            testing::{day, weekly_runs},
        },
        units::Distance,
    };

    fn of(toml: &str, runs: &[Activity], as_of: &str) -> Shoes {
        shoes(runs, &rules::settings(toml).unwrap(), day(as_of))
    }

    #[test]
    fn the_evidence_vectors_give_their_states() {
        let window = [Distance::miles(300.0), Distance::miles(500.0)].map(|d| d.meters);
        assert_eq!(window, [482_803, 804_672]);
        for (meters, state) in [
            (482_802, ShoeState::Ok),
            (482_804, ShoeState::Window),
            (804_671, ShoeState::Window),
            (804_673, ShoeState::Past),
        ] {
            assert_eq!(ShoeState::of(meters, window), state, "{meters}");
        }
    }

    #[test]
    fn a_default_pair_gains_the_runs_of_its_days_and_the_rest_is_unassigned() {
        let toml = "[[shoes]]\nname = \"a\"\nfrom = 2026-03-08\nretired = 2026-03-15\nprior_distance = \"35 km\"\n\
                    default = true";
        let runs = weekly_runs("2026-03-01", &[1_000, 2_000, 4_000, 8_000]);
        let shoes = of(toml, &runs, "2026-03-31");
        assert_eq!(shoes.pairs[0].distance_m, 41_000);
        assert_eq!(shoes.pairs[0].runs, 2);
        assert_eq!(shoes.unassigned_m, 9_000);
        assert_eq!(shoes.pair_of_run, [None, Some(0), Some(0), None]);
    }

    #[test]
    fn a_pair_that_is_not_default_gains_nothing_by_itself() {
        let shoes = of("[[shoes]]\nname = \"a\"", &weekly_runs("2026-03-01", &[1_000]), "2026-03-31");
        assert_eq!((shoes.pairs[0].distance_m, shoes.unassigned_m), (0, 1_000));
    }

    #[test]
    fn the_forecast_lies_between_the_quartiles_of_the_last_eight_weeks() {
        // 8 weeks of 10 … 45 km: quartiles 18.75 and 36.25 km; 225 km to the window at 500 km
        let meters: Vec<i64> = (2..10).map(|i| i * 5_000).collect();
        let toml = "[[shoes]]\nname = \"a\"\nwindow = [\"500 km\", \"700 km\"]\nprior_distance = \"55 km\"\ndefault = true\n\
                    from = 2026-01-04";
        let shoes = of(toml, &weekly_runs("2026-01-06", &meters), "2026-02-28");
        assert_eq!(shoes.pairs[0].distance_m, 275_000);
        // 225 / 36.25 × 7 = 43.4 → 44 days; 225 / 18.75 × 7 = 84 days
        assert_eq!(shoes.pairs[0].reaches_start, Some((day("2026-04-13"), day("2026-05-23"))));
    }

    #[test]
    fn too_little_use_a_retired_pair_and_a_limit_behind_give_no_forecast() {
        let base = "[[shoes]]\nname = \"a\"\nfrom = 2026-01-04\ndefault = true\n";
        let reaches = |extra: &str, weeks: usize, as_of: &str| {
            let pair = of(&format!("{base}{extra}"), &weekly_runs("2026-01-06", &vec![20_000; weeks]), as_of)
                .pairs
                .remove(0);
            (pair.reaches_start.is_some(), pair.reaches_end.is_some())
        };
        assert_eq!(reaches("", 8, "2026-02-28"), (true, true));
        assert_eq!(reaches("", 3, "2026-01-24"), (false, false), "three weeks of use");
        assert_eq!(reaches("", 2, "2026-02-28"), (false, false), "hardly used");
        assert_eq!(reaches("retired = 2026-02-27", 8, "2026-02-28"), (false, false));
        assert_eq!(reaches("window = [\"100 km\", \"400 km\"]", 8, "2026-02-28"), (false, true));
    }

    fn with_gear(mut run: Activity, gear: &str) -> Activity {
        run.gear = Some(gear.to_owned());
        run
    }

    #[test]
    fn gear_of_an_export_is_the_pair_of_that_name_else_one_of_its_own_and_never_the_default_one() {
        let toml = "[[shoes]]\nname = \"Ghost 15\"\n[[shoes]]\nname = \"Pegasus 40\"\ndefault = true";
        let plain = weekly_runs("2026-03-01", &[1_000, 2_000, 4_000, 8_000]);
        let runs = vec![
            with_gear(plain[0].clone(), " ghost 15"),
            with_gear(plain[1].clone(), "Speedgoat"),
            with_gear(plain[2].clone(), "speedgoat"),
            plain[3].clone(),
        ];
        let shoes = of(toml, &runs, "2026-03-31");
        let distances: Vec<(&str, i64)> =
            shoes.pairs.iter().map(|pair| (pair.settings.name.as_str(), pair.distance_m)).collect();
        assert_eq!(distances, [("Ghost 15", 1_000), ("Pegasus 40", 8_000), ("Speedgoat", 6_000)]);
        assert_eq!(shoes.unassigned_m, 0);
    }

    #[test]
    fn the_runners_own_word_on_a_run_stands_above_its_gear() {
        let mut run = with_gear(weekly_runs("2026-03-01", &[1_000]).remove(0), "Speedgoat");
        run.shoe = Some("Ghost 15".to_owned());
        let shoes = of("[[shoes]]\nname = \"Ghost 15\"", &[run], "2026-03-31");
        assert_eq!(shoes.pair_of_run, [Some(0)]);
    }

    #[test]
    fn gear_of_a_retired_pair_gains_nothing_after_its_day_and_neither_does_the_default_pair() {
        let toml = "[[shoes]]\nname = \"a\"\nretired = 2026-02-28\n[[shoes]]\nname = \"b\"\ndefault = true";
        let run = with_gear(weekly_runs("2026-03-01", &[1_000]).remove(0), "a");
        let shoes = of(toml, &[run], "2026-03-31");
        assert_eq!((shoes.pair_of_run[0], shoes.unassigned_m), (None, 1_000));
    }

    #[test]
    fn a_pair_that_only_an_export_names_is_in_use_for_90_days_after_its_last_run() {
        let run = with_gear(weekly_runs("2026-03-01", &[1_000]).remove(0), "a");
        let in_use = |as_of| of("", std::slice::from_ref(&run), as_of).pairs[0].in_use;
        assert_eq!((in_use("2026-05-30"), in_use("2026-05-31")), (true, false));
    }
}
