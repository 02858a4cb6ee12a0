//! FIT's CRC-16 (polynomial 0x8005 reflected, start 0), at the speed of the memory and without intrinsics.
//!
//! A checksum is what remains of the file, taken as one long polynomial of bits, when it is divided by
//! P = x^16 + x^15 + x^2 + 1. To square a polynomial of bits is to spread its terms, so P^512 has the same four, 512
//! bits apart. A long file is divided by P^512 first, which takes nothing but `xor` of whole 64-byte blocks: a block is
//! added to those 1, 14 and 16 places after it. The 16 blocks that remain, divided by P, leave what the file leaves.

/// Blocks that remain of a division by P^512, and bytes in a block.
const BLOCKS: usize = 16;
const BLOCK_BYTES: usize = 64;
/// So much is divided in one step.
const STEP_BYTES: usize = BLOCKS * BLOCK_BYTES;

/// A block as words, in whatever order of bytes: `xor` does not mind.
type Block = [u64; BLOCK_BYTES / 8];

/// `TABLES[k][b]`: what byte `b` does to the checksum when `k` more bytes follow it in the same step.
static TABLES: [[u16; 256]; 16] = tables();

const fn tables() -> [[u16; 256]; 16] {
    let mut tables = [[0; 256]; 16];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 };
            bit += 1;
        }
        let mut k = 0;
        while k < 16 {
            tables[k][byte] = crc;
            // One zero byte more.
            let mut bit = 0;
            while bit < 8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 };
                bit += 1;
            }
            k += 1;
        }
        byte += 1;
    }
    tables
}

/// The checksum of `bytes`; over data with its own checksum appended it is 0.
pub(crate) fn checksum(bytes: &[u8]) -> u16 {
    let (steps, rest) = bytes.as_chunks::<STEP_BYTES>();
    match steps.split_last() {
        Some((last, steps)) => by_table(by_table(0, &remainder(steps, last)), rest),
        None => by_table(0, rest),
    }
}

/// What remains of the steps, the last one behind the others, when they are divided by P^512.
fn remainder(steps: &[[u8; STEP_BYTES]], last: &[u8; STEP_BYTES]) -> [u8; STEP_BYTES] {
    let mut taken = [Block::default(); BLOCKS];
    for step in steps {
        for (i, block) in step.as_chunks::<BLOCK_BYTES>().0.iter().enumerate() {
            let terms = [taken[(i + BLOCKS - 1) % BLOCKS], taken[(i + BLOCKS - 14) % BLOCKS], taken[i]];
            taken[i] = terms.iter().fold(words(block), xor);
        }
    }
    let mut left = [0; STEP_BYTES];
    let (from, to) = (last.as_chunks::<BLOCK_BYTES>().0, left.as_chunks_mut::<BLOCK_BYTES>().0);
    for (i, (block, left)) in from.iter().zip(to).enumerate() {
        // of those before it only what was taken before the last step counts
        let before = |places: usize| (i < places).then(|| &taken[(i + BLOCKS - places) % BLOCKS]);
        let terms = [before(1), before(14), before(16)];
        let sum = terms.into_iter().flatten().fold(words(block), xor);
        left.as_chunks_mut::<8>().0.iter_mut().zip(sum).for_each(|(to, word)| *to = word.to_ne_bytes());
    }
    left
}

fn words(block: &[u8; BLOCK_BYTES]) -> Block {
    let mut words = Block::default();
    words.iter_mut().zip(block.as_chunks::<8>().0).for_each(|(to, from)| *to = u64::from_ne_bytes(*from));
    words
}

fn xor(mut sum: Block, other: &Block) -> Block {
    sum.iter_mut().zip(other).for_each(|(to, from)| *to ^= from);
    sum
}

/// The checksum of what led to `crc`, then `bytes`: sixteen bytes a step.
fn by_table(crc: u16, bytes: &[u8]) -> u16 {
    let (steps, rest) = bytes.as_chunks::<16>();
    let crc = steps.iter().fold(crc, |crc: u16, &[first, second, ref others @ ..]| {
        let others = others.iter().zip(TABLES[..14].iter().rev());
        let sum = others.fold(0, |sum, (&byte, table)| sum ^ table[usize::from(byte)]);
        let [low, high] = crc.to_le_bytes();
        sum ^ TABLES[15][usize::from(first ^ low)] ^ TABLES[14][usize::from(second ^ high)]
    });
    rest.iter().fold(crc, |crc, &byte| (crc >> 8) ^ TABLES[0][usize::from(crc.to_le_bytes()[0] ^ byte)])
}

#[cfg(test)]
mod tests {
    use super::checksum;

    fn bit_by_bit(bytes: &[u8]) -> u16 {
        bytes.iter().fold(0, |crc, &byte| {
            (0..8).fold(crc ^ u16::from(byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xA001 } else { c >> 1 })
        })
    }

    #[test]
    fn the_check_value_of_crc_16_arc() {
        assert_eq!(checksum(b"123456789"), 0xBB3D);
    }

    #[test]
    fn every_length_agrees_with_bit_by_bit() {
        let bytes: Vec<u8> = (0..100u8).map(|i| i.wrapping_mul(73) ^ 0x5A).collect();
        for length in 0..=bytes.len() {
            assert_eq!(checksum(&bytes[..length]), bit_by_bit(&bytes[..length]), "{length} bytes");
        }
    }

    #[test]
    fn lengths_round_whole_steps_agree_with_bit_by_bit() {
        let bytes: Vec<u8> = (0..8_300_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for step in 1..=8 {
            for length in [1_024 * step - 1, 1_024 * step, 1_024 * step + 1, 1_024 * step + 77] {
                assert_eq!(checksum(&bytes[..length]), bit_by_bit(&bytes[..length]), "{length} bytes");
            }
        }
    }

    #[test]
    fn data_with_its_checksum_sums_to_zero() {
        let mut bytes = b"twenty-one bytes long".to_vec();
        bytes.extend(checksum(&bytes).to_le_bytes());
        assert_eq!(checksum(&bytes), 0);
    }
}
