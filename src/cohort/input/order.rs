//! The order of runners: by number where every id is one, else by the bytes of the id. The same for every order of rows.

use std::cmp::Ordering;

/// A whole number as it is usually written.
fn number(id: &[u8]) -> Option<u64> {
    let is_plain =
        id.len() < 20 && !id.is_empty() && (id == b"0" || id[0] != b'0') && id.iter().all(u8::is_ascii_digit);
    is_plain.then(|| id.iter().fold(0, |number, digit| 10 * number + u64::from(digit - b'0')))
}

/// Whether every id is a number.
#[must_use]
pub fn all_are_numbers<'a>(mut ids: impl Iterator<Item = &'a [u8]>) -> bool {
    ids.all(|id| number(id).is_some())
}

/// Who stands first.
#[must_use]
pub fn compare(a: &[u8], b: &[u8], by_number: bool) -> Ordering {
    if by_number { number(a).cmp(&number(b)) } else { a.cmp(b) }
}

/// Watches ids go by, and says as soon as they are not in order.
#[derive(Debug)]
pub struct Watch {
    last: Option<Vec<u8>>,
    all_numbers: bool,
    bytes_ascend: bool,
}

impl Default for Watch {
    fn default() -> Self {
        Self { last: None, all_numbers: true, bytes_ascend: true }
    }
}

/// What the next row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Of the same runner.
    Same,
    /// Of the next one.
    Later,
    /// Of one who should have come before.
    Earlier,
}

impl Watch {
    /// The id of the next row.
    pub fn next(&mut self, id: &[u8]) -> Next {
        let Some(last) = &mut self.last else {
            self.last = Some(id.to_vec());
            self.all_numbers = number(id).is_some();
            return Next::Later;
        };
        if last == id {
            return Next::Same;
        }
        self.bytes_ascend &= last.as_slice() < id;
        self.all_numbers &= number(id).is_some();
        let in_order = if self.all_numbers { number(last) < number(id) } else { self.bytes_ascend };
        last.clear();
        last.extend_from_slice(id);
        if in_order { Next::Later } else { Next::Earlier }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in_order(ids: &[&str]) -> bool {
        let mut watch = Watch::default();
        ids.iter().all(|id| watch.next(id.as_bytes()) != Next::Earlier)
    }

    fn sorted<'a>(ids: &[&'a str]) -> Vec<&'a str> {
        let by_number = all_are_numbers(ids.iter().map(|id| id.as_bytes()));
        let mut ids = ids.to_vec();
        ids.sort_by(|a, b| compare(a.as_bytes(), b.as_bytes(), by_number));
        ids
    }

    #[test]
    fn numbers_stand_by_number_and_one_other_id_makes_it_bytes() {
        assert_eq!(sorted(&["10", "9", "2"]), ["2", "9", "10"]);
        assert_eq!(sorted(&["10", "9", "2", "a"]), ["10", "2", "9", "a"]);
        assert_eq!(sorted(&["07", "6"]), ["07", "6"]);
    }

    #[test]
    fn what_is_watched_as_in_order_is_what_sorting_would_give() {
        let ids = ["1", "2", "9", "10", "07", "a", "b", "aa"];
        let mut in_order = 0;
        for first in ids {
            for second in ids {
                for third in ids {
                    let these = [first, second, third];
                    let is_distinct = first != second && second != third && first != third;
                    if is_distinct && is_in_order(&these) {
                        assert_eq!(sorted(&these), these);
                        in_order += 1;
                    }
                }
            }
        }
        // 56 sets of three; those with two numbers whose bytes stand the other way round are sorted first
        assert!(in_order >= 40, "{in_order}");
        assert!(is_in_order(&["2", "9", "10"]) && is_in_order(&["07", "1", "a"]));
    }

    #[test]
    fn a_runner_who_comes_again_is_out_of_order() {
        assert!(is_in_order(&["1", "1", "2", "2"]));
        assert!(!is_in_order(&["1", "2", "1"]));
    }
}
