//! What was done beside the runs, in words: hours of other sports, days without any, why a time does not count.
//!
//! Other sports are told in hours, never as mileage, and nothing here asks for more or less of them.

use crate::{
    activity::OtherSport,
    analysis::{
        beside::{LeftOut, change::SurfaceChange, time::Reason},
        rules::no_rest::Between,
    },
    fields::beside::WeekBeside,
    units::UnitSystem,
};

const MINUTE_S: i64 = 60;
const HOUR_MIN: i64 = 60;

/// `1:04`, hours and minutes.
#[must_use]
pub fn hours(seconds: i64) -> String {
    let minutes = (seconds + MINUTE_S / 2) / MINUTE_S;
    format!("{}:{:02}", minutes / HOUR_MIN, minutes % HOUR_MIN)
}

/// `ride`, `swim`, `walk or hike`, `strength`, `other`.
#[must_use]
pub fn kind_name(kind: OtherSport) -> &'static str {
    match kind {
        OtherSport::Walk => "walk or hike",
        kind => kind.name(),
    }
}

/// `ride 1:04 h, strength 0:50 h`: the kinds that there were, with their hours; empty without any.
#[must_use]
pub fn times(of_kind: impl Fn(OtherSport) -> Option<i64>) -> String {
    let told = OtherSport::ALL.into_iter().filter(|kind| of_kind(*kind) != Some(0)).map(|kind| {
        let time = of_kind(kind)
            .map_or_else(|| "time unknown".to_owned(), |seconds| format!("{} h", hours(seconds)));
        format!("{} {time}", kind_name(kind))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// `3 days without a run, 1 without any sport`.
#[must_use]
pub fn rest_days(without_run: Option<u32>, without_sport: Option<u32>) -> Option<String> {
    let without_run = without_run?;
    let days = if without_run == 1 { "day" } else { "days" };
    let sport = match without_sport {
        Some(0) => "none without any sport".to_owned(),
        Some(count) => format!("{count} without any sport"),
        None => "how many without any sport is not known".to_owned(),
    };
    Some(format!("{without_run} {days} without a run, {sport}"))
}

/// The other sports of a week, its days with strength or mobility, its days off told both ways; `None` without any of the first
/// two.
#[must_use]
pub fn week(week: &WeekBeside, without_run: Option<u32>) -> Option<String> {
    let times = week.has_other_sports().then(|| times(|kind| week.time_s(kind)));
    let strength = match week.strength_days {
        0 => None,
        1 => Some("strength or mobility on 1 day".to_owned()),
        days => Some(format!("strength or mobility on {days} days")),
    };
    let rest = rest_days(without_run, week.days_without_sport).filter(|_| times.is_some());
    let said: Vec<String> = [times, strength, rest].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// ` Of the 6 days without a run, 3 had a ride, 1 a swim, 2 no sport in your files.`
pub(super) fn between(days: i64, between: Between) -> String {
    let kinds = OtherSport::ALL.into_iter().zip(between.kinds).filter(|(_, count)| *count > 0);
    let mut told: Vec<String> =
        kinds.map(|(kind, count)| format!("{count} {}", with_article(kind))).collect();
    if between.free > 0 {
        told.push(format!("{} no sport in your files", between.free));
    }
    if let Some(first) = told.first_mut() {
        *first = first.replacen(' ', " had ", 1);
    }
    let days = if days == 1 { "the day".to_owned() } else { format!("the {days} days") };
    format!(" Of {days} without a run, {}.", told.join(", "))
}

fn with_article(kind: OtherSport) -> &'static str {
    match kind {
        OtherSport::Ride => "a ride",
        OtherSport::Swim => "a swim",
        OtherSport::Walk => "a walk or hike",
        OtherSport::Strength => "strength training",
        OtherSport::Other => "another sport",
    }
}

/// `Surface: trail 50 % of 60.0 km in these 30 days, 25 % of 120.0 km in the 60 days before.`
#[must_use]
pub fn surface_change(change: &SurfaceChange, units: UnitSystem) -> String {
    let of = |(percent, metres): (i64, i64)| format!("{percent} % of {}", units.short(metres));
    let surface = change.surface.name();
    format!(
        "Surface: {surface} {} in these 30 days, {} in the 60 days before.",
        of(change.now),
        of(change.before)
    )
}

/// Why a time does not count.
#[must_use]
pub fn reason(reason: Reason) -> String {
    match reason {
        Reason::NoSport => "no sport: a drive, a flight or a change between sports".to_owned(),
        Reason::NoTime => "no time is known".to_owned(),
        Reason::TooLong { seconds } => {
            format!("{} h at a stretch: a watch that was left running", hours(seconds as i64))
        }
        Reason::StoppedAtOnce => "stopped within a minute".to_owned(),
    }
}

/// `Not counted as another sport: hiking of 2026-11-02T08:00 (26:10 h at a stretch: a watch that was left running); 1 more.`: the
/// newest, the others counted; none for what is no sport at all.
#[must_use]
pub fn left_out(left_out: &[LeftOut]) -> Option<String> {
    let of_sport = || left_out.iter().filter(|left_out| left_out.reason != Reason::NoSport);
    let newest = of_sport().next_back()?;
    let more = match of_sport().count() - 1 {
        0 => String::new(),
        more => format!("; {more} more"),
    };
    let LeftOut { sport, id, .. } = newest;
    Some(format!("Not counted as another sport: {sport} of {id} ({}){more}.", reason(newest.reason)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_rounded_to_the_minute() {
        assert_eq!([0, 29, 30, 3_599, 3_840].map(hours), ["0:00", "0:00", "0:01", "1:00", "1:04"]);
    }

    #[test]
    fn days_off_are_told_both_ways() {
        assert_eq!(rest_days(Some(3), Some(1)).as_deref(), Some("3 days without a run, 1 without any sport"));
        assert_eq!(
            rest_days(Some(1), Some(0)).as_deref(),
            Some("1 day without a run, none without any sport")
        );
        assert_eq!(
            rest_days(Some(2), None).as_deref(),
            Some("2 days without a run, how many without any sport is not known")
        );
        assert_eq!(rest_days(None, None), None);
    }

    #[test]
    fn a_week_without_another_sport_says_nothing_of_any() {
        let plain = WeekBeside::of(chrono::NaiveDate::MIN);
        assert_eq!(week(&plain, Some(3)), None);
        let diary = WeekBeside { strength_days: 1, ..plain };
        assert_eq!(week(&diary, Some(3)).as_deref(), Some("strength or mobility on 1 day"));
        let mixed = WeekBeside {
            times_s: [Some(3_840), None, Some(0), Some(3_000), Some(0)],
            days_without_sport: Some(1),
            strength_days: 2,
            ..plain
        };
        assert_eq!(
            week(&mixed, Some(3)).as_deref(),
            Some(
                "ride 1:04 h, swim time unknown, strength 0:50 h; strength or mobility on 2 days; 3 days without a \
                 run, 1 without any sport"
            )
        );
    }

    #[test]
    fn what_was_done_between_stands_in_one_sentence() {
        let seen = Between { kinds: [3, 1, 0, 0, 0], free: 2 };
        assert_eq!(
            between(6, seen),
            " Of the 6 days without a run, 3 had a ride, 1 a swim, 2 no sport in your files."
        );
        let seen = Between { kinds: [0, 0, 0, 1, 0], free: 0 };
        assert_eq!(between(1, seen), " Of the day without a run, 1 had strength training.");
    }
}
