//! Article or book.

use super::names::named;
use crate::model::{Document, SectionRole};
use std::str::FromStr;

/// What kind of print a document becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A title block on the first page; sections run on.
    Article,
    /// Title pages, contents; chapters open on new pages.
    Book,
}

/// A text that is no class.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a class: give article or book")]
pub struct ClassError(String);

impl FromStr for Class {
    type Err = ClassError;

    fn from_str(text: &str) -> Result<Class, ClassError> {
        named(text, &[("article", Class::Article), ("book", Class::Book)]).map_err(ClassError)
    }
}

impl Class {
    /// The class that the content asks for: chapters, parts, acts or stories, or several poems or letters, make a book.
    pub fn of(document: &Document) -> Class {
        let mut divisions = 0;
        let mut pieces = 0;
        document.for_each_section(&mut |section, _| match section.role {
            SectionRole::Volume
            | SectionRole::Part
            | SectionRole::Chapter
            | SectionRole::Act
            | SectionRole::Story
            | SectionRole::Prologue
            | SectionRole::Epilogue => divisions += 1,
            SectionRole::Poem | SectionRole::Letter | SectionRole::Scene => pieces += 1,
            SectionRole::Section
            | SectionRole::TitlePage
            | SectionRole::Imprint
            | SectionRole::Dedication
            | SectionRole::Epigraph
            | SectionRole::Foreword
            | SectionRole::Preface
            | SectionRole::Introduction
            | SectionRole::Cast
            | SectionRole::Afterword
            | SectionRole::Conclusion
            | SectionRole::Appendix
            | SectionRole::Notes
            | SectionRole::Glossary
            | SectionRole::Bibliography
            | SectionRole::Index
            | SectionRole::Acknowledgments
            | SectionRole::Colophon => {}
        });
        if divisions > 0 || pieces > 2 { Class::Book } else { Class::Article }
    }
}
