//! `treadlight ack`: silence a rule for a while, with a reason, in the settings.

use std::path::PathBuf;

use anyhow::{Context, Result};
use chrono::NaiveDate;

use super::{ColorChoice, ExitStatus, environment, output, settings_file::SettingsFile};
use crate::{
    dates,
    settings::{AckSettings, edit, nearest},
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
    let file = SettingsFile::read(&file)?.with_context(|| {
        format!(
            "settings `{}` do not exist: name yours with `--config FILE`, or write some with `treadlight init`",
            file.display()
        )
    })?;
    file.settings()?;
    let after = edit::with_ack(file.text(), &ack_settings).map_err(|error| file.in_file(error));
    let after = after.context("cannot edit the settings")?;
    // never write what cannot be read back
    file.settings_after(&after)?;
    file.write(&after)?;
    let told =
        format!("{} is silent until {}, in {}\n", rule.name(), dates::long(until), file.path().display());
    output::print(&told, ColorChoice::Auto)?;
    Ok(ExitStatus::Done)
}

fn unknown_rule(name: &str) -> String {
    let known: Vec<&str> = RuleId::ALL.iter().map(|rule| rule.name()).collect();
    let hint = nearest(name, &known)
        .map_or_else(|| format!("known are {}", known.join(", ")), |rule| format!("did you mean `{rule}`?"));
    format!("unknown rule `{name}`: {hint}")
}
