//! `shoe-window`, `shoe-past`: the distance of each pair against its replacement window. Evidence grade D.
//!
//! ```text
//! distance     = prior distance + metres of the runs assigned to the pair
//! shoe-window    the run that takes a pair to the start of its window: for information
//! shoe-past      the run that takes it to the end of its window, then one every 50 km
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
    /// The dates between which it reaches the window's end at its recent use.
    pub reaches_end: Option<DateRange>,
}

/// After the window's end a pair is told of again every so many metres.
const PAST_STEP_M: i64 = 50_000;

/// Every run that took a pair into its window, pair by pair. `runs` are those of `shoes`, sorted by start.
#[must_use]
pub fn entered(runs: &[Activity], shoes: &Shoes) -> Vec<Warning<Seen>> {
    of_every_pair(runs, shoes, |shoe, before_m, after_m| {
        let start_m = shoe.settings.window[0].meters;
        let is_past = takes_past(shoe, before_m, after_m);
        (before_m < start_m && after_m >= start_m && !is_past).then_some(false)
    })
}

/// Every run that took a pair to its window's end and every 50 km beyond.
#[must_use]
pub fn passed(runs: &[Activity], shoes: &Shoes) -> Vec<Warning<Seen>> {
    of_every_pair(runs, shoes, |shoe, before_m, after_m| takes_past(shoe, before_m, after_m).then_some(true))
}

fn takes_past(shoe: &Shoe, before_m: i64, after_m: i64) -> bool {
    let end_m = shoe.settings.window[1].meters;
    let steps_past = |meters: i64| (meters - end_m).div_euclid(PAST_STEP_M).max(-1);
    steps_past(after_m) > steps_past(before_m)
}

/// The warnings of the runs whose metres, before and after, `told` says something of: whether the pair is past its window.
fn of_every_pair(
    runs: &[Activity],
    shoes: &Shoes,
    told: fn(&Shoe, i64, i64) -> Option<bool>,
) -> Vec<Warning<Seen>> {
    let mut warnings = Vec::new();
    for (position, shoe) in shoes.pairs.iter().enumerate() {
        let mut before_m = shoe.settings.prior_distance_m;
        let of_pair = runs.iter().zip(&shoes.pair_of_run).filter(|(_, pair)| **pair == Some(position));
        for (run, _) in of_pair {
            let after_m = before_m + run.whole_meters();
            if let Some(past) = told(shoe, before_m, after_m) {
                warnings.push(warning(shoe, (run.id.clone(), run.local_date()), after_m, past));
            }
            before_m = after_m;
        }
    }
    warnings
}

fn warning(shoe: &Shoe, run: (String, NaiveDate), distance_m: i64, past: bool) -> Warning<Seen> {
    let window = shoe.settings.window;
    let compared = Compared {
        value: distance_m,
        baseline: None,
        threshold: window[usize::from(past)].meters,
        unit: Unit::Metres,
    };
    let seen = Seen {
        shoe: shoe.settings.name.clone(),
        window,
        past,
        reaches_end: shoe.reaches_end.filter(|_| !past),
    };
    Warning {
        level: if past { Level::Caution } else { Level::Info },
        stands: shoe.settings.retired.map_or(Stands::TwoWeeks, Stands::TwoWeeksBefore),
        ..Warning::new(if past { &PAST } else { &RULE }, run, compared, seen)
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

    #[test]
    fn entering_the_window_is_told_once_and_its_end_and_every_50_km_after() {
        let toml = "[[shoes]]\nname = \"a\"\nwindow = [\"100 km\", \"200 km\"]\nprior_distance = \"80 km\"\ndefault = true";
        let runs = weekly_runs("2026-01-04", &[30_000; 8]);
        let shoes = shoes(&runs, &rules::settings(toml).unwrap(), day("2026-03-31"));
        let km = |told: Vec<Warning<Seen>>| -> Vec<i64> {
            told.iter().map(|warning| warning.compared.value / 1000).collect()
        };
        assert_eq!(km(entered(&runs, &shoes)), [110]);
        assert_eq!(km(passed(&runs, &shoes)), [200, 260, 320]);
    }
}
