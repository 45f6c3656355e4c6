//! What a build starts from: a script, a folder of modules, or a package.

use std::path::{Path, PathBuf};

use crate::codes;
use crate::error::BuildError;
use crate::problem::Problem;
use crate::source::{SourceRoot, Tree, file_name, is_identifier};

/// The modules that are always part of the program, and where imports are looked up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roots {
    /// Where absolute imports are looked up, in order.
    pub search: Vec<SourceRoot>,
    /// Where they are looked up after the standard library: vendored packages.
    pub vendor: Vec<SourceRoot>,
    /// The folder that labels are relative to, if it is not that of the first search root.
    pub base: Option<PathBuf>,
    /// The script to run as `__main__`.
    pub main: Option<MainScript>,
    /// Modules to compile whether or not anything imports them, sorted.
    pub modules: Vec<String>,
}

/// The file that runs as `__main__`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MainScript {
    /// Its path.
    pub path: PathBuf,
    /// What tracebacks show.
    pub label: String,
    /// `__package__`: not empty for `python -m package`.
    pub package: String,
}

impl Roots {
    /// The folder that labels are relative to: with it, a program that runs elsewhere finds its sources.
    pub fn label_base(&self) -> PathBuf {
        let full = |dir: &Path| {
            let real = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
            std::fs::canonicalize(real).unwrap_or_else(|_| dir.to_path_buf())
        };
        if let Some(base) = &self.base {
            return full(base);
        }
        let Some(root) = self.search.first() else { return PathBuf::new() };
        let full = full(&root.dir);
        match full.parent() {
            Some(parent) if !root.label.is_empty() => parent.to_path_buf(),
            _ => full,
        }
    }

    /// A script: `__main__`, with its folder as the source root, as `python FILE.py` has it.
    pub fn script(path: &Path) -> Result<Self, BuildError> {
        let dir = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let label = file_name(path);
        if !path.is_file() {
            return Err(missing(path));
        }
        Ok(Roots {
            search: vec![SourceRoot { dir, label: String::new() }],
            main: Some(MainScript { path: path.to_path_buf(), label, package: String::new() }),
            ..Roots::default()
        })
    }

    /// A folder as a program: its `__main__.py`, run as `python DIR` does, or as `python -m` does if the folder is a
    /// package.
    pub fn program(dir: &Path, tree: &Tree) -> Result<Self, BuildError> {
        let mut roots = Roots::library(dir, tree)?;
        if tree.has_file(dir, "__main__.py")? {
            let package = if tree.is_package(dir)? { package_name(dir)? } else { String::new() };
            let label = format!("{}/__main__.py", folder_name(dir)?);
            roots.main = Some(MainScript { path: dir.join("__main__.py"), label, package });
        }
        Ok(roots)
    }

    /// A folder of modules. With an `__init__.py` the folder is itself a package, and its name the package's name;
    /// without one, each file in it is a top-level module. All modules below it are compiled.
    pub fn library(dir: &Path, tree: &Tree) -> Result<Self, BuildError> {
        if !dir.is_dir() {
            return Err(missing(dir));
        }
        let (root, modules) = if tree.is_package(dir)? {
            let package = package_name(dir)?;
            let mut modules = tree.modules_below(dir, &package)?;
            modules.push(package);
            let parent = dir.parent().unwrap_or(Path::new("")).to_path_buf();
            (SourceRoot { dir: parent, label: String::new() }, modules)
        } else {
            let modules = tree.modules_below(dir, "")?;
            (SourceRoot { dir: dir.to_path_buf(), label: format!("{}/", folder_name(dir)?) }, modules)
        };
        // `python -m package` is what runs `package.__main__`; it is compiled only as that.
        let is_script = |name: &String| name == "__main__" || name.ends_with(".__main__");
        let mut importable: Vec<String> = modules.iter().filter(|name| !is_script(name)).cloned().collect();
        if modules.is_empty() {
            let problem = Problem::at_path(codes::EMPTY_FOLDER, dir, "no Python modules in this folder")
                .with_help("put `.py` files whose names are identifiers into it, or name another folder");
            return Err(BuildError::Problems(vec![problem]));
        }
        importable.sort();
        Ok(Roots { search: vec![root], modules: importable, ..Roots::default() })
    }
}

fn missing(path: &Path) -> BuildError {
    let problem = Problem::at_path(codes::NO_SUCH_PATH, path, "no such file or folder")
        .with_help("paths are relative to the current folder, in a build script to the package's folder");
    BuildError::Problems(vec![problem])
}

/// The last component of a folder's path; `.` and `..` are resolved for it.
fn folder_name(dir: &Path) -> Result<String, BuildError> {
    if dir.file_name().is_some() {
        return Ok(file_name(dir));
    }
    let full = std::fs::canonicalize(if dir.as_os_str().is_empty() { Path::new(".") } else { dir })
        .map_err(|e| BuildError::io("find", dir, e))?;
    Ok(file_name(&full))
}

fn package_name(dir: &Path) -> Result<String, BuildError> {
    let name = folder_name(dir)?;
    if is_identifier(&name) {
        return Ok(name);
    }
    let problem = Problem::at_path(codes::PACKAGE_NAME, dir, format!("`{name}` cannot be the name of a package"))
        .with_help(
            "rename the folder to an identifier, or remove its `__init__.py` to make its files top-level modules",
        );
    Err(BuildError::Problems(vec![problem]))
}
