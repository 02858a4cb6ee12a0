//! `treadlight shoes rename`: another name for a pair, wherever the settings name it.

use anyhow::{Result, bail};

use super::{
    super::{ExitStatus, Options},
    edit::open,
};
use crate::settings::{edit::shoes::with_name, same_name};

pub(super) fn run(old: &str, new: &str, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let new = new.trim();
    let opened = open(options)?;
    let pair = opened.pair(old)?;
    let others = opened.settings.shoes.iter().filter(|other| other.name != pair.name);
    if let Some(other) = others.into_iter().find(|other| same_name(&other.name, new)) {
        bail!("another pair is named `{}` already: choose a name of its own", other.name);
    }
    let old = pair.name.clone();
    let text = with_name(opened.file.text(), &old, new);
    let edit = opened.edited(text)?.renaming(new, &old);
    edit.finish(options, dry_run, None, &format!("{old} is named {new}"))
}
