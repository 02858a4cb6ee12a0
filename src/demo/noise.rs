//! Repeatable chance: the same numbers on every machine, for ever.

/// `SplitMix64` (Steele, Lea, Flood 2014): 64 bits of state, integer arithmetic only.
#[derive(Clone, Debug)]
pub(super) struct Noise(u64);

impl Noise {
    /// A stream of its own for every seed.
    pub(super) fn new(seed: i64) -> Self {
        Self(seed.cast_unsigned().wrapping_mul(0xD134_2543_DE82_EF95) ^ 0x7265_6164_6C69_6768)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = (high - low + 1).max(1).unsigned_abs();
        low + (self.next() % span).cast_signed()
    }

    /// From −1 to 1.
    pub(super) fn swing(&mut self) -> f64 {
        let unit = (self.next() >> 11) as f64 / 9_007_199_254_740_992.0;
        2.0 * unit - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        let mut noise = Noise(1_234_567);
        let numbers = [noise.next(), noise.next(), noise.next()];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut noise = Noise::new(7);
        for _ in 0..1000 {
            assert!((-35..=55).contains(&noise.between(-35, 55)));
            assert!((-1.0..1.0).contains(&noise.swing()));
        }
    }
}
