//! `treadlight knee exercises`: at most four for a spot, the done-log, routines.

use anyhow::{Context, Result};

use super::{
    super::{ExitStatus, Options, output},
    diary_file, load_knee,
};
use crate::{
    knee::{
        diary::Column,
        exercises::{self, by_id},
        fold::State,
        spot::Spot,
    },
    report::{
        page::{Block, Page, Section},
        sections::knee::exercises as page,
        words::knee::{self as words, fixed},
    },
    settings::nearest,
};

pub(super) fn run(
    spot: Option<Spot>,
    all: bool,
    done: &[String],
    routines: bool,
    options: &Options,
) -> Result<ExitStatus> {
    if routines {
        output::print_page(&page::routines(), options)?;
        return Ok(ExitStatus::Done);
    }
    let loaded = load_knee(options)?;
    let knee = loaded.analysis.knee_limit();
    if !done.is_empty() {
        return note_done(done, loaded.analysis.as_of, options);
    }
    let of_diary = knee.and_then(|(_, limit)| Some(limit.of?.0));
    let holds = knee.is_some_and(|(_, limit)| limit.state != State::Clear);
    let Some(spot) = spot.or_else(|| of_diary.filter(|spot| holds || exercises::has_list(*spot))) else {
        let text = format!("{} Name a spot: {}.", fixed::NO_ENTRY, page::spots());
        output::print_page(&Page::of(vec![Section::joined(vec![Block::plain(text)])]), options)?;
        return Ok(ExitStatus::Done);
    };
    output::print_page(&page::page(knee.map(|(knee, _)| knee), spot, all), options)?;
    Ok(ExitStatus::Done)
}

fn note_done(done: &[String], date: chrono::NaiveDate, options: &Options) -> Result<ExitStatus> {
    let ids = done
        .iter()
        .flat_map(|text| text.split([',', ' ']))
        .filter(|id| !id.is_empty())
        .map(|id| {
            by_id(id).map(|exercise| exercise.id.clone()).with_context(|| {
                let hint = nearest(id, &exercises::ids()).map_or_else(
                    || "`treadlight knee exercises SPOT --all` lists them".to_owned(),
                    |near| format!("{near}?"),
                );
                format!("no exercise `{id}`: {hint}")
            })
        })
        .collect::<Result<Vec<String>>>()?;
    let (path, _) = diary_file::path_of(options)?;
    diary_file::edit(&path, |sheet| {
        sheet.append(&[(Column::Date, date.to_string()), (Column::Exercises, ids.join(" "))]);
        Ok(())
    })?;
    let loaded = load_knee(&Options { quiet: true, ..options.clone() })?;
    let knee = loaded.analysis.knee_limit();
    let mut parts = vec![Block::plain(format!("written to {}", path.display()))];
    if let Some((knee, _)) = knee {
        parts.push(Block::plain(words::done_this_week(knee.exercise_days())));
    }
    output::print_page(&Page::of(vec![Section::joined(parts)]), options)?;
    Ok(ExitStatus::Done)
}
