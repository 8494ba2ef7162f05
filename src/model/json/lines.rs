//! How the JSON form is laid out: sections as a tree, each block, note and picture on a line of its own.

use serde_json::ser::Formatter;
use std::io::{self, Write};

/// What an object or array that is being written is, as far as lines go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// An object with a line for each field.
    Fields,
    /// An array of such objects.
    Tree,
    /// An array with a line for each element.
    List,
    /// All in one line.
    Line,
}

/// A line for each block: a book takes a third of what it takes with a line for each value, and two versions of it differ
/// in the lines of the blocks that differ.
pub(super) struct Lines {
    places: Vec<Place>,
    /// The last name of a field with lines.
    field: Field,
    /// Whether anything is in the innermost object or array yet.
    is_empty: bool,
}

/// The fields whose values take more than one line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Sections,
    Blocks,
    Meta,
    Other,
}

impl Field {
    fn of(name: &str) -> Field {
        match name {
            "sections" | "children" => Field::Sections,
            "blocks" | "notes" | "resources" => Field::Blocks,
            "meta" => Field::Meta,
            _ => Field::Other,
        }
    }
}

impl Lines {
    pub(super) fn new() -> Lines {
        Lines { places: Vec::new(), field: Field::Other, is_empty: true }
    }

    fn place(&self) -> Place {
        self.places.last().copied().unwrap_or(Place::Line)
    }

    /// Goes into an object or array.
    fn enter(&mut self, bracket: u8, writer: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let place = match (self.places.last(), self.field) {
            (None | Some(Place::Tree), _) | (Some(Place::Fields), Field::Meta) => Place::Fields,
            (Some(Place::Fields), Field::Sections) => Place::Tree,
            (Some(Place::Fields), Field::Blocks) => Place::List,
            (Some(_), _) => Place::Line,
        };
        // What is within the metadata has no lines, whatever it is called.
        self.field = Field::Other;
        self.places.push(place);
        self.is_empty = true;
        writer.write_all(&[bracket])
    }

    fn leave(&mut self, bracket: u8, writer: &mut (impl Write + ?Sized)) -> io::Result<()> {
        if let Some(left) = self.places.pop()
            && left != Place::Line
            && !self.is_empty
        {
            self.break_line(writer)?;
        }
        self.is_empty = false;
        writer.write_all(&[bracket])
    }

    fn separate(&mut self, first: bool, writer: &mut (impl Write + ?Sized)) -> io::Result<()> {
        self.is_empty = false;
        if !first {
            writer.write_all(b",")?;
        }
        match self.place() {
            Place::Line if first => Ok(()),
            Place::Line => writer.write_all(b" "),
            Place::Fields | Place::Tree | Place::List => self.break_line(writer),
        }
    }

    fn break_line(&self, writer: &mut (impl Write + ?Sized)) -> io::Result<()> {
        writer.write_all(b"\n")?;
        self.places.iter().try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.enter(b'[', writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.leave(b']', writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(first, writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.enter(b'{', writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.leave(b'}', writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.separate(first, writer)?;
        self.field = Field::Other;
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if self.place() == Place::Fields {
            self.field = Field::of(fragment);
        }
        writer.write_all(fragment.as_bytes())
    }
}
