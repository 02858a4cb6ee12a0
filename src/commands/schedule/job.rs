//! What is to be run, and when: the same for every system.

use super::every::Every;

/// A check at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Job {
    /// The program by its whole path: services have a short `PATH`.
    pub(super) program: String,
    /// What it is asked.
    pub(super) arguments: Vec<String>,
    /// The folders by their whole paths: a change in them is a reason to check, too.
    pub(super) folders: Vec<String>,
    /// When.
    pub(super) every: Every,
    /// Where what it prints goes, where the system has no place of its own for that.
    pub(super) log: String,
}

/// A file of a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) name: &'static str,
    pub(super) text: String,
}

/// Text between tags and in attributes of XML.
pub(super) fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
