//! One row of a table: what it says of a session, in 16 bytes, and what is wrong with it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;

use super::{
    cells::{self, NoStart},
    header::{Header, Role},
};
use crate::{activity::Sport, columns::parquet::read::Cell, import::judge};

/// Longer than any run, in metres.
const LONGEST_M: f64 = 1_000_000.0;

/// What is wrong with a row; the code is what `quality` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// It says not whose it is.
    NoId,
    /// The start is no date.
    BadDate,
    /// A number is none, or is negative.
    BadNumber,
    /// Neither yes nor no.
    BadFlag,
    /// Another sport.
    OtherSport,
    /// Farther or faster than anybody runs.
    Impossible,
    /// The same session once more.
    Duplicate,
    /// Later than the end of the record.
    TooLate,
}

impl Fault {
    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoId => "no_id",
            Self::BadDate => "bad_date",
            Self::BadNumber => "bad_number",
            Self::BadFlag => "bad_flag",
            Self::OtherSport => "other_sport",
            Self::Impossible => "impossible",
            Self::Duplicate => "duplicate_row",
            Self::TooLate => "after_as_of",
        }
    }
}

/// A session, or a day that somebody looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputRow {
    /// Local seconds since 1970.
    start_s: u32,
    /// Whole metres; 0: a day looked at.
    pub distance_m: u32,
    /// Duration, running, descent and flags.
    bits: [u32; 2],
}

const UNKNOWN_20: u32 = (1 << 20) - 1;
const UNKNOWN_16: u32 = (1 << 16) - 1;
const HAS_TIME: u32 = 1;
const RACE: u32 = 2;
const TREADMILL: u32 = 4;

impl InputRow {
    /// Local start; midnight where only the day is known.
    #[must_use]
    pub fn start(&self) -> NaiveDateTime {
        DateTime::from_timestamp(self.start_s.into(), 0).unwrap_or_default().naive_utc()
    }

    /// Whether the time is known.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.flags() & HAS_TIME != 0
    }

    /// Whether it was a race.
    #[must_use]
    pub fn race(&self) -> bool {
        self.flags() & RACE != 0
    }

    /// Whether it was on a treadmill.
    #[must_use]
    pub fn treadmill(&self) -> bool {
        self.flags() & TREADMILL != 0
    }

    /// Whether it is a session, not a day that somebody looked at.
    #[must_use]
    pub fn is_run(&self) -> bool {
        self.distance_m > 0
    }

    /// Seconds from start to stop.
    #[must_use]
    pub fn duration_s(&self) -> Option<u32> {
        Some(self.bits[0] & UNKNOWN_20).filter(|s| *s != UNKNOWN_20)
    }

    /// Seconds of running.
    #[must_use]
    pub fn running_s(&self) -> Option<u32> {
        Some((self.bits[0] >> 20) | ((self.bits[1] & 0xff) << 12)).filter(|s| *s != UNKNOWN_20)
    }

    /// Metres of descent.
    #[must_use]
    pub fn descent_m(&self) -> Option<u32> {
        Some((self.bits[1] >> 8) & UNKNOWN_16).filter(|m| *m != UNKNOWN_16)
    }

    /// Bytes of a row with the place of its runner.
    pub const PLACED_BYTES: usize = 20;

    /// The row and the place of its runner, for a file.
    #[must_use]
    pub fn to_bytes(self, place: u32) -> [u8; Self::PLACED_BYTES] {
        let numbers = [place, self.start_s, self.distance_m, self.bits[0], self.bits[1]];
        std::array::from_fn(|at| numbers[at / 4].to_le_bytes()[at % 4])
    }

    /// What [`to_bytes`](Self::to_bytes) wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; Self::PLACED_BYTES]) -> (u32, Self) {
        let number = |n: usize| u32::from_le_bytes(std::array::from_fn(|at| bytes[4 * n + at]));
        (number(0), Self { start_s: number(1), distance_m: number(2), bits: [number(3), number(4)] })
    }

    fn flags(&self) -> u32 {
        self.bits[1] >> 24
    }

    fn new(start_s: u32, distance_m: u32, [duration, running]: [u32; 2], descent: u32, flags: u32) -> Self {
        let bits = [duration | (running << 20), (running >> 12) | (descent << 8) | (flags << 24)];
        Self { start_s, distance_m, bits }
    }
}

/// Rows as they are read; words for sports are looked up once.
#[derive(Debug)]
pub struct RowReader {
    header: Header,
    zone: Option<Tz>,
    decimal_comma: bool,
    sports: HashMap<Vec<u8>, Option<bool>>,
}

/// A time with a zone, in a table for which nobody said whose days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasZone;

impl RowReader {
    /// For tables with these columns.
    #[must_use]
    pub fn new(header: Header, zone: Option<Tz>, decimal_comma: bool) -> Self {
        Self { header, zone, decimal_comma, sports: HashMap::new() }
    }

    /// The columns.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// A row of cells in the order of [`Header::columns`]: what it says, and what is wrong with it. Of another sport both:
    /// the day was looked at.
    ///
    /// # Errors
    /// Where the start states a zone that nobody asked for.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(Option<InputRow>, Option<Fault>), HasZone> {
        let start = self.start(cells)?;
        Ok(match start.ok_or(Fault::BadDate).and_then(|start| self.session(cells, start)) {
            Ok((row, fault)) => (Some(row), fault),
            Err(fault) => (None, Some(fault)),
        })
    }

    fn start(&self, cells: &[Cell<'_>]) -> Result<Option<(u32, bool)>, HasZone> {
        for role in [Role::Start, Role::Date] {
            let Some(cell) = self.cell(cells, role).filter(|cell| *cell != Cell::Unknown) else { continue };
            return match cells::when(cell, self.zone) {
                Ok(when) => {
                    let start_s = u32::try_from(when.start.and_utc().timestamp()).ok();
                    Ok(start_s.map(|start_s| (start_s, when.has_time)))
                }
                Err(NoStart::HasZone) => Err(HasZone),
                Err(NoStart::Unreadable) => Ok(None),
            };
        }
        Ok(None)
    }

    fn session(
        &mut self,
        cells: &[Cell<'_>],
        (start_s, has_time): (u32, bool),
    ) -> Result<(InputRow, Option<Fault>), Fault> {
        let flag = |role| self.cell(cells, role).map_or(Ok(false), cells::flag).map_err(|_| Fault::BadFlag);
        let (race, treadmill) = (flag(Role::Race)?, flag(Role::Treadmill)?);
        let meters = self.amount(cells, [(Role::Meters, 1.0), (Role::Kilometers, 1_000.0)])?.unwrap_or(0.0);
        let duration_s = self.amount(cells, [(Role::Seconds, 1.0), (Role::Minutes, 60.0)])?;
        let running_s = self.amount(cells, [(Role::Running, 1.0); 2])?;
        let descent_m = self.amount(cells, [(Role::Descent, 1.0); 2])?;
        let (treads, is_run) = match self.is_run(cells) {
            Some(treads) => (treads, true),
            None => (false, false),
        };
        let bits = |number: Option<f64>, unknown: u32| {
            number
                .map(f64::round)
                .filter(|n| *n >= 0.0 && *n < f64::from(unknown))
                .map_or(unknown, |n| n as u32)
        };
        let flags = [(has_time, HAS_TIME), (race, RACE), (treadmill || treads, TREADMILL)];
        let flags = flags.iter().map(|(is_set, bit)| if *is_set { *bit } else { 0 }).sum();
        let times = [bits(duration_s, UNKNOWN_20), bits(running_s, UNKNOWN_20)];
        let row = |meters: f64| {
            InputRow::new(start_s, meters.round() as u32, times, bits(descent_m, UNKNOWN_16), flags)
        };
        if !is_run {
            return Ok((row(0.0), Some(Fault::OtherSport)));
        }
        if meters > LONGEST_M || judge::impossible::is_impossible(Some(meters), duration_s) {
            return Ok((row(0.0), Some(Fault::Impossible)));
        }
        Ok((row(meters.max(0.0)), None))
    }

    /// Whether a run was on a treadmill by its sport; `None` where it is no run.
    fn is_run(&mut self, cells: &[Cell<'_>]) -> Option<bool> {
        let Some(Cell::Text(word)) = self.cell(cells, Role::Sport) else { return Some(false) };
        let word = word.trim_ascii();
        if word.is_empty() {
            return Some(false);
        }
        if let Some(known) = self.sports.get(word) {
            return *known;
        }
        let decision = judge::sport::from_word(&Sport::new(&String::from_utf8_lossy(word)));
        let is_run = decision
            .filter(|decision| decision.sport.is_running())
            .map(|decision| matches!(decision.sub_sport.as_deref(), Some("treadmill" | "indoor_running")));
        self.sports.insert(word.to_vec(), is_run);
        is_run
    }

    /// The number of the first of two columns that there is, in its unit.
    fn amount(&self, cells: &[Cell<'_>], columns: [(Role, f64); 2]) -> Result<Option<f64>, Fault> {
        for (role, unit) in columns {
            if let Some(cell) = self.cell(cells, role) {
                let whole = !matches!(role, Role::Kilometers | Role::Minutes);
                let number = cells::number(cell, self.decimal_comma, whole).map_err(|_| Fault::BadNumber)?;
                return Ok(number.map(|number| number * unit));
            }
        }
        Ok(None)
    }

    fn cell<'a>(&self, cells: &[Cell<'a>], role: Role) -> Option<Cell<'a>> {
        self.header.position(role).and_then(|at| cells.get(at)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &str, line: &str) -> (Option<InputRow>, Option<Fault>) {
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        let header = Header::of(&names).unwrap();
        let texts: Vec<&str> = line.split(',').collect();
        let cells: Vec<Cell<'_>> =
            header.columns.iter().map(|(at, _)| Cell::Text(texts[*at].as_bytes())).collect();
        RowReader::new(header, None, false).row(&cells).unwrap()
    }

    const ALL: &str = "athlete_id,start,distance_m,duration_s,sport,race,treadmill,descent_m,running_s";

    #[test]
    fn a_row_keeps_every_value() {
        let (row, fault) = read(ALL, "7,2026-03-01T07:30:15,12345,4000,trail running,1,0,250,3900");
        let row = row.unwrap();
        assert_eq!(fault, None);
        assert_eq!((row.start().to_string().as_str(), row.has_time()), ("2026-03-01 07:30:15", true));
        assert_eq!(
            (row.distance_m, row.duration_s(), row.running_s(), row.descent_m()),
            (12_345, Some(4_000), Some(3_900), Some(250))
        );
        assert_eq!((row.race(), row.treadmill(), row.is_run()), (true, false, true));
        assert_eq!(std::mem::size_of::<InputRow>(), 16);
        assert_eq!(InputRow::from_bytes(&row.to_bytes(77)), (77, row));
    }

    #[test]
    fn what_is_not_there_is_unknown() {
        let row = read(ALL, "7,2026-03-01,12345,,,,,,").0.unwrap();
        assert_eq!((row.duration_s(), row.running_s(), row.descent_m()), (None, None, None));
        assert_eq!((row.has_time(), row.race()), (false, false));
        let most = read(ALL, "7,2026-03-01,12345,1048574,,,,65534,1048574").0.unwrap();
        assert_eq!(
            (most.duration_s(), most.running_s(), most.descent_m()),
            (Some(1_048_574), Some(1_048_574), Some(65_534))
        );
    }

    #[test]
    fn each_fault_has_its_code() {
        for (line, code) in [
            ("7,01.03.2026,12345,4000,,,,,", "bad_date"),
            ("7,2026-03-01,far,4000,,,,,", "bad_number"),
            ("7,2026-03-01,12345,4000,,maybe,,,", "bad_flag"),
            ("7,2026-03-01,12345,4000,cycling,,,,", "other_sport"),
            ("7,2026-03-01,60000,4000,,,,,", "impossible"),
            ("7,2026-03-01,2000000,,,,,,", "impossible"),
        ] {
            assert_eq!(read(ALL, line).1.map(Fault::code), Some(code), "{line}");
        }
    }

    #[test]
    fn no_distance_is_a_day_that_somebody_looked_at_and_so_is_another_sport() {
        for line in [
            "7,2026-03-01,0,,,,,,",
            "7,2026-03-01,,,,,,,",
            "7,2026-03-01,-5,,,,,,",
            "7,2026-03-01,9000,,swimming,,,,",
        ] {
            let row = read(ALL, line).0.unwrap();
            assert!(!row.is_run(), "{line}");
        }
    }

    #[test]
    fn a_treadmill_is_known_by_its_word_too() {
        assert!(read(ALL, "7,2026-03-01,9000,3000,Treadmill,,,,").0.unwrap().treadmill());
    }

    #[test]
    fn kilometres_and_minutes_become_metres_and_seconds() {
        let row = read("id,date,distance_km,duration_min", "7,2026-03-01,10.5,60").0.unwrap();
        assert_eq!((row.distance_m, row.duration_s()), (10_500, Some(3_600)));
    }
}
