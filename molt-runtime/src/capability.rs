//! The one place where a running program is held to its capabilities.
//!
//! A runtime has limits: the ceiling that the build put into the program, and what the host or the environment narrowed
//! it to. Native code asks [`Rt::require`] (or, to open files, [`Rt::confine`]) before it acts. Invariants: what one limit
//! does not allow is denied, so no limit can widen another; a runtime without a limit may do nothing; limits are only ever
//! added, before the program runs.

mod environment;
mod path;

pub use environment::{Environment, EnvironmentError};
pub use molt_abi::capability::{Capability, CapabilitySet};
pub use molt_abi::grant::{Grant, GrantError, GrantSet};
pub use path::Confined;

use crate::io::error;
use crate::object::descs::ProgramView;
use crate::runtime::{R, Raised, Rt};
use crate::value::Obj;
use molt_abi::capability::ScopeKind;
use molt_abi::grant::{covers_address, covers_name};
use path::real_path;
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

/// Who set a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The build: molt.toml, or what the program was found to need.
    Build,
    /// `MOLT_CAPABILITIES`.
    Environment,
    /// The program that embeds the runtime.
    Host,
}

/// For what a capability is asked.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// Without an object: a capability that has no scope, or all of one.
    Whole,
    /// A file, folder or database.
    Path(&'a Path),
    /// A host, with the port if there is one.
    Address(&'a str, Option<u16>),
    /// An environment variable.
    Name(&'a str),
    /// A program to start.
    Program(&'a str),
}

/// Grants, with the scopes that are paths resolved as they were when the program started.
struct Limit {
    source: Source,
    grants: GrantSet,
    /// The path of each rule that has one.
    paths: Vec<(Grant, PathBuf)>,
}

/// The limits of a runtime.
#[derive(Default)]
pub struct Policy {
    /// What every limit allows everywhere.
    unlimited: Cell<CapabilitySet>,
    limits: RefCell<Vec<Limit>>,
}

impl Limit {
    fn new(source: Source, grants: GrantSet) -> Limit {
        let paths = (grants.rules().iter())
            .filter(|rule| rule.capability.scope_kind() == ScopeKind::Path)
            .filter_map(|rule| Some((rule.clone(), real_path(Path::new(rule.scope.as_ref()?)))))
            .collect();
        Limit { source, grants, paths }
    }

    fn covers(&self, capability: Capability, deny: bool, scope: &str, asked: Asked<'_>) -> bool {
        match asked {
            // All of it is more than any part, but a part is enough to deny it.
            Asked::Whole => deny,
            Asked::Path(path) => (self.paths.iter())
                .filter(|(rule, _)| rule.capability == capability && rule.deny == deny)
                .any(|(rule, real)| rule.scope.as_deref() == Some(scope) && path.starts_with(real)),
            Asked::Address(host, port) => covers_address(scope, host, port),
            Asked::Name(name) => covers_name(scope, name),
            Asked::Program(program) => scope == program,
        }
    }

    fn matches(&self, capability: Capability, deny: bool, asked: Asked<'_>) -> bool {
        let mut scopes = self.grants.scopes(capability, deny);
        scopes.any(|scope| scope.is_none_or(|scope| self.covers(capability, deny, scope, asked)))
    }

    /// Why a capability is not allowed; `None` if it is.
    fn refusal(&self, capability: Capability, asked: Asked<'_>) -> Option<Refusal> {
        let denied = self.matches(capability, true, asked);
        let allowed = !denied && self.matches(capability, false, asked);
        (!allowed).then_some(Refusal { capability, source: self.source, denied })
    }
}

/// A [`Scope`] whose path is resolved.
#[derive(Clone, Copy)]
enum Asked<'a> {
    Whole,
    Path(&'a Path),
    Address(&'a str, Option<u16>),
    Name(&'a str),
    Program(&'a str),
}

/// A capability that was asked for in vain.
struct Refusal {
    capability: Capability,
    source: Source,
    /// Whether a rule denies it, rather than none allowing it.
    denied: bool,
}

impl Refusal {
    fn message(&self, scope: &str) -> String {
        let name = self.capability;
        match (self.source, self.denied) {
            (Source::Build, false) => format!(
                "capability '{name}' is not granted: add \"{name}{scope}\" to [capabilities] allow in molt.toml"
            ),
            (Source::Build, true) => format!("capability '{name}' is denied here by [capabilities] allow in molt.toml"),
            (Source::Environment, false) => format!("capability '{name}' is not granted by MOLT_CAPABILITIES"),
            (Source::Environment, true) => format!("capability '{name}' is denied here by MOLT_CAPABILITIES"),
            (Source::Host, false) => format!("capability '{name}' is not granted by the host program"),
            (Source::Host, true) => format!("capability '{name}' is denied here by the host program"),
        }
    }
}

impl Policy {
    fn refusal(&self, capability: Capability, asked: Asked<'_>) -> Option<Refusal> {
        let limits = self.limits.borrow();
        if limits.is_empty() {
            return Some(Refusal { capability, source: Source::Build, denied: false });
        }
        limits.iter().find_map(|limit| limit.refusal(capability, asked))
    }

    /// What a rule has to say to allow more, for a message: a scope where the limit has scopes.
    fn has_scopes(&self, capability: Capability) -> bool {
        let limits = self.limits.borrow();
        limits.iter().any(|limit| limit.grants.scopes(capability, false).any(|scope| scope.is_some()))
    }
}

impl Rt {
    /// Sets the limits of a program that is about to be loaded.
    pub(crate) fn set_limits(&self, program: ProgramView, environment: Option<Environment>, host: Vec<GrantSet>) {
        let environment = environment.unwrap_or_default();
        let ceiling = match program.is_trusted() && environment.trusted {
            true => GrantSet::all(),
            false => program.capabilities(),
        };
        self.limit_capabilities(Source::Build, ceiling);
        host.into_iter().for_each(|grants| self.limit_capabilities(Source::Host, grants));
        environment.narrowed.into_iter().for_each(|grants| self.limit_capabilities(Source::Environment, grants));
    }

    /// Adds a limit. The first is the program's ceiling.
    pub fn limit_capabilities(&self, source: Source, grants: GrantSet) {
        let policy = &self.policy;
        let mut limits = policy.limits.borrow_mut();
        let before = if limits.is_empty() { CapabilitySet::ALL } else { policy.unlimited.get() };
        policy.unlimited.set(before.intersection(grants.unlimited()));
        limits.push(Limit::new(source, grants));
    }

    /// Raises `PermissionError` unless the program has a capability.
    #[inline]
    pub fn require(&self, capability: Capability, scope: Scope<'_>) -> R<()> {
        if self.policy.unlimited.get().contains(capability) {
            return Ok(());
        }
        self.require_limited(capability, scope)
    }

    #[cold]
    fn require_limited(&self, capability: Capability, scope: Scope<'_>) -> R<()> {
        let real;
        let (asked, text) = match scope {
            Scope::Whole => (Asked::Whole, String::new()),
            Scope::Path(path) => {
                real = real_path(path);
                (Asked::Path(&real), path.display().to_string())
            }
            Scope::Address(host, port) => {
                let port_text = port.map(|port| format!(":{port}")).unwrap_or_default();
                (Asked::Address(host, port), format!("{host}{port_text}"))
            }
            Scope::Name(name) => (Asked::Name(name), name.to_owned()),
            Scope::Program(program) => (Asked::Program(program), program.to_owned()),
        };
        match self.policy.refusal(capability, asked) {
            None => Ok(()),
            Some(refusal) => Err(self.refuse(&refusal, &text, None)),
        }
    }

    /// For opening a file: raises `PermissionError` unless the program has all of the capabilities for it. `None` if they
    /// have no limit; else the file can only be opened through the result, which follows no symbolic link out of a scope.
    #[inline]
    pub fn confine(&self, needs: CapabilitySet, path: &Path, name: &Obj) -> R<Option<Confined>> {
        if self.policy.unlimited.get().intersection(needs) == needs {
            return Ok(None);
        }
        self.confine_limited(needs, path, name).map(Some)
    }

    #[cold]
    fn confine_limited(&self, needs: CapabilitySet, path: &Path, name: &Obj) -> R<Confined> {
        let confined = Confined::new(path);
        for capability in needs.iter() {
            if let Some(refusal) = self.policy.refusal(capability, Asked::Path(confined.real())) {
                return Err(self.refuse(&refusal, &path.display().to_string(), Some(name)));
            }
        }
        Ok(confined)
    }

    #[cold]
    fn refuse(&self, refusal: &Refusal, asked: &str, name: Option<&Obj>) -> Raised {
        // Where the program has a part already, the line to add is for another part.
        let scope = match self.policy.has_scopes(refusal.capability) && !asked.is_empty() {
            true => format!(":{asked}"),
            false => String::new(),
        };
        error::raise_errno(self, EACCES, &refusal.message(&scope), name)
    }
}

/// `errno.EACCES`, on every system.
const EACCES: i32 = 13;

#[cfg(test)]
mod tests {
    use super::*;

    fn runtime(limits: &[(Source, &str)]) -> Box<Rt> {
        let rt = Rt::new();
        for (source, grants) in limits {
            rt.limit_capabilities(*source, grants.parse().unwrap());
        }
        rt
    }

    /// What a request raises, or nothing.
    fn raised(rt: &Rt, capability: Capability, scope: Scope<'_>) -> String {
        match rt.require(capability, scope) {
            Ok(()) => String::new(),
            Err(_) => {
                let exc = rt.take_exception().unwrap();
                format!("{}: {}", rt.type_name(&exc), rt.str_text(&exc).unwrap_or_default())
            }
        }
    }

    #[test]
    fn without_a_limit_nothing_is_allowed() {
        let text = raised(&runtime(&[]), Capability::TimeWall, Scope::Whole);
        let line = "add \"time.wall\" to [capabilities] allow in molt.toml";
        assert_eq!(text, format!("PermissionError: [Errno 13] capability 'time.wall' is not granted: {line}"));
    }

    #[test]
    fn limits_only_narrow() {
        let rt = runtime(&[(Source::Build, "env.read:A*,time.wall"), (Source::Host, "*,!env.read:AB")]);
        assert_eq!(raised(&rt, Capability::TimeWall, Scope::Whole), "");
        assert_eq!(raised(&rt, Capability::EnvRead, Scope::Name("AC")), "");
        assert!(raised(&rt, Capability::EnvRead, Scope::Name("AB")).contains("denied here by the host program"));
        assert!(raised(&rt, Capability::EnvRead, Scope::Name("B")).contains("add \"env.read:B\" to"));
        assert!(raised(&rt, Capability::EnvRead, Scope::Whole).contains("'env.read' is not granted: add"));
        assert!(raised(&rt, Capability::Net, Scope::Address("h", None)).contains("'net' is not granted: add"));
        rt.limit_capabilities(Source::Environment, GrantSet::none());
        let text = raised(&rt, Capability::TimeWall, Scope::Whole);
        assert!(text.contains("not granted by MOLT_CAPABILITIES"), "{text}");
    }

    #[test]
    fn addresses_and_programs_are_compared_as_such() {
        let rt = runtime(&[(Source::Build, "net:example.org:443,proc:/usr/bin/git")]);
        assert_eq!(raised(&rt, Capability::Net, Scope::Address("Example.org", Some(443))), "");
        let text = raised(&rt, Capability::Net, Scope::Address("example.org", Some(80)));
        assert!(text.contains("add \"net:example.org:80\""), "{text}");
        assert_eq!(raised(&rt, Capability::Proc, Scope::Program("/usr/bin/git")), "");
        assert_ne!(raised(&rt, Capability::Proc, Scope::Program("git")), "");
    }
}
