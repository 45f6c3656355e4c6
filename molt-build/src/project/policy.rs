//! How strictly a build holds its sources against the lock.

use molt_codegen::emit::Profile;

/// What is done about a file of the project itself that differs from the lock. Vendored packages have no choice: a
/// difference there always stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// The build stops.
    Enforce,
    /// A warning, so that editing and building go together.
    Warn,
}

impl Policy {
    /// The rule: release builds, builds in continuous integration and builds with `--locked` are strict.
    pub fn of(profile: Profile, locked: bool, ci: bool) -> Self {
        if profile == Profile::Release || locked || ci { Policy::Enforce } else { Policy::Warn }
    }

    /// The policy of a build in this process's environment.
    pub fn here(profile: Profile, locked: bool) -> Self {
        Policy::of(profile, locked, in_ci())
    }
}

/// Whether this is continuous integration: every such system sets `CI`.
fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_debug_build_is_lenient() {
        assert_eq!(Policy::of(Profile::Debug, false, false), Policy::Warn);
        assert_eq!(Policy::of(Profile::Release, false, false), Policy::Enforce);
        assert_eq!(Policy::of(Profile::Debug, true, false), Policy::Enforce);
        assert_eq!(Policy::of(Profile::Debug, false, true), Policy::Enforce);
    }
}
