//! How a sentence begins.

/// The same with a capital letter at its beginning.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::capitalized;

    #[test]
    fn a_sentence_begins_with_a_capital_letter_in_every_script() {
        for (text, sentence) in [("no run", "No run"), ("ärger", "Ärger"), ("16 km", "16 km"), ("", "")] {
            assert_eq!(capitalized(text), sentence);
        }
    }
}
