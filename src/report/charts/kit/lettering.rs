//! Text on a canvas, glyph by glyph: how wide it is, where it is cut, what stands for a character that the font lacks.

use plotters::{
    element::Text,
    style::{FontDesc, FontFamily, FontStyle, TextStyle},
};

use super::picture::ChartError;
use super::{
    canvas::{Align, Canvas, OVERSAMPLING, Sheet},
    font::{FAMILY, Font},
    shapes::{DESCENT, line_of_text},
    theme::Type,
};

impl Canvas<'_> {
    /// A line of text standing on `baseline`; hands back where it ends.
    pub(crate) fn text(
        &self,
        text: &str,
        (x, baseline): (f64, f64),
        style: Type,
        align: Align,
    ) -> Result<f64, ChartError> {
        match &self.sheet {
            Sheet::Pixels(_) => self.glyphs(text, (x, baseline), style, align),
            Sheet::Shapes(area) => {
                self.reaches(baseline - style.em, baseline + style.em * DESCENT);
                let line = line_of_text(text, (x, baseline), style, align);
                area.draw(&line).map_err(ChartError::Shapes)?;
                let width = self.width(text, style);
                Ok(match align {
                    Align::Left => x + width,
                    Align::Center => x + width / 2.0,
                    Align::Right => x,
                })
            }
        }
    }

    /// The same glyph by glyph.
    fn glyphs(
        &self,
        text: &str,
        (x, baseline): (f64, f64),
        style: Type,
        align: Align,
    ) -> Result<f64, ChartError> {
        let font = self.font(style);
        let size = glyph_size(style, &font) * self.enlargement();
        let scale = f64::from(size) / font.line_height;
        let weight = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
        let drawn: TextStyle<'_> =
            FontDesc::new(FontFamily::Name(FAMILY), f64::from(size), weight).color(&style.color);
        let width = self.width(text, style);
        let start = match align {
            Align::Left => x,
            Align::Center => x - width / 2.0,
            Align::Right => x - width,
        };
        // Plotters puts the baseline half the font size below the position.
        let top = (baseline * self.density()).round() as i32 - size / 2;
        let mut pen = start * self.density();
        for character in drawable(text, &font).chars() {
            let advance = font.advance(character);
            let ink = pen.round() + (advance.bearing * scale).floor();
            self.draw(&Text::new(character.to_string(), (ink as i32, top), drawn.clone()))?;
            pen += advance.width * scale;
        }
        Ok(start + width)
    }

    /// How wide a text is, at every scale the same.
    pub(crate) fn width(&self, text: &str, style: Type) -> f64 {
        let font = self.font(style);
        let scale = f64::from(glyph_size(style, &font)) / font.line_height / f64::from(OVERSAMPLING);
        drawable(text, &font).chars().map(|character| font.advance(character).width * scale).sum()
    }

    /// The text, cut with an ellipsis where it is wider than `width`.
    pub(crate) fn shortened(&self, text: &str, style: Type, width: f64) -> String {
        if self.width(text, style) <= width {
            return text.to_owned();
        }
        let mut kept = String::new();
        for character in text.chars() {
            kept.push(character);
            if self.width(&format!("{kept}…"), style) > width {
                kept.pop();
                break;
            }
        }
        format!("{}…", kept.trim_end())
    }

    fn font(&self, style: Type) -> Font {
        if style.bold { self.fonts.bold } else { self.fonts.regular }
    }
}

/// Plotters' font size: even, so that all glyphs of a line stand on the same pixel row.
fn glyph_size(style: Type, font: &Font) -> i32 {
    let half = style.em * font.line_height * f64::from(OVERSAMPLING) / 2.0;
    2 * half.round() as i32
}

/// What stands for whatever the font lacks and Latin letters cannot say, such as emoji.
const UNDRAWABLE: char = '·';

/// The text as the font can draw it: letters that it lacks in Latin ones, whatever else it lacks as a dot, invisible
/// characters left out. Shapes keep the text as it is, since the reader's own fonts set it.
fn drawable(text: &str, font: &Font) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|&character| !is_invisible(character)) {
        if character.is_whitespace() || character.is_control() {
            out.push(' ');
        } else if font.has(character) {
            out.push(character);
        } else if let Some(latin) = latin(character, font) {
            out.push_str(latin);
        } else if !out.ends_with(UNDRAWABLE) {
            out.push(UNDRAWABLE);
        }
    }
    out
}

/// A letter or digit in Latin ones.
fn latin(character: char, font: &Font) -> Option<&'static str> {
    let latin = any_ascii::any_ascii_char(character);
    let says_something = character.is_alphanumeric() && !latin.trim().is_empty();
    (says_something && latin.chars().all(|letter| font.has(letter))).then_some(latin)
}

/// Joiners, direction marks and variation selectors: parts of other characters, without ink.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
        | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::{
        super::{canvas::paint, font::Fonts, theme},
        *,
    };

    fn on_canvas(look: impl Fn(&Canvas<'_>)) {
        paint(1, |canvas| {
            look(canvas);
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn a_long_text_is_cut_to_its_width_with_an_ellipsis() {
        on_canvas(|canvas| {
            let short = canvas.shortened("Saucony Endorphin Speed 4 (race day only)", theme::LABEL, 200.0);
            assert!(short.starts_with("Saucony") && short.ends_with('…'), "{short}");
            assert!(canvas.width(&short, theme::LABEL) <= 200.0);
            assert_eq!(canvas.shortened("Ghost 15", theme::LABEL, 200.0), "Ghost 15");
        });
    }

    #[test]
    fn letters_that_the_font_lacks_become_latin_ones_and_emoji_a_dot() {
        let font = Fonts::load().unwrap().regular;
        let drawn = |text: &str| drawable(text, &font);
        assert_eq!(drawn("アシックス 👟 Üla"), "ashitkusu · Üla");
        assert_eq!(drawn("跑鞋 🏃🏽🔥 2"), "PaoXie · 2");
        assert_eq!(drawn("Ultra\u{fe0f}\n2"), "Ultra 2");
        for text in ["アシックス 👟 Üla", "跑鞋", "런닝화", "รองเท้า", "\u{10ffff}", "जूते"]
        {
            assert!(drawn(text).chars().all(|character| font.has(character)), "{text}: {}", drawn(text));
        }
    }

    #[test]
    fn text_ends_where_its_width_says() {
        let style = theme::TITLE;
        let mut expected = 0.0;
        let picture = paint(1, |canvas| {
            expected = canvas.text("H", (100.0, 200.0), style, Align::Left)?;
            Ok(())
        });
        let picture = picture.unwrap();
        let is_ink = |x: u32, y: u32| picture.rgb[((y * picture.width + x) * 3) as usize] < 128;
        let inked: Vec<_> =
            (0..picture.width).filter(|&x| (0..picture.height).any(|y| is_ink(x, y))).collect();
        assert!(inked[0] >= 100 && f64::from(inked[inked.len() - 1]) < expected);
        assert!(is_ink(inked[0] + 1, 198) && !is_ink(inked[0] + 1, 201), "stands on its baseline");
    }
}
