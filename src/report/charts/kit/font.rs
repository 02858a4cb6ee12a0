//! Where a glyph stands: the few numbers of DejaVu Sans that plotters does not pass on.
//!
//! Plotters' `ab_glyph` text drops the space left of each glyph's ink and cuts widths to whole pixels, which
//! makes letters touch. So the charts place glyph by glyph and read advance and bearing from the font itself.

use std::sync::OnceLock;

use plotters::style::{FontStyle, register_font};

use super::picture::ChartError;

/// The name under which plotters knows the font.
pub(crate) const FAMILY: &str = "treadlight DejaVu Sans";

/// Regular and bold, ready to draw with.
#[derive(Clone, Copy)]
pub(crate) struct Fonts {
    pub(crate) regular: Font,
    pub(crate) bold: Font,
}

impl Fonts {
    /// Registers both fonts with plotters, once a process, and opens their tables.
    pub(crate) fn load() -> Result<Self, ChartError> {
        static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
        FONTS.get_or_init(Self::register).ok_or(ChartError::Font)
    }

    fn register() -> Option<Self> {
        let (regular, bold) = (dejavu::sans::regular(), dejavu::sans::bold());
        register_font(FAMILY, FontStyle::Normal, regular).ok()?;
        register_font(FAMILY, FontStyle::Bold, bold).ok()?;
        Some(Self { regular: Font::open(regular)?, bold: Font::open(bold)? })
    }
}

/// The horizontal metrics of one TrueType file, in ems.
#[derive(Clone, Copy)]
pub(crate) struct Font {
    bytes: &'static [u8],
    groups: usize,
    group_count: usize,
    metrics: usize,
    metric_count: usize,
    units_per_em: f64,
    /// Ascent plus descent: what plotters' font size means.
    pub(crate) line_height: f64,
}

/// How far a glyph moves the pen, and where its ink starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Advance {
    pub(crate) width: f64,
    pub(crate) bearing: f64,
}

impl Font {
    fn open(bytes: &'static [u8]) -> Option<Self> {
        let units_per_em = f64::from(u16_at(bytes, table(bytes, b"head")? + 18)?);
        let hhea = table(bytes, b"hhea")?;
        let ascent = f64::from(i16_at(bytes, hhea + 4)?);
        let descent = f64::from(i16_at(bytes, hhea + 6)?);
        let cmap = full_cmap(bytes)?;
        Some(Self {
            bytes,
            groups: cmap + 16,
            group_count: u32_at(bytes, cmap + 12)? as usize,
            metrics: table(bytes, b"hmtx")?,
            metric_count: usize::from(u16_at(bytes, hhea + 34)?),
            units_per_em,
            line_height: (ascent - descent) / units_per_em,
        })
    }

    /// Whether the font can draw this character.
    pub(crate) fn has(&self, character: char) -> bool {
        self.glyph(character).is_some()
    }

    /// Width and bearing of a character; those of the missing-glyph box if the font lacks it, which is never drawn.
    pub(crate) fn advance(&self, character: char) -> Advance {
        let glyph = self.glyph(character).unwrap_or_default();
        self.metric(glyph).unwrap_or(Advance { width: 0.5, bearing: 0.0 })
    }

    fn glyph(&self, character: char) -> Option<usize> {
        let code = u32::from(character);
        (0..self.group_count).find_map(|index| {
            let group = self.groups + index * 12;
            let first = u32_at(self.bytes, group)?;
            let last = u32_at(self.bytes, group + 4)?;
            let glyph = u32_at(self.bytes, group + 8)?;
            (first..=last).contains(&code).then(|| (glyph + code - first) as usize)
        })
    }

    fn metric(&self, glyph: usize) -> Option<Advance> {
        let last = self.metric_count.checked_sub(1)?;
        let width_at = self.metrics + glyph.min(last) * 4;
        let bearing_at =
            if glyph <= last { width_at + 2 } else { self.metrics + (last + 1) * 4 + (glyph - last - 1) * 2 };
        Some(Advance {
            width: f64::from(u16_at(self.bytes, width_at)?) / self.units_per_em,
            bearing: f64::from(i16_at(self.bytes, bearing_at)?) / self.units_per_em,
        })
    }
}

/// Offset of a table, by its four-letter tag.
fn table(bytes: &[u8], tag: &[u8; 4]) -> Option<usize> {
    let count = usize::from(u16_at(bytes, 4)?);
    let entry = (0..count).map(|index| 12 + index * 16).find(|&at| bytes.get(at..at + 4) == Some(tag))?;
    Some(u32_at(bytes, entry + 8)? as usize)
}

/// Offset of the character map that covers all of Unicode (format 12).
fn full_cmap(bytes: &[u8]) -> Option<usize> {
    let cmap = table(bytes, b"cmap")?;
    let count = usize::from(u16_at(bytes, cmap + 2)?);
    (0..count)
        .filter_map(|index| Some(cmap + u32_at(bytes, cmap + 4 + index * 8 + 4)? as usize))
        .find(|&at| u16_at(bytes, at) == Some(12))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes)
}

fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    bytes.get(at..at + 2)?.try_into().ok().map(i16::from_be_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_those_of_dejavu_sans() {
        let fonts = Fonts::load().unwrap();
        assert_eq!(fonts.regular.advance('m'), Advance { width: 1995.0 / 2048.0, bearing: 186.0 / 2048.0 });
        assert_eq!((fonts.regular.line_height * 2048.0).round(), 2384.0);
        assert!(fonts.bold.advance('m').width > fonts.regular.advance('m').width);
    }

    #[test]
    fn letters_of_latin_greek_and_cyrillic_are_there_and_chinese_ones_are_not() {
        let regular = Fonts::load().unwrap().regular;
        assert!("Ωß Ж…–▲".chars().all(|character| regular.has(character)));
        assert!(!regular.has('跑'));
        assert!(regular.has('·'));
    }
}
