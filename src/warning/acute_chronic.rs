//! The three published ways to hold seven days against four weeks. "1.5" is another alarm in each: every text names its one.

/// What counts as acute and what as chronic load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AcuteChronicDefinition {
    /// 7 days against a quarter of the 28 days that hold them.
    Coupled,
    /// 7 days against a third of the 21 days before them; the one that Frandsen et al. 2025 tested.
    #[default]
    Uncoupled,
    /// Exponentially weighted means of 7 and of 28 days.
    Ewma,
}

impl AcuteChronicDefinition {
    /// Every definition.
    pub const ALL: [Self; 3] = [Self::Coupled, Self::Uncoupled, Self::Ewma];
    /// Their names in settings.
    pub const NAMES: [&str; 3] = ["coupled", "uncoupled", "ewma"];

    /// The name in settings: `coupled`, `uncoupled`, `ewma`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The definition of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|definition| definition.name() == name)
    }

    /// Its load among those of [`Self::ALL`].
    #[must_use]
    pub fn of(self, loads: &[AcuteChronicLoad; 3]) -> AcuteChronicLoad {
        loads[self as usize]
    }
}

/// Acute and chronic load of a day by one definition, both as metres in seven days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcuteChronicLoad {
    /// In whole metres.
    pub acute_m: i64,
    /// In whole metres, over so many weeks: a sum is compared without rounding.
    pub chronic_sum_m: i64,
    /// The weeks of `chronic_sum_m`.
    pub weeks: i64,
}

impl AcuteChronicLoad {
    /// The chronic load in whole metres a week, rounded down.
    #[must_use]
    pub fn chronic_m(self) -> i64 {
        self.chronic_sum_m / self.weeks
    }

    /// 1.5 × the chronic load in whole metres, rounded down.
    #[must_use]
    pub fn threshold_m(self) -> i64 {
        3 * self.chronic_sum_m / (2 * self.weeks)
    }

    /// Acute over chronic load; `None` without any chronic load.
    #[must_use]
    pub fn ratio(self) -> Option<f64> {
        (self.chronic_sum_m > 0).then(|| (self.acute_m * self.weeks) as f64 / self.chronic_sum_m as f64)
    }

    /// Whether the ratio lies above 1.5; never without any chronic load.
    #[must_use]
    pub fn is_above(self) -> bool {
        self.chronic_sum_m > 0 && 2 * self.weeks * self.acute_m > 3 * self.chronic_sum_m
    }
}
