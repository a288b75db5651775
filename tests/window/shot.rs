//! Pictures of the page: kept, made small for the handbook, compared with those it has.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// How many colours a picture of the handbook has at most.
const COLOURS: usize = 128;
/// The side of a square in which pictures of the handbook are compared, in pixels.
const SQUARE: usize = 16;
/// By how much the darkness of a square may differ, of 255, before it counts as another.
const APART: u8 = 40;
/// One in so many squares may be another: letters are smoothed differently, a word is new.
const OTHERS: usize = 20;

/// The pixels of a page, row by row: red, green, blue.
pub struct Shot {
    width: usize,
    height: usize,
    rgb: Vec<[u8; 3]>,
}

impl Shot {
    /// Reads the upper left part of an X window dump (32 bits a pixel, blue first).
    pub fn read(dump: &[u8], width: u32, height: u32) -> Self {
        let word = |n: usize| {
            let bytes = dump[n * 4..n * 4 + 4].try_into().expect("four bytes");
            u32::from_be_bytes(bytes) as usize
        };
        let (header, line, colours) = (word(0), word(12), word(19));
        let (width, height) = (width as usize, height as usize);
        let pixels = &dump[header + colours * 12..];
        let rgb = pixels
            .chunks(line)
            .take(height)
            .flat_map(|row| row[..width * 4].chunks(4))
            .map(|pixel| [pixel[2], pixel[1], pixel[0]])
            .collect();
        Self { width, height, rgb }
    }

    /// Writes it as it is.
    pub fn keep(&self, path: &Path) {
        self.write(path, png::ColorType::Rgb, None, self.rgb.as_flattened());
    }

    /// Writes it with few colours.
    fn keep_small(&self, path: &Path) {
        let palette = self.palette();
        let mut known: HashMap<[u8; 3], u8> = HashMap::new();
        let pixels: Vec<u8> = self
            .rgb
            .iter()
            .map(|pixel| {
                *known
                    .entry(*pixel)
                    .or_insert_with(|| nearest(&palette, pixel))
            })
            .collect();
        let colours = Some(palette.as_flattened());
        self.write(path, png::ColorType::Indexed, colours, &pixels);
    }

    fn write(&self, path: &Path, color: png::ColorType, palette: Option<&[u8]>, pixels: &[u8]) {
        let file = BufWriter::new(File::create(path).expect("the folder is writable"));
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height as u32);
        encoder.set_color(color);
        encoder.set_compression(png::Compression::High);
        if let Some(palette) = palette {
            encoder.set_palette(palette);
            encoder.set_filter(png::Filter::NoFilter);
        }
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(pixels).expect("all pixels");
    }

    /// Its most frequent colours, of which those that nobody tells apart count as one.
    fn palette(&self) -> Vec<[u8; 3]> {
        let mut counts: HashMap<[u8; 3], HashMap<[u8; 3], usize>> = HashMap::new();
        for pixel in &self.rgb {
            let of = counts.entry(pixel.map(|part| part >> 3)).or_default();
            *of.entry(*pixel).or_default() += 1;
        }
        let mut colours: Vec<(usize, [u8; 3])> = counts
            .values()
            .filter_map(|of| {
                let (colour, _) = of.iter().max_by_key(|(colour, n)| (**n, **colour))?;
                Some((of.values().sum(), *colour))
            })
            .collect();
        colours.sort_unstable_by(|a, b| b.cmp(a));
        colours.truncate(COLOURS);
        colours.into_iter().map(|(_, colour)| colour).collect()
    }

    /// Reads a picture of few colours.
    fn of_handbook(path: &Path) -> Self {
        let file = File::open(path).unwrap_or_else(|cause| {
            panic!("{}: {cause}; INSTA_UPDATE=always makes it", path.display())
        });
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a picture");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
        let frame = reader.next_frame(&mut bytes).expect("all pixels");
        Self {
            width: frame.width as usize,
            height: frame.height as usize,
            rgb: bytes.as_chunks().0.to_vec(),
        }
    }

    /// How dark each square is, row by row.
    fn squares(&self) -> Vec<u8> {
        let mut squares = Vec::new();
        for top in (0..self.height / SQUARE * SQUARE).step_by(SQUARE) {
            for left in (0..self.width / SQUARE * SQUARE).step_by(SQUARE) {
                let rows = (top..top + SQUARE).map(|row| row * self.width + left);
                let pixels = rows.flat_map(|at| &self.rgb[at..at + SQUARE]);
                let sum: usize = pixels.map(|pixel| usize::from(255 - pixel[1])).sum();
                squares.push((sum / (SQUARE * SQUARE)) as u8);
            }
        }
        squares
    }

    /// The first row with anything drawn, within left, top, width, height.
    pub fn first_drawn(&self, [left, top, width, height]: [usize; 4]) -> Option<usize> {
        let paper = self.rgb[top * self.width + left];
        (top..top + height).find(|row| {
            let at = row * self.width + left;
            self.rgb[at..at + width].iter().any(|pixel| *pixel != paper)
        })
    }

    /// Holds that the picture of this name in the handbook shows the same; makes that picture anew
    /// when told (`INSTA_UPDATE=always`).
    #[track_caller]
    pub fn illustrates(&self, name: &str) {
        let path = picture(name);
        if std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always") {
            self.keep_small(&path);
        }
        let kept = Self::of_handbook(&path);
        let size = (self.width, self.height);
        assert_eq!((kept.width, kept.height), size, "{name} has another size");
        let (before, now) = (kept.squares(), self.squares());
        let others = before
            .iter()
            .zip(&now)
            .filter(|(a, b)| a.abs_diff(**b) > APART)
            .count();
        assert!(
            others * OTHERS < now.len(),
            "{name}: {others} of {} squares differ; INSTA_UPDATE=always makes the picture anew",
            now.len()
        );
    }
}

/// Where a picture of the handbook lies.
fn picture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../assets/pictures/handbook/{name}.png"))
}

/// The place of the colour that is most like another.
fn nearest(palette: &[[u8; 3]], pixel: &[u8; 3]) -> u8 {
    let far = |colour: &[u8; 3]| -> u32 {
        let parts = colour.iter().zip(pixel);
        parts.map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
    };
    let places = (0..=u8::MAX).zip(palette);
    places
        .min_by_key(|(_, colour)| far(colour))
        .map_or(0, |(at, _)| at)
}
