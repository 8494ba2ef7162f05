//! Pictures: JPEG as it is where its colours allow it, all others decoded and deflated again.

use super::PdfError;
use crate::deflate;
use crate::model::Resource;
use image::ImageFormat;
use printpdf::{DictItem, ExternalStream, ExternalXObject};
use std::collections::BTreeMap;

/// A picture as an external object of printpdf.
///
/// # Errors
///
/// Where it is of no format that is known, or broken.
pub(super) fn external(resource: &Resource) -> Result<ExternalXObject, PdfError> {
    let fault = |reason| PdfError::Picture { name: resource.name.clone(), reason };
    let data = &resource.data;
    if resource.media_type == "image/svg+xml" {
        let stream = super::vector::form(data).map_err(fault)?;
        return Ok(ExternalXObject { stream, width: None, height: None, dpi: None });
    }
    let stream = if data.starts_with(&[0xFF, 0xD8]) {
        match jpeg(data).map_err(fault)? {
            Some(stream) => stream,
            // The four colours of print are not those of the output intent.
            None => decoded(data, ImageFormat::Jpeg).map_err(fault)?,
        }
    } else if data.starts_with(b"\x89PNG") {
        png(data).map_err(fault)?
    } else if data.starts_with(b"GIF8") {
        decoded(data, ImageFormat::Gif).map_err(fault)?
    } else if data.starts_with(b"RIFF") {
        decoded(data, ImageFormat::WebP).map_err(fault)?
    } else {
        return Err(fault(PictureFault::Format));
    };
    Ok(ExternalXObject { stream, width: None, height: None, dpi: None })
}

/// Why a picture cannot be embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// Of no format that is known.
    #[error("it is no PNG, JPEG, GIF, WebP or SVG picture: convert it")]
    Format,
    /// Cannot be decoded.
    #[error("it is broken: save it again")]
    Broken,
}

fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}

fn entries(width: u32, height: u32, bits: u8, space: DictItem, filter: &str) -> BTreeMap<String, DictItem> {
    BTreeMap::from([
        ("Type".into(), name("XObject")),
        ("Subtype".into(), name("Image")),
        ("Width".into(), DictItem::Int(i64::from(width))),
        ("Height".into(), DictItem::Int(i64::from(height))),
        ("BitsPerComponent".into(), DictItem::Int(i64::from(bits))),
        ("ColorSpace".into(), space),
        ("Filter".into(), name(filter)),
    ])
}

/// A JPEG passed through: only its size and the number of its components are read (ITU T.81, B.2.2). None where it has
/// other colours than gray or three.
fn jpeg(data: &[u8]) -> Result<Option<ExternalStream>, PictureFault> {
    let mut at = 2;
    loop {
        let byte = |offset: usize| data.get(at + offset).copied().ok_or(PictureFault::Broken);
        let word =
            |offset: usize| Ok::<usize, PictureFault>(usize::from(byte(offset)?) << 8 | usize::from(byte(offset + 1)?));
        if byte(0)? != 0xFF {
            return Err(PictureFault::Broken);
        }
        match byte(1)? {
            // Fill bytes may stand before a marker.
            0xFF => at += 1,
            // Markers without a segment.
            0x01 | 0xD0..=0xD8 => at += 2,
            // Frames; the other three of the row are tables.
            0xC0..=0xCF if !matches!(byte(1)?, 0xC4 | 0xC8 | 0xCC) => {
                let (bits, height, width, components) = (byte(4)?, word(5)?, word(7)?, byte(9)?);
                let space = match components {
                    1 => "DeviceGray",
                    3 => "DeviceRGB",
                    _ => return Ok(None),
                };
                if bits != 8 || width == 0 || height == 0 {
                    return Err(PictureFault::Broken);
                }
                let dict = entries(width as u32, height as u32, 8, name(space), "DCTDecode");
                return Ok(Some(ExternalStream { dict, content: data.to_vec(), compress: false }));
            }
            0xD9 | 0xDA => return Err(PictureFault::Broken),
            _ => at += 2 + word(2)?.max(2),
        }
    }
}

/// A PNG, decoded to 8 bits.
fn png(data: &[u8]) -> Result<ExternalStream, PictureFault> {
    /// Pixels of the largest picture: what a page of A4 has at 1200 dots an inch, and a bound for memory.
    const MOST_BYTES: usize = 1 << 29;
    let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(data), png::Limits { bytes: MOST_BYTES });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| PictureFault::Broken)?;
    let size = reader.output_buffer_size().filter(|size| *size <= MOST_BYTES).ok_or(PictureFault::Broken)?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(|_| PictureFault::Broken)?;
    pixels.truncate(frame.buffer_size());
    let (colours, alpha) = match frame.color_type {
        png::ColorType::Grayscale => (1, false),
        png::ColorType::GrayscaleAlpha => (1, true),
        png::ColorType::Rgb => (3, false),
        png::ColorType::Rgba => (3, true),
        png::ColorType::Indexed => return Err(PictureFault::Broken),
    };
    Ok(deflated(pixels, (frame.width, frame.height), colours, alpha))
}

/// A picture decoded to 8 bits of three colours; of a moving one the first frame.
fn decoded(data: &[u8], format: ImageFormat) -> Result<ExternalStream, PictureFault> {
    let mut reader = image::ImageReader::with_format(std::io::Cursor::new(data), format);
    reader.limits(image::Limits::default());
    let picture = reader.decode().map_err(|_| PictureFault::Broken)?;
    let size = (picture.width(), picture.height());
    Ok(if picture.color().has_alpha() {
        deflated(picture.into_rgba8().into_raw(), size, 3, true)
    } else {
        deflated(picture.into_rgb8().into_raw(), size, 3, false)
    })
}

/// Pixels as a stream, their alpha apart as a soft mask.
fn deflated(mut pixels: Vec<u8>, (width, height): (u32, u32), colours: usize, alpha: bool) -> ExternalStream {
    let mut mask = Vec::new();
    if alpha {
        let mut bare = Vec::with_capacity(pixels.len());
        for pixel in pixels.chunks_exact(colours + 1) {
            bare.extend_from_slice(pixel.get(..colours).unwrap_or_default());
            mask.extend_from_slice(pixel.get(colours..).unwrap_or_default());
        }
        pixels = bare;
    }
    let space = name(if colours == 1 { "DeviceGray" } else { "DeviceRGB" });
    let mut dict = entries(width, height, 8, space, "FlateDecode");
    // A mask that hides nothing is none.
    if mask.iter().any(|alpha| *alpha != 255) {
        let dict_of_mask = entries(width, height, 8, name("DeviceGray"), "FlateDecode");
        let content = deflate::zlib(&mask);
        let stream = ExternalStream { dict: dict_of_mask, content, compress: false };
        dict.insert("SMask".into(), DictItem::Stream { stream });
    }
    ExternalStream { dict, content: deflate::zlib(&pixels), compress: false }
}
