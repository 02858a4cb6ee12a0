//! Every sentence of every warning: [`fact`], [`association`], [`action`]. Rules see numbers only, reports see text only.
//!
//! A warning tells a dated fact and a comparison, an association with its confidence interval and its
//! absolute rate, then one action with a number and a date. It never diagnoses and never asks for more running.

mod action;
mod association;
pub mod caps;
mod fact;
mod parts;
mod ratio;
#[cfg(test)]
mod tests;
mod thresholds;

use chrono::NaiveDate;

pub use crate::report::words::parts::{
    cap_text, date_range, date_range_after, running_minutes, window_in, window_text,
};
use crate::{
    dates,
    report::words::parts::whole_percent_above,
    units::UnitSystem,
    warning::{NewPairReason, RuleId, Unknown, Warning},
};
use ratio::ratio_number;

impl RuleId {
    /// The heading of its warnings: what was seen, never what to do.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::LongRunSpike => "long-run spike",
            Self::Gap => "break",
            Self::WeeklyJump => "weekly jump",
            Self::StepStack => "step stack",
            Self::NoRest => "no rest day",
            Self::DescentSpike => "descent spike",
            Self::TenPercent => "ten per cent",
            Self::AcuteChronic => "acute:chronic",
            Self::NewShoe => "new pair",
            Self::OnePair => "one pair",
            Self::ShoeWindow | Self::ShoePast => "shoes",
        }
    }
}

impl Warning {
    /// Fact, association and grade in one paragraph, for machines that show one text.
    #[must_use]
    pub fn message(&self, units: UnitSystem) -> String {
        format!("{} {} {}", self.fact(units), self.association(), self.evidence_tag())
    }

    /// `[evidence B: Frandsen 2025]`.
    #[must_use]
    pub fn evidence_tag(&self) -> String {
        let evidence = self.evidence();
        format!("[evidence {}: {}]", evidence.grade, evidence.cite)
    }

    /// A few words for a list of past warnings: `long-run spike Sun 12 Apr (+18 %)`.
    #[must_use]
    pub fn in_short(&self, today: NaiveDate) -> String {
        let race = if self.is_race() { ", a race" } else { "" };
        let date = format!("{}{race}", dates::relative_to(self.date(), today));
        let title = self.rule().title();
        match self {
            Self::Shoe { shoe, past: true, .. } => format!("{title} {date}: {shoe} past its window"),
            Self::Shoe { shoe, .. } => format!("{title} {date}: {shoe} entered its window"),
            Self::NewShoe { shoe, reason: NewPairReason::LongRun, .. } => {
                format!("{title} {date}: a long run in {shoe}")
            }
            Self::NewShoe { shoe, .. } => format!("{title} {date}: most of a week in {shoe}"),
            Self::OnePair { shoe, .. } => format!("{title} {date}: nearly everything in {shoe}"),
            Self::Gap { gap, .. } => format!("{title} {date}: {} days without a run in your files", gap.days),
            Self::NoRest { run_days, of_days, .. } => {
                format!("{title} {date}: a run on {run_days} of {of_days} days")
            }
            Self::AboveGapCap { .. } => format!("{title} {date}: a run above what it leaves"),
            Self::AcuteChronic { definition, loads, .. } => {
                format!("{title} {date}: {} {}", definition.title(), ratio_number(definition.of(loads)))
            }
            _ => {
                let percent = self.baseline().and_then(|base| whole_percent_above(self.value(), base));
                let what = if self.running_cap().is_some() { " running minutes" } else { "" };
                percent
                    .map_or_else(|| format!("{title} {date}"), |p| format!("{title} {date} (+{p} %{what})"))
            }
        }
    }
}

impl Unknown {
    /// Too little history: `not enough data (12 of 30 days)`.
    #[must_use]
    pub fn too_short(rule: RuleId, days: i64, needed: i64) -> Self {
        Self { rule, why: format!("not enough data ({days} of {needed} days)") }
    }
}
