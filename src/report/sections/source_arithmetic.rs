//! The arithmetic of one source of a limit, in metres or running seconds.

use crate::{
    analysis::limits::{
        counted::Counted,
        exposure::Exposure,
        source::{Because, Source},
    },
    dates,
    report::words::limits::{amount_text, source_line},
    units::UnitSystem,
};

/// A source in words, and its product.
pub(super) fn of_source(source: &Source, as_of: chrono::NaiveDate, units: UnitSystem) -> Vec<String> {
    let mut steps = vec![source_line(source, as_of, units)];
    let (unit, step) = match source.exposure {
        Exposure::Metres => ("m", "100 m"),
        Exposure::RunningSeconds => ("s", "minutes"),
    };
    if let (Some(most), Some((percent, base))) = (source.run, factor(&source.because)) {
        let exact = percent * base / 100;
        let factor = format!("{}.{:02}", percent / 100, percent % 100);
        steps.push(format!(
            "{factor} × {base} {unit} = {exact} {unit}, rounded down to {step}: {most} {unit}"
        ));
    }
    steps
}

/// The factor in per cent and what it is taken of.
fn factor(because: &Because) -> Option<(i64, i64)> {
    match because {
        Because::Longest { counted, percent } | Because::Spike { counted, percent, .. } => {
            Some((*percent, counted.credit))
        }
        Because::Break { rest, percent, credit: None } => Some((*percent, rest.longest?)),
        _ => None,
    }
}

/// `12.0 km (8 Nov)`, and what each counts for where that is less.
pub(super) fn counted(window: &[Counted], exposure: Exposure, units: UnitSystem) -> String {
    let told = |counted: &Counted| {
        let amount = |amount| match exposure {
            Exposure::Metres => amount_text(amount, exposure, units),
            Exposure::RunningSeconds => format!("{amount} s"),
        };
        let date = dates::short(counted.date);
        if counted.credit < counted.amount {
            format!("{} ({date}, a spike: counts for {})", amount(counted.amount), amount(counted.credit))
        } else {
            format!("{} ({date})", amount(counted.amount))
        }
    };
    let runs: Vec<String> = window.iter().map(told).collect();
    if runs.is_empty() { "none".to_owned() } else { runs.join(", ") }
}
