//! Dates with a time as people read them, in the languages of Strava's accounts: `Jul 14, 2020, 10:36:55 PM`,
//! `21.07.2026, 15:09:27`, `9 mei 2026, 00:03:01`, `2 de ene. de 2025, 7:05:00`, `2026年5月9日 7:05:00`.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// How the months begin in the languages that are known. The longest that fits counts.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "янв", "sty", "led", "oca", "tammi"],
    &["feb", "fév", "fev", "фев", "lut", "úno", "şub", "helmi"],
    &["mar", "mär", "mrz", "mrt", "мар", "bře", "maalis"],
    &["apr", "abr", "avr", "апр", "kwi", "dub", "nis", "huhti"],
    &["may", "mai", "mei", "maj", "mag", "май", "мая", "kvě", "touko"],
    &["jun", "giu", "juin", "июн", "cze", "červen", "čvn", "haz", "kesä"],
    &["jul", "lug", "juil", "июл", "lip", "červenec", "čvc", "tem", "heinä"],
    &["aug", "ago", "aoû", "aou", "авг", "sie", "srp", "ağu", "elo"],
    &["sep", "set", "сен", "wrz", "zář", "eyl", "syys"],
    &["oct", "okt", "ott", "out", "окт", "paź", "říj", "eki", "loka"],
    &["nov", "ноя", "lis", "kas", "marras"],
    &["dec", "dic", "dez", "déc", "des", "дек", "gru", "pro", "ara", "joulu"],
];
/// Words that make an hour one of the afternoon, and of the morning, without blanks and points.
const AFTERNOON: [&str; 4] = ["pm", "午後", "下午", "오후"];
const MORNING: [&str; 4] = ["am", "午前", "上午", "오전"];

/// The date and the time of a text; `None` if it has not both, or may be read in two ways.
pub(crate) fn date_time(text: &str) -> Option<NaiveDateTime> {
    let text = text.to_lowercase();
    let (date, time, marks) = split(&text)?;
    Some(date_of(&date)?.and_time(time_of(time, &marks)?))
}

/// What stands before the time and after it belongs to the date, but for the marks of morning and afternoon.
fn split(text: &str) -> Option<(String, &str, String)> {
    let colon = text.find(':')?;
    let is_of_time = |c: char| c.is_ascii_digit() || c == ':';
    let start = text[..colon]
        .rfind(|c| !is_of_time(c))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[colon..].find(|c| !is_of_time(c)).map_or(text.len(), |at| colon + at);
    let around = format!("{} {}", &text[..start], &text[end..]);
    let marks = around.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    Some((around, &text[start..end], marks))
}

fn time_of(text: &str, marks: &str) -> Option<NaiveTime> {
    let parts: Vec<u32> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (hour, minute, second) = match *parts.as_slice() {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let is_marked = |words: &[&str]| {
        words.iter().any(|word| marks.ends_with(word) || (!word.is_ascii() && marks.contains(word)))
    };
    let hour = match hour {
        12 if is_marked(&MORNING) => 0,
        1..=11 if is_marked(&AFTERNOON) => hour + 12,
        13.. if is_marked(&AFTERNOON) || is_marked(&MORNING) => return None,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

fn date_of(text: &str) -> Option<NaiveDate> {
    let numbers: Vec<(&str, u32)> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().ok().map(|number| (digits, number)))
        .collect::<Option<_>>()?;
    let month = text.split(|c: char| !c.is_alphabetic()).find_map(month_of);
    let is_year = |(digits, _): &(&str, u32)| digits.len() == 4;
    let (year, month, day) = match (numbers.as_slice(), month) {
        ([a, b], Some(month)) if is_year(b) => (b.1, month, a.1),
        ([a, b], Some(month)) if is_year(a) => (a.1, month, b.1),
        ([year, month, day], None) if is_year(year) => (year.1, month.1, day.1),
        // 3/4/2026 is March in one country and April in another
        ([a, b, year], None) if is_year(year) && (!text.contains('/') || a.1 > 12 || a.1 == b.1) => {
            (year.1, b.1, a.1)
        }
        ([a, b, year], None) if is_year(year) && b.1 > 12 => (year.1, a.1, b.1),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn month_of(word: &str) -> Option<u32> {
    let months =
        MONTHS.iter().zip(1_u32..).flat_map(|(names, month)| names.iter().map(move |name| (*name, month)));
    let fits = months.filter(|(name, _)| word.starts_with(name));
    fits.max_by_key(|(name, _)| name.len()).map(|(_, month)| month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_languages_are_read() {
        for (text, expected) in [
            ("Jul 14, 2020, 10:36:55 PM", "2020-07-14T22:36:55"),
            ("Jul 14, 2020, 12:00:00\u{202f}AM", "2020-07-14T00:00:00"),
            ("22 May 2024, 08:19:26", "2024-05-22T08:19:26"),
            ("21.07.2026, 15:09:27", "2026-07-21T15:09:27"),
            ("9 mei 2026, 00:03:01", "2026-05-09T00:03:01"),
            ("8 mrt 2026, 10:00:00", "2026-03-08T10:00:00"),
            ("2 de ene. de 2025, 7:05:00", "2025-01-02T07:05:00"),
            ("14 juil. 2020 à 22:36:55", "2020-07-14T22:36:55"),
            ("14 de dez. de 2020, 22:36:55", "2020-12-14T22:36:55"),
            ("14 мая 2020 г., 22:36:55", "2020-05-14T22:36:55"),
            ("2026年5月9日 7:05:00", "2026-05-09T07:05:00"),
            ("2026/05/09 7:05:00", "2026-05-09T07:05:00"),
            ("2 de ene. de 2025, 7:05:00 p. m.", "2025-01-02T19:05:00"),
            ("15/07/2026 7:05", "2026-07-15T07:05:00"),
        ] {
            assert_eq!(date_time(text), Some(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_days_or_is_no_date_is_none() {
        for text in [
            "",
            "3/4/2026 7:05",
            "Jul 14, 2020",
            "Jul 2020, 7:05",
            "Foo 14, 2020, 7:05",
            "32.07.2026, 7:05",
            ":",
            "é:",
        ] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }
}
