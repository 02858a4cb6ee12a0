//! Gzip undone, with an eye on bombs: how much anything packed may unpack to.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::import::{formats::kind::Kind, skipped::Bomb};

/// An unpacked file larger than this is refused: a day of one-second records takes 10 MB.
pub const MAX_UNPACKED_BYTES: u64 = 512 << 20;
/// A zip inside a zip is held in memory: makers put years of runs into one.
const MAX_INNER_ZIP_BYTES: u64 = 2 << 30;
/// A packed stream that grows more than this is a bomb once it is beyond [`BOMB_FLOOR_BYTES`].
const MAX_RATIO: u64 = 200;
const BOMB_FLOOR_BYTES: u64 = 16 << 20;
/// What a packed stream held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// The bytes up to the damage, if there is any.
    pub bytes: Vec<u8>,
    /// What broke, where the stream did not end well.
    pub damage: Option<String>,
}

/// The most that so many packed bytes of a kind may unpack to.
#[must_use]
pub fn unpacked_limit(kind: Kind, packed_bytes: u64) -> u64 {
    let most = if kind == Kind::Zip { MAX_INNER_ZIP_BYTES } else { MAX_UNPACKED_BYTES };
    most.min(BOMB_FLOOR_BYTES.max(packed_bytes.saturating_mul(MAX_RATIO)))
}

/// Undoes gzip (several members too). A broken stream gives what came out before it broke.
///
/// # Errors
/// If it unpacks to more than an activity can hold.
pub fn gunzip(packed: &[u8]) -> Result<Unpacked, Bomb> {
    let packed_bytes = packed.len() as u64;
    let limit = unpacked_limit(Kind::Gzip, packed_bytes);
    let mut bytes = Vec::new();
    let outcome = MultiGzDecoder::new(packed).take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        return Err(Bomb { packed_bytes, limit_bytes: limit });
    }
    Ok(Unpacked { bytes, damage: outcome.err().map(|error| error.to_string()) })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_whole_stream_and_a_broken_one_give_what_they_hold() {
        let text = b"all that is in the file, over and over, ".repeat(500);
        let packed = gzip(&text);
        assert_eq!(gunzip(&packed), Ok(Unpacked { bytes: text.clone(), damage: None }));
        let broken = gunzip(&packed[..packed.len() - 6]).unwrap();
        assert!(broken.damage.is_some());
        assert!(text.starts_with(&broken.bytes));
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = gzip(&vec![0; 20 << 20]);
        assert_eq!(
            gunzip(&bomb),
            Err(Bomb { packed_bytes: bomb.len() as u64, limit_bytes: BOMB_FLOOR_BYTES })
        );
    }
}
