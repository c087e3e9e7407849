//! EBML elements, written and walked. Knows sizes and ids, not what any of them means.

/// Appends elements to a buffer.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) out: Vec<u8>,
}

impl Writer {
    /// The id as it stands in the file, its length marker included.
    pub(crate) fn id(&mut self, id: u32) {
        let bytes = id.to_be_bytes();
        let skip = (id.leading_zeros() / 8) as usize;
        self.out.extend_from_slice(&bytes[skip.min(3)..]);
    }

    /// A size in exactly eight bytes, so that no size changes the length of what holds it.
    //= RFC 8794, 4: a one in the highest bit positions tells how long the size is.
    pub(crate) fn size8(&mut self, size: u64) {
        self.out.extend_from_slice(&(size | 1 << 56).to_be_bytes());
    }

    /// A size in exactly four bytes; below 2^28 - 1.
    pub(crate) fn size4(&mut self, size: u32) {
        self.out.extend_from_slice(&(size | 1 << 28).to_be_bytes());
    }

    pub(crate) fn binary(&mut self, id: u32, data: &[u8]) {
        self.id(id);
        self.size4(data.len() as u32);
        self.out.extend_from_slice(data);
    }

    pub(crate) fn text(&mut self, id: u32, text: &str) {
        self.binary(id, text.as_bytes());
    }

    /// An unsigned number in eight bytes: one length for all.
    pub(crate) fn unsigned(&mut self, id: u32, value: u64) {
        self.binary(id, &value.to_be_bytes());
    }

    pub(crate) fn float(&mut self, id: u32, value: f64) {
        self.binary(id, &value.to_be_bytes());
    }

    pub(crate) fn master(&mut self, id: u32, fill: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        fill(&mut inner);
        self.binary(id, &inner.out);
    }

    /// Fills exactly `length` bytes (at least 9) with an element every reader skips.
    pub(crate) fn void(&mut self, length: usize) {
        self.id(VOID);
        self.size8(length as u64 - 9);
        self.out.resize(self.out.len() + length - 9, 0);
    }
}

pub(crate) const VOID: u32 = 0xEC;

/// One element of a file that was read.
pub(crate) struct Element<'a> {
    pub(crate) id: u32,
    pub(crate) data: &'a [u8],
}

/// Walks the elements of one level; ends, or says once that it is broken.
pub(crate) struct Walk<'a> {
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Bytes not walked yet.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }
}

impl<'a> Iterator for Walk<'a> {
    /// An element, or `Err` where the bytes are no element or are cut short.
    type Item = Result<Element<'a>, ()>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let read = element(self.rest);
        match read {
            Some((element, rest)) => {
                self.rest = rest;
                Some(Ok(element))
            }
            None => {
                self.rest = &[];
                Some(Err(()))
            }
        }
    }
}

fn element(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let id_length = bytes.first()?.leading_zeros() as usize + 1;
    if id_length > 4 {
        return None;
    }
    let id = bytes.get(..id_length)?.iter().fold(0u32, |id, byte| id << 8 | u32::from(*byte));
    let bytes = &bytes[id_length..];
    let size_length = bytes.first()?.leading_zeros() as usize + 1;
    if size_length > 8 {
        return None;
    }
    let raw = bytes.get(..size_length)?;
    let size = raw.iter().fold(0u64, |size, byte| size << 8 | u64::from(*byte));
    let size = usize::try_from(size ^ (1 << (7 * size_length))).ok()?;
    let bytes = &bytes[size_length..];
    let data = bytes.get(..size)?;
    Some((Element { id, data }, &bytes[size..]))
}

/// An unsigned number of at most eight bytes.
pub(crate) fn unsigned(data: &[u8]) -> Option<u64> {
    (data.len() <= 8).then(|| data.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}
