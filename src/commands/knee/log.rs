//! `treadlight knee log`: one row, new or completed, by flags or asked on a terminal.

use anyhow::{Result, bail};

use super::{
    super::{ExitStatus, Options, environment, output},
    Entry, ask,
    desk::{Desk, Target, target},
    diary_file, load_knee,
};
use crate::{
    dates,
    knee::{
        diary::{Column, Sheet, SheetRow},
        place,
        spot::{Side, Spot},
    },
    report::{
        page::{Block, Page, Section},
        words::knee::fixed,
    },
};

pub(super) fn run(entry: Entry, options: &Options) -> Result<ExitStatus> {
    let (path, _) = diary_file::path_of(options)?;
    let loaded = load_knee(options)?;
    let knee = loaded.analysis.knee_limit();
    let desk = Desk {
        runs: super::gather::runs(&loaded.import.runs),
        knee: knee.map(|(knee, _)| knee),
        as_of: loaded.analysis.as_of,
        units: loaded.units(),
    };
    let is_first = knee.is_none_or(|(knee, _)| knee.entries() == 0);
    let entries = if entry.says_nothing() {
        if !environment::can_ask() {
            bail!(
                "nothing to write: name numbers such as `--during 2 --after 1`, or type `treadlight knee log` on a terminal"
            );
        }
        if is_first {
            output::print_page(&Page::of(vec![Section::joined(first_words())]), options)?;
        }
        ask::ask(&desk, &entry)?
    } else {
        let target = target(&desk, &entry)?;
        vec![(target, entry)]
    };
    if entries.is_empty() {
        output::print("nothing was written\n", options.color)?;
        return Ok(ExitStatus::Done);
    }
    for (target, entry) in &entries {
        check(&desk, target, entry)?;
    }
    let (spot, side) = desk.last_spot();
    diary_file::edit(&path, |sheet| {
        for (target, entry) in &entries {
            write(&desk, sheet, target, entry, entry.spot.unwrap_or(spot), entry.side.or(side));
        }
        Ok(())
    })?;
    let first = if is_first && !environment::can_ask() { first_words() } else { Vec::new() };
    super::answer(first, &path, options)
}

/// For whom the diary alone is not enough, once.
fn first_words() -> Vec<Block> {
    [fixed::NOT_FOR_THIS_DIARY_ALONE, fixed::NEEDS_NO_ENTRY, fixed::NOT_A_DEVICE].map(Block::plain).into()
}

/// Refuses what cannot be: then the whole row is refused.
fn check(desk: &Desk<'_>, target: &Target, entry: &Entry) -> Result<()> {
    let date = target.date();
    if date > desk.as_of {
        bail!("{date} lies after {}: nothing is written ahead", desk.as_of);
    }
    let of_run = [entry.before, entry.during, entry.after, entry.morning].iter().any(Option::is_some);
    if matches!(target, Target::Day(_)) && (of_run || entry.from_m.is_some()) {
        bail!("no run on {date}: use --worst for a day without a run, or --walk for a planned walk");
    }
    if entry.morning.is_some() && dates::days_after(date, 1) > desk.as_of {
        bail!("the morning after {date} has not come yet: --morning is the number of the day after the run");
    }
    if let (Target::Run(run), Some(from)) = (target, entry.from_m)
        && from > run.metres
    {
        let units = desk.units;
        bail!("--from {} lies beyond the run of {}", units.short(from), units.short(run.metres));
    }
    Ok(())
}

/// Whether a row of the diary is about this run or walk; a day may have several rows.
fn is_about(desk: &Desk<'_>, row: &SheetRow, target: &Target) -> bool {
    let same_date = row.cell(Column::Date) == target.date().to_string();
    let written = row.cell(Column::Run);
    match target {
        Target::Day(_) => false,
        Target::Walk(_) => same_date && written.eq_ignore_ascii_case("walk"),
        Target::Run(_) if written.is_empty() => same_date && desk.runs_of(target.date()).len() == 1,
        Target::Run(run) => {
            place::run_by_id(written, &desk.runs).is_some_and(|at| desk.runs[at].id == run.id)
        }
    }
}

/// Writes a row, or completes the one about the same run and spot.
fn write(desk: &Desk<'_>, sheet: &mut Sheet, target: &Target, entry: &Entry, spot: Spot, side: Option<Side>) {
    let known = sheet.rows().into_iter().find(|row| {
        let same_side = row.cell(Column::Side).parse().ok() == side;
        let same_spot = row.cell(Column::Spot).parse() == Ok(spot);
        same_spot && same_side && is_about(desk, row, target) && !row.cell(Column::Signs).contains("seen")
    });
    let number = |n: Option<u8>| n.map(|n| n.to_string()).unwrap_or_default();
    let mut signs: Vec<String> =
        known.iter().flat_map(|row| row.cell(Column::Signs).split_whitespace()).map(str::to_owned).collect();
    for sign in &entry.signs {
        if !signs.iter().any(|known| known == sign.code()) {
            signs.push(sign.code().to_owned());
        }
    }
    let note = match (known.as_ref().map(|row| row.cell(Column::Note)), &entry.note) {
        (Some(old), Some(new)) if !old.is_empty() => format!("{old}; {new}"),
        (_, note) => note.clone().unwrap_or_default(),
    };
    let from = entry.from_m.map(|m| format!("{:.1}", m as f64 / 1000.0)).unwrap_or_default();
    let mut cells = vec![
        (Column::Before, number(entry.before)),
        (Column::During, number(entry.during)),
        (Column::After, number(entry.after)),
        (Column::Morning, number(entry.morning)),
        (Column::Worst, number(entry.worst)),
        (Column::FromKm, from),
        (Column::Signs, signs.join(" ")),
        (Column::Painkiller, if entry.painkiller { "yes" } else { "" }.to_owned()),
        (Column::Note, note),
    ];
    cells.retain(|(_, value)| !value.is_empty());
    match known {
        Some(row) => sheet.change(&row, &cells),
        None => {
            cells.insert(0, (Column::Date, target.date().to_string()));
            cells.insert(1, (Column::Run, target.cell()));
            cells.insert(2, (Column::Spot, spot.code().to_owned()));
            cells.insert(3, (Column::Side, side.map_or("", Side::code).to_owned()));
            sheet.append(&cells);
        }
    }
}
