//! What `treadlight knee log` asks on a terminal: one key an answer, the open morning first, ESC loses nothing.

use std::io;

use anyhow::{Context, Result};

use super::{
    super::keys::{Answer, Console, Escaped, Key, Terminal, line as ask_line, one},
    Entry,
    desk::{self, Desk, Target},
};
use crate::{
    capitals::capitalized,
    dates,
    knee::{
        place::About,
        row::Run,
        sign::Sign,
        spot::{Side, Spot},
    },
};

/// Letters for the spots, in their order.
const LETTERS: &str = "abcdefghijklmno";

/// A line from the runner's terminal; empty after ESC.
pub(super) fn line(question: &str) -> Result<String> {
    let answer = ask_line(&mut Console::new(), question).context("cannot read from the terminal")?;
    Ok(answer.unwrap_or_else(|Escaped(typed)| typed))
}

/// Asks; what was answered before ESC counts.
pub(super) fn ask(desk: &Desk<'_>, typed: &Entry) -> Result<Vec<(Target, Entry)>> {
    with(&mut Console::new(), desk, typed).context("cannot read from the terminal")
}

fn with(terminal: &mut impl Terminal, desk: &Desk<'_>, typed: &Entry) -> io::Result<Vec<(Target, Entry)>> {
    let mut entries = Vec::new();
    terminal.show(
        "One key an answer: 0 to 9, x for 10. ENTER leaves it open. ESC ends and keeps what you said.\n",
    )?;
    // ESC ends the questions, whatever was answered stays in `entries`
    let _ = questions(terminal, desk, typed, &mut entries)?;
    entries.retain(|(_, entry)| !entry.says_nothing());
    Ok(entries)
}

fn questions(
    terminal: &mut impl Terminal,
    desk: &Desk<'_>,
    typed: &Entry,
    entries: &mut Vec<(Target, Entry)>,
) -> Answer<()> {
    macro_rules! answer {
        ($asked:expr) => {
            match $asked? {
                Ok(answer) => answer,
                Err(escaped) => return Ok(Err(escaped)),
            }
        };
    }
    for (run, spot, side) in open_mornings(desk) {
        let of = dates::with_weekday(run.date());
        let question = format!("This morning, after the run of {of}, {}: ", spot.with_side(side));
        let morning = answer!(number(terminal, &question));
        let entry = Entry { spot: Some(spot), side, morning, ..Entry::default() };
        entries.push((Target::Run(run), entry));
    }
    let Some(target) = answer!(target(terminal, desk, typed)) else { return Ok(Ok(())) };
    let (spot, side) = answer!(spot(terminal, desk, typed));
    entries.push((target.clone(), Entry { spot: Some(spot), side, ..Entry::default() }));
    let at = entries.len() - 1;
    answer!(numbers(terminal, &target, &mut entries[at].1));
    for (spot, side) in others(desk, (spot, side)) {
        let question = format!("{}, worst today (ENTER skips): ", capitalized(&spot.with_side(side)));
        let worst = answer!(number(terminal, &question));
        let entry = match target {
            Target::Day(_) => Entry { worst, ..Entry::default() },
            _ => Entry { during: worst, ..Entry::default() },
        };
        entries.push((target.clone(), Entry { spot: Some(spot), side, ..entry }));
    }
    Ok(Ok(()))
}

/// Rows of yesterday's runs whose morning is this one and still open.
fn open_mornings(desk: &Desk<'_>) -> Vec<(Run, Spot, Option<Side>)> {
    let yesterday = dates::days_before(desk.as_of, 1);
    let rows = desk.knee.into_iter().flat_map(|knee| knee.diary.rows.iter());
    rows.filter(|row| row.date == yesterday && row.readings.morning.is_none())
        .filter_map(|row| match row.about {
            About::Run(run) => Some((desk.runs.get(run)?.clone(), row.spot, row.side)),
            _ => None,
        })
        .collect()
}

/// Spots that the diary still limits, beside the one that was answered.
fn others(desk: &Desk<'_>, answered: (Spot, Option<Side>)) -> Vec<(Spot, Option<Side>)> {
    let open = desk.knee.map(crate::knee::Knee::open_spots).unwrap_or_default();
    open.into_iter().filter(|open| *open != answered).collect()
}

/// A number from 0 to 10, or nothing.
fn number(terminal: &mut impl Terminal, question: &str) -> Answer<Option<u8>> {
    one(terminal, question, number_of)
}

fn number_of(key: Key) -> Option<(Option<u8>, String)> {
    match key {
        Key::Enter => Some((None, "-".to_owned())),
        Key::Char('x' | 'X') => Some((Some(10), "10".to_owned())),
        Key::Char(digit) => {
            let number = digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok())?;
            Some((Some(number), number.to_string()))
        }
        _ => None,
    }
}

fn target(terminal: &mut impl Terminal, desk: &Desk<'_>, typed: &Entry) -> Answer<Option<Target>> {
    if typed.what.is_some() {
        return Ok(Ok(desk::target(desk, typed).ok()));
    }
    let run = desk.runs.last();
    let day = Target::Day(desk.as_of);
    let Some(run) = run else {
        let question = "No run yet. ENTER = today as a day, w = a planned walk: ";
        let choose = |key| match key {
            Key::Enter => Some((Some(day.clone()), "the day".to_owned())),
            Key::Char('w' | 'W') => Some((Some(Target::Walk(desk.as_of)), "a walk".to_owned())),
            _ => None,
        };
        return one(terminal, question, choose);
    };
    let known = is_answered(desk, desk.runs.len() - 1);
    let (state, choice) = if known { ("is in the diary", "done, r = change it") } else { ("", "this one") };
    let question = format!(
        "Run of {} {}, {}{}{state}. ENTER = {choice}, d = today without a run, w = a planned walk: ",
        dates::with_weekday(run.date()),
        run.start.format("%-H:%M"),
        desk.units.short(run.metres),
        if known { " " } else { "" },
    );
    one(terminal, &question, |key| match key {
        Key::Enter if known => Some((None, "done".to_owned())),
        Key::Enter | Key::Char('r' | 'R') => Some((Some(Target::Run(run.clone())), "this one".to_owned())),
        Key::Char('d' | 'D') => Some((Some(day.clone()), "the day".to_owned())),
        Key::Char('w' | 'W') => Some((Some(Target::Walk(desk.as_of)), "a walk".to_owned())),
        _ => None,
    })
}

/// Whether the number while running stands in the diary for a run, by its place among the runs.
fn is_answered(desk: &Desk<'_>, run: usize) -> bool {
    let mut rows = desk.knee.into_iter().flat_map(|knee| &knee.diary.rows);
    rows.any(|row| row.about == About::Run(run) && row.readings.during.is_some())
}

fn spot(terminal: &mut impl Terminal, desk: &Desk<'_>, typed: &Entry) -> Answer<(Spot, Option<Side>)> {
    if let Some(spot) = typed.spot {
        return Ok(Ok((spot, typed.side.or(desk.last_spot().1))));
    }
    let last = desk.knee.map(|_| desk.last_spot());
    if let Some((spot, side)) = last {
        let question = format!("Where: {}. ENTER = as last time, o = elsewhere: ", spot.with_side(side));
        let same = one(terminal, &question, |key| match key {
            Key::Enter => Some((true, "as last time".to_owned())),
            Key::Char('o' | 'O') => Some((false, "elsewhere".to_owned())),
            _ => None,
        })?;
        match same {
            Ok(true) => return Ok(Ok((spot, side))),
            Ok(false) => {}
            Err(escaped) => return Ok(Err(escaped)),
        }
    }
    for (letter, spot) in LETTERS.chars().zip(Spot::all()) {
        terminal.show(&format!("  {letter}  {spot}: {}\n", spot.shown()))?;
    }
    let chosen = one(terminal, "Where (a letter): ", |key| match key {
        Key::Char(letter) => {
            let at = LETTERS.find(letter.to_ascii_lowercase())?;
            let spot = Spot::all().nth(at)?;
            Some((spot, spot.code().to_owned()))
        }
        _ => None,
    })?;
    let spot = match chosen {
        Ok(spot) => spot,
        Err(escaped) => return Ok(Err(escaped)),
    };
    let side = one(terminal, "Which side, l, r or b for both: ", |key| match key {
        Key::Char(letter) => {
            let side: Side = letter.to_string().parse().ok()?;
            Some((Some(side), side.code().to_owned()))
        }
        _ => None,
    })?;
    Ok(side.map(|side| (spot, side)))
}

/// The numbers, signs, painkiller and note of one row; each answer stands in `entry` at once.
fn numbers(terminal: &mut impl Terminal, target: &Target, entry: &mut Entry) -> Answer<()> {
    macro_rules! answer {
        ($asked:expr) => {
            match $asked? {
                Ok(answer) => answer,
                Err(escaped) => return Ok(Err(escaped)),
            }
        };
    }
    let first = match target {
        Target::Day(_) => "Worst today, n = no pain: ",
        _ => "Before it, n = no pain before, during and after: ",
    };
    let no_pain = answer!(one(terminal, first, |key| match key {
        Key::Char('n' | 'N') => Some((None, "no pain".to_owned())),
        key => number_of(key).map(|(number, shown)| (Some(number), shown)),
    }));
    match (target, no_pain) {
        (Target::Day(_), None) => entry.worst = Some(0),
        (Target::Day(_), Some(worst)) => entry.worst = worst,
        (_, None) => (entry.before, entry.during, entry.after) = (Some(0), Some(0), Some(0)),
        (_, Some(before)) => {
            entry.before = before;
            entry.during = answer!(number(terminal, "Worst while running: "));
            entry.after = answer!(number(terminal, "An hour after: "));
        }
    }
    let hurts = no_pain.is_some() && [entry.before, entry.during, entry.after, entry.worst] != [None; 4];
    entry.painkiller =
        answer!(one(terminal, "A painkiller since yesterday? y, ENTER = no: ", |key| match key {
            Key::Char('y' | 'Y') => Some((true, "yes".to_owned())),
            Key::Enter | Key::Char('n' | 'N') => Some((false, "no".to_owned())),
            _ => None,
        }));
    let (read, escaped) = signs(terminal)?;
    entry.signs = read;
    if let Some(escaped) = escaped {
        return Ok(Err(escaped));
    }
    if hurts {
        if let Target::Run(run) = target
            && entry.during.unwrap_or(0) > 0
        {
            entry.from_m = answer!(from(terminal, run));
        }
        let answer = ask_line(terminal, "A note (ENTER = none): ")?;
        let (note, escaped) = match answer {
            Ok(note) => (note, None),
            Err(escaped) => (escaped.0.clone(), Some(escaped)),
        };
        entry.note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        if let Some(escaped) = escaped {
            return Ok(Err(escaped));
        }
    }
    Ok(Ok(()))
}

/// Signs by their codes; an unknown one is asked again, never dropped. After ESC those that were typed count.
fn signs(terminal: &mut impl Terminal) -> io::Result<(Vec<Sign>, Option<Escaped>)> {
    loop {
        let question = "Signs, such as swelling, limp, locked (? lists them, ENTER = none): ";
        let (text, escaped) = match ask_line(terminal, question)? {
            Ok(text) => (text, None),
            Err(escaped) => (escaped.0.clone(), Some(escaped)),
        };
        if text.trim() == "?" && escaped.is_none() {
            for sign in Sign::all() {
                terminal.show(&format!("  {sign}: {}\n", sign.question()))?;
            }
            continue;
        }
        let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        let (read, unknown): (Vec<&str>, Vec<&str>) = words.partition(|word| word.parse::<Sign>().is_ok());
        let signs = read.iter().filter_map(|word| word.parse().ok()).collect();
        let Some(word) = unknown.first() else { return Ok((signs, escaped)) };
        let hint = Sign::nearest(word).map_or_else(|| "? lists them".to_owned(), |near| format!("{near}?"));
        terminal.show(&format!("unknown sign `{word}`: {hint}\n"))?;
    }
}

/// Where in the run it began.
fn from(terminal: &mut impl Terminal, run: &Run) -> Answer<Option<i64>> {
    loop {
        let text = match ask_line(terminal, "From which km on (ENTER = from the start, or not known): ")? {
            Ok(text) => text,
            Err(escaped) => return Ok(Err(escaped)),
        };
        if text.trim().is_empty() {
            return Ok(Ok(None));
        }
        let km: Option<f64> = text.trim().trim_end_matches("km").trim().replace(',', ".").parse().ok();
        match km.map(|km| (km * 1000.0).round() as i64).filter(|m| (0..=run.metres).contains(m)) {
            Some(metres) => return Ok(Ok(Some(metres))),
            None => terminal.show("write kilometres within the run, such as 5.2\n")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::keys::testing::Script, *};

    fn run(id: &str) -> Run {
        let start = crate::knee::place::start_of(id).unwrap();
        Run { id: id.to_owned(), start, metres: 9_000, running_s: None }
    }

    fn desk(lines: &str) -> Desk<'static> {
        let runs = vec![run("2026-11-03T07:00"), run("2026-11-04T07:00")];
        let as_of = "2026-11-04".parse().unwrap();
        let (rows, problems) = crate::knee::phone_rows::of_file(lines, "knee.txt", as_of);
        let knee = crate::knee::Knee::of(rows, problems, runs.clone(), as_of, None);
        Desk { runs, knee: knee.map(|knee| &*Box::leak(Box::new(knee))), as_of, units: Default::default() }
    }

    fn answers(keys: &str, lines: &str) -> (Vec<(Target, Entry)>, usize, String) {
        let mut script = Script::new(keys);
        let entries = with(&mut script, &desk(lines), &Entry::default()).unwrap();
        (entries, script.pressed, script.seen)
    }

    const YESTERDAY: &str = "2026-11-03 front left 0/1/0/-";

    #[test]
    fn a_day_without_pain_takes_six_keys_the_open_morning_first() {
        let (entries, pressed, seen) = answers("0⏎⏎n⏎⏎", YESTERDAY);
        assert_eq!(pressed, 6);
        assert!(
            seen.contains("This morning, after the run of Tue 3 Nov, front of the left knee: 0\n"),
            "{seen}"
        );
        assert_eq!(entries[0].1.morning, Some(0));
        let today = &entries[1].1;
        assert_eq!(
            [today.before, today.during, today.after, today.morning],
            [Some(0), Some(0), Some(0), None]
        );
        assert_eq!((today.spot, today.side), (Some(Spot::Front), Some(Side::Left)));
    }

    #[test]
    fn a_run_that_is_in_the_diary_is_not_asked_again() {
        let (entries, pressed, seen) = answers("0⏎", "2026-11-03 front left 0/1/0/-\n2026-11-04 0/1/0/-");
        assert_eq!((entries.len(), pressed), (1, 2), "{seen}");
        assert!(seen.contains("9.0 km is in the diary. ENTER = done, r = change it"), "{seen}");
    }

    #[test]
    fn enter_is_never_a_zero() {
        let (entries, _, _) = answers("⏎⏎⏎⏎⏎⏎⏎⏎", YESTERDAY);
        assert!(entries.is_empty(), "{entries:?}");
    }

    #[test]
    fn esc_keeps_what_was_answered() {
        let (entries, _, _) = answers("2⏎⏎03␛", YESTERDAY);
        assert_eq!(entries.len(), 2);
        assert_eq!((entries[1].1.before, entries[1].1.during, entries[1].1.after), (Some(0), Some(3), None));
    }

    #[test]
    fn an_unknown_sign_is_asked_again_and_never_dropped() {
        let (entries, _, seen) = answers("0⏎⏎0x0⏎lockd⏎locked⏎5.2⏎on the stairs⏎", YESTERDAY);
        assert!(seen.contains("unknown sign `lockd`: locked?"), "{seen}");
        let entry = &entries[1].1;
        assert_eq!((entry.during, entry.signs.as_slice()), (Some(10), &[Sign::Locked][..]));
        assert_eq!((entry.from_m, entry.note.as_deref()), (Some(5_200), Some("on the stairs")));
    }

    #[test]
    fn the_first_time_spot_and_side_are_asked() {
        let (entries, _, seen) = answers("⏎ar000⏎⏎⏎", "");
        assert!(seen.contains("a  front: around or behind the kneecap"), "{seen}");
        assert_eq!((entries[0].1.spot, entries[0].1.side), (Some(Spot::Front), Some(Side::Right)));
        assert_eq!(entries[0].1.during, Some(0));
    }

    #[test]
    fn other_spots_that_still_have_a_limit_are_asked_and_can_be_skipped() {
        let lines = "2026-11-02 calf right worst 4\n2026-11-03 front left 0/1/0/0";
        let (entries, _, seen) = answers("⏎⏎n⏎⏎2", lines);
        assert!(seen.contains("Right calf, worst today (ENTER skips): 2"), "{seen}");
        assert_eq!((entries[1].1.spot, entries[1].1.during), (Some(Spot::Calf), Some(2)));
    }
}
