//! Pictures that texts name by their paths.
//!
//! A reader asks a [`Resources`] for the bytes. [`Folder`] gives files beneath one folder and nothing else: no other place, no
//! device, no network, whatever the path says.

mod svg;

use crate::diag::Code;
use crate::limits::Limits;
use crate::model::{Orientation, Resource, ResourceId};
use image::ImageDecoder;
use std::collections::HashMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// Why a picture is not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// Nothing of this name.
    #[error("there is no such file")]
    Missing,
    /// Not beneath the folder of the text.
    #[error("it is not beneath the folder of the text")]
    Outside,
    /// An address, not a path.
    #[error("pictures are not fetched from the network")]
    Remote,
    /// A folder, device, socket or pipe.
    #[error("it is not a regular file")]
    NotAFile,
    /// Larger than allowed.
    #[error("it is larger than {limit} bytes; allow more with --max-picture-bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// More pixels than allowed.
    #[error("it has more than {limit} pixels; allow more with --max-pixels")]
    TooManyPixels {
        /// The limit in pixels.
        limit: u64,
    },
    /// One picture more than allowed.
    #[error("there are more than {limit} pictures; allow more with --max-pictures")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// Text and pictures together are larger than allowed.
    #[error("the text and its pictures have more than {limit} bytes together; allow more with --max-input")]
    TooMuch {
        /// The limit in bytes.
        limit: u64,
    },
    /// Cut off or damaged.
    #[error("it is broken: save it again")]
    Broken,
    /// Of no kind that is understood.
    #[error("it is no PNG, JPEG, GIF, WebP or SVG picture")]
    NotAPicture,
    /// The system would not read it.
    #[error("it cannot be read")]
    Unreadable,
}

impl PictureError {
    /// The code of the diagnostic that tells of it.
    pub fn code(&self) -> Code {
        match self {
            PictureError::TooLarge { .. } | PictureError::TooManyPixels { .. } | PictureError::TooMuch { .. } => {
                Code::PictureTooLarge
            }
            PictureError::TooMany { .. } => Code::TooManyPictures,
            _ => Code::PictureRefused,
        }
    }
}

/// Where the bytes of pictures come from.
pub trait Resources {
    /// The bytes of the picture that a text calls `path`.
    ///
    /// # Errors
    ///
    /// Where there is none, or it may not be had.
    fn load(&mut self, path: &str) -> Result<Vec<u8>, PictureError>;
}

/// No pictures at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoResources;

impl Resources for NoResources {
    fn load(&mut self, _: &str) -> Result<Vec<u8>, PictureError> {
        Err(PictureError::Missing)
    }
}

/// The regular files beneath a folder, or beneath others that are looked through after it.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Each with the folder from which its files are named.
    roots: Vec<(PathBuf, PathBuf)>,
    limit: u64,
}

impl Folder {
    /// Files beneath `root`, each of `limit` bytes at most.
    pub fn new(root: impl Into<PathBuf>, limit: u64) -> Folder {
        let root = root.into();
        Folder { roots: vec![(root.clone(), root)], limit }
    }

    /// The same files, as texts in the folder `base` name them: within the root, they may lead upwards.
    pub fn seen_from(mut self, base: impl Into<PathBuf>) -> Folder {
        let base = base.into();
        self.roots.iter_mut().for_each(|(_, from)| from.clone_from(&base));
        self
    }

    /// What is not beneath the folder is looked for beneath these, in their order.
    pub fn or_in(mut self, others: &[PathBuf]) -> Folder {
        self.roots.extend(others.iter().map(|root| (root.clone(), root.clone())));
        self
    }

    fn load_from(&self, root: &Path, base: &Path, path: &str) -> Result<Vec<u8>, PictureError> {
        let relative = Path::new(path);
        if relative.is_absolute() || path.contains('\0') {
            return Err(PictureError::Outside);
        }
        // Links are followed first: what counts is where the file is, not what it is called.
        let root = fs::canonicalize(root).map_err(|_| PictureError::Missing)?;
        let base = fs::canonicalize(base).map_err(|_| PictureError::Missing)?;
        let file = fs::canonicalize(base.join(relative)).map_err(|_| PictureError::Missing)?;
        if !file.starts_with(&root) {
            return Err(PictureError::Outside);
        }
        let about = fs::metadata(&file).map_err(|_| PictureError::Unreadable)?;
        if !about.is_file() {
            return Err(PictureError::NotAFile);
        }
        let mut data = Vec::new();
        let opened = fs::File::open(&file).map_err(|_| PictureError::Unreadable)?;
        opened.take(self.limit + 1).read_to_end(&mut data).map_err(|_| PictureError::Unreadable)?;
        if data.len() as u64 > self.limit {
            return Err(PictureError::TooLarge { limit: self.limit });
        }
        Ok(data)
    }
}

impl Resources for Folder {
    fn load(&mut self, path: &str) -> Result<Vec<u8>, PictureError> {
        // What is wrong with the first that is there is told; else that there is none, or that it lies elsewhere.
        let mut found = Err(PictureError::Missing);
        for (root, base) in &self.roots {
            match self.load_from(root, base, path) {
                Err(PictureError::Missing) => {}
                Err(PictureError::Outside) => found = Err(PictureError::Outside),
                other => return other,
            }
        }
        found
    }
}

/// The pictures of one document: each path is loaded once.
pub(super) struct Pictures<'a> {
    resources: &'a mut dyn Resources,
    known: HashMap<String, Result<ResourceId, PictureError>>,
    list: Vec<Resource>,
    /// Drawings with letters of which nobody was told yet.
    lettered: Vec<ResourceId>,
    limits: &'a Limits,
    /// The bytes of the text and of all pictures so far.
    bytes: u64,
}

impl<'a> Pictures<'a> {
    /// No pictures yet, of a text of so many bytes.
    pub(super) fn new(resources: &'a mut dyn Resources, limits: &'a Limits, bytes: u64) -> Pictures<'a> {
        Pictures { resources, known: HashMap::new(), list: Vec::new(), lettered: Vec::new(), limits, bytes }
    }

    /// The picture with this path or address.
    pub(super) fn load(&mut self, path: &str) -> Result<ResourceId, PictureError> {
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let found = self.take_in(path);
        self.known.insert(path.to_owned(), found.clone());
        found
    }

    fn take_in(&mut self, path: &str) -> Result<ResourceId, PictureError> {
        if path.contains("://") || path.starts_with("//") || path.starts_with("data:") {
            return Err(PictureError::Remote);
        }
        let path = unescape(path.split(['?', '#']).next().unwrap_or(path));
        if self.list.len() >= self.limits.pictures {
            return Err(PictureError::TooMany { limit: self.limits.pictures });
        }
        let data = self.resources.load(&path)?;
        if self.bytes + data.len() as u64 > self.limits.input {
            return Err(PictureError::TooMuch { limit: self.limits.input });
        }
        if svg::is_svg(&data) {
            let svg::Drawing { data, pixels, has_letters } = svg::drawing(&data, self.limits.pixels)?;
            let resource = self.add(&path, "image/svg+xml", data, pixels, Orientation::default());
            if has_letters && !self.lettered.contains(&resource) {
                self.lettered.push(resource);
            }
            return Ok(resource);
        }
        let (media_type, pixels, orientation) = measure(&data)?;
        if u64::from(pixels.0) * u64::from(pixels.1) > self.limits.pixels {
            return Err(PictureError::TooManyPixels { limit: self.limits.pixels });
        }
        if !is_whole(&data, media_type, pixels) {
            return Err(PictureError::Broken);
        }
        Ok(self.add(&path, media_type, data, pixels, orientation))
    }

    /// A picture among those taken in: the same bytes are there once.
    fn add(
        &mut self,
        path: &str,
        media_type: &str,
        data: Vec<u8>,
        pixels: (u32, u32),
        orientation: Orientation,
    ) -> ResourceId {
        let at = self.list.iter().position(|one| one.data == data).unwrap_or_else(|| {
            let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
            self.bytes += data.len() as u64;
            self.list.push(Resource { name, media_type: media_type.to_owned(), data, pixels, orientation });
            self.list.len() - 1
        });
        ResourceId(at as u32)
    }

    /// Whether a picture is a drawing with letters, the first time that this is asked.
    pub(super) fn tells_letters(&mut self, resource: ResourceId) -> bool {
        let at = self.lettered.iter().position(|one| *one == resource);
        at.map(|at| self.lettered.swap_remove(at)).is_some()
    }

    /// All that were taken in.
    pub(super) fn finish(self) -> Vec<Resource> {
        self.list
    }
}

/// The media type of a picture, by its bytes, with its width and height as it is to be seen and how it lies.
fn measure(data: &[u8]) -> Result<(&'static str, (u32, u32), Orientation), PictureError> {
    let media_type = match imagesize::image_type(data) {
        Ok(imagesize::ImageType::Png) => "image/png",
        Ok(imagesize::ImageType::Jpeg) => "image/jpeg",
        Ok(imagesize::ImageType::Gif) => "image/gif",
        Ok(imagesize::ImageType::Webp) => "image/webp",
        _ => return Err(PictureError::NotAPicture),
    };
    let size = imagesize::blob_size(data).map_err(|_| PictureError::NotAPicture)?;
    let side = |length: usize| u32::try_from(length).ok().filter(|length| *length > 0);
    match (side(size.width), side(size.height)) {
        (Some(width), Some(height)) => {
            let orientation = orientation(data, width, height);
            let pixels = if orientation.swaps_sides() { (height, width) } else { (width, height) };
            Ok((media_type, pixels, orientation))
        }
        _ => Err(PictureError::NotAPicture),
    }
}

/// What decodes a picture of this size, in the memory that its pixels need: notes and profiles that are packed within it may
/// unpack to any length.
fn decoder(data: &[u8], width: u32, height: u32) -> Option<impl image::ImageDecoder> {
    /// Bytes of a pixel: four channels of 16 bits.
    const PIXEL: u64 = 8;
    /// Bytes of all else.
    const REST: u64 = 32 << 20;
    let mut reader = image::ImageReader::new(Cursor::new(data)).with_guessed_format().ok()?;
    let mut limits = image::Limits::default();
    limits.max_alloc = Some((u64::from(width) * u64::from(height)).saturating_mul(PIXEL).saturating_add(REST));
    reader.limits(limits);
    reader.into_decoder().ok()
}

/// How a picture lies, by what its camera wrote into it.
fn orientation(data: &[u8], width: u32, height: u32) -> Orientation {
    let found = decoder(data, width, height).and_then(|mut decoder| decoder.orientation().ok());
    found.and_then(|found| Orientation::of_exif(found.to_exif())).unwrap_or_default()
}

/// Whether all of a picture is there. A JPEG is looked at no further than to its end, for it goes into the editions as it is.
fn is_whole(data: &[u8], media_type: &str, (width, height): (u32, u32)) -> bool {
    if media_type == "image/jpeg" {
        // Behind the mark of its end other programs leave what they like.
        return data.windows(2).rev().any(|bytes| bytes == [0xFF, 0xD9]);
    }
    decoder(data, width, height).is_some_and(|decoder| image::DynamicImage::from_decoder(decoder).is_ok())
}

/// A path without percent signs for other characters (RFC 3986, 2.1).
fn unescape(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One transparent pixel.
    const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

    #[test]
    fn only_regular_files_beneath_the_folder_are_read() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("book");
        fs::create_dir_all(folder.join("art")).unwrap();
        fs::write(outer.path().join("secret.gif"), GIF).unwrap();
        fs::write(folder.join("art/a b.gif"), GIF).unwrap();
        fs::write(folder.join("text.gif"), b"no picture").unwrap();
        let mut resources = Folder::new(&folder, 200);
        let limits = Limits::default();
        let mut pictures = Pictures::new(&mut resources, &limits, 0);
        assert_eq!(pictures.load("art/a%20b.gif"), Ok(ResourceId(0)));
        assert_eq!(pictures.load("./art/a b.gif"), Ok(ResourceId(0)));
        for (path, error) in [
            ("../secret.gif", PictureError::Outside),
            ("/etc/passwd", PictureError::Outside),
            ("art", PictureError::NotAFile),
            ("none.gif", PictureError::Missing),
            ("text.gif", PictureError::NotAPicture),
            ("http://a.b/c.png", PictureError::Remote),
        ] {
            assert_eq!(pictures.load(path), Err(error), "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outer.path().join("secret.gif"), folder.join("link.gif")).unwrap();
            assert_eq!(pictures.load("link.gif"), Err(PictureError::Outside));
            assert_eq!(pictures.load("/dev/zero"), Err(PictureError::Outside));
        }
        assert_eq!(pictures.finish().len(), 1);
        assert_eq!(Folder::new(&folder, 10).load("art/a b.gif"), Err(PictureError::TooLarge { limit: 10 }));
    }
}
