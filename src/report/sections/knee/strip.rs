//! Lights beside the weeks: letters, so that neither colour nor grey decides what is read.

use chrono::{NaiveDate, Weekday};

use crate::{
    dates,
    knee::{Knee, light::Light, place::Placed},
    report::words::knee::light_letter,
};

/// Weeks of the strip.
pub const WEEKS: u64 = 12;

/// One week: what was run, and the lights of its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub start: NaiveDate,
    /// Metres run.
    pub metres: i64,
    /// Runs.
    pub runs: usize,
    /// The longest run in metres.
    pub longest_m: i64,
    /// Days without a run, up to the day of the report.
    pub rest_days: usize,
    /// The light of each day that has one, Monday first; of several the worst.
    pub days: Vec<(NaiveDate, Light)>,
}

impl Week {
    /// `· G · A · · ·`: a letter a day.
    #[must_use]
    pub fn letters(&self, last: NaiveDate) -> String {
        let days = (0..7).map(|day| dates::days_after(self.start, day)).filter(|day| *day <= last);
        let letter = |day: NaiveDate| {
            let light = self.days.iter().find(|(date, _)| *date == day);
            light.map_or('·', |(_, light)| light_letter(*light))
        };
        days.map(|day| letter(day).to_string()).collect::<Vec<_>>().join(" ")
    }
}

/// `M T W T F S S`: the heading above the letters.
#[must_use]
pub fn heading(first_weekday: Weekday) -> String {
    let days = std::iter::successors(Some(first_weekday), |day| Some(day.succ())).take(7);
    days.map(|day| day.to_string().chars().take(1).collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The last twelve calendar weeks, the newest first.
#[must_use]
pub fn weeks(knee: &Knee, first_weekday: Weekday) -> Vec<Week> {
    let this_week = dates::week_start(knee.as_of, first_weekday);
    (0..WEEKS).map(|back| week(knee, dates::days_before(this_week, 7 * back))).collect()
}

fn week(knee: &Knee, start: NaiveDate) -> Week {
    let end = dates::days_after(start, 7);
    let runs = || knee.runs.iter().filter(|run| (start..end).contains(&run.date()));
    let rows: Vec<&Placed> = knee.diary.rows.iter().filter(|row| (start..end).contains(&row.date)).collect();
    let days = (0..7).map(|day| dates::days_after(start, day)).filter(|day| *day <= knee.as_of);
    let worst = |day: NaiveDate| rows.iter().filter(|row| row.date == day).filter_map(|row| row.light).max();
    let ran = |day: &NaiveDate| runs().any(|run| run.date() == *day);
    Week {
        start,
        metres: runs().map(|run| run.metres).sum(),
        runs: runs().count(),
        longest_m: runs().map(|run| run.metres).max().unwrap_or(0),
        rest_days: days.clone().filter(|day| !ran(day)).count(),
        days: days.filter_map(|day| Some((day, worst(day)?))).collect(),
    }
}
