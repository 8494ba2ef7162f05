//! The few words that an edition adds, in the language of the text.

use crate::model::{ContributorRole, Language};

/// Words of one language.
#[derive(Debug)]
pub(super) struct Terms {
    language: &'static str,
    /// Over the contents.
    pub(super) contents: &'static str,
    /// Over the landmarks.
    pub(super) landmarks: &'static str,
    /// Over the page list.
    pub(super) pages: &'static str,
    /// The cover.
    pub(super) cover: &'static str,
    /// The title page.
    pub(super) title_page: &'static str,
    /// Where the text begins.
    pub(super) text: &'static str,
    /// A section whose heading has no words.
    pub(super) untitled: &'static str,
    /// The link of a note to its reference.
    pub(super) back_to_text: &'static str,
    /// What the text was made from.
    pub(super) source: &'static str,
    translated_by: &'static str,
    edited_by: &'static str,
    illustrated_by: &'static str,
    introduced_by: &'static str,
}

impl Terms {
    /// The words of a language; English where they are not known.
    pub(super) fn of(language: &Language) -> &'static Terms {
        let wanted = language.primary();
        TABLE.iter().find(|terms| terms.language == wanted).unwrap_or(&ENGLISH)
    }

    /// "Translated by": none for parts that need no word.
    pub(super) fn credit(&self, role: ContributorRole) -> Option<&'static str> {
        match role {
            ContributorRole::Translator => Some(self.translated_by),
            ContributorRole::Editor => Some(self.edited_by),
            ContributorRole::Illustrator => Some(self.illustrated_by),
            ContributorRole::Introducer => Some(self.introduced_by),
            ContributorRole::Author
            | ContributorRole::AfterwordAuthor
            | ContributorRole::Adapter
            | ContributorRole::Annotator
            | ContributorRole::Compiler
            | ContributorRole::Designer
            | ContributorRole::CoverDesigner
            | ContributorRole::Narrator
            | ContributorRole::Photographer
            | ContributorRole::Proofreader
            | ContributorRole::Transcriber
            | ContributorRole::Contributor => None,
        }
    }
}

const ENGLISH: Terms = Terms {
    language: "en",
    contents: "Contents",
    landmarks: "Landmarks",
    pages: "Pages",
    cover: "Cover",
    title_page: "Title page",
    text: "Text",
    untitled: "Untitled",
    back_to_text: "Back to the text",
    source: "Source",
    translated_by: "Translated by",
    edited_by: "Edited by",
    illustrated_by: "Illustrated by",
    introduced_by: "Introduced by",
};

static TABLE: &[Terms] = &[
    ENGLISH,
    Terms {
        language: "de",
        contents: "Inhalt",
        landmarks: "Orientierung",
        pages: "Seiten",
        cover: "Umschlag",
        title_page: "Titelseite",
        text: "Text",
        untitled: "Ohne Titel",
        back_to_text: "Zurück zum Text",
        source: "Quelle",
        translated_by: "Übersetzt von",
        edited_by: "Herausgegeben von",
        illustrated_by: "Illustriert von",
        introduced_by: "Eingeleitet von",
    },
    Terms {
        language: "fr",
        contents: "Table des matières",
        landmarks: "Repères",
        pages: "Pages",
        cover: "Couverture",
        title_page: "Page de titre",
        text: "Texte",
        untitled: "Sans titre",
        back_to_text: "Retour au texte",
        source: "Source",
        translated_by: "Traduit par",
        edited_by: "Édité par",
        illustrated_by: "Illustré par",
        introduced_by: "Introduction de",
    },
    Terms {
        language: "es",
        contents: "Índice",
        landmarks: "Puntos de referencia",
        pages: "Páginas",
        cover: "Cubierta",
        title_page: "Portada",
        text: "Texto",
        untitled: "Sin título",
        back_to_text: "Volver al texto",
        source: "Fuente",
        translated_by: "Traducido por",
        edited_by: "Editado por",
        illustrated_by: "Ilustrado por",
        introduced_by: "Introducción de",
    },
    Terms {
        language: "it",
        contents: "Indice",
        landmarks: "Punti di riferimento",
        pages: "Pagine",
        cover: "Copertina",
        title_page: "Frontespizio",
        text: "Testo",
        untitled: "Senza titolo",
        back_to_text: "Torna al testo",
        source: "Fonte",
        translated_by: "Traduzione di",
        edited_by: "A cura di",
        illustrated_by: "Illustrazioni di",
        introduced_by: "Introduzione di",
    },
];
