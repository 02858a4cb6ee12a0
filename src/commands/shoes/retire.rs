//! `treadlight shoes retire`: the last day of a pair.

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::{
    super::{ExitStatus, Options, environment},
    edit::open,
};
use crate::{dates, settings::edit::shoes::with_last_day};

pub(super) fn run(name: &str, on: Option<NaiveDate>, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let opened = open(options)?;
    let zone = opened.settings.timezone.unwrap_or_else(environment::system_zone);
    let day = on.unwrap_or_else(|| environment::now().with_timezone(&zone).date_naive());
    let pair = opened.pair(name)?;
    if let Some(from) = pair.from.filter(|from| day < *from) {
        bail!(
            "`{}` has its first day on {from}: its last cannot be {day}; name another with `--on DATE`",
            pair.name
        );
    }
    let instead = pair.retired.filter(|old| *old != day);
    let instead = instead.map_or_else(String::new, |old| format!(" (it was {})", dates::long(old)));
    let did = format!("{} has its last day on {}{instead}", pair.name, dates::long(day));
    let text = with_last_day(opened.file.text(), &pair.name, day);
    opened.edited(text)?.finish(options, dry_run, None, &did)
}
