//! Names as people type them: compared without case, accents and blanks around them.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A name closer than this (Jaro–Winkler) may have been meant.
const MEANT: f64 = 0.8;

/// A name as it is compared: without case, accents, and more than one blank in a row. `Vapōrfly  3` is `vaporfly 3`.
#[must_use]
pub fn folded(name: &str) -> String {
    let plain: String = name.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two names are the same but for case, accents and blanks.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

/// The known name closest to what was typed, if it is close enough to be meant.
#[must_use]
pub fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let typed = folded(typed);
    let score = |name: &str| strsim::jaro_winkler(&typed, &folded(name));
    let best = known.iter().copied().max_by(|a, b| score(a).total_cmp(&score(b)))?;
    (score(best) > MEANT).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_and_extra_blanks() {
        for (a, b) in [
            ("Pegasus 40", "pegasus 40"),
            ("Órbita", "orbita"),
            ("O\u{301}rbita", "Órbita"),
            ("  Ghost   15 ", "ghost 15"),
            ("Ｓｐｅｅｄｇｏａｔ", "speedgoat"),
        ] {
            assert!(same_name(a, b), "{a:?} {b:?}");
        }
        assert!(!same_name("Ghost 15", "Ghost 16"));
        assert!(!same_name("跑鞋一", "跑鞋二"), "names without Latin letters stay apart");
    }

    #[test]
    fn the_nearest_name_is_offered_and_a_stranger_is_not() {
        let known = ["Pegasus 40", "Speedgoat"];
        assert_eq!(nearest("pegasüs 4", &known), Some("Pegasus 40"));
        assert_eq!(nearest("xyz", &known), None);
    }
}
