//! How good the evidence behind each rule is, and where it comes from.
//!
//! Grades: B one large prospective cohort; C small, conflicting or retrospective cohorts, or significance
//! lost at longer follow-up; D mechanism, expert or vendor convention; X evidence against its use, so it is off by
//! default. (No rule reaches A.)

use super::RuleId;

/// The grade and the sources of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// `B`, `C`, `D` or `X`.
    pub grade: char,
    /// Short form for the text.
    pub cite: &'static str,
    /// Full form for machines and the curious.
    pub source: &'static str,
}

/// What stands behind a threshold of the runner's own below the studied one.
pub const OWN_THRESHOLD: Evidence = Evidence {
    grade: 'D',
    cite: "your own threshold",
    source: "A threshold of your own below the one that the rule's study looked at",
};

/// What stands behind running minutes in place of distance.
pub const RUNNING_MINUTES: Evidence = Evidence {
    grade: 'D',
    cite: "minutes in place of distance, custom",
    source: "Frandsen et al. 2025, Br J Sports Med 59:1203-1210, doi:10.1136/bjsports-2024-109380, studied distance; that \
             running minutes stand in for it in sessions of running and walking is chosen here",
};

/// The evidence of a rule.
#[must_use]
pub fn of(rule: RuleId) -> Evidence {
    match rule {
        RuleId::LongRunSpike => Evidence {
            grade: 'B',
            cite: "Frandsen 2025",
            source: "Frandsen et al. 2025, Br J Sports Med 59:1203-1210, doi:10.1136/bjsports-2024-109380: 5,205 \
                     runners, 588,071 sessions, 18 months",
        },
        RuleId::Gap => Evidence {
            grade: 'D',
            cite: "coaches' tables",
            source: "Coaching tables after Daniels, bands and shares chosen here; no study of how much load tendon and \
                     bone bear after a break was found",
        },
        RuleId::WeeklyJump => Evidence {
            grade: 'C',
            cite: "Nielsen 2014; against it Frandsen 2025",
            source: "Nielsen et al. 2014, J Orthop Sports Phys Ther 44:739-747: 874 novice runners, one year; no \
                     relationship in Frandsen et al. 2025, doi:10.1136/bjsports-2024-109380",
        },
        RuleId::StepStack => Evidence {
            grade: 'D',
            cite: "a limit named in Frandsen 2025",
            source: "Frandsen et al. 2025, Br J Sports Med 59:1203-1210, doi:10.1136/bjsports-2024-109380, name it as a limit \
                     of their own rule; the six days are chosen here",
        },
        RuleId::NoRest => Evidence {
            grade: 'C',
            cite: "Ristolainen 2014",
            source: "Ristolainen et al. 2014: 446 elite skiers, swimmers and distance runners, asked about twelve months; \
                     the 14 days and the four blocks are chosen here",
        },
        RuleId::DescentSpike => Evidence {
            grade: 'D',
            cite: "mechanism",
            source: "Mechanism: downhill running loads thigh and kneecap more; no cohort has a threshold, the numbers are \
                     chosen here",
        },
        RuleId::TenPercent => Evidence {
            grade: 'X',
            cite: "against it Buist 2008",
            source: "Buist et al. 2008, Am J Sports Med 36:33-39: 532 novices at random on a 10 % plan or a common one, injured \
                     20.8 % against 20.3 %",
        },
        RuleId::AcuteChronic => Evidence {
            grade: 'X',
            cite: "against it Nakaoka 2021, Frandsen 2025, Dalen-Lorentsen 2021",
            source: "Inverse in runners: Nakaoka et al. 2021, Sports Med 51:2437 (435 runners), and Frandsen et al. 2025, \
                     doi:10.1136/bjsports-2024-109380; no effect of planning by it: Dalen-Lorentsen et al. 2021 (34 \
                     football teams at random)",
        },
        RuleId::NewShoe => Evidence {
            grade: 'D',
            cite: "custom",
            source: "Nielsen names new shoes among sudden changes; Fuller et al. 2017: 61 runners, 26 weeks into minimalist \
                     shoes, hazard ratio 1.64 (0.63-4.27), so chance is possible; 50 km, 10 km and half a week are chosen here",
        },
        RuleId::OnePair => Evidence {
            grade: 'C',
            cite: "Malisoux 2015",
            source: "Malisoux et al. 2015: 264 runners, 22 weeks, several pairs in turn against one, hazard ratio 0.614 \
                     (0.389-0.969), observational; 90 %, 60 km and 26 weeks are chosen here",
        },
        RuleId::ShoeWindow | RuleId::ShoePast => Evidence {
            grade: 'D',
            cite: "custom and material wear",
            source: "Wang et al. 2010: 500 km in a pair raised peak impact force by 4.9 % (3.4-6.4) in 15 runners; \
                     no study of injury against shoe distance was found",
        },
    }
}

/// What a rate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Warnings per run.
    Runs,
    /// Warnings per week.
    Weeks,
}

impl Of {
    /// `runs`, `weeks`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Weeks => "weeks",
        }
    }
}

/// How often a rule fires on runners who change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseRate {
    /// What it counts.
    pub of: Of,
    /// Of so many hundred, lowest and highest over 3 to 6 runs a week.
    pub of_100: &'static str,
}

/// How often a rule fires on runners who change nothing: `cargo run --release --example false_alarms`. `None` for rules
/// that have no such rate: shoes wear out, breaks happen.
#[must_use]
pub fn base_rate(rule: RuleId) -> Option<BaseRate> {
    match rule {
        RuleId::LongRunSpike => Some(BaseRate { of: Of::Runs, of_100: "2.0–3.7" }),
        RuleId::WeeklyJump => Some(BaseRate { of: Of::Weeks, of_100: "11–13" }),
        RuleId::StepStack => Some(BaseRate { of: Of::Runs, of_100: "0.05–0.09" }),
        RuleId::TenPercent => Some(BaseRate { of: Of::Weeks, of_100: "36–38" }),
        // by the definition that judges unless another one is set
        RuleId::AcuteChronic => Some(BaseRate { of: Of::Weeks, of_100: "4–9" }),
        RuleId::Gap
        | RuleId::NoRest
        | RuleId::DescentSpike
        | RuleId::ShoeWindow
        | RuleId::ShoePast
        | RuleId::NewShoe
        | RuleId::OnePair => None,
    }
}
