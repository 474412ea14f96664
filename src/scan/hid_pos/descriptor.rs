//! Reads a HID report descriptor: which bits of which report carry the scanned data, its length, its identifier.
//!
//! **Pure and total: no bytes make it fail, panic, or take more time or memory than [`MAX_FIELDS`] allows.** Items are those of
//! "Device Class Definition for HID 1.11", section 6.2.2; usages are those of "HID Point of Sale Usage Tables 1.02",
//! page 0x8C, and "HID Usage Tables", page 0x01.

/// Bar code scanners.
pub(super) const PAGE_SCANNER: u16 = 0x8c;
const PAGE_GENERIC_DESKTOP: u16 = 0x01;
/// Fields of a report that are kept; a report has at most a few hundred bytes.
const MAX_FIELDS: usize = 8192;
/// Depth of the stack of global items.
const MAX_DEPTH: usize = 16;

/// What a field of a report holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// How many bytes of data the report holds.
    Count,
    /// A byte of the AIM identifier: first, second, third.
    Identifier(usize),
    /// A byte of the data.
    Data,
    /// Not zero when the code goes on in the next report.
    Continued,
}

/// A field: where it is, in bits from the beginning of the report's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) role: Role,
    pub(super) bit: usize,
    pub(super) bits: usize,
}

/// One kind of report with scanned data in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// The number that stands before the data, if the device numbers its reports.
    pub(super) id: Option<u8>,
    pub(super) fields: Vec<Field>,
}

impl Layout {
    pub(super) fn data_bytes(&self) -> usize {
        self.fields.iter().filter(|field| field.role == Role::Data).count()
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Globals {
    page: u16,
    size: usize,
    count: usize,
    id: Option<u8>,
}

/// What stands only until the next main item.
#[derive(Debug, Default)]
struct Locals {
    usages: Vec<(u16, u16)>,
    from: Option<(u16, u16)>,
}

#[derive(Default)]
struct Reader {
    globals: Globals,
    stack: Vec<Globals>,
    locals: Locals,
    /// The bits each report has so far.
    lengths: Vec<(Option<u8>, usize)>,
    layouts: Vec<Layout>,
    fields: usize,
}

/// The reports that carry scanned data; empty when there are none or the descriptor makes no sense.
pub(super) fn layouts(descriptor: &[u8]) -> Vec<Layout> {
    let mut reader = Reader::default();
    let mut rest = descriptor;
    while let Some((prefix, after)) = rest.split_first() {
        if *prefix == 0xfe {
            // A long item: its size in the next byte, its tag after that. None is defined.
            let size = after.first().map_or(0, |size| usize::from(*size));
            rest = after.get(2 + size..).unwrap_or_default();
            continue;
        }
        let size = match prefix & 3 {
            3 => 4,
            size => usize::from(size),
        };
        let Some((data, after)) = after.split_at_checked(size) else { break };
        rest = after;
        let value = data.iter().rev().fold(0u32, |value, byte| (value << 8) | u32::from(*byte));
        reader.item(prefix & 0xfc, value, size);
    }
    reader.layouts.retain(|layout| layout.data_bytes() > 0);
    reader.layouts
}

impl Reader {
    fn item(&mut self, item: u8, value: u32, size: usize) {
        let small = usize::try_from(value).unwrap_or(usize::MAX);
        match item {
            // Main: input; output, feature, collections.
            0x80 => self.input(),
            0x90 | 0xb0 | 0xa0 | 0xc0 => self.locals = Locals::default(),
            // Global: page, size, id, count, push, pop.
            0x04 => self.globals.page = low(value),
            0x74 => self.globals.size = small,
            0x84 => self.globals.id = u8::try_from(value).ok(),
            0x94 => self.globals.count = small,
            0xa4 if self.stack.len() < MAX_DEPTH => self.stack.push(self.globals),
            0xb4 => self.globals = self.stack.pop().unwrap_or_default(),
            // Local: usage, its least and most; four bytes carry the page as well.
            0x08 => {
                let usage = self.usage(value, size);
                self.keep(usage);
            }
            0x18 => self.locals.from = Some(self.usage(value, size)),
            0x28 => {
                let (page, most) = self.usage(value, size);
                let least = self.locals.from.take().map_or(most, |(_, least)| least);
                let room = MAX_FIELDS.saturating_sub(self.locals.usages.len());
                (least..=most).take(room).for_each(|usage| self.keep((page, usage)));
            }
            _ => {}
        }
    }

    fn usage(&self, value: u32, size: usize) -> (u16, u16) {
        if size == 4 { (low(value >> 16), low(value)) } else { (self.globals.page, low(value)) }
    }

    fn keep(&mut self, usage: (u16, u16)) {
        if self.locals.usages.len() < MAX_FIELDS {
            self.locals.usages.push(usage);
        }
    }

    fn input(&mut self) {
        let usages = std::mem::take(&mut self.locals).usages;
        let Globals { size, count, id, .. } = self.globals;
        let place = match self.lengths.iter().position(|(known, _)| *known == id) {
            Some(place) => place,
            None if self.lengths.len() < 256 => {
                self.lengths.push((id, 0));
                self.lengths.len() - 1
            }
            None => return,
        };
        let Some((_, length)) = self.lengths.get_mut(place) else { return };
        let begin = *length;
        *length = begin.saturating_add(size.saturating_mul(count));
        // A field of several bytes is as many fields of one.
        let (bits, per_usage) = if size > 8 && size.is_multiple_of(8) { (8, size / 8) } else { (size, 1) };
        if bits == 0 || bits > 8 {
            return;
        }
        let mut found = Vec::new();
        // A device may claim 2^32 fields; the first thousands fill any report.
        for at in 0..count.saturating_mul(per_usage).min(MAX_FIELDS) {
            if self.fields.saturating_add(found.len()) >= MAX_FIELDS {
                break;
            }
            // The last usage is that of all fields after it.
            let usage = usages.get(at / per_usage).or(usages.last());
            let Some(role) = usage.and_then(|usage| role(*usage)) else { continue };
            found.push(Field { role, bit: begin.saturating_add(at.saturating_mul(bits)), bits });
        }
        self.fields = self.fields.saturating_add(found.len());
        match self.layouts.iter_mut().find(|layout| layout.id == id) {
            Some(layout) => layout.fields.extend(found),
            None => self.layouts.push(Layout { id, fields: found }),
        }
    }
}

fn role(usage: (u16, u16)) -> Option<Role> {
    match usage {
        // "Byte Count"
        (PAGE_GENERIC_DESKTOP, 0x3b) => Some(Role::Count),
        (PAGE_SCANNER, 0xfb) => Some(Role::Identifier(0)),
        (PAGE_SCANNER, 0xfc) => Some(Role::Identifier(1)),
        (PAGE_SCANNER, 0xfd) => Some(Role::Identifier(2)),
        (PAGE_SCANNER, 0xfe) => Some(Role::Data),
        (PAGE_SCANNER, 0xff) => Some(Role::Continued),
        _ => None,
    }
}

fn low(value: u32) -> u16 {
    u16::try_from(value & 0xffff).unwrap_or(u16::MAX)
}
