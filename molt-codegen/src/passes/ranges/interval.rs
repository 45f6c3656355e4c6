//! Intervals of `i64`.

use crate::mir::Cond;

/// All numbers from `lo` to `hi`; never empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    /// The least.
    pub lo: i64,
    /// The greatest.
    pub hi: i64,
}

/// The bounds of a computation before it is known whether it fits.
#[derive(Clone, Copy, Debug)]
pub struct Wide {
    lo: i128,
    hi: i128,
}

/// Where a growing bound stops for a while: what lengths, immediates and sums of them fit in.
const STEPS: [i64; 6] = [1, 1 << 31, 1 << 44, (1 << 47) - 1, 1 << 47, 1 << 62];

impl Interval {
    /// Nothing is known.
    pub const FULL: Interval = Interval { lo: i64::MIN, hi: i64::MAX };
    /// What an immediate int holds.
    pub const IMMEDIATE: Interval = Interval { lo: -(1 << 47), hi: (1 << 47) - 1 };
    /// Lengths of sequences: more would not fit the address space.
    pub const LENGTH: Interval = Interval { lo: 0, hi: 1 << 44 };

    /// One number.
    pub fn exactly(n: i64) -> Interval {
        Interval { lo: n, hi: n }
    }

    /// Whether all of `other` is inside.
    pub fn contains(self, other: Interval) -> bool {
        self.lo <= other.lo && other.hi <= self.hi
    }

    /// The least interval that contains both.
    pub fn join(self, other: Interval) -> Interval {
        Interval { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// What both contain.
    pub fn meet(self, other: Interval) -> Option<Interval> {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        (lo <= hi).then_some(Interval { lo, hi })
    }

    /// A larger interval out of a small set.
    pub fn widened(self) -> Interval {
        let up = |n: i64| STEPS.into_iter().find(|step| *step >= n).unwrap_or(i64::MAX);
        let hi = if self.hi <= 0 { 0.max(self.hi) } else { up(self.hi) };
        let lo = match self.lo {
            0.. => 0.min(self.lo),
            n => STEPS.into_iter().find(|step| -*step <= n).map_or(i64::MIN, |step| -step),
        };
        Interval { lo, hi }
    }

    /// Sum.
    pub fn add(self, other: Interval) -> Wide {
        Wide { lo: i128::from(self.lo) + i128::from(other.lo), hi: i128::from(self.hi) + i128::from(other.hi) }
    }

    /// Difference.
    pub fn sub(self, other: Interval) -> Wide {
        Wide { lo: i128::from(self.lo) - i128::from(other.hi), hi: i128::from(self.hi) - i128::from(other.lo) }
    }

    /// Product.
    pub fn mul(self, other: Interval) -> Wide {
        let product = |a: i64, b: i64| i128::from(a) * i128::from(b);
        let corners = [
            product(self.lo, other.lo),
            product(self.lo, other.hi),
            product(self.hi, other.lo),
            product(self.hi, other.hi),
        ];
        Wide { lo: corners.into_iter().fold(i128::MAX, i128::min), hi: corners.into_iter().fold(i128::MIN, i128::max) }
    }

    /// Bitwise and.
    pub fn and(self, other: Interval) -> Interval {
        match (self.lo >= 0, other.lo >= 0) {
            (true, true) => Interval { lo: 0, hi: self.hi.min(other.hi) },
            (true, false) => Interval { lo: 0, hi: self.hi },
            (false, true) => Interval { lo: 0, hi: other.hi },
            (false, false) => Interval::FULL,
        }
    }

    /// Python's `//`, by positive divisors.
    pub fn floordiv(self, other: Interval) -> Interval {
        if other.lo < 1 {
            return Interval::FULL;
        }
        let ends = |n: i64| [n.div_euclid(other.lo), n.div_euclid(other.hi)];
        let all = [ends(self.lo), ends(self.hi)].concat();
        Interval { lo: all.iter().copied().fold(i64::MAX, i64::min), hi: all.iter().copied().fold(i64::MIN, i64::max) }
    }

    /// Python's `%`.
    pub fn modulo(self, other: Interval) -> Interval {
        if other.lo < 1 {
            return Interval::FULL;
        }
        let hi = if self.lo >= 0 { self.hi.min(other.hi - 1) } else { other.hi - 1 };
        Interval { lo: 0, hi }
    }

    /// Arithmetic right shift; the result lies between the operand and its sign.
    pub fn shr(self, other: Interval) -> Interval {
        match other {
            Interval { lo, hi } if lo == hi && (0..=63).contains(&lo) => {
                Interval { lo: self.lo >> lo, hi: self.hi >> lo }
            }
            _ => Interval { lo: self.lo.min(0), hi: self.hi.max(-1) },
        }
    }

    /// The outcome of a comparison, if it is the same for all members.
    pub fn compare(self, cond: Cond, other: Interval) -> Option<bool> {
        let (a, b) = (self, other);
        let (yes, no) = match cond {
            Cond::Lt => (a.hi < b.lo, a.lo >= b.hi),
            Cond::Le => (a.hi <= b.lo, a.lo > b.hi),
            Cond::Gt => (a.lo > b.hi, a.hi <= b.lo),
            Cond::Ge => (a.lo >= b.hi, a.hi < b.lo),
            Cond::Eq => (a.lo == a.hi && a == b, a.meet(b).is_none()),
            Cond::Ne => (a.meet(b).is_none(), a.lo == a.hi && a == b),
            Cond::Ult if b.lo >= 0 => (a.lo >= 0 && a.hi < b.lo, a.hi < 0 || a.lo >= b.hi),
            Cond::Ult => (false, false),
        };
        match (yes, no) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// What is left of both where the comparison holds; nothing if it never does.
    pub fn narrowed(self, cond: Cond, other: Interval) -> Option<(Interval, Interval)> {
        let (a, b) = (self, other);
        let at_most = |x: Interval, hi: Option<i64>| x.meet(Interval { lo: i64::MIN, hi: hi? });
        let at_least = |x: Interval, lo: Option<i64>| x.meet(Interval { lo: lo?, hi: i64::MAX });
        Some(match cond {
            Cond::Lt => (at_most(a, b.hi.checked_sub(1))?, at_least(b, a.lo.checked_add(1))?),
            Cond::Le => (at_most(a, Some(b.hi))?, at_least(b, Some(a.lo))?),
            Cond::Gt => (at_least(a, b.lo.checked_add(1))?, at_most(b, a.hi.checked_sub(1))?),
            Cond::Ge => (at_least(a, Some(b.lo))?, at_most(b, Some(a.hi))?),
            Cond::Eq => (a.meet(b)?, a.meet(b)?),
            Cond::Ult if b.lo >= 0 => (a.meet(Interval { lo: 0, hi: b.hi.checked_sub(1)?.max(0) })?, b),
            Cond::Ne | Cond::Ult => (a, b),
        })
    }
}

impl Wide {
    /// The interval, if it fits.
    pub fn exact(self) -> Option<Interval> {
        Some(Interval { lo: i64::try_from(self.lo).ok()?, hi: i64::try_from(self.hi).ok()? })
    }

    /// What is left of it where it fits (one end, if nothing does).
    pub fn clamped(self) -> Interval {
        let clamp = |n: i128| n.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
        Interval { lo: clamp(self.lo), hi: clamp(self.hi) }
    }
}
