//! `treadlight knee seen`: a doctor or physio has examined it.

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::{
    super::{ExitStatus, Options, environment},
    diary_file, load_knee,
};
use crate::knee::{diary::Column, sign::Seen};

pub(super) fn run(
    stage: Option<u8>,
    their_plan: bool,
    on: Option<NaiveDate>,
    note: Option<String>,
    options: &Options,
) -> Result<ExitStatus> {
    let (path, _) = diary_file::path_of(options)?;
    let loaded = load_knee(options)?;
    let as_of = loaded.analysis.as_of;
    let date = on.unwrap_or(as_of);
    if date > as_of {
        bail!("{date} lies after {as_of}: an examination is noted once it has taken place");
    }
    let note = match note {
        Some(note) => note,
        None if environment::can_ask() => super::ask::line("Who examined it, and when? ")?,
        None => String::new(),
    };
    let seen = match (their_plan, stage) {
        (true, _) => Seen::TheirPlan,
        (false, Some(stage)) => Seen::Stage(stage),
        (false, None) => Seen::Alone,
    };
    diary_file::edit(&path, |sheet| {
        sheet.append(&[
            (Column::Date, date.to_string()),
            (Column::Signs, seen.to_string()),
            (Column::Note, note.trim().to_owned()),
        ]);
        Ok(())
    })?;
    super::answer(Vec::new(), &path, options)
}
