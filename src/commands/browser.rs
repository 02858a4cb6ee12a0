//! A page shown in the runner's browser, if there is one.

use std::path::Path;

use super::output::notice;

/// Shows a page and goes on at once. Where there is no browser that is said: the page is written all the same.
pub(super) fn show(page: &Path) {
    let whole = std::path::absolute(page).unwrap_or_else(|_| page.to_owned());
    if open::that_detached(&whole).is_err() {
        notice(&format!("notice: no browser was found here: open `{}` yourself", page.display()));
    }
}
