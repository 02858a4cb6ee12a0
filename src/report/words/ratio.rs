//! The acute:chronic ratio in words: the definition that judges with its two sides, then the others.

use chrono::NaiveDate;

use crate::{
    dates,
    units::UnitSystem,
    warning::acute_chronic::{AcuteChronicDefinition, AcuteChronicLoad},
};

impl AcuteChronicDefinition {
    /// The name in texts.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ewma => "EWMA",
            _ => self.name(),
        }
    }

    /// What is held against what.
    fn comparison(self) -> [&'static str; 2] {
        match self {
            Self::Coupled => ["in 7 days", "a week over the 28 days with them"],
            Self::Uncoupled => ["in 7 days", "a week over the 21 days before"],
            Self::Ewma => ["a week by the weighted mean of 7 days", "by that of 28"],
        }
    }
}

/// The ratio that judges with its two sides, then the others.
pub(crate) fn ratio_text(
    date: NaiveDate,
    definition: AcuteChronicDefinition,
    loads: &[AcuteChronicLoad; 3],
    units: UnitSystem,
) -> String {
    let load = definition.of(loads);
    let [acute, chronic] = definition.comparison();
    let others = AcuteChronicDefinition::ALL.into_iter().filter(|other| *other != definition);
    let others: Vec<String> =
        others.map(|other| format!("{} {}", other.title(), ratio_number(other.of(loads)))).collect();
    format!(
        "{}: acute:chronic ratio {}, {} ({} {acute}, {} {chronic}); {}. The line of 1.5 is custom.",
        dates::with_weekday(date),
        ratio_number(load),
        definition.title(),
        units.short(load.acute_m),
        units.short(load.chronic_m()),
        others.join(", "),
    )
}

/// `1.62`, or what it is where nothing was run before.
pub(crate) fn ratio_number(load: AcuteChronicLoad) -> String {
    load.ratio().map_or_else(|| "undefined".to_owned(), |ratio| format!("{ratio:.2}"))
}
