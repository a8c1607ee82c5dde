//! SVG to pixels. Pure but for the machine's own fonts, which are read once and only when a map has text that Inter lacks.

use std::io::Write as _;
use std::sync::{Arc, LazyLock};

use png::{ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::super::{NotDrawn, Taken};
use super::Drawing;
use super::font::{self, Weight};

/// Most pixels of a picture: 128 MB while it is made.
const MOST_PIXELS: f32 = 32_000_000.0;
/// Longest side that common viewers open.
const LONGEST: f32 = 16_000.0;
/// Two pixels each: sharp on dense screens and on paper.
const SCALE: f32 = 2.0;
/// Below this nobody can read it.
pub(super) const LEAST: f32 = 0.4;

/// The map as PNG.
pub(crate) fn file(taken: &Taken) -> Result<Vec<u8>, NotDrawn> {
    let drawing = super::whole(taken);
    let area = drawing.width * drawing.height;
    let scale = SCALE
        .min((MOST_PIXELS / area).sqrt())
        .min(LONGEST / drawing.width.max(drawing.height));
    if scale < LEAST {
        return Err(NotDrawn::TooLarge);
    }
    let tree = parsed(&drawing)?;
    #[expect(clippy::cast_sign_loss, reason = "a drawing has a size")]
    let side = |length: f32| (length * scale).ceil() as u32;
    let mut picture =
        Pixmap::new(side(drawing.width), side(drawing.height)).ok_or(NotDrawn::TooLarge)?;
    // Nothing shows through a map: without that, a picture takes a third more to write.
    picture.fill(Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut picture.as_mut(),
    );
    encoded(&picture).map_err(|error| NotDrawn::Failed(error.to_string()))
}

/// A picture without anything that shows through, as PNG. One filter for all rows: flat colour packs as well with it as with the best one of
/// each row, which takes longer to find. A higher level of deflating takes twice the time for a fiftieth of the bytes.
fn encoded(picture: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_deflate_compression(DeflateCompression::Level(3));
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer()?;
    let width = picture.width() as usize;
    let mut row = vec![0; width * 3];
    for pixels in picture.data().chunks(width * 4) {
        for (rgb, rgba) in row.chunks_exact_mut(3).zip(pixels.chunks_exact(4)) {
            rgb.copy_from_slice(&rgba[..3]);
        }
        rows.write_all(&row)?;
    }
    rows.finish()?;
    writer.finish()?;
    Ok(file)
}

/// A drawing as shapes and laid out text.
pub(super) fn parsed(drawing: &Drawing) -> Result<Tree, NotDrawn> {
    let fonts = if font::covers(&drawing.svg) {
        Arc::clone(&OWN)
    } else {
        Arc::clone(&ALL)
    };
    let options = Options {
        fontdb: fonts,
        font_family: "Inter".to_owned(),
        ..Options::default()
    };
    Tree::from_str(&drawing.svg, &options).map_err(|error| NotDrawn::Failed(error.to_string()))
}

static OWN: LazyLock<Arc<Database>> = LazyLock::new(|| Arc::new(own()));

/// With the machine's fonts behind the own one.
static ALL: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = own();
    fonts.load_system_fonts();
    Arc::new(fonts)
});

fn own() -> Database {
    let mut fonts = Database::new();
    for weight in Weight::ALL {
        fonts.load_font_data(weight.file().to_vec());
    }
    fonts.set_sans_serif_family("Inter");
    fonts
}
