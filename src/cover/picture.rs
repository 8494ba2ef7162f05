//! A picture that was given as the cover: checked, and made smaller where it is larger than any device shows.

use super::{Cover, Format};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::io::Cursor;

/// Why a picture is no cover.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// Of no kind that is understood.
    #[error("this is no PNG, JPEG, GIF or WebP picture; convert it to one of these")]
    NotAPicture,
    /// The data end early or contradict themselves.
    #[error("this picture is damaged: it cannot be decoded; open it in an image editor and save it again")]
    Damaged,
    /// Too small to be seen.
    #[error(
        "this picture has {0} × {1} pixels; a cover needs {LEAST} each way at least, and looks best with 1600 × 2560"
    )]
    TooSmall(u64, u64),
    /// Too large to be worked with.
    #[error("this picture has {0} × {1} pixels, more than 64 million; scale it down, a cover needs 1600 × 2560")]
    TooLarge(u64, u64),
}

/// The least width and height: below, shops refuse a cover and a shelf shows a blur.
const LEAST: u64 = 300;
/// The most pixels: in memory, such a picture has a quarter of a gigabyte.
const MOST: u64 = 64_000_000;
/// The longest side that is kept: no device shows more.
const LONGEST: u32 = 2560;
/// The quality of JPEGs that are written: what is lost cannot be seen.
const QUALITY: u8 = 88;

/// The cover that the bytes of a PNG, JPEG, GIF or WebP file are.
///
/// Bytes that can be used stay as they are. A larger picture is scaled down, and WebP, which many reading systems do not
/// show as a cover, becomes JPEG or, with transparency, PNG.
///
/// # Errors
///
/// For what is no picture, or none that makes a cover.
pub fn open(data: Vec<u8>) -> Result<Cover, PictureError> {
    let kind = match imagesize::image_type(&data) {
        Ok(imagesize::ImageType::Png) => ImageFormat::Png,
        Ok(imagesize::ImageType::Jpeg) => ImageFormat::Jpeg,
        Ok(imagesize::ImageType::Gif) => ImageFormat::Gif,
        Ok(imagesize::ImageType::Webp) => ImageFormat::WebP,
        _ => return Err(PictureError::NotAPicture),
    };
    // The size is in the head of the file: nothing is decoded before it is known to be bearable.
    let size = imagesize::blob_size(&data).map_err(|_| PictureError::Damaged)?;
    let (width, height) = (size.width as u64, size.height as u64);
    if width.min(height) < LEAST {
        return Err(PictureError::TooSmall(width, height));
    }
    if width.saturating_mul(height) > MOST {
        return Err(PictureError::TooLarge(width, height));
    }
    let (mut picture, orientation) = decode(&data, kind).ok_or(PictureError::Damaged)?;
    let format = match kind {
        ImageFormat::Png => Some(Format::Png),
        ImageFormat::Jpeg => Some(Format::Jpeg),
        ImageFormat::Gif => Some(Format::Gif),
        _ => None,
    };
    match format {
        Some(format) if width.max(height) <= u64::from(LONGEST) && orientation == Orientation::NoTransforms => {
            Ok(Cover { data, format })
        }
        _ => {
            picture.apply_orientation(orientation);
            if picture.width().max(picture.height()) > LONGEST {
                picture = picture.resize(LONGEST, LONGEST, FilterType::CatmullRom);
            }
            let lossless = picture.color().has_alpha() || matches!(format, Some(Format::Png | Format::Gif));
            encode(&picture, if lossless { Format::Png } else { Format::Jpeg }).ok_or(PictureError::Damaged)
        }
    }
}

fn decode(data: &[u8], kind: ImageFormat) -> Option<(DynamicImage, Orientation)> {
    let mut decoder = ImageReader::with_format(Cursor::new(data), kind).into_decoder().ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Some((DynamicImage::from_decoder(decoder).ok()?, orientation))
}

fn encode(picture: &DynamicImage, format: Format) -> Option<Cover> {
    let mut data = Vec::new();
    match format {
        Format::Jpeg => picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut data, QUALITY)).ok()?,
        Format::Png | Format::Gif => picture.write_to(&mut Cursor::new(&mut data), ImageFormat::Png).ok()?,
    }
    Some(Cover { data, format })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut data = Vec::new();
        let plain = DynamicImage::new_rgb8(width, height);
        plain.write_to(&mut Cursor::new(&mut data), format).expect("a picture");
        data
    }

    #[test]
    fn a_picture_that_fits_stays_as_it_is() {
        for (kind, format) in [(ImageFormat::Png, Format::Png), (ImageFormat::Jpeg, Format::Jpeg)] {
            let data = picture(400, 640, kind);
            assert_eq!(open(data.clone()), Ok(Cover { data, format }));
        }
    }

    #[test]
    fn a_larger_picture_is_scaled_and_webp_is_made_what_all_systems_show() {
        let cover = open(picture(3000, 4000, ImageFormat::Jpeg)).expect("a cover");
        let size = imagesize::blob_size(&cover.data).expect("its size");
        assert_eq!((size.width, size.height, cover.format), (1920, 2560, Format::Jpeg));
        assert_eq!(open(picture(400, 640, ImageFormat::WebP)).map(|cover| cover.format), Ok(Format::Jpeg));
    }

    #[test]
    fn what_is_no_cover_is_refused() {
        assert_eq!(open(b"no picture".to_vec()), Err(PictureError::NotAPicture));
        assert_eq!(open(Vec::new()), Err(PictureError::NotAPicture));
        assert_eq!(open(picture(1, 1, ImageFormat::Png)), Err(PictureError::TooSmall(1, 1)));
        // The head alone says that there are 100 million pixels.
        let mut head = picture(400, 400, ImageFormat::Png);
        head.splice(16..24, [0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10]);
        assert_eq!(open(head), Err(PictureError::TooLarge(10_000, 10_000)));
        let mut cut = picture(400, 640, ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        assert_eq!(open(cut), Err(PictureError::Damaged));
    }
}
