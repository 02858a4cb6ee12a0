//! Names in the order that people expect: `runner 2` before `runner 10`, capitals beside small letters.

use std::cmp::Ordering;

/// A piece of a name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// Digits, as long as they are without leading zeros, then as text: of any length.
    Number(usize, String),
    /// Anything else, in small letters.
    Text(String),
}

fn pieces(name: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(if is_number {
            let digits = piece.trim_start_matches('0');
            Piece::Number(digits.len(), digits.to_owned())
        } else {
            Piece::Text(piece.to_lowercase())
        });
        rest = after;
    }
    pieces
}

/// Compares two names; equal only if they are the same.
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    pieces(a).cmp(&pieces(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers_and_capitals_stand_beside_small_letters() {
        let mut names = ["runner 10", "Zoe", "runner 2", "anna", "Anna", "berta", "runner 002", "7", "Émile"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(
            names,
            ["7", "Anna", "anna", "berta", "runner 002", "runner 2", "runner 10", "Zoe", "Émile"]
        );
    }

    #[test]
    fn a_number_of_any_length_is_compared() {
        let long = "9".repeat(60);
        assert_eq!(compare("a5", &format!("a{long}")), Ordering::Less);
        assert_eq!(compare(&format!("a0{long}"), &format!("a{long}")), Ordering::Less);
    }
}
