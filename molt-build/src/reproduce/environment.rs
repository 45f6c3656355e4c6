//! Two sets of conditions that must not matter to a build: folders, user, language, time zone, permissions, parallelism.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::BuildError;

/// Variables through which a build could find what an earlier one left behind.
const CACHES: &[&str] = &["MOLT_CACHE_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"];

/// Under what a build runs.
#[derive(Debug)]
pub(super) struct Conditions {
    pub sources: PathBuf,
    pub outputs: PathBuf,
    pub home: PathBuf,
    pub temporary: PathBuf,
    pub jobs: NonZeroUsize,
    /// From the folder of the sources, or from the root.
    relative: bool,
    variables: &'static [(&'static str, &'static str)],
    #[cfg_attr(not(unix), allow(dead_code, reason = "there is no such thing elsewhere"))]
    umask: &'static str,
}

impl Conditions {
    /// One job, short paths, an open file mask.
    pub fn first(scratch: &Path) -> Self {
        Conditions {
            sources: scratch.join("a"),
            outputs: scratch.join("out-a"),
            home: scratch.join("home-a"),
            temporary: scratch.join("tmp-a"),
            jobs: NonZeroUsize::MIN,
            relative: true,
            variables: &[("USER", "alice"), ("LOGNAME", "alice"), ("LC_ALL", "C"), ("LANG", "C"), ("TZ", "UTC")],
            umask: "022",
        }
    }

    /// Many jobs, long paths with a space, a private file mask.
    pub fn second(scratch: &Path, jobs: NonZeroUsize) -> Self {
        let below = scratch.join("a longer path/of another user");
        Conditions {
            sources: below.join("sources"),
            outputs: below.join("outputs"),
            home: below.join("home"),
            temporary: below.join("temporary"),
            jobs,
            relative: false,
            // The upper case of `i` differs in Turkish.
            variables: &[
                ("USER", "bob"),
                ("LOGNAME", "bob"),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("LANG", "tr_TR.UTF-8"),
                ("TZ", "Asia/Tokyo"),
                ("COLUMNS", "40"),
            ],
            umask: "077",
        }
    }

    /// A command in the folder of the sources.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = self.masked(program);
        command.current_dir(&self.sources).env("HOME", &self.home).envs(self.variables.iter().copied());
        command.env("TMPDIR", &self.temporary).env("TMP", &self.temporary).env("TEMP", &self.temporary);
        for name in CACHES {
            command.env_remove(name);
        }
        command
    }

    /// The mask belongs to a process, and only a shell can set it for another.
    #[cfg(unix)]
    fn masked(&self, program: &Path) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &format!("umask {}; exec \"$0\" \"$@\"", self.umask)]).arg(program);
        command
    }

    #[cfg(not(unix))]
    fn masked(&self, program: &Path) -> Command {
        Command::new(program)
    }

    /// Where an output goes, as it is written on the command line.
    pub fn out(&self, name: &str) -> PathBuf {
        match (self.relative, self.outputs.file_name()) {
            (true, Some(folder)) => Path::new("..").join(folder).join(name),
            _ => self.outputs.join(name),
        }
    }
}

/// Runs a build to its end.
pub(super) fn run(mut command: Command) -> Result<(), BuildError> {
    let shown = format!("{command:?}");
    let output = command.output().map_err(|e| BuildError::Rebuild { command: shown.clone(), output: e.to_string() })?;
    if output.status.success() {
        return Ok(());
    }
    Err(BuildError::Rebuild { command: shown, output: String::from_utf8_lossy(&output.stderr).into_owned() })
}
