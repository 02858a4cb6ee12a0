//! CADENCE: steps a minute at the usual easy speed, the newest months, unfolding.

use super::Report;
use crate::{
    analysis::cadence::Month,
    report::{
        page::{Block, Column, Row, Section, Table, Tone},
        words::cadence as words,
    },
};

/// Months that a page shows.
const MONTHS_SHOWN: usize = 12;

/// The newest months, newest first; nothing where no month has runs enough.
pub(super) fn section(report: &Report<'_>) -> Option<Section> {
    let cadence = &report.analysis.cadence;
    let band = cadence.band_m_s.filter(|_| !cadence.months.is_empty())?;
    let columns = vec![
        Column::left("month", 16, Some(16)),
        Column::right("steps a minute", 16, Some(16)),
        Column::right("runs", 6, Some(6)),
    ];
    let row = |month: &Month| Row {
        cells: vec![
            month.first.format("%B %Y").to_string(),
            format!("{:.0}", month.median_spm),
            month.runs.to_string(),
        ],
        ..Row::default()
    };
    let rows = cadence.months.iter().rev().take(MONTHS_SHOWN).map(row).collect();
    let what =
        format!("At {}, your usual easy speed: {}.", words::pace(band, report.units), words::definition());
    let mut inside = vec![Block::text(Tone::Plain, what), Block::Table(Table::plain(columns, rows))];
    let left_out = words::left_out(cadence);
    if !left_out.is_empty() {
        inside.push(Block::text(Tone::Muted, format!("Runs left out: {left_out}.")));
    }
    inside.push(Block::text(Tone::Muted, words::EVIDENCE));
    let newest = cadence.months.last()?;
    let (month, pace) = (newest.first.format("%b %Y"), words::pace(band, report.units));
    let summary = format!("Cadence by month; {month}: {:.0} steps a minute at {pace}.", newest.median_spm);
    // on paper the chart says it
    Some(Section::joined(vec![Block::More { summary, inside }]))
}
