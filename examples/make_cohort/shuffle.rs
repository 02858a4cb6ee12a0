//! Lines in an order by chance, of any number in little memory: dealt to files by chance, each of which is shuffled alone.

use std::{
    fs::File,
    io::{BufWriter, Read, Seek, Write},
};

use anyhow::Result;
use fastrand::Rng;

const FILES: usize = 64;

pub(crate) struct Shuffle {
    rng: Rng,
    files: Vec<BufWriter<File>>,
}

impl Shuffle {
    pub(crate) fn new(seed: u64) -> Result<Self> {
        let files = (0..FILES).map(|_| Ok(BufWriter::new(tempfile::tempfile()?)));
        Ok(Self { rng: Rng::with_seed(seed), files: files.collect::<Result<_>>()? })
    }

    pub(crate) fn add(&mut self, line: &str) -> Result<()> {
        let file = &mut self.files[self.rng.usize(..FILES)];
        file.write_all(line.as_bytes())?;
        file.write_all(b"\n")?;
        Ok(())
    }

    pub(crate) fn each(mut self, mut take: impl FnMut(&str) -> Result<()>) -> Result<()> {
        for file in self.files {
            let mut file = file.into_inner()?;
            file.rewind()?;
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            let mut lines: Vec<&str> = text.lines().collect();
            self.rng.shuffle(&mut lines);
            lines.into_iter().try_for_each(&mut take)?;
        }
        Ok(())
    }
}
