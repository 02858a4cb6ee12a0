//! `treadlight ack`: silence a rule for a while, with a reason, in the settings; or end a silence.

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;

use super::{
    ExitStatus, Options, environment, output,
    shoes::edit::{Opened, open},
};
use crate::{
    analysis::rules,
    dates,
    settings::{AckSettings, edit, nearest},
    warning::Rule,
};

/// What was typed.
#[derive(Clone, Debug)]
pub struct Ack {
    /// The rule's name.
    pub rule: String,
    /// The last day on which it is silent, and why; `None` ends a silence.
    pub silence: Option<(NaiveDate, String)>,
}

pub(super) fn run(ack: Ack, options: &Options) -> Result<ExitStatus> {
    let rule = rules::find(&ack.rule).with_context(|| unknown_rule(&ack.rule))?;
    if let Some(file) = options.config.as_ref().filter(|file| !file.exists()) {
        bail!(
            "settings `{}` do not exist: name yours with `--config FILE`, or write some with `treadlight init`",
            file.display()
        );
    }
    let opened = open(options)?;
    let (text, did) = match ack.silence {
        Some((until, because)) => {
            // a silence that is over already is for looking back, and holds for all days up to it
            let from = Some(today(&opened, options)).filter(|today| *today <= until);
            let text = edit::with_ack(opened.file.text(), &AckSettings { rule, from, until, because });
            (text, format!("{} is silent until {}", rule.id, dates::long(until)))
        }
        None => (ended(&opened, rule)?, format!("{} is no longer silent", rule.id)),
    };
    let path = opened.file.path().display().to_string();
    opened.edited(text)?.write()?;
    output::print(&format!("{did}, in {path}\n"), options.color)?;
    Ok(ExitStatus::Done)
}

/// The day of the report, from which on the rule is silent.
fn today(opened: &Opened, options: &Options) -> NaiveDate {
    let zone = opened.settings.timezone.unwrap_or_else(environment::system_zone);
    let fixed = options.as_of.or(opened.settings.as_of);
    fixed.unwrap_or_else(|| environment::now().with_timezone(&zone).date_naive())
}

fn ended(opened: &Opened, rule: &'static Rule) -> Result<Result<String, crate::settings::SettingsError>> {
    let acks = &opened.settings.acks;
    if !acks.iter().any(|ack| ack.rule == rule) {
        let silent: Vec<&str> = acks.iter().map(|ack| ack.rule.id).collect();
        let known = if silent.is_empty() { "no rule is".to_owned() } else { silent.join(", ") };
        bail!(
            "`{}` is not silent in {}: {known}{}",
            rule.id,
            opened.file.path().display(),
            if silent.is_empty() { "" } else { " can be ended" }
        );
    }
    Ok(edit::without_ack(opened.file.text(), rule))
}

fn unknown_rule(name: &str) -> String {
    let known: Vec<&str> = rules::known().iter().map(|rule| rule.id).collect();
    let hint = nearest(name, &known)
        .map_or_else(|| format!("known are {}", known.join(", ")), |rule| format!("did you mean `{rule}`?"));
    format!("unknown rule `{name}`: {hint}")
}
