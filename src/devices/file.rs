//! In place of paper: a PDF or a text file for each slip, in a folder.
//!
//! **A file is whole or not there**, and none takes another's place. A PDF shows the very dots a printer would print, on
//! a page as wide as the paper, and holds its words unseen so that they can be searched and read out.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};

use super::code_page;
use super::document::Document;
use super::font::Pen;
use super::layout::{Line, layout, paper};
use super::printer::Trouble;
use super::raster::{Raster, draw};
use crate::domain::{CodePage, PaperWidth, PrinterFault};

/// Which kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// Text in UTF-8.
    Text,
}

/// Files of one name that are looked through for a free one.
const MAX_SAME: u32 = 10_000;
/// How many times finer than a printer's dots a PDF's are: 24 a mm, 609 an inch.
const FINER: usize = 3;
/// Points in a mm.
const POINT: f32 = 72.0 / 25.4;
/// A printer's dots in a mm.
const DOTS_PER_MM: f32 = 8.0;

/// Makes a folder of the till's own, for its owner alone.
///
/// # Errors
/// Why it is not there.
pub fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes a folder for files where it is missing.
pub(super) fn make(folder: &Path) -> Result<(), Trouble> {
    make_folder(folder).map_err(|error| trouble(&error, folder))
}

/// Whether the folder can be written to.
pub(super) fn look(folder: &Path) -> Result<(), Trouble> {
    let tried = tempfile::Builder::new().prefix(".tillback-").tempfile_in(folder);
    tried.map(drop).map_err(|error| trouble(&error, folder))
}

fn trouble(error: &std::io::Error, folder: &Path) -> Trouble {
    let fault = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => PrinterFault::DiskFull,
        _ => PrinterFault::Folder,
    };
    Trouble::new(fault, format_args!("{}: {error}", folder.display()))
}

/// Writes a document, and gives back where it is.
pub(super) fn write(
    document: &Document,
    folder: &Path,
    kind: FileKind,
    width: PaperWidth,
    pen: &Pen,
) -> Result<PathBuf, Trouble> {
    let lines = layout(document, width);
    let (bytes, ending) = match kind {
        FileKind::Pdf => (pdf(&lines, width, pen), "pdf"),
        FileKind::Text => (text(&lines).into_bytes(), "txt"),
    };
    let told = |error: &std::io::Error| trouble(error, folder);
    let mut fresh = tempfile::Builder::new().prefix(".tillback-").tempfile_in(folder).map_err(|error| told(&error))?;
    fresh.write_all(&bytes).and_then(|()| fresh.as_file().sync_all()).map_err(|error| told(&error))?;
    for number in 1..=MAX_SAME {
        let name = if number == 1 { document.name.clone() } else { format!("{}-{number}", document.name) };
        let place = folder.join(format!("{name}.{ending}"));
        match fresh.persist_noclobber(&place) {
            Ok(_) => return Ok(place),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => fresh = error.file,
            Err(error) => return Err(told(&error.error)),
        }
    }
    Err(Trouble::new(PrinterFault::Folder, "too many files of one name"))
}

/// The lines as text: a code is left out, its digits stand beside it.
#[must_use]
pub fn text(lines: &[Line]) -> String {
    let mut all = String::new();
    for line in lines {
        match line {
            Line::Text { text, indent, .. } => {
                all.push_str(&" ".repeat(*indent));
                all.push_str(text);
            }
            Line::Rule => all.push_str(&"-".repeat(32)),
            Line::Space => {}
            Line::Code { .. } => continue,
            Line::Cut => all.push('\u{c}'),
        }
        all.push('\n');
    }
    all
}

/// The lines as a PDF: a page for each slip.
#[must_use]
pub fn pdf(lines: &[Line], width: PaperWidth, pen: &Pen) -> Vec<u8> {
    let slips: Vec<&[Line]> = lines.split(|line| *line == Line::Cut).filter(|slip| !slip.is_empty()).collect();
    let mut pdf = Pdf::new();
    let mut last = 0;
    let mut next = || {
        last += 1;
        Ref::new(last)
    };
    let (catalog, tree, font) = (next(), next(), next());
    pdf.catalog(catalog).pages(tree);
    pdf.type1_font(font).base_font(Name(b"Courier")).encoding_predefined(Name(b"WinAnsiEncoding"));
    let pages: Vec<(Ref, &[Line])> = slips.into_iter().map(|slip| (next(), slip)).collect();
    pdf.pages(tree).kids(pages.iter().map(|(page, _)| *page)).count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
    for (page, slip) in pages {
        let picture = draw(slip, paper(width), pen, FINER);
        page_of(&mut pdf, (page, tree, font), (next(), next()), slip, &picture, width);
    }
    pdf.finish()
}

fn page_of(
    pdf: &mut Pdf,
    (page, tree, font): (Ref, Ref, Ref),
    (image, content): (Ref, Ref),
    slip: &[Line],
    picture: &Raster,
    width: PaperWidth,
) {
    let mm = |dots: usize| small(dots) / DOTS_PER_MM / small(FINER) * POINT;
    let across = small(paper(width).width_mm) * POINT;
    let margin = (across - mm(picture.width)) / 2.0;
    let down = mm(picture.height) + 2.0 * margin;
    let mut sheet = pdf.page(page);
    sheet.media_box(Rect::new(0.0, 0.0, across, down)).parent(tree).contents(content);
    let mut resources = sheet.resources();
    resources.x_objects().pair(Name(b"Slip"), image);
    resources.fonts().pair(Name(b"Words"), font);
    resources.finish();
    sheet.finish();
    // Ink is 1 in a row of a printer's and 0 in a picture's, where 1 is white.
    let bits: Vec<u8> = picture.packed().iter().map(|byte| !byte).collect();
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&bits, 6);
    let mut object = pdf.image_xobject(image, &packed);
    let pixels = |side: usize| i32::try_from(side).unwrap_or(i32::MAX);
    object.filter(Filter::FlateDecode);
    object.width(pixels(picture.width)).height(pixels(picture.height));
    object.color_space().device_gray();
    object.bits_per_component(1);
    object.finish();
    let mut drawn = Content::new();
    drawn.save_state();
    drawn.transform([mm(picture.width), 0.0, 0.0, mm(picture.height), margin, margin]);
    drawn.x_object(Name(b"Slip"));
    drawn.restore_state();
    words(&mut drawn, slip, (margin, down));
    pdf.stream(content, &drawn.finish());
}

/// The words, unseen, roughly where they are seen; those of Western Europe, which the reader's own font has.
fn words(drawn: &mut Content, slip: &[Line], (left, top): (f32, f32)) {
    let texts: Vec<&String> =
        slip.iter().filter_map(|line| if let Line::Text { text, .. } = line { Some(text) } else { None }).collect();
    let step = top / small(texts.len().max(1) + 1);
    drawn.begin_text();
    drawn.set_font(Name(b"Words"), 6.0).set_text_rendering_mode(TextRenderingMode::Invisible).set_leading(step);
    drawn.next_line(left, top);
    for text in texts {
        let bytes = code_page::encode(text, CodePage::Windows1252);
        drawn.next_line(0.0, -step);
        drawn.show(Str(&bytes.unwrap_or_default()));
    }
    drawn.end_text();
}

/// Sizes of a slip: some thousands of dots.
fn small(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::devices::document::{Row, Size};

    fn slip() -> Document {
        let one = Document::new("refund-1").centred("Corner Shop", Size::Tall, true).pair("Refunded", "$27.40 USD");
        one.row(Row::Qr("297553638301777927".to_owned())).digits("297553638301777927")
    }

    #[test]
    fn files_are_whole_and_none_takes_anothers_place() {
        let folder = tempfile::tempdir().unwrap();
        let pen = Pen::new(&[]);
        let put = |kind| write(&slip(), folder.path(), kind, PaperWidth::Mm58, &pen).unwrap();
        let places = [put(FileKind::Text), put(FileKind::Text), put(FileKind::Pdf)];
        let names: Vec<_> = places.iter().map(|place| place.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["refund-1.txt", "refund-1-2.txt", "refund-1.pdf"]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left beside them");
        let text = std::fs::read_to_string(&places[0]).unwrap();
        assert_eq!(text, "          Corner Shop\nRefunded              $27.40 USD\n     2975 5363 8301 7779 27\n");
        let pdf = std::fs::read(&places[2]).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() < 40_000, "{}", pdf.len());
    }

    #[test]
    fn each_slip_is_a_page() {
        let two = slip().row(Row::Cut).then(slip());
        let pdf = pdf(&layout(&two, PaperWidth::Mm80), PaperWidth::Mm80, &Pen::new(&[]));
        let is_page = |at: &[u8]| at.starts_with(b"/Type /Page\n");
        assert_eq!(pdf.windows(12).filter(|at| is_page(at)).count(), 2);
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("slips");
        assert_eq!(look(&missing).unwrap_err().fault, PrinterFault::Folder);
        assert_eq!(
            write(&slip(), &missing, FileKind::Pdf, PaperWidth::Mm58, &Pen::new(&[])).unwrap_err().fault,
            PrinterFault::Folder
        );
        look(folder.path()).unwrap();
    }
}
