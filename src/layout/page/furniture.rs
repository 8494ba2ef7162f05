//! Running heads and folios.

use super::set::SetLine;
use crate::geom::{Em, Point, Pt};
use crate::layout::flow::{Stream, plain};
use crate::layout::shape::Shaper;
use crate::layout::text::TextStyle;
use crate::model::Metadata;
use crate::paged::{Artifact, Owner, Page};
use crate::style::{Class, Figures, FolioPlace, RunningHead, Style};
use std::borrow::Cow;

/// Sets running heads and folios on finished pages.
pub(crate) struct Furniture<'a> {
    pub(crate) style: &'a Style,
    pub(crate) meta: &'a Metadata,
}

/// Where furniture stands on a page.
#[derive(Clone, Copy)]
enum Position {
    Left,
    Center,
    Right,
}

/// Running heads are a little smaller than the text that they stand over.
const SCALE: f32 = 0.92;
/// What a running head leaves of the measure for the folio beside it.
const WIDEST: f32 = 0.8;

impl Furniture<'_> {
    /// Adds what stands over and under the text of one page. `number` counts the pages of its part from 0; even ones are
    /// rectos. `first` is the first page of its stream.
    pub(crate) fn add(&self, page: &mut Page, number: usize, first: bool, stream: &Stream, shaper: &mut Shaper) {
        if stream.bare {
            return;
        }
        let style = self.style;
        let look = &style.look;
        let verso = number % 2 == 1 && style.geometry.two_sided;
        let outer = if verso { Position::Left } else { Position::Right };
        let book = style.class == Class::Book;
        let left = style.geometry.left(number, 0);
        if first {
            // Pages that open a chapter have no running head, and their folio goes to the foot.
            let place = match look.folio {
                FolioPlace::FootOuter => outer,
                FolioPlace::HeadOuter | FolioPlace::FootCenter => Position::Center,
            };
            if book || look.folio != FolioPlace::HeadOuter {
                self.folio(page, left, place, self.foot(), shaper);
            }
            return;
        }
        let head = self.head();
        match look.folio {
            FolioPlace::HeadOuter if look.running_head != RunningHead::AuthorTitle => {
                self.folio(page, left, outer, head, shaper);
            }
            FolioPlace::HeadOuter => {}
            FolioPlace::FootCenter => self.folio(page, left, Position::Center, self.foot(), shaper),
            FolioPlace::FootOuter => self.folio(page, left, outer, self.foot(), shaper),
        }
        if look.running_head == RunningHead::AuthorTitle {
            let author = self.meta.authors().next().unwrap_or("");
            let name = author.rsplit(' ').next().unwrap_or("");
            let parts = [name, &self.meta.title, &page.folio];
            let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ");
            return self.words(page, &words, self.text(), left, Position::Right, head, Artifact::RunningHead, shaper);
        }
        if !book {
            return;
        }
        let words = if verso || stream.running.is_empty() { self.meta.title.as_str() } else { stream.running.as_str() };
        let text = self.text();
        // A running head is a label: the full stop of a title is none of it.
        let words = words.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(words);
        let (text, place, words) = match look.running_head {
            RunningHead::SmallCapsCentered => {
                (TextStyle { small_caps: true, tracking: Em(0.06), ..text }, Position::Center, lowered(words))
            }
            RunningHead::ItalicOuter | RunningHead::AuthorTitle => {
                (TextStyle { italic: true, ..text }, outer, Cow::Borrowed(words))
            }
        };
        self.words(page, &words, text, left, place, head, Artifact::RunningHead, shaper)
    }

    fn text(&self) -> TextStyle {
        let mut style = TextStyle::new(self.style.size * SCALE, self.meta.language.clone());
        style.figures = Figures::OldStyle;
        style
    }

    /// The baseline of running heads: a blank line and a little over the text, where the margin has room for it.
    fn head(&self) -> Pt {
        let geometry = &self.style.geometry;
        let wanted = geometry.first_baseline - geometry.leading * 1.75;
        wanted.max(self.style.size).min(geometry.first_baseline - geometry.leading)
    }

    /// The baseline of folios at the foot: two blank lines under the text, where the margin has room for it. A page may run a
    /// line long.
    fn foot(&self) -> Pt {
        let geometry = &self.style.geometry;
        let last = geometry.baseline(geometry.lines.saturating_sub(1));
        let wanted = last + geometry.leading * 2.6;
        let lowest = geometry.page.height - self.style.size * 0.7;
        wanted.min(last + geometry.margins.foot * 0.62).min(lowest).max(last + geometry.leading)
    }

    fn folio(&self, page: &mut Page, left: Pt, place: Position, y: Pt, shaper: &mut Shaper) {
        let folio = page.folio.clone();
        self.words(page, &folio, self.text(), left, place, y, Artifact::Folio, shaper)
    }

    #[expect(clippy::too_many_arguments, reason = "words, look, place and purpose are told apart by their types")]
    fn words(
        &self,
        page: &mut Page,
        words: &str,
        style: TextStyle,
        left: Pt,
        place: Position,
        y: Pt,
        artifact: Artifact,
        shaper: &mut Shaper,
    ) {
        if words.is_empty() {
            return;
        }
        let width = self.style.geometry.width();
        let mut set = |words: &str| {
            let text = plain(words, style.clone(), Owner::Artifact(artifact));
            SetLine::new(&text.into(), shaper)
        };
        let mut line = set(words);
        let widest = width * WIDEST;
        if line.width() > widest {
            // As much of it as fits, to the last whole word.
            let part = (words.chars().count() as f32 * (widest / line.width())) as usize;
            let short: String = words.chars().take(part.saturating_sub(2)).collect();
            let short = short.rsplit_once(' ').map_or(short.as_str(), |(head, _)| head);
            line = set(&format!("{}…", short.trim_end_matches([',', ';', ':', '.'])));
        }
        let x = match place {
            Position::Left => left,
            Position::Center => left + (width - line.width()) / 2.0,
            Position::Right => left + width - line.width(),
        };
        line.broken.place(&line.shaped, 0, Point { x, y }, page);
    }
}

/// A title in nothing but capitals in small letters, so that small capitals are made of all of them: capitals amid small
/// capitals shout.
fn lowered(words: &str) -> Cow<'_, str> {
    let shouts = !words.chars().any(char::is_lowercase) && words.chars().any(char::is_uppercase);
    if shouts { Cow::Owned(words.to_lowercase()) } else { Cow::Borrowed(words) }
}

#[cfg(test)]
mod tests {
    use super::lowered;

    #[test]
    fn titles_of_capitals_become_small_capitals_throughout() {
        assert_eq!(lowered("THE RAIN BOOK"), "the rain book");
        assert_eq!(lowered("The Rain Book"), "The Rain Book");
        assert_eq!(lowered("1984"), "1984");
    }
}
