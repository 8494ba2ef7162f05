//! Pages: where they break, and what is put on them.

mod columns;
mod compose;
mod decisions;
mod floats;
mod formula;
mod furniture;
mod search;
mod set;
mod table;

pub(crate) use columns::plan;
pub(crate) use compose::{Composed, Composer, Notes, Sequence};
pub(crate) use furniture::Furniture;
pub(crate) use search::{Facing, Fault, Room};
pub(crate) use set::{LONG, SetItem, set};
