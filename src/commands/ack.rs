//! `treadlight ack`: silence a rule for a while, with a reason, in the settings.

use std::{fs, io::ErrorKind, path::PathBuf};

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;

use super::{ColorChoice, ExitStatus, environment, load, output};
use crate::{
    dates,
    settings::{self, AckSettings, edit, nearest},
    warning::RuleId,
};

/// What was typed.
#[derive(Clone, Debug)]
pub struct Ack {
    /// The rule's name.
    pub rule: String,
    /// The last day on which it is silent.
    pub until: NaiveDate,
    /// Why.
    pub because: String,
    /// The settings to edit.
    pub config: Option<PathBuf>,
}

pub(super) fn run(ack: Ack) -> Result<ExitStatus> {
    let rule = RuleId::from_name(&ack.rule).with_context(|| unknown_rule(&ack.rule))?;
    let until = ack.until;
    let ack_settings = AckSettings { rule, until, because: ack.because };
    let file = ack
        .config
        .or_else(environment::user_settings)
        .context("cannot tell your configuration folder: name a file with `--config FILE`")?;
    let before = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "settings `{}` do not exist: name yours with `--config FILE`, or write some with `treadlight init`",
            file.display()
        ),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read the settings `{}`", file.display()));
        }
    };
    let in_file = |error| load::in_file(error, &file);
    let after =
        edit::with_ack(&before, &ack_settings).map_err(in_file).context("cannot edit the settings")?;
    // never write what cannot be read back
    settings::parse(&after).map_err(in_file).context("cannot use the settings")?;
    // a link to the settings stays one
    let target = fs::canonicalize(&file).with_context(|| format!("cannot find `{}`", file.display()))?;
    output::write_file(&target, after.as_bytes())?;
    let told = format!("{} is silent until {}, in {}\n", rule.name(), dates::long(until), file.display());
    output::print(&told, ColorChoice::Auto)?;
    Ok(ExitStatus::Done)
}

fn unknown_rule(name: &str) -> String {
    let known: Vec<&str> = RuleId::ALL.iter().map(|rule| rule.name()).collect();
    let hint = nearest(name, &known)
        .map_or_else(|| format!("known are {}", known.join(", ")), |rule| format!("did you mean `{rule}`?"));
    format!("unknown rule `{name}`: {hint}")
}
