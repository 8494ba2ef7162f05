//! What readers make of texts.

mod nothing_lost;
mod plain;
