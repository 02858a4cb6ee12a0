//! `shoe-window`, `shoe-past`: the distance of each pair against its replacement window. Evidence grade D.
//!
//! ```text
//! distance     = prior distance + metres of the runs assigned to the pair
//! shoe-window    the run that takes a pair to the start of its window: for information
//! shoe-past      the run that takes it to the end of its window; then one every 50 km, at most one in eight weeks
//! ```
//! The windows are the runner's own, or the customary ones: daily and trail 300–500 mi, racing 100–250 mi.
//! Sources: Wang et al. 2010 (+4.9 % peak force at 500 km); the window itself is custom.

use chrono::NaiveDate;

use crate::{
    activity::Activity,
    analysis::shoes::{DateRange, Shoe, Shoes},
    units::Distance,
    warning::{About, Compared, Level, Rule, Stands, Unit, Warning, evidence::Evidence},
};

const EVIDENCE: Evidence = Evidence {
    grade: 'D',
    cite: "custom and material wear",
    source: "Wang et al. 2010: 500 km in a pair raised peak impact force by 4.9 % (3.4-6.4) in 15 runners; \
             no study of injury against shoe distance was found",
};

/// What the rule about the start of a window is.
pub static RULE: Rule = Rule {
    id: "shoe-window",
    title: "shoes",
    about: About::Shoes,
    on_by_default: true,
    is_missed: true,
    evidence: EVIDENCE,
    base_rate: None,
    keys: &[],
};

/// What the rule about its end is.
pub static PAST: Rule = Rule { id: "shoe-past", ..RULE };

/// What only these rules know of a warning. Its value is the pair's distance after the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The pair.
    pub shoe: String,
    /// Its replacement window.
    pub window: [Distance; 2],
    /// Whether it is past the window's end, not only inside.
    pub past: bool,
    /// The day on which it entered the window, or passed its end; `None` where that was before the first file.
    pub since: Option<NaiveDate>,
    /// What it has on the day of the report, in metres.
    pub now_m: i64,
    /// The dates between which it reaches the window's end at its recent use.
    pub reaches_end: Option<DateRange>,
}

/// After the window's end a pair is reported again after so many metres …
const PAST_STEP_M: i64 = 50_000;
/// … and so many days.
const PAST_DAYS: i64 = 56;

/// Every run that took a pair into its window, pair by pair. `runs` are those of `shoes`, sorted by start.
#[must_use]
pub fn entered(runs: &[Activity], shoes: &Shoes) -> Vec<Warning<Seen>> {
    let into = |(position, shoe): (usize, &Shoe)| {
        let [start_m, end_m] = shoe.settings.window.map(|limit| limit.meters);
        let mut steps = steps(runs, shoes, position);
        let step = steps.find(|step| step.before_m < start_m && step.after_m >= start_m)?;
        (step.after_m < end_m).then(|| warning(shoe, &step, Some(step.run.local_date()), false))
    };
    shoes.pairs.iter().enumerate().filter_map(into).collect()
}

/// Every run that took a pair to its window's end, and the reminders after it.
#[must_use]
pub fn passed(runs: &[Activity], shoes: &Shoes) -> Vec<Warning<Seen>> {
    shoes
        .pairs
        .iter()
        .enumerate()
        .flat_map(|(position, shoe)| passed_by(runs, shoes, position, shoe))
        .collect()
}

fn passed_by(runs: &[Activity], shoes: &Shoes, position: usize, shoe: &Shoe) -> Vec<Warning<Seen>> {
    let end_m = shoe.settings.window[1].meters;
    let mut since = None;
    let mut warnings: Vec<Warning<Seen>> = Vec::new();
    for step in steps(runs, shoes, position) {
        let date = step.run.local_date();
        let passes = step.before_m < end_m && step.after_m >= end_m;
        if passes {
            since = Some(date);
        }
        // a pair that was past its window before the first file is reported at the next full step
        let full_steps_m = (shoe.settings.prior_distance_m - end_m).max(0) / PAST_STEP_M * PAST_STEP_M;
        let reported_m = warnings.last().map_or(end_m + full_steps_m, |last| last.compared.value);
        let is_far = step.after_m >= end_m && step.after_m - reported_m >= PAST_STEP_M;
        let is_long_ago = warnings.last().is_none_or(|last| (date - last.date).num_days() >= PAST_DAYS);
        if passes || is_far && is_long_ago {
            warnings.push(warning(shoe, &step, since, true));
        }
    }
    warnings
}

/// A run of a pair, with the pair's metres before and after it.
struct Step<'a> {
    run: &'a Activity,
    before_m: i64,
    after_m: i64,
}

/// The runs of a pair, oldest first.
fn steps<'a>(runs: &'a [Activity], shoes: &'a Shoes, position: usize) -> impl Iterator<Item = Step<'a>> {
    let of_pair = runs.iter().zip(&shoes.pair_of_run).filter(move |(_, pair)| **pair == Some(position));
    let prior_m = shoes.pairs[position].settings.prior_distance_m;
    of_pair.scan(prior_m, |meters, (run, _)| {
        let before_m = *meters;
        *meters += run.whole_meters();
        Some(Step { run, before_m, after_m: *meters })
    })
}

fn warning(shoe: &Shoe, step: &Step<'_>, since: Option<NaiveDate>, past: bool) -> Warning<Seen> {
    let window = shoe.settings.window;
    let compared = Compared {
        value: step.after_m,
        baseline: None,
        threshold: window[usize::from(past)].meters,
        unit: Unit::Metres,
    };
    let seen = Seen {
        shoe: shoe.settings.name.clone(),
        window,
        past,
        since,
        now_m: shoe.distance_m,
        reaches_end: shoe.reaches_end.filter(|_| !past),
    };
    Warning {
        level: if past { Level::Caution } else { Level::Info },
        stands: shoe.settings.retired.map_or(Stands::TwoWeeks, Stands::TwoWeeksBefore),
        ..Warning::new(
            if past { &PAST } else { &RULE },
            (step.run.id.clone(), step.run.local_date()),
            compared,
            seen,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        rules,
        shoes::shoes,
        testing::{day, weekly_runs},
    };

    /// A pair with a window of 100 to 200 km, in which so many kilometres are run every week.
    fn worn(prior: &str, weekly_km: &[i64]) -> (Vec<Activity>, Shoes) {
        let toml = format!(
            "[[shoes]]\nname = \"a\"\nwindow = [\"100 km\", \"200 km\"]\nprior_distance = \"{prior}\"\ndefault = true"
        );
        let meters: Vec<i64> = weekly_km.iter().map(|km| km * 1000).collect();
        let runs = weekly_runs("2026-01-04", &meters);
        let shoes = shoes(&runs, &rules::settings(&toml).unwrap(), day("2026-12-31"));
        (runs, shoes)
    }

    fn km(told: &[Warning<Seen>]) -> Vec<i64> {
        told.iter().map(|warning| warning.compared.value / 1000).collect()
    }

    #[test]
    fn entering_the_window_and_passing_its_end_are_reported_once_and_then_one_in_eight_weeks() {
        let (runs, shoes) = worn("80 km", &[30; 20]);
        assert_eq!(km(&entered(&runs, &shoes)), [110]);
        let passed = passed(&runs, &shoes);
        assert_eq!(km(&passed), [200, 440, 680], "eight weeks of 30 km lie between two");
        assert!(passed.iter().all(|warning| warning.facts.since == Some(day("2026-01-25"))));
        assert!(passed.iter().all(|warning| warning.facts.now_m == 680_000));
    }

    #[test]
    fn eight_weeks_of_less_than_50_km_bring_no_reminder() {
        let (runs, shoes) = worn("198 km", &[5; 20]);
        assert_eq!(km(&passed(&runs, &shoes)), [203, 253], "10 weeks of 5 km");
    }

    #[test]
    fn a_pair_that_was_past_its_window_before_the_first_file_has_no_day_on_which_it_passed() {
        let (runs, shoes) = worn("230 km", &[15; 4]);
        let passed = passed(&runs, &shoes);
        assert_eq!(km(&passed), [260]);
        assert_eq!(passed[0].facts.since, None);
    }
}
