//! Capabilities: what a program may do to the world beyond computing, and to its standard streams.
//!
//! The set is closed. A row of [`capabilities!`] is a name that manifests, locks and messages use, so names never change
//! and bits are only added at the end. Standard streams, `sys.argv`, the exit status and the monotonic clocks need none.
//!
//! Grants with scopes are in [`crate::grant`]; which modules lead to which capability is in [`crate::needs`].

use std::fmt;
use std::str::FromStr;

/// How the scope of a grant is read, and so what a program asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// A file or folder; a folder stands for all that is beneath it.
    Path,
    /// `host` or `host:port`.
    Address,
    /// The name of an environment variable, or the start of one and `*`.
    Name,
    /// A program, exactly as it is started.
    Program,
    /// The capability can't be narrowed.
    None,
}

macro_rules! capabilities {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $scope:ident;)*) => {
        /// Something that a program may be allowed to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Capability { $($(#[$doc])* $variant,)* }

        impl Capability {
            /// All of them, in the order of their bits.
            pub const ALL: &'static [Capability] = &[$(Capability::$variant),*];

            /// The name in manifests and messages.
            pub const fn name(self) -> &'static str {
                match self { $(Capability::$variant => $name,)* }
            }

            /// What its scope is.
            pub const fn scope_kind(self) -> ScopeKind {
                match self { $(Capability::$variant => ScopeKind::$scope,)* }
            }
        }
    };
}

capabilities! {
    /// Reading files and folders, and looking whether they exist.
    FsRead = "fs.read", Path;
    /// Creating, changing and removing files and folders.
    FsWrite = "fs.write", Path;
    /// Connecting to, listening on and looking up network addresses.
    Net = "net", Address;
    /// Reading environment variables.
    EnvRead = "env.read", Name;
    /// Changing environment variables.
    EnvWrite = "env.write", Name;
    /// Starting and signalling other processes.
    Proc = "proc", Program;
    /// Telling the time of day.
    TimeWall = "time.wall", None;
    /// Random numbers that nobody can predict or repeat.
    RandNondeterministic = "rand.nondeterministic", None;
    /// Reading a database.
    DbRead = "db.read", Path;
    /// Changing a database.
    DbWrite = "db.write", Path;
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no capability has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCapability(pub String);

impl fmt::Display for UnknownCapability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no capability is called `{}`; there are ", self.0)?;
        for (index, capability) in Capability::ALL.iter().enumerate() {
            write!(f, "{}{capability}", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownCapability {}

impl FromStr for Capability {
    type Err = UnknownCapability;

    fn from_str(name: &str) -> Result<Self, UnknownCapability> {
        let known = Capability::ALL.iter().copied().find(|capability| capability.name() == name);
        known.ok_or_else(|| UnknownCapability(name.to_owned()))
    }
}

/// A set of capabilities, scopes aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct CapabilitySet(u32);

impl CapabilitySet {
    /// None.
    pub const EMPTY: CapabilitySet = CapabilitySet(0);
    /// Every one.
    pub const ALL: CapabilitySet = CapabilitySet((1 << Capability::ALL.len()) - 1);

    /// The set with one more.
    pub const fn with(self, capability: Capability) -> CapabilitySet {
        CapabilitySet(self.0 | 1 << capability as u32)
    }

    /// The set of a few.
    pub const fn of(capabilities: &[Capability]) -> CapabilitySet {
        let (mut set, mut index) = (CapabilitySet::EMPTY, 0);
        while index < capabilities.len() {
            set = set.with(capabilities[index]);
            index += 1;
        }
        set
    }

    /// Whether it is in the set.
    #[inline]
    pub const fn contains(self, capability: Capability) -> bool {
        self.0 & 1 << capability as u32 != 0
    }

    /// What is in either.
    pub const fn union(self, other: CapabilitySet) -> CapabilitySet {
        CapabilitySet(self.0 | other.0)
    }

    /// What is in both.
    pub const fn intersection(self, other: CapabilitySet) -> CapabilitySet {
        CapabilitySet(self.0 & other.0)
    }

    /// What is in this set and not in the other.
    pub const fn without(self, other: CapabilitySet) -> CapabilitySet {
        CapabilitySet(self.0 & !other.0)
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its members in the order of [`Capability::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::ALL.iter().copied().filter(move |capability| self.contains(*capability))
    }
}

impl FromIterator<Capability> for CapabilitySet {
    fn from_iter<I: IntoIterator<Item = Capability>>(capabilities: I) -> Self {
        capabilities.into_iter().fold(CapabilitySet::EMPTY, CapabilitySet::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_back_and_differ() {
        for capability in Capability::ALL {
            assert_eq!(capability.name().parse(), Ok(*capability));
        }
        let mut names: Vec<_> = Capability::ALL.iter().map(|capability| capability.name()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), Capability::ALL.len());
        let message = "fs.raed".parse::<Capability>().unwrap_err().to_string();
        assert!(message.starts_with("no capability is called `fs.raed`; there are fs.read, fs.write, "), "{message}");
    }

    #[test]
    fn sets_do_what_sets_do() {
        let set = CapabilitySet::of(&[Capability::Net, Capability::FsRead]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Capability::FsRead, Capability::Net]);
        assert!(set.contains(Capability::Net) && !set.contains(Capability::Proc));
        assert_eq!(set.union(CapabilitySet::ALL), CapabilitySet::ALL);
        assert_eq!(set.without(set), CapabilitySet::EMPTY);
        assert_eq!(set.intersection(CapabilitySet::of(&[Capability::Net])).iter().count(), 1);
        assert_eq!(Capability::ALL.iter().copied().collect::<CapabilitySet>(), CapabilitySet::ALL);
    }
}
