//! Maker and model of a watch, without what would tell this watch from all others of its model.

/// Digits in one word from which on it holds a serial number: models have up to four.
const SERIAL_DIGITS: usize = 7;
/// What programs write before a serial number.
const LABELS: [&str; 6] = ["S/N", "SN", "serial", "Serial", "Unit ID", "UnitId"];

/// `Forerunner 245` of `Forerunner 245 (S/N 3912345678)`: what stands before a serial number; `None` where nothing does.
pub(crate) fn without_serial(device: &str) -> Option<String> {
    let words: Vec<&str> = device.split_whitespace().collect();
    let name = match words.iter().position(|word| holds_serial(word)) {
        None => words.join(" "),
        Some(at) => without_label(&format!("{} {}", words[..at].join(" "), before_digits(words[at]))),
    };
    (!name.is_empty()).then_some(name)
}

fn holds_serial(word: &str) -> bool {
    word.bytes().filter(u8::is_ascii_digit).count() >= SERIAL_DIGITS
}

/// What of a word stands before its serial number, if that is all in one piece.
fn before_digits(word: &str) -> &str {
    let pieces = word.split(|sign: char| !sign.is_ascii_digit());
    let serial = pieces.into_iter().find(|piece| piece.len() >= SERIAL_DIGITS);
    serial.and_then(|serial| word.split(serial).next()).unwrap_or_default()
}

fn without_label(name: &str) -> String {
    let trimmed = |name: &str| name.trim().trim_end_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
    let name = trimmed(name);
    LABELS.iter().find_map(|label| name.strip_suffix(label)).map_or(name.clone(), trimmed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_goes_and_a_model_stays() {
        for (device, expected) in [
            ("garmin fenix2", Some("garmin fenix2")),
            ("Forerunner 245 (S/N 3912345678)", Some("Forerunner 245")),
            ("EDGE705 (Unit ID 3812345678)", Some("EDGE705")),
            ("suunto 34", Some("suunto 34")),
            ("Apple Watch (44 mm)", Some("Apple Watch (44 mm)")),
            ("Wahoo-3912345678", Some("Wahoo")),
            ("Ambit3 1234-56789", Some("Ambit3")),
            ("3912345678", None),
            (" ", None),
        ] {
            assert_eq!(without_serial(device).as_deref(), expected, "{device}");
        }
    }
}
