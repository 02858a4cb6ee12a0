//! Pairs of shoes: a line each with a bar, their state and when they reach the next limit.

use std::fmt::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{heading, padded, style::DIM, wrap_options, wrapped};
use crate::{
    analysis::{
        Analysis,
        shoes::{Shoe, ShoeState},
    },
    dates,
    units::UnitSystem,
    warning::prose,
};

/// Cells of a bar, up to the window's end.
const BAR_CELLS: usize = 10;
/// A name longer than this is cut.
const MAX_NAME_COLUMNS: usize = 20;
/// The name of what is in no pair.
const UNASSIGNED: &str = "unassigned";

/// What the report prints when no pair is set.
const NONE_SET: &str = "none set. Name your pair in treadlight.toml (`treadlight init` writes one):
  [[shoes]]
  name = \"Pegasus 40\"
  from = 2026-03-01
  default = true";

/// SHOES: the pairs in use, and what is in none.
///
/// # Errors
/// Never for a `String`.
pub fn write_lines(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    heading(out, "SHOES")?;
    if analysis.shoes.pairs.is_empty() {
        return writeln!(out, "{NONE_SET}");
    }
    let shown: Vec<&Shoe> = analysis.shoes.pairs.iter().filter(|shoe| shoe.in_use).collect();
    let columns = name_columns(&shown, analysis);
    for shoe in shown {
        write_line(out, shoe, columns)?;
    }
    write_unassigned(out, analysis, units, columns)
}

/// Every pair, retired ones too, with days and runs.
///
/// # Errors
/// Never for a `String`.
pub fn write_table(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    if analysis.shoes.pairs.is_empty() {
        heading(out, "SHOES")?;
        return writeln!(out, "{NONE_SET}");
    }
    let shown: Vec<&Shoe> = analysis.shoes.pairs.iter().collect();
    let columns = name_columns(&shown, analysis);
    for shoe in shown {
        write_line(out, shoe, columns)?;
        writeln!(out, "{DIM}{}{DIM:#}", wrapped(&details(shoe), 2))?;
    }
    write_unassigned(out, analysis, units, columns)
}

/// Columns of the longest name, cut where it is too long.
fn name_columns(shoes: &[&Shoe], analysis: &Analysis) -> usize {
    let unassigned = (analysis.shoes.unassigned_m > 0).then_some(UNASSIGNED);
    let names = shoes.iter().map(|shoe| shoe.settings.name.as_str()).chain(unassigned);
    names.map(UnicodeWidthStr::width).max().unwrap_or_default().min(MAX_NAME_COLUMNS)
}

fn write_line(out: &mut String, shoe: &Shoe, columns: usize) -> fmt::Result {
    let unit = shoe.settings.window[0].written_in;
    let name = cut(&shoe.settings.name, columns);
    let head = format!("{}  {:>6}  {}  ", padded(&name, columns), unit.whole(shoe.distance_m), bar(shoe));
    let indent = " ".repeat(head.width());
    writeln!(out, "{}", textwrap::fill(&state(shoe), wrap_options(&head, &indent)))
}

/// A name in so many columns, with an ellipsis where something is missing.
fn cut(name: &str, columns: usize) -> String {
    if name.width() <= columns {
        return name.to_owned();
    }
    let mut cut = String::new();
    for character in name.chars() {
        if cut.width() + character.width().unwrap_or_default() >= columns {
            break;
        }
        cut.push(character);
    }
    format!("{cut}…")
}

/// `████████░░`: the share of the way to the window's end.
fn bar(shoe: &Shoe) -> String {
    let end_m = shoe.settings.window[1].meters.max(1);
    let filled = (BAR_CELLS as i64 * shoe.distance_m / end_m).clamp(0, BAR_CELLS as i64) as usize;
    format!("{}{}", "█".repeat(filled), "░".repeat(BAR_CELLS - filled))
}

fn state(shoe: &Shoe) -> String {
    let [start, end] = shoe.settings.window;
    if shoe.settings.retired.is_some() && shoe.reaches_end.is_none() && shoe.state != ShoeState::Past {
        return "retired".to_owned();
    }
    let (text, limit, reaches) = match shoe.state {
        ShoeState::Past => return format!("past {end}"),
        ShoeState::Ok => ("", start, shoe.reaches_start),
        ShoeState::Window => ("in window, ", end, shoe.reaches_end),
    };
    match reaches {
        Some((early, late)) => format!("{text}reaches {limit} about {}", prose::date_range(early, late)),
        None => format!("{text}up to {limit}: not enough use to say when"),
    }
}

fn details(shoe: &Shoe) -> String {
    let settings = &shoe.settings;
    let from = settings
        .from
        .map_or_else(|| "from the start".to_owned(), |date| format!("from {}", dates::long(date)));
    let until = settings.retired.map_or_else(String::new, |date| format!(", retired {}", dates::long(date)));
    let prior = if settings.prior_distance_m > 0 {
        format!(", {} before", settings.window[0].written_in.whole(settings.prior_distance_m))
    } else {
        String::new()
    };
    let runs = if shoe.runs == 1 { "1 run".to_owned() } else { format!("{} runs", shoe.runs) };
    let kind = settings.kind.as_str();
    format!("  {kind}, {} window, {runs}, {from}{until}{prior}", prose::window_text(settings.window))
}

fn write_unassigned(out: &mut String, analysis: &Analysis, units: UnitSystem, columns: usize) -> fmt::Result {
    if analysis.shoes.unassigned_m == 0 {
        return Ok(());
    }
    let distance = units.whole(analysis.shoes.unassigned_m);
    writeln!(
        out,
        "{}  {distance:>6}  in no pair: no `default` pair had those days",
        padded(UNASSIGNED, columns)
    )
}
