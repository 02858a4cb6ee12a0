//! The story: how far the runner goes on which day, and the days on which something happens.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{clock::day, noise::Noise};

/// The first day of the sample, a Monday with a run.
pub(super) const FIRST_DAY: NaiveDate = day(2025, 11, 10);
/// The day after the last one: what "today" is in the sample's settings.
pub(super) const AS_OF: NaiveDate = day(2026, 11, 9);
/// A long run 18 % longer than any of the 30 days before.
pub(super) const SPRING_SPIKE: NaiveDate = day(2026, 4, 12);
/// A run more than usual, on a holiday: the seven days hold 30 % more than the best of the weeks before.
pub(super) const HOLIDAY_JUMP: NaiveDate = day(2026, 5, 1);
/// A half marathon on a whim, 42 % longer than any run of the 30 days before.
pub(super) const AUTUMN_SPIKE: NaiveDate = day(2026, 11, 8);
/// A stormy day, spent on the treadmill.
pub(super) const TREADMILL: NaiveDate = day(2026, 3, 24);
/// The run that is there as FIT and as GPX.
pub(super) const TWICE: NaiveDate = day(2026, 5, 19);
/// A bicycle ride.
pub(super) const RIDE: NaiveDate = day(2026, 6, 10);
/// Another one, in an easy week.
pub(super) const AUTUMN_RIDE: NaiveDate = day(2026, 10, 24);
/// A kilometre in the pool.
pub(super) const SWIM: NaiveDate = day(2026, 10, 28);
/// Strength training, twice in the last week.
pub(super) const STRENGTH: [NaiveDate; 2] = [day(2026, 11, 2), day(2026, 11, 6)];
/// The run whose file breaks off.
pub(super) const BROKEN_OFF: NaiveDate = day(2026, 7, 16);
/// The last run before two weeks off, and the first one after them.
pub(super) const TIME_OFF: (NaiveDate, NaiveDate) = (day(2026, 8, 2), day(2026, 8, 18));
/// The last day of the first pair of shoes.
pub(super) const RETIRED: NaiveDate = day(2026, 7, 5);
/// A day on which four weeks were run in one pair, and there are 30 days to tell it from.
pub(super) const ONE_PAIR: NaiveDate = day(2025, 12, 11);
/// The first run in the trail pair, a long one.
pub(super) const TRAIL_FIRST: NaiveDate = day(2026, 5, 10);

/// Up to this day the phone's GPX came zipped out of a service.
const ZIPPED: NaiveDate = day(2026, 2, 2);
/// From this day on a watch records FIT; before it, a phone recorded GPX.
const WATCH: NaiveDate = day(2026, 3, 16);
const LAST_MONDAY: NaiveDate = day(2026, 11, 2);

/// Hundreds of metres on Tuesday, Thursday, Saturday and Sunday; 0 is a day off.
const STORY_WEEKS: [[i64; 4]; 52] = [
    [45, 50, 0, 75],   // 10 Nov 2025
    [50, 50, 0, 80],   // 17 Nov
    [50, 55, 40, 80],  // 24 Nov
    [50, 55, 0, 80],   // 1 Dec
    [50, 55, 45, 80],  // 8 Dec
    [50, 55, 45, 85],  // 15 Dec
    [45, 50, 0, 75],   // 22 Dec, an easy week
    [50, 55, 45, 80],  // 29 Dec
    [50, 55, 45, 85],  // 5 Jan 2026
    [50, 60, 45, 85],  // 12 Jan
    [45, 50, 0, 80],   // 19 Jan, an easy week
    [50, 60, 45, 80],  // 26 Jan
    [50, 52, 0, 80],   // 2 Feb
    [50, 60, 45, 80],  // 9 Feb
    [55, 60, 45, 85],  // 16 Feb
    [55, 65, 45, 90],  // 23 Feb
    [60, 65, 50, 95],  // 2 Mar
    [55, 60, 0, 80],   // 9 Mar, an easy week
    [60, 70, 50, 100], // 16 Mar
    [60, 70, 50, 105], // 23 Mar
    [65, 70, 50, 114], // 30 Mar
    [60, 65, 45, 134], // 6 Apr, ends with the spring spike
    [60, 65, 50, 100], // 13 Apr
    [65, 70, 50, 120], // 20 Apr
    [70, 80, 0, 125],  // 27 Apr, and 11 km more on the holiday
    [65, 70, 50, 110], // 4 May
    [70, 75, 55, 130], // 11 May
    [70, 80, 55, 135], // 18 May
    [70, 80, 55, 140], // 25 May
    [60, 70, 0, 110],  // 1 Jun, an easy week
    [70, 80, 60, 145], // 8 Jun
    [75, 80, 60, 150], // 15 Jun
    [75, 85, 60, 155], // 22 Jun
    [65, 70, 0, 120],  // 29 Jun, an easy week
    [75, 85, 60, 155], // 6 Jul
    [75, 85, 60, 160], // 13 Jul, Thursday's file breaks off
    [75, 85, 60, 160], // 20 Jul
    [70, 80, 50, 140], // 27 Jul
    [0, 0, 0, 0],      // 3 Aug, two weeks off
    [0, 0, 0, 0],      // 10 Aug
    [50, 60, 0, 90],   // 17 Aug, a careful return
    [60, 65, 40, 110], // 24 Aug
    [65, 70, 50, 120], // 31 Aug
    [70, 75, 45, 130], // 7 Sep
    [70, 75, 50, 135], // 14 Sep
    [60, 65, 0, 110],  // 21 Sep, an easy week
    [70, 80, 45, 140], // 28 Sep
    [70, 80, 50, 145], // 5 Oct
    [70, 80, 60, 150], // 12 Oct
    [65, 70, 0, 120],  // 19 Oct, an easy week
    [70, 75, 50, 140], // 26 Oct
    [60, 65, 50, 213], // 2 Nov, ends with the autumn spike
];

/// The weeks before the story, over and over: three that build and an easy one.
const EARLIER_WEEKS: [[i64; 4]; 4] =
    [[55, 60, 0, 100], [65, 75, 55, 125], [60, 75, 50, 120], [60, 70, 50, 110]];

const RUNNING_DAYS: [u64; 4] = [1, 3, 5, 6];
const HOLIDAY_HECTOMETERS: i64 = 110;

/// The other sports: day, hundreds of metres, what it is.
const OTHER_SPORTS: [(NaiveDate, i64, Kind); 5] = [
    (RIDE, 324, Kind::Ride),
    (AUTUMN_RIDE, 281, Kind::Ride),
    (SWIM, 10, Kind::Swim),
    (STRENGTH[0], 0, Kind::Strength),
    (STRENGTH[1], 0, Kind::Strength),
];

/// Runs that were moved to another day of the week.
const MOVED: [(NaiveDate, NaiveDate); 3] = [
    (day(2025, 11, 11), FIRST_DAY),
    (day(2026, 5, 23), day(2026, 5, 22)),
    (day(2026, 10, 17), day(2026, 10, 16)),
];

/// What an outing is; its word stands in the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Easy,
    Long,
    Holiday,
    Treadmill,
    Ride,
    Swim,
    Strength,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Long => "long",
            Self::Holiday => "holiday",
            Self::Treadmill => "treadmill",
            Self::Ride => "ride",
            Self::Swim => "swim",
            Self::Strength => "strength",
        }
    }

    pub(super) fn is_run(self) -> bool {
        matches!(self, Self::Easy | Self::Long | Self::Holiday | Self::Treadmill)
    }

    /// Whether its device knows no place.
    pub(super) fn is_indoors(self) -> bool {
        matches!(self, Self::Treadmill | Self::Swim | Self::Strength)
    }
}

/// How an outing is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Fit,
    FitGz,
    Gpx,
    GpxGz,
}

impl Packing {
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::FitGz => "fit.gz",
            Self::Gpx => "gpx",
            Self::GpxGz => "gpx.gz",
        }
    }
}

/// One activity as it is planned.
#[derive(Clone, Debug)]
pub(super) struct Outing {
    pub(super) date: NaiveDate,
    /// Seconds after local midnight.
    pub(super) start_s: i64,
    pub(super) distance_m: i64,
    pub(super) kind: Kind,
    pub(super) packing: Packing,
}

impl Outing {
    fn new(date: NaiveDate, hectometers: i64, kind: Kind) -> Self {
        let mut noise = Noise::new(super::clock::epoch_day(date));
        let wander_m = noise.between(-35, 55);
        // a pool has whole lengths
        let is_exact = matches!(kind, Kind::Swim | Kind::Strength);
        let distance_m = hectometers * 100 + if is_exact { 0 } else { wander_m };
        let start_s = usual_start_s(date.weekday()) + noise.between(-900, 900);
        Self { date, start_s, distance_m, kind, packing: packing(date, kind) }
    }

    /// The id of its run: the local start to the minute.
    pub(super) fn id(&self) -> String {
        let minutes = self.start_s / 60;
        format!("{}T{:02}:{:02}", self.date, minutes / 60, minutes % 60)
    }

    /// Path inside the folder: `2026/02/2026-02-05-easy.gpx.gz`.
    pub(super) fn path(&self) -> String {
        let (date, word, extension) = (self.date, self.kind.word(), self.packing.extension());
        format!("{:04}/{:02}/{date}-{word}.{extension}", date.year(), date.month())
    }
}

/// How many weeks the story has.
pub(super) fn story_weeks() -> u32 {
    STORY_WEEKS.len() as u32
}

/// Everything done in so many weeks up to the story's end, by date.
pub(super) fn outings(weeks: u32) -> Vec<Outing> {
    let mut outings: Vec<Outing> = (0..weeks).rev().flat_map(week).collect();
    outings.sort_by_key(|outing| outing.date);
    outings
}

/// The outings of the week that begins so many weeks before the last one.
fn week(weeks_before_last: u32) -> Vec<Outing> {
    let monday = LAST_MONDAY - Days::new(7 * u64::from(weeks_before_last));
    let hectometers = match STORY_WEEKS.iter().rev().nth(weeks_before_last as usize) {
        Some(week) => *week,
        None => EARLIER_WEEKS[weeks_before_last as usize % EARLIER_WEEKS.len()],
    };
    let planned = RUNNING_DAYS.iter().zip(hectometers).filter(|(_, hectometers)| *hectometers > 0);
    let mut outings: Vec<Outing> =
        planned.map(|(days, hectometers)| run(monday + Days::new(*days), hectometers)).collect();
    let within = |date: NaiveDate| (monday..monday + Days::new(7)).contains(&date);
    if within(HOLIDAY_JUMP) {
        outings.push(Outing::new(HOLIDAY_JUMP, HOLIDAY_HECTOMETERS, Kind::Holiday));
    }
    let others = OTHER_SPORTS.into_iter().filter(|(date, ..)| within(*date));
    outings.extend(others.map(|(date, hectometers, kind)| Outing::new(date, hectometers, kind)));
    outings
}

fn run(planned: NaiveDate, hectometers: i64) -> Outing {
    let date = MOVED.iter().find(|(from, _)| *from == planned).map_or(planned, |(_, to)| *to);
    let kind = match date.weekday() {
        _ if date == TREADMILL => Kind::Treadmill,
        Weekday::Sun => Kind::Long,
        _ => Kind::Easy,
    };
    Outing::new(date, hectometers, kind)
}

fn usual_start_s(weekday: Weekday) -> i64 {
    let minutes = match weekday {
        Weekday::Mon | Weekday::Tue | Weekday::Wed => 18 * 60 + 35,
        Weekday::Thu => 6 * 60 + 50,
        Weekday::Fri | Weekday::Sat => 9 * 60 + 40,
        Weekday::Sun => 8 * 60 + 45,
    };
    minutes * 60
}

/// Phone first, watch later; some files come zipped out of a service, some runs go without the watch.
fn packing(date: NaiveDate, kind: Kind) -> Packing {
    let number = super::clock::epoch_day(date);
    let must_be_fit = [SPRING_SPIKE, HOLIDAY_JUMP, AUTUMN_SPIKE, TREADMILL, TWICE, BROKEN_OFF];
    if must_be_fit.contains(&date) || !kind.is_run() {
        return Packing::Fit;
    }
    let phone = (FIRST_DAY..WATCH).contains(&date) || (number % 13 == 0 && kind.is_run());
    if (FIRST_DAY..ZIPPED).contains(&date) {
        return Packing::GpxGz;
    }
    match (phone, number % 2 == 0, number % 5 == 0) {
        (true, false, _) => Packing::Gpx,
        (true, true, _) => Packing::GpxGz,
        (false, _, false) => Packing::Fit,
        (false, _, true) => Packing::FitGz,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_the_year_from_10_november_2025_to_8_november_2026() {
        let all = outings(story_weeks());
        assert_eq!(all.first().map(|o| o.date), Some(day(2025, 11, 10)));
        assert_eq!(all.last().map(|o| o.date), Some(day(2026, 11, 8)));
        assert_eq!(AS_OF.weekday(), Weekday::Mon);
    }

    #[test]
    fn every_special_day_has_its_outing() {
        let all = outings(story_weeks());
        let specials = [SPRING_SPIKE, HOLIDAY_JUMP, AUTUMN_SPIKE, TREADMILL, TWICE, BROKEN_OFF];
        let others = OTHER_SPORTS.map(|(date, ..)| date);
        let more = [RETIRED, ONE_PAIR, TRAIL_FIRST, TIME_OFF.0, TIME_OFF.1];
        for date in specials.into_iter().chain(more).chain(others) {
            assert_eq!(all.iter().filter(|o| o.date == date).count(), 1, "{date}");
        }
    }

    #[test]
    fn two_calendar_weeks_are_free_and_no_other_gap_reaches_a_week() {
        let runs: Vec<NaiveDate> = outings(story_weeks()).iter().map(|o| o.date).collect();
        let gaps: Vec<_> = runs.windows(2).filter(|w| (w[1] - w[0]).num_days() >= 7).collect();
        assert_eq!(gaps, [[TIME_OFF.0, TIME_OFF.1]]);
        assert_eq!((TIME_OFF.1 - TIME_OFF.0).num_days(), 16);
    }

    #[test]
    fn a_run_is_the_same_in_a_short_and_in_a_long_history() {
        let of =
            |weeks| outings(weeks).iter().map(|o| (o.path(), o.distance_m, o.start_s)).collect::<Vec<_>>();
        let (short, long) = (of(8), of(100));
        assert_eq!(short[..], long[long.len() - short.len()..]);
    }
}
