//! Where each written row belongs: its run or day, its spot and side, and the rows that complete each other.
//!
//! Source: EVIDENCE-KNEE 5.1 and 5.8. Where a row is ambiguous, the stricter reading counts.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{
    light::{Age, Judged, Light, Readings},
    row::{At, Of, Problem, Row, Run},
    sign::{Seen, Sign},
    spot::{Side, Spot},
    standing::{Entry, Says, after, before},
};

/// An id names the run that starts within so many minutes of it.
const ID_WITHIN_MINUTES: i64 = 5;
/// A time names the run that starts nearest to it, within so many minutes.
const TIME_WITHIN_MINUTES: i64 = 90;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A run, by its place among the runs.
    Run(usize),
    /// A planned walk.
    Walk,
    /// A day.
    Day,
}

/// A row in its place, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Where it was written; of rows that complete each other, the first.
    pub at: At,
    /// Its day.
    pub date: NaiveDate,
    /// What it is about.
    pub about: About,
    /// Where it hurts.
    pub spot: Spot,
    /// On which side; `None` where it was never said.
    pub side: Option<Side>,
    /// The numbers; the morning only from the day after on.
    pub readings: Readings,
    /// Signs.
    pub signs: Vec<Sign>,
    /// A sign that could not be read.
    pub unreadable: bool,
    /// A professional has looked: a row of its own.
    pub seen: Option<Seen>,
    /// A painkiller.
    pub painkiller: bool,
    /// The runner's words.
    pub note: String,
    /// Its light; `None`: it judges nothing.
    pub light: Option<Light>,
    /// What the fold needs of it.
    pub entry: Entry,
}

/// Every row in its place, by day and then as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diary {
    /// The rows.
    pub rows: Vec<Placed>,
    /// Done exercises by day.
    pub exercises: Vec<(NaiveDate, String)>,
    /// Days with the runner's words and nothing else, such as what a wellness file noted.
    pub notes: Vec<(NaiveDate, String)>,
    /// What was read otherwise than it was written.
    pub problems: Vec<Problem>,
}

/// Puts rows in their places. `written` comes in the order diary, knee files by name, activities by start.
///
/// Nothing later than `as_of` is used: no row, and no morning that had not come yet.
#[must_use]
pub fn place(written: Vec<Row>, runs: &[Run], as_of: NaiveDate, birth_year: Option<i32>) -> Diary {
    let (mut exercises, mut notes) = (Vec::new(), Vec::new());
    let mut placing = Placing { runs, drafts: Vec::new(), problems: Vec::new() };
    for row in written.into_iter().filter(|row| row.date.is_some_and(|date| date <= as_of)) {
        exercises.extend(row.date.iter().flat_map(|d| row.exercises.iter().map(|id| (*d, id.clone()))));
        notes.extend(row.date.filter(|_| row.is_note()).map(|date| (date, row.note.clone())));
        placing.take(row);
    }
    notes.sort();
    exercises.sort();
    exercises.dedup();
    placing.drafts.sort_by_key(|draft| draft.date);
    placing.inherit();
    placing.put_mornings();
    placing.drafts.sort_by_key(|draft| draft.date);
    placing.complete();
    for draft in &mut placing.drafts {
        if after(draft.date, 1) > as_of {
            draft.row.readings.morning = None;
        }
    }
    placing.drafts.retain(|draft| draft.seen.is_some() || draft.row.is_entry());
    let drafts = std::mem::take(&mut placing.drafts);
    let rows = drafts.into_iter().map(|draft| placing.placed(draft, birth_year)).collect();
    Diary { rows, exercises, notes, problems: placing.problems }
}

/// The local start that an id such as `2026-11-18T07:02` or `2026-11-18T07:02-2` names.
#[must_use]
pub fn start_of(id: &str) -> Option<NaiveDateTime> {
    let start = NaiveDateTime::parse_from_str(id.get(..16)?, "%Y-%m-%dT%H:%M").ok()?;
    let rest = &id[16..];
    let collision = rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok());
    collision.then_some(start)
}

/// The run that an id names: itself, else the nearest within five minutes.
#[must_use]
pub fn run_by_id(id: &str, runs: &[Run]) -> Option<usize> {
    let itself = runs.iter().position(|run| run.id == id);
    itself.or_else(|| nearest_run(start_of(id)?, runs, ID_WITHIN_MINUTES))
}

fn nearest_run(start: NaiveDateTime, runs: &[Run], within_minutes: i64) -> Option<usize> {
    let away = |run: &Run| (run.start - start).num_seconds().abs();
    let near = runs.iter().enumerate().filter(|(_, run)| away(run) <= within_minutes * 60);
    near.min_by_key(|(_, run)| away(run)).map(|(at, _)| at)
}

/// A row on its way to its place.
#[derive(Clone, Debug)]
struct Draft {
    row: Row,
    date: NaiveDate,
    about: About,
    seen: Option<Seen>,
    /// A second row of one run and spot in the diary: it can only harden.
    second: bool,
}

struct Placing<'a> {
    runs: &'a [Run],
    drafts: Vec<Draft>,
    problems: Vec<Problem>,
}

impl Placing<'_> {
    fn say(&mut self, row: &Row, date: NaiveDate, what: String) {
        self.problems.push(Problem { at: row.at.clone(), date: Some(date), what, is_file: false });
    }

    /// One row as the drafts it comes to: a `seen` is a row of its own, ahead of a sign beside it.
    fn take(&mut self, mut row: Row) {
        let Some(date) = row.date else { return };
        for seen in std::mem::take(&mut row.seen) {
            let alone = Row { at: row.at.clone(), note: row.note.clone(), date: row.date, ..Row::default() };
            self.drafts.push(Draft { row: alone, date, about: About::Day, seen: Some(seen), second: false });
        }
        if row.is_entry() {
            let (about, date) = self.about(&row, date);
            self.drafts.push(Draft { row, date, about, seen: None, second: false });
        }
    }

    /// `2026-11-21 morning 1` is the morning after the run of 20 Nov, once spots and sides are known.
    fn put_mornings(&mut self) {
        let (mornings, others): (Vec<Draft>, Vec<Draft>) =
            std::mem::take(&mut self.drafts).into_iter().partition(|draft| draft.row.of == Of::MorningOf);
        self.drafts = others;
        for morning in mornings {
            let put = self.morning(&morning);
            self.drafts.extend(put);
        }
    }

    /// One morning as the rows it comes to; signs beside it are of the day itself.
    fn morning(&self, morning: &Draft) -> Vec<Draft> {
        let Draft { row, date, .. } = morning;
        let yesterday = before(*date, 1);
        let of_yesterday = self.runs_of(yesterday);
        let has_row = |run: &usize| {
            let key = (About::Run(*run), row.spot, row.side);
            self.drafts.iter().any(|draft| (draft.about, draft.row.spot, draft.row.side) == key)
        };
        let mut runs: Vec<usize> = of_yesterday.iter().copied().filter(has_row).collect();
        if runs.is_empty() {
            runs.extend(of_yesterday.last());
        }
        let draft = |row: Row, date, about| Draft { row, date, about, seen: None, second: false };
        if runs.is_empty() {
            let readings = Readings { worst: row.readings.morning, ..Readings::default() };
            return vec![draft(Row { readings, ..row.clone() }, *date, About::Day)];
        }
        let number = Row {
            signs: Vec::new(),
            unreadable: false,
            painkiller: false,
            date: Some(yesterday),
            ..row.clone()
        };
        let mut drafts: Vec<Draft> =
            runs.into_iter().map(|run| draft(number.clone(), yesterday, About::Run(run))).collect();
        let rest = Row { readings: Readings::default(), ..row.clone() };
        if rest.is_entry() {
            drafts.push(draft(rest, *date, About::Day));
        }
        drafts
    }

    fn runs_of(&self, date: NaiveDate) -> Vec<usize> {
        let runs = self.runs.iter().enumerate();
        runs.filter(|(_, run)| run.date() == date).map(|(at, _)| at).collect()
    }

    fn about(&mut self, row: &Row, date: NaiveDate) -> (About, NaiveDate) {
        let day = (About::Day, date);
        match &row.of {
            Of::Walk => (About::Walk, date),
            Of::Run(id) => match run_by_id(id, self.runs) {
                Some(run) => (About::Run(run), self.runs[run].date()),
                None => {
                    self.say(
                        row,
                        date,
                        format!("run {id} is not among the files: counted as a row of its day"),
                    );
                    day
                }
            },
            Of::Time(time) => match self.run_at(date, *time) {
                Some(run) => (About::Run(run), date),
                None => {
                    let what = format!("no run near {}: counted as a row of its day", time.format("%-H:%M"));
                    self.say(row, date, what);
                    day
                }
            },
            Of::Day | Of::MorningOf => day,
            Of::Unsaid => match self.runs_of(date)[..] {
                [run] => (About::Run(run), date),
                [] if has_run_numbers(row) => {
                    self.say(row, date, format!("no run on {date}: counted as a row of its day"));
                    day
                }
                [] => day,
                _ => {
                    let what = format!("two runs on {date}: add the time; counted as a row of its day");
                    self.say(row, date, what);
                    day
                }
            },
        }
    }

    fn run_at(&self, date: NaiveDate, time: NaiveTime) -> Option<usize> {
        let of_day = self.runs_of(date);
        if let [only] = of_day[..] {
            return Some(only);
        }
        let start = date.and_time(time);
        let away = |run: usize| (self.runs[run].start - start).num_minutes().abs();
        of_day.into_iter().filter(|run| away(*run) <= TIME_WITHIN_MINUTES).min_by_key(|run| away(*run))
    }

    /// An empty spot or side is that of the row before it in date.
    fn inherit(&mut self) {
        let (mut spot, mut side): (Option<Spot>, Option<Side>) = (None, None);
        let mut unsaid: Option<(At, NaiveDate)> = None;
        for draft in self.drafts.iter_mut().filter(|draft| draft.seen.is_none()) {
            let says_nothing = draft.row.spot.is_none() && spot.is_none();
            if says_nothing && unsaid.is_none() {
                unsaid = Some((draft.row.at.clone(), draft.date));
            }
            spot = Some(draft.row.spot.or(spot).unwrap_or(Spot::Other));
            side = draft.row.side.or(side);
            (draft.row.spot, draft.row.side) = (spot, side);
        }
        if let Some((at, date)) = unsaid {
            let what = "no spot yet: read as `other`; name one such as `front left`".to_owned();
            self.problems.push(Problem { at, date: Some(date), what, is_file: false });
        }
    }

    /// Lines from the phone about one run, spot and side complete each other and the diary's row.
    fn complete(&mut self) {
        let mut whole: Vec<Draft> = Vec::new();
        for draft in std::mem::take(&mut self.drafts) {
            let same = |known: &Draft| {
                let day_in_diary = known.about == About::Day && (known.row.in_diary || draft.row.in_diary);
                (known.date, known.about, known.row.spot, known.row.side)
                    == (draft.date, draft.about, draft.row.spot, draft.row.side)
                    && known.seen.is_none()
                    && draft.seen.is_none()
                    && !day_in_diary
            };
            match whole.iter().position(same) {
                Some(at) if !draft.row.in_diary => {
                    let mut known = whole.remove(at);
                    let brings_signs = !draft.row.signs.is_empty() || draft.row.unreadable;
                    known.row.take_from(draft.row, known.about == About::Day);
                    // a sign stands where the line that brought it stands: of `seen` and a sign the later line wins
                    whole.insert(if brings_signs { whole.len() } else { at }, known);
                }
                Some(_) => {
                    let what = "a second row for one run and spot: only what is worse in it counts";
                    self.say(&draft.row, draft.date, what.to_owned());
                    whole.push(Draft { second: true, ..draft });
                }
                None => whole.push(draft),
            }
        }
        self.drafts = whole;
    }

    fn placed(&mut self, draft: Draft, birth_year: Option<i32>) -> Placed {
        let Draft { mut row, date, about, seen, second } = draft;
        let run = match about {
            About::Run(run) => self.runs.get(run),
            _ => None,
        };
        if let (Some(run), Some(from)) = (run, row.from_m)
            && from > run.metres
        {
            let km = |m: i64| format!("{:.1} km", m as f64 / 1000.0);
            let what = format!("from {} lies beyond the run of {}: read as empty", km(from), km(run.metres));
            self.say(&row, date, what);
            row.from_m = None;
        }
        let spot = row.spot.unwrap_or(Spot::Other);
        let light = if seen.is_some() { None } else { light(&row, date, about, second, birth_year) };
        let entry = Entry {
            date,
            says: seen.map_or(Says::Light(light), Says::Seen),
            spot,
            side: row.side,
            metres: run.map(|run| run.metres),
            from_m: row.from_m.filter(|_| run.is_some()),
            running_s: run.and_then(|run| run.running_s),
            walk: about == About::Walk,
            signs: row.signs.clone(),
            speaks_of_now: !row.readings.is_empty() && !row.unreadable,
        };
        Placed {
            at: row.at,
            date,
            about,
            spot,
            side: row.side,
            readings: row.readings,
            signs: row.signs,
            unreadable: row.unreadable,
            seen,
            painkiller: row.painkiller,
            note: row.note,
            light,
            entry,
        }
    }
}

fn has_run_numbers(row: &Row) -> bool {
    let Readings { before, during, after, morning, .. } = row.readings;
    [before, during, after, morning].iter().any(Option::is_some) || row.from_m.is_some()
}

fn light(row: &Row, date: NaiveDate, about: About, second: bool, birth_year: Option<i32>) -> Option<Light> {
    let judged = Judged {
        spot: row.spot.unwrap_or(Spot::Other),
        side: row.side,
        readings: row.readings,
        signs: &row.signs,
        painkiller: row.painkiller,
        age: Age::in_year(chrono::Datelike::year(&date), birth_year),
    };
    let light = if about == About::Day || second { judged.light_of_day() } else { Some(judged.light()) };
    if row.unreadable { light.max(Some(Light::Red)) } else { light }
}

impl Row {
    /// What a further line about the same run, spot and side says: the later word wins over a line, never over the
    /// diary; signs and painkillers are united; of a day the larger number counts.
    fn take_from(&mut self, later: Self, of_a_day: bool) {
        let keeps = self.in_diary;
        let pick = |own: Option<u8>, new: Option<u8>| if keeps { own.or(new) } else { new.or(own) };
        let (own, new) = (self.readings, later.readings);
        self.readings = Readings {
            before: pick(own.before, new.before),
            during: pick(own.during, new.during),
            after: pick(own.after, new.after),
            morning: pick(own.morning, new.morning),
            worst: if of_a_day { own.worst.max(new.worst) } else { pick(own.worst, new.worst) },
        };
        self.from_m = if keeps { self.from_m.or(later.from_m) } else { later.from_m.or(self.from_m) };
        self.signs.extend(later.signs);
        self.signs.sort_unstable();
        self.signs.dedup();
        self.unreadable |= later.unreadable;
        self.painkiller |= later.painkiller;
        if !later.note.is_empty() {
            let separator = if self.note.is_empty() { "" } else { "; " };
            self.note = format!("{}{separator}{}", self.note, later.note);
        }
    }
}
