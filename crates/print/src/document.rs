//! What can be printed: a title, a few kinds of block, a line at the foot of every page. The
//! words come from the caller, in the language that it names.

use kernel::At;

/// A document to be printed. The same one gives the same bytes, always: even its date is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) created: At,
    pub(crate) subject: String,
    pub(crate) footer: String,
    pub(crate) page: String,
    pub(crate) blocks: Vec<Block>,
}

/// One part of a document, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Opens a section.
    Heading(Level, String),
    /// Running text. Any white space in it is one space.
    Paragraph(String),
    /// Names and what they are, in two columns.
    Facts(Vec<(String, String)>),
    /// A table with a head.
    Table(Table),
    /// Points, each with a dot before it.
    List(Vec<String>),
    /// Text whose every character counts: line by line, in letters of one width.
    Exact(String),
}

/// How deep a section lies under the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Directly under the title.
    Section,
    /// Under a section.
    Part,
}

/// Rows under a head. Its columns are as many as the head has; a row that has fewer cells is
/// filled up with empty ones, one that has more is a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The head of each column, and how wide it is beside the others.
    pub columns: Vec<(String, u16)>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Document {
    /// An empty document. `language` is a tag such as `en-GB` or `cy`, `created` the date that
    /// it bears.
    pub fn new(language: &str, title: &str, created: At) -> Self {
        Self {
            language: language.to_owned(),
            title: title.to_owned(),
            created,
            subject: String::new(),
            footer: String::new(),
            page: "Page".to_owned(),
            blocks: Vec::new(),
        }
    }

    /// Says in a sentence what it is about; readers show it among its properties.
    #[must_use]
    pub fn subject(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// The line at the foot of every page, beside its number.
    #[must_use]
    pub fn footer(mut self, footer: &str) -> Self {
        footer.clone_into(&mut self.footer);
        self
    }

    /// The word before a page's number, where the language is not English.
    #[must_use]
    pub fn page_word(mut self, word: &str) -> Self {
        word.clone_into(&mut self.page);
        self
    }

    /// Opens a section.
    #[must_use]
    pub fn section(self, words: &str) -> Self {
        self.with(Block::Heading(Level::Section, words.to_owned()))
    }

    /// Opens a part of a section.
    #[must_use]
    pub fn part(self, words: &str) -> Self {
        self.with(Block::Heading(Level::Part, words.to_owned()))
    }

    /// Adds running text.
    #[must_use]
    pub fn paragraph(self, words: &str) -> Self {
        self.with(Block::Paragraph(words.to_owned()))
    }

    /// Adds names and what they are.
    #[must_use]
    pub fn facts<N: Into<String>, V: Into<String>>(
        self,
        facts: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let facts = facts.into_iter().map(|(name, value)| (name.into(), value.into()));
        self.with(Block::Facts(facts.collect()))
    }

    /// Adds a table.
    #[must_use]
    pub fn table(self, table: Table) -> Self {
        self.with(Block::Table(table))
    }

    /// Adds points.
    #[must_use]
    pub fn list<S: Into<String>>(self, points: impl IntoIterator<Item = S>) -> Self {
        self.with(Block::List(points.into_iter().map(Into::into).collect()))
    }

    /// Adds text whose every character counts.
    #[must_use]
    pub fn exact(self, text: &str) -> Self {
        self.with(Block::Exact(text.to_owned()))
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Bytes of all its text.
    pub(crate) fn bytes(&self) -> usize {
        let block = |block: &Block| match block {
            Block::Heading(_, text) | Block::Paragraph(text) | Block::Exact(text) => text.len(),
            Block::Facts(facts) => facts.iter().map(|(name, value)| name.len() + value.len()).sum(),
            Block::List(points) => points.iter().map(String::len).sum(),
            Block::Table(table) => {
                let heads: usize = table.columns.iter().map(|(head, _)| head.len()).sum();
                heads + table.rows.iter().flatten().map(String::len).sum::<usize>()
            }
        };
        self.title.len() + self.footer.len() + self.blocks.iter().map(block).sum::<usize>()
    }
}
