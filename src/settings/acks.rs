//! `[[acks]]`: rules that the runner has silenced for a while, each with a reason.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Context, SettingsError};
use crate::warning::Rule;

pub(super) const ACK_KEYS: &[&str] = &["rule", "from", "until", "because"];

/// A rule that is silent up to and including a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AckSettings {
    /// The rule.
    pub rule: &'static Rule,
    /// The first day on which it is silent: the day of `ack`. `None`: always was.
    pub from: Option<NaiveDate>,
    /// The last day on which it is silent.
    pub until: NaiveDate,
    /// Why.
    pub because: String,
}

#[derive(Deserialize)]
pub(super) struct RawAck {
    rule: Spanned<String>,
    from: Option<Spanned<Datetime>>,
    until: Spanned<Datetime>,
    because: Spanned<String>,
}

impl Context<'_> {
    pub(super) fn ack(&self, raw: &RawAck) -> Result<AckSettings, SettingsError> {
        let because = raw.because.get_ref().trim();
        if because.is_empty() {
            return Err(self.error(&raw.because.span(), "say why, so that you still know in a month"));
        }
        Ok(AckSettings {
            rule: self.rule(&raw.rule)?,
            from: raw.from.as_ref().map(|date| self.date(date)).transpose()?,
            until: self.date(&raw.until)?,
            because: because.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::{settings as parse, weekly_jump};

    #[test]
    fn a_silenced_rule_has_a_last_day_and_a_reason() {
        let text = "[[acks]]\nrule = \"weekly-jump\"\nuntil = 2026-12-01\nbecause = \"training camp\"";
        let ack = &parse(text).unwrap().acks[0];
        assert_eq!((ack.rule, ack.until.to_string().as_str()), (&weekly_jump::RULE, "2026-12-01"));
        assert_eq!(ack.because, "training camp");
    }

    #[test]
    fn without_a_reason_or_with_an_unknown_rule_it_is_refused_with_its_line() {
        let error = |text: &str| parse(text).unwrap_err().to_string();
        assert_eq!(
            error("[[acks]]\nrule = \"weekly-jump\"\nuntil = 2026-12-01\nbecause = \" \""),
            "line 4: say why, so that you still know in a month"
        );
        assert!(
            error("[[acks]]\nrule = \"week-jump\"\nuntil = 2026-12-01\nbecause = \"x\"")
                .starts_with("line 2: unknown rule `week-jump`: did you mean `weekly-jump`?")
        );
    }
}
