//! Track points in a row mostly look the same: only their values differ.
//!
//! While the events of a point are told, a [`Sketch`] notes where its values stand. The bytes between them are the point's
//! [`Shape`]: where another point has the very same bytes there, it must give the very same events, and only its values
//! have to be read. That holds for whatever the bytes are, as long as no value has markup in it and nothing in the point
//! but its values says anything. All else is left to the events.

use std::ops::Range;

use super::point::{PointBuilder, Value};
use crate::{activity::TrackPoint, import::formats::timestamp::PlainTimes};

/// A file's points have so many shapes at once: with and without heart rate, with and without a fix.
const MOST_SHAPES: usize = 4;
/// A file that had so many points of no known shape more than of a known one is left to the events.
const MOST_MISSES: usize = 64;

/// The point whose events are told: where it and its values stand in the document.
#[derive(Debug)]
pub(super) struct Sketch {
    start: usize,
    tag_bytes: usize,
    /// Values in the order of their text; none twice.
    texts: Vec<(Value, Range<usize>)>,
    opened: Vec<Value>,
}

impl Sketch {
    /// A point whose tag of so many bytes, without its brackets, opens at `start`.
    pub(super) fn new(start: usize, tag_bytes: usize) -> Self {
        Self { start, tag_bytes, texts: Vec::with_capacity(6), opened: Vec::with_capacity(4) }
    }

    /// The element of a value opens; `false` if it did before.
    pub(super) fn open(&mut self, value: Value) -> bool {
        let is_new = !self.opened.contains(&value);
        self.opened.push(value);
        is_new
    }

    /// A piece of a value's text; `false` if it is not the only one.
    pub(super) fn text(&mut self, value: Value, at: usize, bytes: usize) -> bool {
        let is_first = self.texts.iter().all(|(of, _)| *of != value);
        self.texts.push((value, at..at + bytes));
        is_first
    }

    /// The shape of the point, which ends before `end`; `None` if a value is not plain.
    fn finish(self, document: &str, end: usize) -> Option<Shape> {
        let tag = document.get(self.start + 1..)?.get(..self.tag_bytes)?;
        let mut values = places(tag, self.start + 1)?;
        for (value, text) in self.texts {
            // neither an entity nor a CDATA section, and all of what stands there
            let is_plain = !document.get(text.clone())?.contains(['&', '<'])
                && document.as_bytes().get(text.end) == Some(&b'<');
            values.push(is_plain.then_some((value, text))?);
        }
        let mut at = self.start;
        let mut parts = Vec::with_capacity(values.len());
        for (value, text) in values {
            parts.push((at..text.start, value));
            at = text.end;
        }
        Some(Shape { parts, tail: at..end })
    }
}

/// Where the values of latitude and longitude stand in a tag that quotes with `"` alone; `offset` is the tag's own place.
fn places(tag: &str, offset: usize) -> Option<Vec<(Value, Range<usize>)>> {
    if tag.contains(['\'', '&', '<']) {
        return None;
    }
    let (mut at, mut key) = (offset, "");
    let mut values = Vec::with_capacity(6);
    for (i, piece) in tag.split('"').enumerate() {
        if i % 2 == 0 {
            let mut words = piece.split_ascii_whitespace().skip(usize::from(i == 0));
            key = words.next().unwrap_or_default();
            // anything but one key and its sign is not worth a thought
            if words.next().is_some() {
                return None;
            }
        } else {
            let value = match key {
                "lat=" => Some(Value::Latitude),
                "lon=" => Some(Value::Longitude),
                _ if key.len() > 1 && key.ends_with('=') => None,
                _ => return None,
            };
            values.extend(value.map(|value| (value, at..at + piece.len())));
        }
        at += piece.len() + 1;
    }
    let is_once = |wanted| values.iter().filter(|(value, _)| *value == wanted).count() == 1;
    (is_once(Value::Latitude) && is_once(Value::Longitude)).then_some(values)
}

/// Where the bytes around the values of a point stand in the document.
#[derive(Debug)]
struct Shape {
    /// The bytes before each value.
    parts: Vec<(Range<usize>, Value)>,
    /// Those behind the last one.
    tail: Range<usize>,
}

impl Shape {
    /// Reads a point at `start`, if it has this shape; says where it ends.
    #[inline]
    fn read(&self, document: &[u8], start: usize, times: &mut PlainTimes) -> Option<(PointBuilder, usize)> {
        let mut point = PointBuilder::default();
        let mut at = start;
        for (part, value) in &self.parts {
            at = after_same(document, at, part)?;
            at += point.read(*value, &document[at..], times)?;
        }
        Some((point, after_same(document, at, &self.tail)?))
    }
}

/// Where the bytes at `at` end that are the same as those of `part`.
#[inline]
fn after_same(document: &[u8], at: usize, part: &Range<usize>) -> Option<usize> {
    let end = at + part.len();
    (document.get(at..end)? == &document[part.clone()]).then_some(end)
}

/// The shapes that the points of a file had.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    /// The last one that fitted comes first.
    known: Vec<Shape>,
    hits: usize,
    misses: usize,
    times: PlainTimes,
}

impl Shapes {
    /// Events tell a point. Whether it is worth learning its shape.
    pub(super) fn miss(&mut self) -> bool {
        self.misses += 1;
        self.are_kept()
    }

    /// Whether enough points keep to a shape.
    pub(super) fn are_kept(&self) -> bool {
        self.misses <= self.hits + MOST_MISSES
    }

    /// Leaves everything to the events.
    #[cfg(test)]
    pub(super) fn given_up() -> Self {
        Self { misses: usize::MAX / 2, ..Self::default() }
    }

    /// How many points had a known shape, and how many had none.
    #[cfg(test)]
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.hits, self.misses)
    }

    /// Learns the shape of a point that the events told, up to `end`.
    pub(super) fn learn(&mut self, sketch: Sketch, document: &str, end: usize) {
        if let Some(shape) = sketch.finish(document, end) {
            self.known.truncate(MOST_SHAPES - 1);
            self.known.insert(0, shape);
        }
    }

    /// Hands over points from `start` on as long as they have a known shape; says where the last of them ends.
    pub(super) fn read(
        &mut self,
        document: &[u8],
        start: usize,
        mut point: impl FnMut(Option<TrackPoint>),
    ) -> usize {
        let mut end = start;
        loop {
            let next = end + document[end..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let times = &mut self.times;
            let fits = |shape: &Shape| shape.read(document, next, times);
            let Some((which, (read, after))) = first(&self.known, fits) else { return end };
            self.known[..=which].rotate_right(1);
            self.hits += 1;
            point(read.finish());
            end = after;
        }
    }
}

/// The first of some items of which something comes, and where it stands.
#[inline]
fn first<'a, S, T>(items: &'a [S], mut of: impl FnMut(&'a S) -> Option<T>) -> Option<(usize, T)> {
    items.iter().enumerate().find_map(|(i, item)| Some((i, of(item)?)))
}
