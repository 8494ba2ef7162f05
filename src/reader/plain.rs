//! Plain text → document. All guessing about plain text lives here and nowhere else.
