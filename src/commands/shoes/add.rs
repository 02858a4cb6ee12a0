//! `treadlight shoes add`: a pair more, in the settings.

use anyhow::{Result, bail};

use super::{
    super::{ExitStatus, Options},
    edit::open_or_make,
};
use crate::{
    dates,
    settings::{
        edit::shoes::{NewPair, with_pair},
        same_name,
    },
    warning::ShoeKind,
};

pub(super) fn run(pair: &NewPair, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let opened = open_or_make(options)?;
    if let Some(known) = opened.settings.shoes.iter().find(|known| same_name(&known.name, &pair.name)) {
        bail!(
            "`{}` stands in {} already: give the new pair its own name, such as `{} 2`",
            known.name,
            opened.file.path().display(),
            pair.name
        );
    }
    let text = with_pair(opened.file.text(), pair);
    opened.edited(text)?.finish(options, dry_run, None, &said(pair))
}

fn said(pair: &NewPair) -> String {
    let from = pair.from.map_or_else(String::new, |date| format!(" from {}", dates::long(date)));
    let [start, end] = pair.window.unwrap_or_else(|| pair.kind.unwrap_or(ShoeKind::Daily).customary_window());
    let default = if pair.default { ", for every run without another pair" } else { "" };
    format!("added {}{from}, window {start} to {end}{default}", pair.name)
}
