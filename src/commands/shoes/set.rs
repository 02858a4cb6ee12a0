//! `treadlight shoes set`: how a pair fits, in the settings.

use anyhow::{Result, bail};

use super::{
    super::{ExitStatus, Options},
    edit::open,
};
use crate::settings::{ShoeFit, edit::shoes::with_fit};

pub(super) fn run(name: &str, said: &ShoeFit, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    if said.is_empty() {
        bail!(
            "say how it fits: `--note TEXT`, `--comfort 1-5`, `--comfort-now 1-5`, `--drop-mm MM`, `--stack-mm MM`"
        );
    }
    let opened = open(options)?;
    let pair = opened.pair(name)?;
    let name = pair.name.clone();
    // both comforts are one value of the settings, and only one may be said here
    let has_comfort = said.comfort_at_purchase.or(said.comfort_now).is_some();
    let known = if has_comfort { pair.fit.clone() } else { ShoeFit::default() };
    let said = ShoeFit {
        comfort_at_purchase: said.comfort_at_purchase.or(known.comfort_at_purchase),
        comfort_now: said.comfort_now.or(known.comfort_now),
        ..said.clone()
    };
    let text = with_fit(opened.file.text(), &name, &said);
    opened.edited(text)?.finish_lines(options, dry_run, &format!("noted how {name} fits"))
}
