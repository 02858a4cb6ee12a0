//! A watch's name without what would tell this watch from all others of its model.

/// Digits in a row from which on a number is taken for a serial number: models have up to four.
const SERIAL_DIGITS: usize = 7;

/// `Forerunner 245` of `Forerunner 245 (S/N 3912345678)`: what stands before a serial number, or `None` where nothing does.
#[must_use]
pub fn without_serial(device: &str) -> Option<String> {
    let is_long = |part: &&str| part.len() >= SERIAL_DIGITS && part.chars().all(|sign| sign.is_ascii_digit());
    let parts = device.split(|sign: char| !sign.is_ascii_digit());
    let Some(serial) = parts.into_iter().find(is_long) else { return Some(device.to_owned()) };
    let before = device.split(serial).next().unwrap_or_default();
    let marks = |sign: char| !sign.is_alphanumeric();
    let name = before.trim_end_matches(marks);
    let name = ["S/N", "SN", "serial", "Serial", "Unit ID", "UnitId"]
        .iter()
        .find_map(|word| name.strip_suffix(word))
        .unwrap_or(name)
        .trim_end_matches(marks);
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_goes_and_a_model_stays() {
        for (device, expected) in [
            ("garmin fenix2", Some("garmin fenix2")),
            ("Forerunner 245 (S/N 3912345678)", Some("Forerunner 245")),
            ("suunto 34", Some("suunto 34")),
            ("Wahoo-3912345678", Some("Wahoo")),
            ("3912345678", None),
        ] {
            assert_eq!(without_serial(device).as_deref(), expected, "{device}");
        }
    }
}
