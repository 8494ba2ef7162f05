//! The name of a publication: an ISBN, DOI, URL or UUID that is given, else a UUID made from its content.

use super::{Document, Leaf, Metadata, one_line, push_plain_text};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What a publication is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifier {
    /// A UUID.
    Uuid(Uuid),
    /// An ISBN of 10 or 13 digits, without hyphens, its check digit right.
    Isbn(String),
    /// A DOI such as `10.1000/182`.
    Doi(String),
    /// Any other name: a URL or a number of a library.
    Other(String),
}

/// A text that can be no identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Nothing in it.
    #[error("the identifier is empty: give an ISBN, DOI, URL or UUID, or none")]
    Empty,
    /// An ISBN whose last digit does not fit the others.
    #[error("the ISBN {0} has a wrong check digit: compare it with the book")]
    CheckDigit(String),
    /// An ISBN of a wrong length or with other characters.
    #[error("“{0}” is no ISBN: it has 10 or 13 digits")]
    Isbn(String),
    /// A UUID that is none.
    #[error("“{0}” is no UUID: it has 32 hexadecimal digits")]
    Uuid(String),
}

impl Identifier {
    /// The URN or URL that stands in the package.
    pub fn urn(&self) -> String {
        match self {
            Identifier::Uuid(uuid) => uuid.urn().to_string(),
            Identifier::Isbn(digits) => format!("urn:isbn:{digits}"),
            Identifier::Doi(doi) => format!("doi:{doi}"),
            Identifier::Other(name) => name.clone(),
        }
    }

    /// Reads an identifier as people write it.
    ///
    /// # Errors
    ///
    /// Where it is empty, or says that it is an ISBN or UUID and is none.
    pub fn parse(text: &str) -> Result<Identifier, IdentifierError> {
        let text: String = one_line(text).unwrap_or_default().chars().take(1000).collect();
        let lower = text.to_ascii_lowercase();
        let after = |starts: &[&str]| {
            let start = starts.iter().find(|start| lower.starts_with(**start))?;
            text.get(start.len()..).map(|rest| rest.trim_start_matches([' ', ':']).to_owned())
        };
        if text.is_empty() {
            return Err(IdentifierError::Empty);
        }
        if let Some(uuid) = after(&["urn:uuid:", "uuid:"]) {
            return Uuid::try_parse(&uuid).map(Identifier::Uuid).map_err(|_| IdentifierError::Uuid(uuid));
        }
        if let Some(isbn) = after(&["urn:isbn:", "isbn-13", "isbn-10", "isbn"]) {
            return Identifier::isbn(&isbn);
        }
        if let Some(doi) = after(&["doi:", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/"])
            && doi.starts_with("10.")
        {
            return Ok(Identifier::Doi(doi));
        }
        let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let looks_like_isbn = digits.len() == 13
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && (digits.starts_with("978") || digits.starts_with("979"));
        if looks_like_isbn {
            return Identifier::isbn(&digits);
        }
        match Uuid::try_parse(&text) {
            Ok(uuid) => Ok(Identifier::Uuid(uuid)),
            Err(_) if text.starts_with("10.") && text.contains('/') => Ok(Identifier::Doi(text)),
            Err(_) => Ok(Identifier::Other(text)),
        }
    }

    fn isbn(text: &str) -> Result<Identifier, IdentifierError> {
        let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '–')).collect::<String>().to_uppercase();
        let values: Option<Vec<u32>> = digits
            .char_indices()
            .map(|(at, c)| if c == 'X' && at == 9 && digits.len() == 10 { Some(10) } else { c.to_digit(10) })
            .collect();
        let fits = match values.as_deref() {
            // ISO 2108: ISBN-10 weighs 10 to 1 modulo 11, ISBN-13 weighs 1 and 3 by turns modulo 10.
            Some(values) if values.len() == 10 => {
                (1..=10).rev().zip(values).map(|(weight, value)| weight * value).sum::<u32>() % 11 == 0
            }
            Some(values) if values.len() == 13 => {
                [1, 3].iter().cycle().zip(values).map(|(weight, value)| weight * value).sum::<u32>() % 10 == 0
            }
            _ => return Err(IdentifierError::Isbn(text.to_owned())),
        };
        if fits { Ok(Identifier::Isbn(digits)) } else { Err(IdentifierError::CheckDigit(text.to_owned())) }
    }

    /// The identifier of a document: the one given, else a UUID of its content: the same for the same text.
    ///
    /// # Errors
    ///
    /// Where the given one is none.
    pub fn of(document: &Document) -> Result<Identifier, IdentifierError> {
        match &document.meta.identifier {
            Some(given) => Identifier::parse(given),
            None => Ok(Identifier::Uuid(content_uuid(document))),
        }
    }
}

/// The namespace of [`content_uuid`]: the UUID v5 of `https://crates.io/crates/bindery` in the namespace of URLs.
const NAMESPACE: Uuid = Uuid::from_u128(0xe7a5_04be_e0c3_5c31_81f1_2fe4_4632_8c68);

/// A UUID (version 5) of title, people, language and words.
fn content_uuid(document: &Document) -> Uuid {
    let Metadata { title, subtitle, contributors, language, .. } = &document.meta;
    let mut hash = Sha256::new();
    // Each text with its length, so that no two lists of texts are alike.
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    [title.as_str(), subtitle.as_deref().unwrap_or(""), language.as_str()].into_iter().for_each(&mut add);
    contributors.iter().for_each(|one| add(&one.name));
    let mut text = String::new();
    document.for_each_leaf(&mut |leaf| match leaf {
        Leaf::Code(line, _) => add(line),
        Leaf::Text(content, _) => {
            text.clear();
            push_plain_text(content, &mut text);
            add(&text);
        }
    });
    Uuid::new_v5(&NAMESPACE, &hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_known_by_their_shape() {
        let urn = |text: &str| Identifier::parse(text).map(|one| one.urn());
        assert_eq!(urn("978-3-16-148410-0").as_deref(), Ok("urn:isbn:9783161484100"));
        assert_eq!(urn("ISBN 0-8044-2957-X").as_deref(), Ok("urn:isbn:080442957X"));
        assert_eq!(urn("https://doi.org/10.1000/182").as_deref(), Ok("doi:10.1000/182"));
        assert_eq!(urn("https://example.org/a").as_deref(), Ok("https://example.org/a"));
        assert!(matches!(Identifier::parse("9783161484101"), Err(IdentifierError::CheckDigit(_))));
        assert!(matches!(Identifier::parse("isbn 12"), Err(IdentifierError::Isbn(_))));
        assert!(matches!(Identifier::parse("urn:uuid:12"), Err(IdentifierError::Uuid(_))));
        assert_eq!(Identifier::parse(" \n"), Err(IdentifierError::Empty));
    }
}
