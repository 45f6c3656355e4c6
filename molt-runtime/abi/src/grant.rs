//! Grants: which capabilities a program has, and where each ends.
//!
//! A rule is `fs.read` (all of it), `fs.read:data/` (within a scope), or either after a `!` (denied); `*` is every
//! capability. A [`GrantSet`] is a list of rules, in text separated by commas, and that text is also what a program's
//! descriptor carries. Invariants: what no rule allows is denied; a denial beats every allowance; the text of a set parses
//! back to an equal set; equal sets have equal text, whatever the order in which they were written.

use crate::capability::{Capability, CapabilitySet, ScopeKind, UnknownCapability};
use std::fmt;
use std::str::FromStr;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// What it is about.
    pub capability: Capability,
    /// Where it counts; everywhere if `None`.
    pub scope: Option<String>,
    /// Whether it denies.
    pub deny: bool,
}

/// Why a text is no list of grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantError {
    /// A name that no capability has.
    Unknown(UnknownCapability),
    /// `name:` without a scope.
    EmptyScope(Capability),
    /// A scope for a capability that has none.
    NoScope(Capability),
    /// A scope that can't be one, and why.
    Scope(Capability, String, &'static str),
    /// Denials alone, which leave nothing allowed.
    OnlyDenials,
}

impl fmt::Display for GrantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GrantError::Unknown(unknown) => unknown.fmt(f),
            GrantError::EmptyScope(capability) => {
                write!(f, "`{capability}:` has an empty scope; write `{capability}` to grant all of it")
            }
            GrantError::NoScope(capability) => write!(f, "`{capability}` can't be narrowed to a scope"),
            GrantError::Scope(capability, scope, why) => write!(f, "`{capability}:{scope}`: {why}"),
            GrantError::OnlyDenials => {
                f.write_str("the list only denies, so nothing is allowed; write `*` to allow the rest")
            }
        }
    }
}

impl std::error::Error for GrantError {}

impl FromStr for Grant {
    type Err = GrantError;

    fn from_str(text: &str) -> Result<Self, GrantError> {
        let (deny, rule) = match text.strip_prefix('!') {
            Some(rule) => (true, rule.trim_start()),
            None => (false, text),
        };
        let (name, scope) = match rule.split_once(':') {
            Some((name, scope)) => (name, Some(scope.trim())),
            None => (rule, None),
        };
        let capability: Capability = name.trim().parse().map_err(GrantError::Unknown)?;
        if let Some(scope) = scope {
            check_scope(capability, scope)?;
        }
        Ok(Grant { capability, scope: scope.map(str::to_owned), deny })
    }
}

fn check_scope(capability: Capability, scope: &str) -> Result<(), GrantError> {
    if capability.scope_kind() == ScopeKind::None {
        return Err(GrantError::NoScope(capability));
    }
    if scope.is_empty() {
        return Err(GrantError::EmptyScope(capability));
    }
    let wrong = |why| Err(GrantError::Scope(capability, scope.to_owned(), why));
    if scope.contains(',') {
        // The separator of the text form.
        return wrong("a scope can't contain a comma");
    }
    if scope.chars().any(char::is_control) {
        return wrong("a scope can't contain control characters");
    }
    match capability.scope_kind() {
        ScopeKind::Name if scope.trim_end_matches('*').contains(['*', '=']) || scope.ends_with("**") => {
            wrong("write the name of a variable, or how it starts and one `*`")
        }
        ScopeKind::Address if Address::parse(scope).is_none() => {
            wrong("write a host, or a host and a port: `example.org:443`")
        }
        _ => Ok(()),
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.deny { "!" } else { "" }, self.capability)?;
        match &self.scope {
            Some(scope) => write!(f, ":{scope}"),
            None => Ok(()),
        }
    }
}

/// A list of rules.
///
/// ```
/// use molt_abi::{capability::Capability, grant::GrantSet};
/// let grants: GrantSet = "net:example.org:443, fs.read, !fs.read:secrets".parse().unwrap();
/// assert_eq!(grants.to_string(), "fs.read,!fs.read:secrets,net:example.org:443");
/// assert!(grants.allows_some(Capability::Net) && !grants.allows_all(Capability::Net));
/// assert!(!grants.allows_some(Capability::Proc));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct GrantSet {
    /// Sorted, none twice.
    rules: Vec<Grant>,
}

impl GrantSet {
    /// Nothing is allowed.
    pub fn none() -> Self {
        GrantSet::default()
    }

    /// Everything is allowed.
    pub fn all() -> Self {
        CapabilitySet::ALL.into()
    }

    /// The set of some rules.
    pub fn new(rules: impl IntoIterator<Item = Grant>) -> Self {
        let mut rules: Vec<Grant> = rules.into_iter().collect();
        // A denial of what nothing allows says nothing.
        let allowed: CapabilitySet = rules.iter().filter(|rule| !rule.deny).map(|rule| rule.capability).collect();
        rules.retain(|rule| allowed.contains(rule.capability));
        // The allowances of a capability come before its denials, the widest rule first.
        rules.sort_by(|a, b| (a.capability, a.deny, &a.scope).cmp(&(b.capability, b.deny, &b.scope)));
        rules.dedup();
        GrantSet { rules }
    }

    /// The set of rules in text, one each.
    pub fn parse_list<'a>(rules: impl IntoIterator<Item = &'a str>) -> Result<Self, GrantError> {
        let mut parsed = Vec::new();
        for rule in rules {
            match rule.trim() {
                "*" => parsed.extend(GrantSet::all().rules),
                rule => parsed.push(rule.parse()?),
            }
        }
        if !parsed.is_empty() && parsed.iter().all(|rule: &Grant| rule.deny) {
            return Err(GrantError::OnlyDenials);
        }
        Ok(GrantSet::new(parsed))
    }

    /// The rules, sorted.
    pub fn rules(&self) -> &[Grant] {
        &self.rules
    }

    fn of(&self, capability: Capability, deny: bool) -> impl Iterator<Item = &Grant> {
        self.rules.iter().filter(move |rule| rule.capability == capability && rule.deny == deny)
    }

    /// The scopes in which a capability is allowed (`deny` false) or denied; `None` for everywhere.
    pub fn scopes(&self, capability: Capability, deny: bool) -> impl Iterator<Item = Option<&str>> {
        self.of(capability, deny).map(|rule| rule.scope.as_deref())
    }

    /// Whether a capability is allowed everywhere, without exception.
    pub fn allows_all(&self, capability: Capability) -> bool {
        self.scopes(capability, false).any(|scope| scope.is_none()) && self.of(capability, true).next().is_none()
    }

    /// Whether a capability is allowed anywhere.
    pub fn allows_some(&self, capability: Capability) -> bool {
        self.of(capability, false).next().is_some() && !self.scopes(capability, true).any(|scope| scope.is_none())
    }

    /// The capabilities that are allowed everywhere.
    pub fn unlimited(&self) -> CapabilitySet {
        Capability::ALL.iter().copied().filter(|capability| self.allows_all(*capability)).collect()
    }

    /// Whether a capability is allowed for what `covers` says a scope covers.
    pub fn allows(&self, capability: Capability, covers: &mut dyn FnMut(&str) -> bool) -> bool {
        let mut any = |deny| self.scopes(capability, deny).any(|scope| scope.is_none_or(&mut *covers));
        any(false) && !any(true)
    }
}

impl From<CapabilitySet> for GrantSet {
    fn from(capabilities: CapabilitySet) -> Self {
        GrantSet::new(capabilities.iter().map(|capability| Grant { capability, scope: None, deny: false }))
    }
}

impl FromStr for GrantSet {
    type Err = GrantError;

    /// Reads rules separated by commas. The empty text allows nothing.
    fn from_str(text: &str) -> Result<Self, GrantError> {
        if text.trim().is_empty() {
            return Ok(GrantSet::none());
        }
        GrantSet::parse_list(text.split(',').filter(|rule| !rule.trim().is_empty()))
    }
}

impl fmt::Display for GrantSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rule) in self.rules.iter().enumerate() {
            write!(f, "{}{rule}", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

/// Whether the scope of `env.*` covers a variable.
pub fn covers_name(scope: &str, name: &str) -> bool {
    match scope.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => scope == name,
    }
}

/// Whether the scope of `net` covers an address. Host names are compared without case and without a final dot.
pub fn covers_address(scope: &str, host: &str, port: Option<u16>) -> bool {
    let plain = |host: &str| host.trim_end_matches('.').to_ascii_lowercase();
    Address::parse(scope).is_some_and(|allowed| {
        plain(allowed.host) == plain(host) && allowed.port.is_none_or(|allowed| Some(allowed) == port)
    })
}

/// The scope of `net`.
struct Address<'a> {
    host: &'a str,
    port: Option<u16>,
}

impl Address<'_> {
    /// `host`, `host:port`, `[v6]`, `[v6]:port`, or an IPv6 address alone.
    fn parse(text: &str) -> Option<Address<'_>> {
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, rest) = rest.split_once(']')?;
                (host, if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) })
            }
            None => match text.split_once(':') {
                Some((_, rest)) if rest.contains(':') => (text, None),
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            },
        };
        let port = port.map(str::parse).transpose().ok()?;
        (!host.is_empty() && !host.contains(char::is_whitespace)).then_some(Address { host, port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> GrantSet {
        text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn deny_beats_allow_and_nothing_is_allowed_by_silence() {
        let within =
            |grants: &str, asked: &str| set(grants).allows(Capability::EnvRead, &mut |s| covers_name(s, asked));
        assert!(within("env.read", "HOME"));
        assert!(within("env.read:HOME", "HOME"));
        assert!(!within("env.read:HOME", "PATH"));
        assert!(!within("env.write", "HOME"));
        assert!(!within("env.read,!env.read:HOME", "HOME"));
        assert!(within("env.read,!env.read:HOME", "PATH"));
        assert!(!within("env.read:HOME,!env.read", "HOME"));
        assert!(within("env.read:APP_*", "APP_KEY") && !within("env.read:APP_*", "KEY"));
        assert!(!within("", "HOME"));
    }

    #[test]
    fn the_order_and_spaces_of_a_list_do_not_matter() {
        assert_eq!(set(" net , fs.read:a,fs.read , ! net:b "), set("fs.read,fs.read:a,net,!net:b,net,!proc"));
        assert_eq!(set("*"), GrantSet::all());
        assert_eq!(set("*,!net").unlimited().iter().count(), Capability::ALL.len() - 1);
        assert!(set("").rules().is_empty());
    }

    #[test]
    fn wrong_rules_say_what_is_wrong() {
        for (text, part) in [
            ("fs.raed", "no capability is called `fs.raed`"),
            ("fs.read:", "empty scope"),
            ("time.wall:utc", "can't be narrowed"),
            ("!net", "only denies"),
            ("net:host:port", "`net:host:port`: write a host"),
            ("env.read:A*B", "write the name of a variable"),
        ] {
            let message = text.parse::<GrantSet>().expect_err(text).to_string();
            assert!(message.contains(part), "{text}: {message}");
        }
        assert!(GrantSet::parse_list(["fs.read:a,b"]).is_err());
    }

    #[test]
    fn addresses_compare_host_and_port() {
        for (scope, host, port, expected) in [
            ("example.org", "EXAMPLE.org.", Some(80), true),
            ("example.org:443", "example.org", Some(443), true),
            ("example.org:443", "example.org", Some(80), false),
            ("example.org:443", "example.org", None, false),
            ("example.org", "sub.example.org", Some(80), false),
            ("[::1]:80", "::1", Some(80), true),
            ("::1", "::1", Some(80), true),
        ] {
            assert_eq!(covers_address(scope, host, port), expected, "{scope} {host} {port:?}");
        }
    }

    /// A small generator of numbers (xorshift), so that the property below is the same in every run.
    fn random(state: &mut u64, below: usize) -> usize {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        (*state % below as u64) as usize
    }

    #[test]
    fn random_sets_survive_their_text_and_only_shrink_by_denials() {
        let mut state = 0x9E37_79B9_7F4A_7C15;
        for _ in 0..2000 {
            let rules: Vec<Grant> = (0..random(&mut state, 6))
                .map(|_| {
                    let capability = Capability::ALL[random(&mut state, Capability::ALL.len())];
                    let scoped = capability.scope_kind() != ScopeKind::None && random(&mut state, 2) == 0;
                    let scope = scoped.then(|| ["a", "b", "c/d"][random(&mut state, 3)].to_owned());
                    Grant { capability, scope, deny: random(&mut state, 3) == 0 }
                })
                .collect();
            let grants = GrantSet::new(rules.iter().cloned());
            let reversed = GrantSet::new(rules.iter().rev().cloned());
            assert_eq!(grants.to_string(), reversed.to_string());
            assert_eq!(grants.to_string().parse(), Ok(grants.clone()));
            for capability in Capability::ALL {
                let without = GrantSet::new(rules.iter().filter(|rule| !rule.deny).cloned());
                for asked in ["a", "b", "c/d"] {
                    let allowed = grants.allows(*capability, &mut |scope| scope == asked);
                    assert!(!allowed || without.allows(*capability, &mut |scope| scope == asked));
                    assert!(!allowed || grants.allows_some(*capability));
                    assert!(allowed || !grants.allows_all(*capability));
                }
            }
        }
    }
}
