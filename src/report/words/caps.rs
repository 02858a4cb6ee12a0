//! Every sentence about caps: why one stands, or why there is none. Never an invitation to run more.

use chrono::NaiveDate;

use crate::{
    analysis::{
        caps::{
            Because, Caps, Counted,
            running::{RunningBecause, RunningCap},
        },
        history::breaks::NOVICE_AFTER_DAYS,
    },
    dates,
    report::words::running_minutes,
    units::UnitSystem,
};

/// Why a cap stands, or why there is none, as one sentence.
#[must_use]
pub fn sentence(because: &Because, units: UnitSystem) -> String {
    let minutes = or_minutes(because);
    let comma = if minutes.is_empty() { "" } else { "," };
    capitalized(&format!("{}{comma}{minutes}.", self::because(because, units)))
}

/// The same without capital and full stop.
#[must_use]
pub fn because(because: &Because, units: UnitSystem) -> String {
    match because {
        Because::NoRuns | Because::ShortHistory { .. } | Because::NothingToCountFrom => missing(because),
        Because::Longest { counted, percent } => {
            let above = percent - 100;
            format!("{above} % above the longest run of the 30 days before: {}", told(counted, units))
        }
        Because::Frozen { counted, spike_m, spike_date, until } => {
            let (spike, until) = (units.short(*spike_m), dates::short(*until));
            let spike_date = dates::short(*spike_date);
            if counted.distance_m == *spike_m && counted.credit_m < *spike_m {
                let credit = units.short(counted.credit_m);
                format!(
                    "the spike of {spike_date} ({spike}) counts for {credit}, and no run above that until {until}"
                )
            } else {
                let longest = told(counted, units);
                format!(
                    "the spike of {spike_date} ({spike}) leaves no step up until {until}: what counts is {longest}"
                )
            }
        }
        Because::Break { gap, percent } => {
            let end = gap.returned.map_or_else(
                || format!("since {}", dates::short(gap.last_run)),
                |returned| format!("between {} and {}", dates::short(gap.last_run), dates::short(returned)),
            );
            format!(
                "no runs in your files {end} ({} days): {percent} % of the longest run before, {}",
                gap.days,
                units.short(gap.longest_before_m)
            )
        }
    }
}

/// Why the running of a session has a cap, as one sentence.
#[must_use]
pub fn running_sentence(cap: &RunningCap) -> String {
    capitalized(&format!("{}.", running_because(cap)))
}

/// The same without capital and full stop.
#[must_use]
pub fn running_because(cap: &RunningCap) -> String {
    let counted = cap.counted;
    let most = format!("{} on {}", running_minutes(counted.running_s / 60), dates::short(counted.date));
    let counts = if counted.credit_s < counted.running_s {
        format!("{most}, a spike that counts for {}", counted.credit_s / 60)
    } else {
        most
    };
    match cap.because {
        RunningBecause::Step => {
            let above = cap.percent - 100;
            format!("{above} % above the most running of the 30 days before: {counts}")
        }
        RunningBecause::Frozen(date) => {
            format!("the spike of {} leaves no step up: what counts is {counts}", dates::short(date))
        }
        RunningBecause::Break(gap) => {
            format!(
                "after {} days without a run in your files {} % of the most before: {counts}",
                gap.days, cap.percent
            )
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Why there is no cap, in a few words.
#[must_use]
pub fn missing(because: &Because) -> String {
    match because {
        Because::ShortHistory { days, needed } => format!("not enough data ({days} of {needed} days)"),
        Because::NoRuns => "no run in your files".to_owned(),
        _ => "no run to count from in the 30 days before".to_owned(),
    }
}

/// Why nothing is said about seven days, in a few words.
#[must_use]
pub fn missing_week(caps: &Caps) -> &'static str {
    match caps.last_run {
        None => "no run in your files",
        Some(_) if caps.week_is_unknown() => "no run in the last 14 days",
        Some(_) => "no distance to count from",
    }
}

/// ` or 30 minutes, whichever is shorter` after a long break, else nothing.
#[must_use]
pub fn or_minutes(because: &Because) -> &'static str {
    match because {
        Because::Break { gap, .. } if gap.days > NOVICE_AFTER_DAYS => " or 30 minutes, whichever is shorter",
        _ => "",
    }
}

/// ` until 2 Dec`, with the year where it is another; nothing where it holds on.
#[must_use]
pub fn until(until: Option<NaiveDate>, as_of: NaiveDate) -> String {
    until.map_or_else(String::new, |until| format!(" until {}", dates::relative_to(until, as_of)))
}

/// `15.0 km on 18 Oct`, and what it counts for where that is less.
fn told(counted: &Counted, units: UnitSystem) -> String {
    let run = format!("{} on {}", units.short(counted.distance_m), dates::short(counted.date));
    if counted.credit_m < counted.distance_m {
        format!("{run}, a spike that counts for {}", units.short(counted.credit_m))
    } else {
        run
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            caps::caps,
            history::compare::compare,
            testing::{day, sessions},
        },
        warning::thresholds::Thresholds,
    };

    fn caps_of(rows: &[(&str, i64)], as_of: &str) -> Caps {
        let sessions = sessions(rows);
        let h0 = day("2026-01-01");
        caps(&sessions, &compare(&sessions, h0), h0, day(as_of), Thresholds::default())
    }

    fn reason(rows: &[(&str, i64)], as_of: &str) -> String {
        because(&caps_of(rows, as_of).because, UnitSystem::Kilometers)
    }

    #[test]
    fn every_cap_says_which_run_which_spike_or_which_break_it_comes_from() {
        let rows =
            [("2026-03-01", 10_000), ("2026-03-07", 10_000), ("2026-03-10", 14_000), ("2026-03-28", 5_000)];
        assert_eq!(
            reason(&rows[..2], "2026-03-08"),
            "10 % above the longest run of the 30 days before: 10.0 km on 7 Mar"
        );
        assert_eq!(
            reason(&rows[..3], "2026-03-10"),
            "the spike of 10 Mar (14.0 km) counts for 11.0 km, and no run above that until 24 Mar"
        );
        // 15.0 km is less than 10 % above 14.0 km: no spike, it counts in full
        let two = [&rows[..3], &[("2026-03-12", 15_000)]].concat();
        assert_eq!(
            reason(&two, "2026-03-13"),
            "the spike of 10 Mar (14.0 km) leaves no step up until 24 Mar: what counts is 15.0 km on 12 Mar"
        );
        assert_eq!(
            reason(&rows[..3], "2026-03-26"),
            "no runs in your files since 10 Mar (16 days): 75 % of the longest run before, 14.0 km"
        );
        assert_eq!(
            reason(&rows, "2026-03-28"),
            "no runs in your files between 10 Mar and 28 Mar (18 days): 75 % of the longest run before, 14.0 km"
        );
    }

    #[test]
    fn what_is_not_known_says_why() {
        assert_eq!(reason(&[("2026-01-05", 5_000)], "2026-01-13"), "not enough data (12 of 30 days)");
        assert_eq!(reason(&[], "2026-03-01"), "no run in your files");
        let week = |as_of| missing_week(&caps_of(&[("2026-03-01", 300)], as_of));
        assert_eq!(
            [week("2026-03-14"), week("2026-03-15")],
            ["no distance to count from", "no run in the last 14 days"]
        );
    }

    #[test]
    fn after_more_than_56_days_minutes_count_too() {
        let minutes = |as_of| or_minutes(&caps_of(&[("2026-03-01", 18_000)], as_of).because);
        assert_eq!(minutes("2026-04-26"), "");
        assert_eq!(minutes("2026-04-27"), " or 30 minutes, whichever is shorter");
    }
}
