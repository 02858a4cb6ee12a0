//! A line from the phone: `2026-11-20 front left 0/3/1/0 from 5km : stairs fine`, or `#knee 0/2/-/-` in an activity.
//!
//! Only the words are read here; which run they belong to is decided in [`super::place`]. A word of digits and signs
//! that is no number is left out, any other unknown word may have been a sign: it makes the row red.
//! Source: the grammar of EVIDENCE-KNEE 5.8.

use chrono::{NaiveDate, NaiveTime};

use super::{
    light::Readings,
    sign::{Seen, Sign},
    spot::{Side, Spot},
};
use crate::units::UnitSystem;

/// What a line begins with in an activity, and may begin with in a file.
const MARK: &str = "#knee";

/// The words of one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The day that was written.
    pub date: Option<NaiveDate>,
    /// The time of the run's start that was written.
    pub time: Option<NaiveTime>,
    /// Where it hurts.
    pub spot: Option<Spot>,
    /// On which side.
    pub side: Option<Side>,
    /// The numbers.
    pub readings: Readings,
    /// Where in the run it began: the number as written, and its unit if one was written.
    pub from: Option<(f64, Option<UnitSystem>)>,
    /// Signs.
    pub signs: Vec<Sign>,
    /// A professional has looked.
    pub seen: Vec<Seen>,
    /// A painkiller was taken.
    pub painkiller: bool,
    /// A planned walk.
    pub walk: bool,
    /// The rest of the line after a colon.
    pub note: String,
    /// Words of digits that are no number here: left out.
    pub bad: Vec<String>,
    /// Words that may have been a sign: the row is red.
    pub unknown: Vec<String>,
}

impl Line {
    /// Whether it says nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { date: self.date, time: self.time, ..Self::default() }
    }

    /// Whether the morning is the only number.
    #[must_use]
    pub fn is_morning_alone(&self) -> bool {
        let Readings { before, during, after, morning, worst } = self.readings;
        morning.is_some() && [before, during, after, worst] == [None; 4] && !self.walk && self.time.is_none()
    }
}

/// Reads the words of a line; `None` for one that is not ours: blank, a comment, no `#knee` in an activity.
#[must_use]
pub fn words(line: &str, in_activity: bool) -> Option<Line> {
    let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let marked = after_mark(text);
    if marked.is_none() && (in_activity || text.is_empty() || text.starts_with('#')) {
        return None;
    }
    let rest = marked.unwrap_or(text);
    let mut read = Line::default();
    let mut words = Words { rest: split(rest), at: 0 };
    while let Some(word) = words.next() {
        if let Some(first) = word.strip_prefix(':') {
            let note = [first.to_owned()].into_iter().chain(words.remaining()).collect::<Vec<_>>();
            note.join(" ").trim().clone_into(&mut read.note);
            break;
        }
        read.take(&word, &mut words);
    }
    Some(read)
}

/// The text after `#knee`, if that is a word of its own.
fn after_mark(text: &str) -> Option<&str> {
    let mark = text.get(..MARK.len()).filter(|start| start.eq_ignore_ascii_case(MARK))?;
    let rest = &text[mark.len()..];
    let ends = rest.chars().next().is_none_or(|next| next == ':' || next.is_whitespace());
    ends.then_some(rest)
}

/// Words between blanks, a comma or semicolon before a blank taken off.
fn split(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| {
        let end = word.len() - usize::from(word.ends_with([',', ';']));
        word[..end].to_owned()
    });
    words.filter(|word| !word.is_empty()).collect()
}

struct Words {
    rest: Vec<String>,
    at: usize,
}

impl Words {
    fn next(&mut self) -> Option<String> {
        let word = self.rest.get(self.at).cloned();
        self.at += usize::from(word.is_some());
        word
    }

    fn peek(&self) -> Option<String> {
        self.rest.get(self.at).map(|word| word.to_lowercase())
    }

    fn remaining(&mut self) -> Vec<String> {
        self.rest.split_off(self.at)
    }
}

impl Line {
    fn take(&mut self, written: &str, words: &mut Words) {
        let word = written.to_lowercase();
        if let Some(date) = date(&word) {
            self.date = Some(date);
        } else if let Some(time) = time(&word) {
            self.time = Some(time);
        } else if let Ok(side) = word.parse() {
            self.side = Some(side);
        } else if let Ok(spot) = word.parse() {
            self.spot = Some(spot);
        } else if let Ok(sign) = word.parse() {
            self.signs.push(sign);
        } else if let Ok(seen) = word.parse() {
            self.seen.push(seen);
        } else if word == "walk" {
            self.walk = true;
        } else if word == "painkiller" {
            self.painkiller = true;
        } else if let Some(reading) = self.readings.named(&word) {
            let number = words.peek();
            if number.as_ref().is_some_and(|n| n.chars().all(is_of_numbers)) {
                words.next();
            }
            match number.and_then(|number| scale(&number)) {
                None => self.bad.push(word),
                number => *reading = number,
            }
        } else if word == "from" {
            self.take_from(words);
        } else if word.chars().all(|c| is_of_numbers(c) || c == ':') {
            self.take_four(word);
        } else {
            self.unknown.push(word);
        }
    }

    fn take_from(&mut self, words: &mut Words) {
        let Some((number, unit)) = words.peek().and_then(|word| from(&word)) else {
            self.bad.push("from".to_owned());
            return;
        };
        words.next();
        let unit = unit.or_else(|| {
            let unit = words.peek()?.parse().ok()?;
            words.next();
            Some(unit)
        });
        self.from = Some((number, unit));
    }

    /// Before, during, after, morning; never fewer, or `3/10` would be read.
    fn take_four(&mut self, word: String) {
        let values: Vec<&str> = word.split('/').collect();
        let [before, during, after, morning] = values[..] else { return self.bad.push(word) };
        if word.contains(',') || values.contains(&"") {
            return self.bad.push(word);
        }
        let readings = &mut self.readings;
        let fields = [&mut readings.before, &mut readings.during, &mut readings.after, &mut readings.morning];
        for (field, value) in fields.into_iter().zip([before, during, after, morning]) {
            match scale(value) {
                None if value == "-" => {}
                None => self.bad.push(value.to_owned()),
                number => *field = number,
            }
        }
    }
}

impl Readings {
    /// The number that a word of the grammar names.
    pub(super) fn named(&mut self, name: &str) -> Option<&mut Option<u8>> {
        Some(match name {
            "before" => &mut self.before,
            "during" => &mut self.during,
            "after" => &mut self.after,
            "morning" => &mut self.morning,
            "worst" => &mut self.worst,
            _ => return None,
        })
    }
}

/// A whole number from 0 to 10.
#[must_use]
pub fn scale(word: &str) -> Option<u8> {
    let whole = matches!(word.as_bytes(), [b'0'..=b'9'] | [b'1', b'0']);
    whole.then(|| word.parse().ok()).flatten()
}

fn is_of_numbers(c: char) -> bool {
    c.is_ascii_digit() || "./,+-".contains(c)
}

/// A date as the diary writes it.
#[must_use]
pub fn date(word: &str) -> Option<NaiveDate> {
    let shape = word.len() == 10 && word.bytes().filter(|byte| *byte == b'-').count() == 2;
    shape.then(|| NaiveDate::parse_from_str(word, "%Y-%m-%d").ok()).flatten()
}

fn time(word: &str) -> Option<NaiveTime> {
    let shape = matches!(word.len(), 4 | 5) && word.as_bytes().get(word.len() - 3) == Some(&b':');
    shape.then(|| NaiveTime::parse_from_str(word, "%H:%M").ok()).flatten()
}

/// `5`, `5.5`, `5km`.
fn from(word: &str) -> Option<(f64, Option<UnitSystem>)> {
    let unit = ["km", "mi"].into_iter().find(|unit| word.ends_with(unit));
    let number = unit.map_or(word, |unit| &word[..word.len() - unit.len()]);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(decimals) && decimals.len() == 1)
        .then(|| Some((number.parse().ok()?, unit.and_then(|unit| unit.parse().ok()))))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_a_time_that_does_not_exist_is_left_out_and_named() {
        let line = words("2026-13-40 0/1/0/0", false).unwrap();
        assert_eq!((line.date, line.bad), (None, vec!["2026-13-40".to_owned()]));
        let line = words("2026-11-20 25:70 0/1/0/0", false).unwrap();
        assert_eq!((line.time, line.bad, line.unknown), (None, vec!["25:70".to_owned()], vec![]));
    }

    #[test]
    fn a_decimal_comma_at_the_end_of_a_word_is_a_blank_and_within_it_no_number() {
        assert_eq!(words("#knee during 3, limp", true).unwrap().readings.during, Some(3));
        assert_eq!(words("#knee during 3,0", true).unwrap().bad, ["during"]);
    }
}
