//! Every row of the knee: the diary, `knee.txt` files in the folders, `#knee` lines of activities.

use std::{fs, path::Path};

use chrono::NaiveDate;

use super::{super::text_file::TextFile, diary_file};
use crate::{
    activity::Activity,
    import::{files::find::Source, judge::duplicates::Duplicate},
    knee::{
        Knee,
        diary::{self, Sheet},
        phone_rows::{self, Noted},
        row::{At, Problem, Row, Run},
    },
    settings::Settings,
};

/// A text file from a phone is never larger.
const LARGEST_BYTES: u64 = 4 << 20;

/// Where rows come from.
pub(crate) struct From<'a> {
    /// Where the diary lies, if there is one.
    pub(crate) diary: Option<&'a Path>,
    pub(crate) birth_year: Option<i32>,
    /// The `knee.txt` files of the folders.
    pub(crate) files: &'a [Source],
    pub(crate) runs: &'a [Activity],
    pub(crate) others: &'a [Activity],
    pub(crate) duplicates: &'a [Duplicate],
    /// The clock's day.
    pub(crate) today: NaiveDate,
    pub(crate) as_of: NaiveDate,
}

/// The knee on the day of the report; `None` where nobody wrote anything.
pub(crate) fn knee(from: &From<'_>) -> Option<Knee> {
    let mut rows: Vec<Row> = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    let mut take = |(more, said): (Vec<Row>, Vec<Problem>)| {
        rows.extend(more);
        problems.extend(said);
    };
    let today = from.today.max(from.as_of);
    take(of_diary(from, today));
    let mut files: Vec<&Source> = from.files.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.into_iter().for_each(|file| take(of_file(file, today)));
    let mut noted: Vec<&Activity> =
        from.runs.iter().chain(from.others).filter(|activity| has_text(activity)).collect();
    // what a duplicate says of the knee is said of the run that stays
    noted.extend(from.duplicates.iter().map(|duplicate| &duplicate.activity).filter(|a| has_text(a)));
    noted.sort_by_key(|activity| activity.start);
    noted.into_iter().for_each(|activity| take(of_activity(activity, today)));
    Knee::of(rows, problems, runs(from.runs), from.as_of, from.birth_year)
}

fn unreadable(file: &str, error: &dyn std::fmt::Display) -> (Vec<Row>, Vec<Problem>) {
    let at = At { file: file.to_owned(), line: None };
    let what = format!(
        "cannot be read ({error}): its entries are missing here, so there is no distance until it can be"
    );
    (Vec::new(), vec![Problem { at, date: None, what, is_file: true }])
}

fn of_diary(from: &From<'_>, today: NaiveDate) -> (Vec<Row>, Vec<Problem>) {
    let Some(path) = from.diary else { return (Vec::new(), Vec::new()) };
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match TextFile::read(path, diary_file::KIND) {
        Ok(None) => (Vec::new(), Vec::new()),
        Ok(Some(file)) => {
            let cells = diary::read(&Sheet::parse(file.text()), &name, today);
            (cells.rows, cells.problems)
        }
        Err(error) => unreadable(&name, &format!("{:#}", error.root_cause())),
    }
}

/// That the diary which the settings name is not there: a slip in its path would silence a stop.
pub(crate) fn missing(settings: &Settings, diary: Option<&Path>) -> Option<String> {
    settings.diary.as_ref()?;
    let path = diary.filter(|path| !path.exists())?;
    Some(format!(
        "`{}` does not exist (`diary` below `[knee]` in the settings): `treadlight knee log` begins it, or correct the path",
        path.display()
    ))
}

fn of_file(source: &Source, today: NaiveDate) -> (Vec<Row>, Vec<Problem>) {
    if source.stamp.is_some_and(|stamp| stamp.bytes > LARGEST_BYTES) {
        return unreadable(&source.name, &"larger than 4 MB");
    }
    match fs::read(&source.path) {
        Ok(bytes) => phone_rows::of_file(&String::from_utf8_lossy(&bytes), &source.name, today),
        Err(error) => unreadable(&source.name, &error),
    }
}

/// A duplicate has no id of its own: its start names the run.
fn id_of(activity: &Activity) -> String {
    let start = || activity.start.format("%Y-%m-%dT%H:%M").to_string();
    if activity.id.is_empty() { start() } else { activity.id.clone() }
}

fn has_text(activity: &Activity) -> bool {
    activity.name.is_some() || !activity.knee_lines.is_empty()
}

fn of_activity(activity: &Activity, today: NaiveDate) -> (Vec<Row>, Vec<Problem>) {
    let noted = Noted {
        run: activity.is_run().then(|| id_of(activity)),
        date: activity.local_date(),
        file: activity.index.clone().unwrap_or_else(|| activity.file.clone()),
        text: format!("{}\n{}", activity.name.as_deref().unwrap_or_default(), activity.knee_lines),
    };
    phone_rows::of_activity(&noted, today)
}

/// The runs as the diary knows them.
pub(crate) fn runs(activities: &[Activity]) -> Vec<Run> {
    activities
        .iter()
        .map(|run| Run {
            id: run.id.clone(),
            start: run.start.naive_local(),
            metres: run.whole_meters(),
            running_s: run.running_time_s.map(|seconds| seconds.round() as i64),
        })
        .collect()
}
