//! The same drawing in fewer bytes: rectangles of one colour that follow each other become one path, circles a group.

use std::fmt::Write;

/// Elements as [`crate::report::charts::vectors`] tidied them, a line each.
pub(crate) fn compact(elements: &str) -> String {
    let mut out = String::with_capacity(elements.len() / 2);
    let mut open: Option<Open> = None;
    for line in elements.lines() {
        let shape = Shape::read(line);
        if !open.as_ref().is_some_and(|open| open.takes(shape.as_ref())) {
            close(&mut out, open.take());
            open = shape.as_ref().map(|shape| Open::new(&mut out, shape));
        }
        match (&shape, &mut open) {
            (Some(shape), Some(open)) => open.push(&mut out, shape),
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    close(&mut out, open);
    out
}

/// A shape that can stand with its like, and its look.
#[derive(Debug, PartialEq)]
enum Shape<'a> {
    Rectangle { at: (i64, i64), size: (i64, i64), look: &'a str },
    Circle { at: (i64, i64), radius: i64, look: &'a str },
}

impl<'a> Shape<'a> {
    /// Reads what plotters writes: place and size first, then the look.
    fn read(line: &'a str) -> Option<Self> {
        if let Some(rest) = line.strip_prefix("<rect") {
            let ([x, y, width, height], look) = numbers(rest, ["x", "y", "width", "height"])?;
            return Some(Self::Rectangle { at: (x, y), size: (width, height), look });
        }
        let ([x, y, radius], look) = numbers(line.strip_prefix("<circle")?, ["cx", "cy", "r"])?;
        // a circle without a stroke has no use for its width
        let look = look.strip_suffix(" stroke-width=\"1\"").filter(|look| !look.contains("stroke"))?;
        Some(Self::Circle { at: (x, y), radius, look })
    }

    fn look(&self) -> &'a str {
        match self {
            Self::Rectangle { look, .. } | Self::Circle { look, .. } => look,
        }
    }

    fn is_circle(&self) -> bool {
        matches!(self, Self::Circle { .. })
    }
}

/// The values of attributes in this order, and what follows them within the tag.
fn numbers<'a, const N: usize>(mut rest: &'a str, names: [&str; N]) -> Option<([i64; N], &'a str)> {
    let mut values = [0; N];
    for (value, name) in values.iter_mut().zip(names) {
        rest = rest.strip_prefix(' ')?.strip_prefix(name)?.strip_prefix("=\"")?;
        let (number, after) = rest.split_once('"')?;
        *value = number.parse().ok()?;
        rest = after;
    }
    Some((values, rest.strip_suffix("/>")?))
}

/// Shapes of one look that are being gathered.
struct Open {
    is_circle: bool,
    look: String,
    /// Where the last rectangle started.
    last: (i64, i64),
}

impl Open {
    /// Starts a path or a group. Shapes of a group overlap, so each of them is as opaque as it was alone.
    fn new(out: &mut String, first: &Shape<'_>) -> Self {
        let look = first.look();
        out.push_str(if first.is_circle() { "<g" } else { "<path" });
        out.push_str(&look.replace(" opacity=", " fill-opacity="));
        out.push_str(if first.is_circle() { ">\n" } else { " d=\"" });
        Self { is_circle: first.is_circle(), look: look.to_owned(), last: (0, 0) }
    }

    fn takes(&self, shape: Option<&Shape<'_>>) -> bool {
        shape.is_some_and(|shape| shape.is_circle() == self.is_circle && shape.look() == self.look)
    }

    fn push(&mut self, out: &mut String, shape: &Shape<'_>) {
        // nothing fails that is written into a string
        let _ = match shape {
            Shape::Circle { at: (x, y), radius, .. } => {
                writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>")
            }
            // without an extent there is nothing to see
            Shape::Rectangle { size: (0, _) | (_, 0), .. } => Ok(()),
            Shape::Rectangle { at, size: (width, height), .. } => {
                let (x, y) = (at.0 - self.last.0, at.1 - self.last.1);
                self.last = *at;
                write!(out, "m{x} {y}h{width}v{height}h{}z", -width)
            }
        };
    }
}

fn close(out: &mut String, open: Option<Open>) {
    match open {
        Some(open) if open.is_circle => out.push_str("</g>\n"),
        Some(_) => out.push_str("\"/>\n"),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_of_one_colour_are_one_path_of_relative_moves() {
        let elements = "<rect x=\"10\" y=\"20\" width=\"5\" height=\"8\" fill=\"var(--run)\"/>\n\
                        <rect x=\"16\" y=\"18\" width=\"5\" height=\"10\" fill=\"var(--run)\"/>\n\
                        <rect x=\"30\" y=\"18\" width=\"0\" height=\"10\" fill=\"var(--run)\"/>\n\
                        <rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"var(--ink)\"/>\n";
        assert_eq!(
            compact(elements),
            "<path fill=\"var(--run)\" d=\"m10 20h5v8h-5zm6 -2h5v10h-5z\"/>\n\
             <path fill=\"var(--ink)\" d=\"m1 2h3v4h-3z\"/>\n"
        );
    }

    #[test]
    fn circles_are_a_group_and_each_keeps_its_own_opacity() {
        let elements = "<circle cx=\"1\" cy=\"2\" r=\"6\" opacity=\"0.75\" fill=\"var(--run)\" stroke-width=\"1\"/>\n\
                        <circle cx=\"3\" cy=\"4\" r=\"5\" opacity=\"0.75\" fill=\"var(--run)\" stroke-width=\"1\"/>\n";
        assert_eq!(
            compact(elements),
            "<g fill-opacity=\"0.75\" fill=\"var(--run)\">\n<circle cx=\"1\" cy=\"2\" r=\"6\"/>\n\
             <circle cx=\"3\" cy=\"4\" r=\"5\"/>\n</g>\n"
        );
    }

    #[test]
    fn everything_else_stays_and_keeps_its_place() {
        let elements = "<text x=\"1\">&lt;rect x=\"1\"</text>\n<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"a\"/>\n\
                        <polyline points=\"1,2 3,4\"/>\n<rect x=\"half\" y=\"2\" width=\"3\" height=\"4\"/>\n\
                        <circle cx=\"1\" cy=\"2\" r=\"6\" fill=\"none\" stroke=\"red\" stroke-width=\"1\"/>\n";
        let expected = elements.replace(
            "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"a\"/>",
            "<path fill=\"a\" d=\"m1 2h3v4h-3z\"/>",
        );
        assert_eq!(compact(elements), expected);
    }
}
