//! What the fuzz targets hold the program to: the checks that `cargo test --test properties` makes of its own inputs.

#[path = "../../tests/properties/account.rs"]
mod account;
#[path = "../../tests/common/archive.rs"]
mod archive;
#[path = "../../tests/properties/document.rs"]
mod document;
#[path = "../../tests/properties/epub_text.rs"]
mod epub_text;
#[path = "../../tests/properties/pdf_text.rs"]
mod pdf_text;
#[path = "../../tests/properties/targets.rs"]
mod targets;
#[path = "../../tests/properties/words.rs"]
mod words;

macro_rules! targets {
    ($($name:ident)*) => {
        $(
            /// The target of this name.
            pub fn $name(data: &[u8]) {
                targets::$name(data);
            }
        )*
    };
}

targets! { decode plain_to_model markdown_to_model structure_file model_to_epub model_to_pdf image linebreak }
