//! zig as a C compiler that links for any target: it brings each C library along.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::platform::Platform;

/// The oldest glibc that binaries for Linux run with.
const GLIBC: &str = "2.31";

/// How `zig cc` is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zig {
    program: PathBuf,
    arguments: &'static [&'static str],
}

impl Zig {
    /// `ZIG`, else `zig` on the path, else the `ziglang` package of the Python on the path.
    pub fn find() -> Option<Zig> {
        if let Some(program) = std::env::var_os("ZIG").filter(|zig| !zig.is_empty()) {
            return Some(Zig { program: program.into(), arguments: &[] });
        }
        if let Some(program) = on_path(Path::new("zig")) {
            return Some(Zig { program, arguments: &[] });
        }
        ["python3", "python"].into_iter().find_map(|python| {
            let zig = Zig { program: on_path(Path::new(python))?, arguments: &["-m", "ziglang"] };
            zig.version().map(|_| zig)
        })
    }

    /// The program that is run.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Its version, if it runs.
    pub fn version(&self) -> Option<String> {
        let output =
            self.run("version").stderr(Stdio::null()).output().ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// `zig cc` for a target that [`triple`] knows.
    pub fn compiler(&self, triple: &str) -> Command {
        let mut command = self.run("cc");
        command.args(["-target", triple]);
        command
    }

    fn run(&self, what: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.args(self.arguments).arg(what);
        command
    }
}

/// zig's name of a target; none if it has no C library for it.
pub fn triple(target: &str) -> Option<String> {
    let architecture = target.split('-').next().filter(|arch| matches!(*arch, "x86_64" | "aarch64"))?;
    let rest = match Platform::of(target) {
        Platform::LinuxGnu => format!("linux-gnu.{GLIBC}"),
        Platform::LinuxMusl => "linux-musl".to_owned(),
        Platform::MacOs => "macos".to_owned(),
        Platform::WindowsGnu => "windows-gnu".to_owned(),
        // Microsoft's libraries come with Visual Studio alone.
        Platform::WindowsMsvc | Platform::Other => return None,
    };
    Some(format!("{architecture}-{rest}"))
}

/// The file that a command's name or path leads to.
pub(super) fn on_path(program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return program.is_file().then(|| program.to_path_buf());
    }
    let path = std::env::var_os("PATH")?;
    let mut file = OsString::from(program);
    file.push(std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .flat_map(|dir| [dir.join(program), dir.join(&file)])
        .find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::triple;

    #[test]
    fn triples_have_zigs_names() {
        let known = |target| triple(target).unwrap();
        assert_eq!(known("aarch64-unknown-linux-gnu"), "aarch64-linux-gnu.2.31");
        assert_eq!(known("x86_64-unknown-linux-musl"), "x86_64-linux-musl");
        assert_eq!(known("aarch64-apple-darwin"), "aarch64-macos");
        assert_eq!(known("x86_64-pc-windows-gnu"), "x86_64-windows-gnu");
        assert_eq!(triple("x86_64-pc-windows-msvc"), None);
        assert_eq!(triple("riscv64gc-unknown-linux-gnu"), None);
    }
}
