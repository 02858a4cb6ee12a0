//! Keys and lines from a terminal, behind a trait so that tests can type.

use std::io;

use console::{Key as Pressed, Term};

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Char(char),
    Enter,
    Escape,
    Backspace,
    Other,
}

/// Whoever is asked.
pub(super) trait Terminal {
    /// The next key.
    fn key(&mut self) -> io::Result<Key>;
    /// Shows text, as it is.
    fn show(&mut self, text: &str) -> io::Result<()>;
}

/// The runner's own terminal; what is asked goes to stderr, so that stdout carries the answer alone.
pub(super) struct Console {
    term: Term,
}

impl Console {
    pub(super) fn new() -> Self {
        Self { term: Term::stderr() }
    }
}

impl Terminal for Console {
    fn key(&mut self) -> io::Result<Key> {
        Ok(match self.term.read_key()? {
            Pressed::Char(c) => Key::Char(c),
            Pressed::Enter => Key::Enter,
            Pressed::Escape | Pressed::CtrlC => Key::Escape,
            Pressed::Backspace => Key::Backspace,
            _ => Key::Other,
        })
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        self.term.write_str(text)
    }
}

/// ESC was pressed: what was answered before counts, and so does what was typed of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Escaped(pub(super) String);

/// An answer, or ESC.
pub(super) type Answer<T> = io::Result<Result<T, Escaped>>;

/// A line of text; empty for ENTER alone.
pub(super) fn line(terminal: &mut impl Terminal, question: &str) -> Answer<String> {
    terminal.show(question)?;
    let mut text = String::new();
    loop {
        match terminal.key()? {
            Key::Enter => {
                terminal.show("\n")?;
                return Ok(Ok(text));
            }
            Key::Escape => {
                terminal.show("\n")?;
                return Ok(Err(Escaped(text)));
            }
            Key::Backspace => {
                if text.pop().is_some() {
                    terminal.show("\u{8} \u{8}")?;
                }
            }
            Key::Char(c) if !c.is_control() => {
                text.push(c);
                terminal.show(c.encode_utf8(&mut [0; 4]))?;
            }
            Key::Char(_) | Key::Other => {}
        }
    }
}

/// One key, asked again until `take` knows it; what it takes is shown behind the question.
pub(super) fn one<T>(
    terminal: &mut impl Terminal,
    question: &str,
    take: impl Fn(Key) -> Option<(T, String)>,
) -> Answer<T> {
    terminal.show(question)?;
    loop {
        let key = terminal.key()?;
        if key == Key::Escape {
            terminal.show("\n")?;
            return Ok(Err(Escaped::default()));
        }
        if let Some((taken, shown)) = take(key) {
            terminal.show(&format!("{shown}\n"))?;
            return Ok(Ok(taken));
        }
    }
}

#[cfg(test)]
pub(super) mod testing {
    use std::io;

    use super::{Key, Terminal};

    /// Types from a script and remembers what was seen.
    pub(in crate::commands) struct Script {
        keys: Vec<Key>,
        pub(in crate::commands) seen: String,
        pub(in crate::commands) pressed: usize,
    }

    impl Script {
        /// `⏎` is ENTER, `␛` is ESC.
        pub(in crate::commands) fn new(text: &str) -> Self {
            let key = |c| match c {
                '⏎' => Key::Enter,
                '␛' => Key::Escape,
                c => Key::Char(c),
            };
            Self { keys: text.chars().rev().map(key).collect(), seen: String::new(), pressed: 0 }
        }
    }

    impl Terminal for Script {
        fn key(&mut self) -> io::Result<Key> {
            self.pressed += 1;
            self.keys.pop().ok_or_else(|| io::Error::other("no more keys"))
        }
        fn show(&mut self, text: &str) -> io::Result<()> {
            self.seen.push_str(text);
            Ok(())
        }
    }
}
