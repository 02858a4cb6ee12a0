//! Numbers at the start of some bytes, read without a look for their end first: the very numbers that the standard
//! library reads. Anything but digits, a minus and a point is left to it.

/// Exact in double precision, and up to ten digits in single precision.
const POWERS_OF_TEN: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
const MOST_EXACT_IN_SINGLE: usize = 10;
/// A number of so many bytes is below 2⁵³, or has no fraction.
const MOST_EXACT_BYTES: usize = 16;

/// A number and its length in bytes.
#[inline]
pub(super) fn double(bytes: &[u8]) -> Option<(f64, usize)> {
    let digits = Digits::read(bytes)?;
    if digits.length > MOST_EXACT_BYTES {
        return Some((str::from_utf8(&bytes[..digits.length]).ok()?.parse().ok()?, digits.length));
    }
    // both are exact, so that one division rounds as it should
    let number = digits.all as f64 / POWERS_OF_TEN[digits.behind_point];
    Some((if digits.is_negative { -number } else { number }, digits.length))
}

/// The same in single precision.
#[inline]
pub(super) fn single(bytes: &[u8]) -> Option<(f32, usize)> {
    let digits = Digits::read(bytes)?;
    let is_exact = digits.length <= MOST_EXACT_BYTES
        && digits.all < 1 << f32::MANTISSA_DIGITS
        && digits.behind_point <= MOST_EXACT_IN_SINGLE;
    if !is_exact {
        return Some((str::from_utf8(&bytes[..digits.length]).ok()?.parse().ok()?, digits.length));
    }
    let number = digits.all as f32 / POWERS_OF_TEN[digits.behind_point] as f32;
    Some((if digits.is_negative { -number } else { number }, digits.length))
}

/// A number of one to three digits, and how many these are; what stands behind them is no digit.
#[inline]
pub(super) fn up_to_three_digits(bytes: &[u8]) -> Option<(u16, usize)> {
    let digit = |at: usize| {
        bytes.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10).map(u16::from)
    };
    let first = digit(0)?;
    let Some(second) = digit(1) else { return Some((first, 1)) };
    let Some(third) = digit(2) else { return Some((10 * first + second, 2)) };
    digit(3).is_none().then_some((100 * first + 10 * second + third, 3))
}

/// Digits with at most one point among them.
struct Digits {
    /// As one number; it wraps beyond [`MOST_EXACT_BYTES`].
    all: u64,
    behind_point: usize,
    is_negative: bool,
    length: usize,
}

impl Digits {
    #[inline]
    fn read(bytes: &[u8]) -> Option<Self> {
        let is_negative = *bytes.first()? == b'-';
        let start = usize::from(is_negative);
        let (mut all, mut point, mut length) = (0_u64, None, start);
        while let Some(byte) = bytes.get(length) {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 {
                all = all.wrapping_mul(10).wrapping_add(u64::from(digit));
            } else if *byte == b'.' && point.is_none() {
                point = Some(length);
            } else {
                break;
            }
            length += 1;
        }
        let behind_point = point.map_or(0, |point| length - point - 1);
        let has_digits = length - start > usize::from(point.is_some());
        has_digits.then_some(Self { all, behind_point, is_negative, length })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_ends_before_the_first_byte_that_is_none_of_it() {
        assert_eq!(double(b"54.6\" lon"), Some((54.6, 4)));
        assert_eq!(double(b"-7.0.1"), Some((-7.0, 4)));
        assert_eq!(double(b"5.<"), Some((5.0, 2)));
        assert_eq!(single(b"-.5<"), Some((-0.5, 3)));
        for text in ["", "-", ".", "-.", "+5", "e5", " 5", "NaN"] {
            assert_eq!((double(text.as_bytes()), single(text.as_bytes())), (None, None), "{text}");
        }
    }

    #[test]
    fn counts_have_three_digits_at_most() {
        let read =
            ["7<", "42<", "142<", "007", "1420", "x", ""].map(|text| up_to_three_digits(text.as_bytes()));
        assert_eq!(read, [Some((7, 1)), Some((42, 2)), Some((142, 3)), Some((7, 3)), None, None, None]);
    }

    proptest! {
        #[test]
        fn every_number_is_the_one_that_the_standard_library_reads(text in "-?[0-9]{0,12}\\.?[0-9]{0,20}") {
            let read = double(text.as_bytes()).map(|(number, length)| (number.to_bits(), length));
            let expected = text.parse::<f64>().ok().map(|number| (number.to_bits(), text.len()));
            prop_assert_eq!(read, expected);
            let read = single(text.as_bytes()).map(|(number, length)| (number.to_bits(), length));
            let expected = text.parse::<f32>().ok().map(|number| (number.to_bits(), text.len()));
            prop_assert_eq!(read, expected);
        }
    }
}
