//! What was on the feet, run by run.

use chrono::NaiveDate;

use super::Shoe;
use crate::{activity::Activity, analysis::history::sessions::Session, dates, warning::ShoeKind};

/// A pair that was not worn for so many days is no other pair to turn to.
const AT_HAND_DAYS: u64 = 90;

/// What was on the feet: the recordings of one session that were run in one pair, or in none that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worn {
    /// Id of the session's first recording.
    pub run: String,
    /// Its local date.
    pub date: NaiveDate,
    /// The pair's position.
    pub pair: Option<usize>,
    /// In whole metres.
    pub distance_m: i64,
}

/// What was worn, by start. `pair_of_run` has the pair of every run; `sessions` are the same runs, joined.
#[must_use]
pub fn worn(runs: &[Activity], pair_of_run: &[Option<usize>], sessions: &[Session]) -> Vec<Worn> {
    let mut worn: Vec<Worn> = Vec::new();
    let mut next = sessions.iter().peekable();
    let mut current = None;
    for (run, pair) in runs.iter().zip(pair_of_run) {
        if let Some(session) = next.next_if(|session| session.run == run.id) {
            current = Some(session);
        }
        let Some(session) = current else { continue };
        match worn.last_mut() {
            Some(last) if last.run == session.run && last.pair == *pair => {
                last.distance_m += run.whole_meters();
            }
            _ => worn.push(Worn {
                run: session.run.clone(),
                date: session.date,
                pair: *pair,
                distance_m: run.whole_meters(),
            }),
        }
    }
    worn
}

/// What of `worn` lies in the `days` days up to the last of it, newest first.
pub fn of_days(worn: &[Worn], days: u64) -> impl Iterator<Item = &Worn> {
    let earliest = worn.last().map(|last| dates::days_before(last.date, days - 1));
    worn.iter().rev().take_while(move |run| Some(run.date) >= earliest)
}

/// The name of the pair other than `pair` that was worn most in the 90 days up to the last of `worn`, if it is still to be
/// had: neither retired, nor at the end of its window, nor kept for races.
#[must_use]
pub fn other_pair<'a>(worn: &[Worn], pairs: &'a [Shoe], pair: usize) -> Option<&'a str> {
    let today = worn.last()?.date;
    let distance_m = |position: usize, of: &mut dyn Iterator<Item = &Worn>| -> i64 {
        of.filter(|run| run.pair == Some(position)).map(|run| run.distance_m).sum()
    };
    let is_at_hand = |position: usize, shoe: &Shoe| {
        let settings = &shoe.settings;
        let so_far_m = settings.prior_distance_m + distance_m(position, &mut worn.iter());
        settings.in_use_on(today)
            && settings.retired != Some(today)
            && settings.kind != ShoeKind::Racing
            && so_far_m < settings.window[1].meters
    };
    let others = pairs.iter().enumerate().filter(|(position, _)| *position != pair);
    let lately = others
        .map(|(position, shoe)| (distance_m(position, &mut of_days(worn, AT_HAND_DAYS)), position, shoe));
    lately
        .filter(|(lately_m, position, shoe)| *lately_m > 0 && is_at_hand(*position, shoe))
        .max_by_key(|(lately_m, position, _)| (*lately_m, std::cmp::Reverse(*position)))
        .map(|(.., shoe)| shoe.settings.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::rules,
        analysis::{
            history::sessions::join_sessions,
            shoes::shoes,
            testing::{day, run},
        },
    };

    #[test]
    fn days_and_the_share_of_28_days_count_every_run_and_all_distance() {
        let toml = "[[shoes]]\nname = \"a\"\ndefault = true\nfrom = 2026-03-02";
        let runs = [
            run("2026-03-01T08:00:00+01:00", 4_000, 20), // in no pair, and 29 days before the 29th
            run("2026-03-02T08:00:00+01:00", 9_000, 50),
            run("2026-03-02T18:00:00+01:00", 3_000, 20),
            run("2026-03-20T08:00:00+01:00", 6_000, 30),
        ];
        let of = |as_of: &str| {
            let runs: Vec<Activity> =
                runs.iter().filter(|run| run.local_date() <= day(as_of)).cloned().collect();
            shoes(&runs, &rules::settings(toml).unwrap(), day(as_of)).pairs.remove(0).worn
        };
        let worn = of("2026-03-28");
        assert_eq!((worn.days, worn.last_28_days_m), (2, 18_000));
        assert_eq!((worn.first_run, worn.last_run), (Some(day("2026-03-02")), Some(day("2026-03-20"))));
        assert_eq!(worn.share_of_28_days, Some(18.0 / 22.0), "unassigned distance counts in the whole");
        assert_eq!(of("2026-03-29").share_of_28_days, Some(1.0), "1 March is out");
        assert_eq!(of("2026-04-17").share_of_28_days, None, "nothing was run: no share, not 0");
    }

    #[test]
    fn a_run_paused_into_two_files_is_one_in_its_pair_and_two_if_the_shoes_were_changed() {
        let runs = [run("2026-03-01T08:00:00+01:00", 6_000, 30), run("2026-03-01T08:40:00+01:00", 5_000, 30)];
        let sessions = join_sessions(&runs, &[]);
        let distances = |pairs: [Option<usize>; 2]| -> Vec<i64> {
            worn(&runs, &pairs, &sessions).iter().map(|worn| worn.distance_m).collect()
        };
        assert_eq!(distances([Some(0), Some(0)]), [11_000]);
        assert_eq!(distances([Some(0), Some(1)]), [6_000, 5_000]);
    }
}
