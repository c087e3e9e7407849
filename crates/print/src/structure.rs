//! What a screen reader walks along: the tree of headings, paragraphs, lists and tables, whose
//! leaves are pieces of text on the pages.

use krilla::tagging::{
    Identifier, ListNumbering, Node as KrillaNode, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};
use std::num::NonZeroU16;

/// A node's place in the tree.
pub(crate) type Node = usize;
/// A piece of text's place among all of them.
pub(crate) type Piece = usize;

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading(u16, String),
    Paragraph,
    Code,
    List,
    Item,
    Label,
    Body,
    Table,
    Head,
    Rows,
    Row,
    RowHead,
    ColumnHead,
    Cell,
}

#[derive(Clone, Copy)]
enum Child {
    Node(Node),
    Piece(Piece),
}

/// The tree while it grows. Node 0 is its root.
pub(crate) struct Structure(Vec<(Kind, Vec<Child>)>);

/// The root: everything hangs under it.
pub(crate) const ROOT: Node = 0;

impl Structure {
    pub(crate) fn new() -> Self {
        Self(vec![(Kind::Paragraph, Vec::new())])
    }

    pub(crate) fn add(&mut self, under: Node, kind: Kind) -> Node {
        let node = self.0.len();
        self.0.push((kind, Vec::new()));
        self.0[under].1.push(Child::Node(node));
        node
    }

    pub(crate) fn hang(&mut self, under: Node, piece: Piece) {
        self.0[under].1.push(Child::Piece(piece));
    }

    /// The tree in the library's words, each piece by the name that it got when it was drawn.
    pub(crate) fn tree(&self, drawn: &[Option<Identifier>]) -> TagTree {
        let mut tree = TagTree::new();
        for child in &self.0[ROOT].1 {
            if let Some(node) = self.child(*child, drawn) {
                tree.push(node);
            }
        }
        tree
    }

    fn child(&self, child: Child, drawn: &[Option<Identifier>]) -> Option<KrillaNode> {
        match child {
            Child::Piece(piece) => drawn.get(piece).copied().flatten().map(KrillaNode::Leaf),
            Child::Node(node) => {
                let (kind, children) = &self.0[node];
                let mut group = TagGroup::new(tag(kind));
                group.children = children.iter().filter_map(|c| self.child(*c, drawn)).collect();
                Some(KrillaNode::Group(group))
            }
        }
    }
}

fn tag(kind: &Kind) -> TagKind {
    match kind {
        Kind::Heading(level, title) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::Code => Tag::Code.into(),
        Kind::List => Tag::L(ListNumbering::Disc).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Head => Tag::THead.into(),
        Kind::Rows => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Kind::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Kind::Cell => Tag::TD.into(),
    }
}
