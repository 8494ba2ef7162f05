//! The theme: what each part of a text looks like, and the geometry of the page.
