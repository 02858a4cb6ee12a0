//! FIT's CRC-16 (polynomial 0x8005 reflected, start 0), sixteen bytes a step.

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
pub(super) fn checksum(bytes: &[u8]) -> u16 {
    let (steps, rest) = bytes.as_chunks::<16>();
    let crc = steps.iter().fold(0, |crc: u16, &[first, second, ref others @ ..]| {
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
    fn data_with_its_checksum_sums_to_zero() {
        let mut bytes = b"twenty-one bytes long".to_vec();
        bytes.extend(checksum(&bytes).to_le_bytes());
        assert_eq!(checksum(&bytes), 0);
    }
}
