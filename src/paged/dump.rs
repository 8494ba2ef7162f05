//! Pages as text: how layout is tested without a PDF.

use super::{Artifact, Item, Kid, NodeId, Owner, PagedDocument};
use std::fmt::Write as _;

impl PagedDocument {
    /// The pages as text: a line for each run of glyphs: its place, its width, its face and size, what it belongs to, its words.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for page in &self.pages {
            let _ = writeln!(out, "page {} {:.1}×{:.1}", page.folio, page.size.width.0, page.size.height.0);
            for item in &page.items {
                match item {
                    Item::Run(run) => {
                        let face = self.faces.get(usize::from(run.face)).map_or("?", |face| face.name());
                        let _ = writeln!(
                            out,
                            "  {:7.2} {:7.2} w{:7.2} {face} {:.1} {}: {}",
                            run.origin.x.0,
                            run.origin.y.0,
                            page.width_of(run).0,
                            run.size.0,
                            self.owner(run.owner),
                            page.text_of(run)
                        );
                    }
                    Item::Rule(rule) => {
                        let (at, size) = (rule.rect.origin, rule.rect.size);
                        let _ = writeln!(
                            out,
                            "  {:7.2} {:7.2} w{:7.2} h{:.2} rule {}",
                            at.x.0,
                            at.y.0,
                            size.width.0,
                            size.height.0,
                            self.owner(rule.owner)
                        );
                    }
                    Item::Picture(picture) => {
                        let (at, size) = (picture.rect.origin, picture.rect.size);
                        let _ = writeln!(
                            out,
                            "  {:7.2} {:7.2} w{:7.2} h{:.2} picture {} {}",
                            at.x.0,
                            at.y.0,
                            size.width.0,
                            size.height.0,
                            picture.image,
                            self.owner(picture.owner)
                        );
                    }
                }
            }
        }
        out
    }

    /// The structure tree as text: a line for each node, indented by depth.
    pub fn dump_structure(&self) -> String {
        let mut out = String::new();
        self.dump_node(super::Structure::ROOT, 0, &mut out);
        out
    }

    fn dump_node(&self, id: NodeId, depth: usize, out: &mut String) {
        let Some(node) = self.structure.nodes.get(id.0 as usize) else { return };
        let _ = writeln!(out, "{:width$}{:?}", "", node.role, width = depth * 2);
        for kid in node.kids() {
            if let Kid::Node(kid) = kid {
                self.dump_node(*kid, depth + 1, out);
            }
        }
    }

    fn owner(&self, owner: Owner) -> String {
        match owner {
            Owner::Content(content) => {
                let node = self.structure.contents.get(content.0 as usize);
                match node.and_then(|node| self.structure.nodes.get(node.0 as usize)) {
                    Some(node) => format!("{:?}", node.role),
                    None => "?".into(),
                }
            }
            Owner::Artifact(Artifact::RunningHead) => "running head".into(),
            Owner::Artifact(Artifact::Folio) => "folio".into(),
            Owner::Artifact(Artifact::Layout) => "layout".into(),
        }
    }
}
