//! Imports: `sys.modules` first, then the program's modules, then native ones; nothing is found at run time that the
//! build did not see.
//!
//! Invariants: a module is in `sys.modules` while its body runs, and not after the body raised; a submodule becomes an attribute of its
//! package after it has run, as in CPython's importlib.

use crate::object::module::{self, Data};
use crate::object::{dict, str, tuple};
use crate::runtime::{R, Raised, Rt};
use crate::types::exception as specs;
use crate::value::Obj;
use molt_abi::desc::ModuleFlags;

impl Rt {
    /// The import statement of code in `importer`: the module it binds.
    pub fn import_name(&self, importer: Data, name: &str, fromlist: &Obj, level: usize) -> R {
        let absolute = if level == 0 { name.to_owned() } else { self.resolve_relative(importer, name, level)? };
        let module = self.import_absolute(&absolute)?;
        let names = tuple::items(fromlist).unwrap_or_default();
        if names.is_empty() {
            let top = absolute.split('.').next().unwrap_or_default();
            if level == 0 && top != absolute {
                return self.import_absolute(top);
            }
            return Ok(module);
        }
        for wanted in names {
            let wanted = str::to_string(wanted);
            if wanted != "*" && self.is_package(&module) && !self.has_global(&module, &wanted) {
                self.import_submodule(&absolute, &wanted)?;
            }
        }
        Ok(module)
    }

    /// Imports `package.name` if there is such a module; whether there is.
    fn import_submodule(&self, package: &str, name: &str) -> R<bool> {
        let full = format!("{package}.{name}");
        if self.loaded(&full).is_none() && self.module_index(&full).is_none() && !self.has_native(&full) {
            return Ok(false);
        }
        self.import_absolute(&full)?;
        Ok(true)
    }

    /// The absolute name of a relative import.
    fn resolve_relative(&self, importer: Data, name: &str, level: usize) -> R<String> {
        let package = self.package_of(importer);
        if package.is_empty() {
            return Err(self
                .error(&specs::IMPORT_ERROR, format_args!("attempted relative import with no known parent package")));
        }
        let parts: Vec<&str> = package.split('.').collect();
        if level > parts.len() {
            return Err(
                self.error(&specs::IMPORT_ERROR, format_args!("attempted relative import beyond top-level package"))
            );
        }
        let base = parts[..parts.len() - (level - 1)].join(".");
        Ok(if name.is_empty() { base } else { format!("{base}.{name}") })
    }

    /// `__package__` of a compiled module.
    fn package_of(&self, importer: Data) -> String {
        let names = importer.dict();
        match names.and_then(|d| dict::get_str(&d, &self.names().__package__)) {
            Some(package) if str::get(&package).is_some() => str::to_string(&package),
            _ => package_name(importer.desc().name(), importer.desc().desc().flags).to_owned(),
        }
    }

    /// A module of `sys.modules`.
    fn loaded(&self, name: &str) -> Option<Obj> {
        dict::get_str(&self.sys_modules(), &self.intern(name))
    }

    fn is_package(&self, module: &Obj) -> bool {
        self.has_global(module, "__path__")
    }

    fn has_global(&self, module: &Obj, name: &str) -> bool {
        module::get(module).is_some() && dict::get_str(&self.namespace(module), &self.intern(name)).is_some()
    }

    /// Imports a dotted name and its packages; gives the module of the whole name.
    pub fn import_absolute(&self, name: &str) -> R {
        if let Some(module) = self.loaded(name) {
            if module.is_none() {
                return Err(self.module_not_found(name, &format!("import of {name} halted; None in sys.modules")));
            }
            return Ok(module);
        }
        let parent = name.rsplit_once('.');
        if let Some((package, _)) = parent {
            let package_module = self.import_absolute(package)?;
            // The package's body may have imported the submodule.
            if let Some(module) = self.loaded(name) {
                return Ok(module);
            }
            if !self.is_package(&package_module) {
                let text = format!("No module named '{name}'; '{package}' is not a package");
                return Err(self.module_not_found(name, &text));
            }
        }
        let module = match self.module_index(name) {
            Some(index) => self.run_module(index, name)?,
            None => match self.native_module(name)? {
                Some(module) => module,
                None => return Err(self.module_not_found(name, &format!("No module named '{name}'"))),
            },
        };
        if let Some((package, leaf)) = parent
            && let Some(package) = self.loaded(package)
        {
            self.set_attr(&package, &self.intern(leaf), Some(&module))?;
        }
        Ok(module)
    }

    #[cold]
    fn module_not_found(&self, name: &str, text: &str) -> Raised {
        let raised = self.error(&specs::MODULE_NOT_FOUND_ERROR, format_args!("{text}"));
        self.set_exception_attr("name", self.str(name));
        raised
    }

    /// Makes a compiled module and runs its body.
    pub(crate) fn run_module(&self, index: usize, name: &str) -> R {
        let data = self.ready_module(index);
        let module = self.make_module(data, name);
        let key = self.intern(name);
        dict::set_str(&self.sys_modules(), &key, module.clone());
        if let Err(raised) = self.run_body(data) {
            let exc = self.take_exception();
            drop(dict::del_str(&self.sys_modules(), &key));
            self.restore_exception(exc);
            return Err(raised);
        }
        // The body may have replaced itself in sys.modules.
        Ok(self.loaded(name).unwrap_or(module))
    }

    /// Runs `__main__`.
    pub fn run_main(&self) -> R<()> {
        let Some(program) = self.program().filter(|p| p.main != u64::MAX) else { return Ok(()) };
        self.run_module(program.main as usize, "__main__").map(drop)
    }

    /// A compiled module with the names that CPython sets before the body runs.
    fn make_module(&self, data: Data, name: &str) -> Obj {
        let names = self.names();
        let desc = data.desc();
        let namespace = dict::new(self);
        if let Some(h) = namespace.header() {
            h.set_flag(molt_abi::layout::header::FLAG_MODULE_DICT);
        }
        let module = module::new(self, namespace.clone(), Some(data));
        data.set_module(&module, &namespace);
        self.keep_module(module.clone());
        let set = |key: &Obj, value: Obj| {
            self.set_module_global(&module, key, Some(value));
        };
        let main = name == "__main__";
        set(&names.__name__, self.str(name));
        set(&names.__doc__, Obj::none());
        let package = if main { "" } else { package_name(name, desc.desc().flags) };
        set(&names.__package__, if main { Obj::none() } else { self.str(package) });
        set(&names.__loader__, Obj::none());
        set(&names.__spec__, Obj::none());
        set(&names.__file__, self.str(desc.file()));
        set(&names.__builtins__, self.builtins_module());
        if desc.desc().flags & ModuleFlags::PACKAGE != 0 && !main {
            let folder = desc.file().rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = crate::object::list::new(self, vec![self.str(folder)]);
            set(&names.__path__, path);
        }
        module
    }

    /// `from module import name`.
    pub fn import_from(&self, module: &Obj, name: &Obj) -> R {
        if let Some(value) = self.get_attr_opt(module, name)? {
            return Ok(value);
        }
        let text = str::to_string(name);
        let module_name = match self.get_attr_opt(module, &self.names().__name__)? {
            Some(n) if str::get(&n).is_some() => str::to_string(&n),
            _ => "<unknown module name>".to_owned(),
        };
        if let Some(value) = self.loaded(&format!("{module_name}.{text}")) {
            return Ok(value);
        }
        let file = match self.get_attr_opt(module, &self.names().__file__)? {
            Some(f) if str::get(&f).is_some() => str::to_string(&f),
            _ => "unknown location".to_owned(),
        };
        let partial = module::get(module).and_then(|m| m.data()).is_some_and(|d| self.is_running(d));
        let raised = if partial {
            self.error(
                &specs::IMPORT_ERROR,
                format_args!(
                    "cannot import name '{text}' from partially initialized module '{module_name}' (most likely due to a circular import) ({file})"
                ),
            )
        } else {
            self.error(&specs::IMPORT_ERROR, format_args!("cannot import name '{text}' from '{module_name}' ({file})"))
        };
        self.set_exception_attr("name", self.str(&module_name));
        Err(raised)
    }

    /// `from module import *` into the module of `data`.
    pub fn import_star(&self, data: Data, module: &Obj) -> R<()> {
        let Some(importer) = data.module() else { return Ok(()) };
        let listed = self.get_attr_opt(module, &self.names().__all__)?;
        let by_list = listed.is_some();
        let names = match listed {
            Some(all) => self.collect(&all)?,
            None => {
                let namespace = self.get_attr(module, &self.names().__dict__)?;
                dict::get(&namespace).map(|d| d.keys()).unwrap_or_default()
            }
        };
        for name in names {
            let Some(text) = str::get(&name) else {
                let module_name = self.get_attr(module, &self.names().__name__)?;
                let what = if by_list { "Item in" } else { "Key in" };
                let place = if by_list { "__all__" } else { "__dict__" };
                return Err(self.type_error(format_args!(
                    "{what} {}.{place} must be str, not {}",
                    str::to_string(&module_name),
                    self.type_name(&name)
                )));
            };
            if !by_list && text.text().starts_with('_') {
                continue;
            }
            let name = self.intern_str(&name);
            let value = self.get_attr(module, &name)?;
            self.set_module_global(&importer, &name, Some(value));
        }
        Ok(())
    }
}

/// The package that a module's relative imports start from.
fn package_name(name: &str, flags: u32) -> &str {
    if flags & ModuleFlags::PACKAGE != 0 {
        return name;
    }
    name.rsplit_once('.').map_or("", |(package, _)| package)
}
