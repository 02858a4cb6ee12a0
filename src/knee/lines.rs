//! Lines of a text with their ends: `\n`, `\r\n`, or the lone `\r` that some spreadsheets still write.
//!
//! A line that is not seen as one would take every row behind it along, a stop too.

/// The lines, each with its end.
pub fn whole(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let at = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let until = match at {
            Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => at + 2,
            Some(at) => at + 1,
            None => bytes.len(),
        };
        let (line, behind) = rest.split_at(until);
        rest = behind;
        (!line.is_empty()).then_some(line)
    })
}

/// How the lines of a text end.
#[must_use]
pub fn end_of(text: &str) -> &'static str {
    if text.contains("\r\n") {
        "\r\n"
    } else if text.contains('\r') && !text.contains('\n') {
        "\r"
    } else {
        "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_ends_a_line_and_nothing_is_lost() {
        let text = "a\nb\r\nc\rd\n\r\ne";
        let lines: Vec<&str> = whole(text).collect();
        assert_eq!(lines, ["a\n", "b\r\n", "c\r", "d\n", "\r\n", "e"]);
        assert_eq!(lines.concat(), text);
        assert_eq!(
            (end_of("a\r\nb\n"), end_of("a\rb"), end_of("a\rb\n"), end_of("")),
            ("\r\n", "\r", "\n", "\n")
        );
    }
}
