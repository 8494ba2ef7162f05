//! Document → pages.
