//! What the environment says about capabilities: `MOLT_CAPABILITIES` and `MOLT_TRUSTED`.
//!
//! Stand-alone programs read it when they start. A host has to ask for it: whoever can set variables of the host must not
//! steer its guests behind its back. Invariant: the environment narrows; only a program whose build allowed it
//! (`trusted`) lets `MOLT_TRUSTED=1` lift the build's ceiling, and `MOLT_CAPABILITIES` narrows even then.

use molt_abi::grant::{GrantError, GrantSet};
use std::ffi::OsString;
use std::fmt;

/// What the environment says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// The grants of `MOLT_CAPABILITIES`, if it is set.
    pub narrowed: Option<GrantSet>,
    /// Whether `MOLT_TRUSTED` is `1`.
    pub trusted: bool,
}

/// `MOLT_CAPABILITIES` is no list of grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvironmentError {
    /// It is not UTF-8.
    NotText,
    /// A rule is wrong.
    Grant(GrantError),
}

impl fmt::Display for EnvironmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MOLT_CAPABILITIES: ")?;
        match self {
            EnvironmentError::NotText => f.write_str("the value is not UTF-8"),
            EnvironmentError::Grant(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EnvironmentError {}

impl Environment {
    /// Reads the variables of this process.
    ///
    /// # Errors
    /// A list that can't be read: to go on without it could grant what was meant to be taken away.
    pub fn read() -> Result<Self, EnvironmentError> {
        Environment::from_variables(|name| std::env::var_os(name))
    }

    fn from_variables(get: impl Fn(&str) -> Option<OsString>) -> Result<Self, EnvironmentError> {
        let narrowed = match get("MOLT_CAPABILITIES") {
            None => None,
            Some(list) => {
                let list = list.into_string().map_err(|_| EnvironmentError::NotText)?;
                Some(list.parse().map_err(EnvironmentError::Grant)?)
            }
        };
        Ok(Environment { narrowed, trusted: get("MOLT_TRUSTED").is_some_and(|value| value == "1") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: Option<&str>, trusted: Option<&str>) -> Result<Environment, EnvironmentError> {
        Environment::from_variables(|name| match name {
            "MOLT_CAPABILITIES" => list.map(OsString::from),
            _ => trusted.map(OsString::from),
        })
    }

    #[test]
    fn unset_narrows_nothing_and_empty_everything() {
        assert_eq!(read(None, None), Ok(Environment::default()));
        assert_eq!(read(Some(""), None).unwrap().narrowed, Some(GrantSet::none()));
        assert_eq!(read(Some("*"), Some("1")), Ok(Environment { narrowed: Some(GrantSet::all()), trusted: true }));
        assert!(!read(None, Some("0")).unwrap().trusted);
    }

    #[test]
    fn a_wrong_list_is_an_error() {
        let message = read(Some("fs.read,ent"), None).unwrap_err().to_string();
        assert!(message.starts_with("MOLT_CAPABILITIES: no capability is called `ent`"), "{message}");
    }
}
