//! The shape of a function's control flow: predecessors, reverse postorder, dominators, loops.
//!
//! Dominators after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm". Invariant: an exit edge leaves the block
//! from the middle; for dominance between blocks that makes no difference.

use super::*;

/// Predecessors and order of the reachable blocks.
#[derive(Clone, Debug)]
pub struct Cfg {
    /// Reachable blocks in reverse postorder, entry first.
    pub rpo: Vec<Block>,
    /// Position of each block in `rpo`; `u32::MAX` if not reachable.
    pub order: IdVec<Block, u32>,
    /// Reachable predecessors, one entry per edge.
    pub preds: IdVec<Block, Vec<Block>>,
}

/// The successors of a block: targets of exits in order, then of the terminator; one entry per edge.
pub fn successors(function: &Function, block: Block) -> Vec<Block> {
    let mut out = Vec::new();
    function.for_each_edge(block, |edge| out.push(edge.block));
    out
}

impl Cfg {
    /// Computes everything.
    pub fn new(function: &Function) -> Cfg {
        let count = function.blocks.len();
        let mut succs: IdVec<Block, Vec<Block>> = IdVec::filled(Vec::new(), count);
        let mut seen: IdVec<Block, bool> = IdVec::filled(false, count);
        let mut postorder = Vec::new();
        // An explicit stack: generated functions can have very long chains of blocks.
        let mut stack = vec![(function.entry, 0)];
        seen[function.entry] = true;
        succs[function.entry] = successors(function, function.entry);
        while let Some((block, next)) = stack.pop() {
            match succs[block].get(next).copied() {
                Some(succ) => {
                    stack.push((block, next + 1));
                    if !seen[succ] {
                        seen[succ] = true;
                        succs[succ] = successors(function, succ);
                        stack.push((succ, 0));
                    }
                }
                None => postorder.push(block),
            }
        }
        postorder.reverse();
        let rpo = postorder;
        let mut order = IdVec::filled(u32::MAX, count);
        for (i, block) in rpo.iter().enumerate() {
            order[*block] = i as u32;
        }
        let mut preds: IdVec<Block, Vec<Block>> = IdVec::filled(Vec::new(), count);
        for block in &rpo {
            for succ in &succs[*block] {
                preds[*succ].push(*block);
            }
        }
        Cfg { rpo, order, preds }
    }

    /// Whether control can get to `block`.
    pub fn is_reachable(&self, block: Block) -> bool {
        self.order[block] != u32::MAX
    }
}

/// The dominator tree.
#[derive(Clone, Debug)]
pub struct Dominators<'a> {
    cfg: &'a Cfg,
    /// Immediate dominators; the entry's is itself, meaningless for unreachable blocks.
    pub idom: IdVec<Block, Block>,
}

impl<'a> Dominators<'a> {
    /// Computes the tree.
    pub fn new(cfg: &'a Cfg) -> Dominators<'a> {
        let entry = cfg.rpo[0];
        let idom = dominators(&cfg.rpo, &cfg.order, &cfg.preds, entry, cfg.order.len());
        Dominators { cfg, idom }
    }

    /// Whether every path to `b` goes through `a`. Both reachable.
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        let mut at = b;
        while self.cfg.order[at] > self.cfg.order[a] {
            at = self.idom[at];
        }
        at == a
    }

    /// Blocks to which an edge leads from a block they dominate: headers of natural loops.
    pub fn loop_headers(&self) -> Vec<Block> {
        let is_header = |b: &Block| self.cfg.preds[*b].iter().any(|p| self.dominates(*b, *p));
        self.cfg.rpo.iter().copied().filter(is_header).collect()
    }

    /// The natural loop of `header`: every block that reaches a back edge without passing the header, itself included.
    pub fn natural_loop(&self, header: Block) -> Vec<Block> {
        let mut body = vec![header];
        let mut stack: Vec<Block> =
            self.cfg.preds[header].iter().copied().filter(|p| self.dominates(header, *p)).collect();
        while let Some(block) = stack.pop() {
            if !body.contains(&block) {
                body.push(block);
                stack.extend(self.cfg.preds[block].iter().copied());
            }
        }
        body.sort_unstable();
        body
    }
}

fn dominators(
    rpo: &[Block],
    order: &IdVec<Block, u32>,
    preds: &IdVec<Block, Vec<Block>>,
    entry: Block,
    count: usize,
) -> IdVec<Block, Block> {
    let none = Block(u32::MAX);
    let mut idom = IdVec::filled(none, count);
    idom[entry] = entry;
    let mut changed = true;
    while changed {
        changed = false;
        for &block in rpo.iter().skip(1) {
            let mut new = none;
            for &pred in &preds[block] {
                if idom[pred] == none {
                    continue;
                }
                new = if new == none { pred } else { intersect(&idom, order, new, pred) };
            }
            if idom[block] != new {
                idom[block] = new;
                changed = true;
            }
        }
    }
    idom
}

fn intersect(idom: &IdVec<Block, Block>, order: &IdVec<Block, u32>, a: Block, b: Block) -> Block {
    let (mut a, mut b) = (a, b);
    while a != b {
        while order[a] > order[b] {
            a = idom[a];
        }
        while order[b] > order[a] {
            b = idom[b];
        }
    }
    a
}
