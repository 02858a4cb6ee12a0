//! The pairs of shoes that an export lists, whether they were worn or not.

use crate::{import::services::part::ListedPair, settings::same_name};

/// Whether one of the names of a pair is `gear`.
#[must_use]
pub fn answers_to(pair: &ListedPair, gear: &str) -> bool {
    pair.names().any(|name| same_name(name, gear))
}

/// Pairs from several lists, each once. A name that another pair has already gives way to the pair's other names.
#[must_use]
pub fn each_once(pairs: impl IntoIterator<Item = ListedPair>) -> Vec<ListedPair> {
    let mut kept: Vec<ListedPair> = Vec::new();
    for mut pair in pairs {
        let is_taken = |name: &str, kept: &[ListedPair]| kept.iter().any(|other| answers_to(other, name));
        if is_taken(&pair.name, &kept) {
            pair.gear.retain(|name| !is_taken(name, &kept));
            if pair.gear.is_empty() {
                continue;
            }
            pair.name = pair.gear.remove(0);
        }
        kept.push(pair);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_two_lists_stands_once_and_two_of_one_nickname_stay_two() {
        let pair = |name: &str, gear: &[&str]| ListedPair {
            name: name.to_owned(),
            gear: gear.iter().map(ToString::to_string).collect(),
        };
        let kept = each_once([
            pair("Race", &["Nike Vaporfly Race"]),
            pair("race", &["Saucony Endorphin Race"]),
            pair("RACE", &[]),
            pair("Race", &["Nike Vaporfly Race"]),
        ]);
        assert_eq!(kept, [pair("Race", &["Nike Vaporfly Race"]), pair("Saucony Endorphin Race", &[])]);
    }
}
