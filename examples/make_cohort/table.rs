//! The tables as CSV, plain or compressed.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

use super::{
    runner::{Injury, Session},
    shuffle::Shuffle,
};

const HEADER: &str = "athlete_id,start,distance_m,duration_s,sport,race,treadmill";
const INJURIES_HEADER: &str = "athlete_id,date,recovered,kind,site";

/// A file that may be compressed, by its name.
enum Sink {
    Plain(BufWriter<File>),
    Gzip(Box<GzEncoder<BufWriter<File>>>),
}

impl Sink {
    fn create(path: &Path) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
        let file = BufWriter::with_capacity(1 << 20, file);
        Ok(match path.extension().is_some_and(|extension| extension == "gz") {
            true => Self::Gzip(Box::new(GzEncoder::new(file, Compression::default()))),
            false => Self::Plain(file),
        })
    }

    fn write_line(&mut self, line: &str) -> Result<()> {
        let sink: &mut dyn Write = match self {
            Self::Plain(sink) => sink,
            Self::Gzip(sink) => sink,
        };
        sink.write_all(line.as_bytes())?;
        sink.write_all(b"\n")?;
        Ok(())
    }

    fn finish(self) -> Result<()> {
        match self {
            Self::Plain(mut sink) => sink.flush()?,
            Self::Gzip(sink) => sink.finish()?.flush()?,
        }
        Ok(())
    }
}

/// The study table.
pub(crate) struct Rows {
    sink: Sink,
    shuffle: Option<Shuffle>,
}

impl Rows {
    pub(crate) fn create(path: &Path, shuffled: bool, seed: u64) -> Result<Self> {
        let mut sink = Sink::create(path)?;
        sink.write_line(HEADER)?;
        Ok(Self { sink, shuffle: shuffled.then(|| Shuffle::new(seed)).transpose()? })
    }

    pub(crate) fn add(&mut self, id: &str, sessions: &[Session]) -> Result<()> {
        for session in sessions {
            let Session { start, distance_m, duration_s, sport, race, treadmill } = session;
            let start = start.format("%Y-%m-%dT%H:%M:%S");
            let line = format!("{id},{start},{distance_m},{duration_s},{},{race},{treadmill}", sport.word());
            match &mut self.shuffle {
                Some(shuffle) => shuffle.add(&line)?,
                None => self.sink.write_line(&line)?,
            }
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        if let Some(shuffle) = self.shuffle {
            shuffle.each(|line| self.sink.write_line(line))?;
        }
        self.sink.finish()
    }
}

/// The table of injuries.
pub(crate) struct Injuries(Sink);

impl Injuries {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let mut sink = Sink::create(path)?;
        sink.write_line(INJURIES_HEADER)?;
        Ok(Self(sink))
    }

    pub(crate) fn add(&mut self, id: &str, injuries: &[Injury]) -> Result<()> {
        injuries.iter().try_for_each(|Injury { date, recovered, kind, site }| {
            self.0.write_line(&format!("{id},{date},{recovered},{kind},{site}"))
        })
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.0.finish()
    }
}
