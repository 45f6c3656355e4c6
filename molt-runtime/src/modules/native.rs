//! Native modules: how one is declared, and how an import finds it.
//!
//! A native module is a file in `stdlib/` with a [`NativeModuleDef`] and a line `native_module!(molt_native_NAME, DEF)`, which exports the
//! symbol that the compiler references when a program imports the module. There is no list of modules: what no program
//! imports, the linker drops (I6).

use crate::object::{builtin, dict, module};
use crate::runtime::{R, Rt};
use crate::types::spec::MethodDef;
use crate::value::Obj;

/// A native module.
pub struct NativeModuleDef {
    /// Dotted name.
    pub name: &'static str,
    /// `__doc__`.
    pub doc: &'static str,
    /// The functions.
    pub functions: &'static [MethodDef],
    /// Adds everything else to the namespace, through [`Rt::add_global`].
    pub init: fn(&Rt, &Obj) -> R<()>,
}

/// Exports the symbol that keeps a native module in the programs that import it.
#[macro_export]
macro_rules! native_module {
    ($symbol:ident, $def:expr) => {
        $crate::export_native_module!($symbol, $def);
    };
}

impl Rt {
    /// Whether the program's import graph reaches a native module.
    pub(crate) fn has_native(&self, name: &str) -> bool {
        name == "builtins" || self.modules().natives.borrow().iter().any(|(n, _)| *n == name)
    }

    /// Makes a native module, if there is one of the name.
    pub(crate) fn native_module(&self, name: &str) -> R<Option<Obj>> {
        let found = self.modules().natives.borrow().iter().find(|(n, _)| *n == name).map(|(_, native)| *native);
        let Some(native) = found else { return Ok(None) };
        let module = crate::entry::program::init_native(self, native)?;
        dict::set_str(&self.sys_modules(), &self.intern(name), module.clone());
        Ok(Some(module))
    }

    /// The module of a definition.
    pub fn make_native_module(&self, def: &NativeModuleDef) -> R {
        let names = self.names();
        let module = module::new(self, dict::new(self), None);
        self.add_global(&module, "__name__", self.str(def.name));
        let doc = if def.doc.is_empty() { Obj::none() } else { self.str(def.doc) };
        self.set_module_global(&module, &names.__doc__, Some(doc));
        self.set_module_global(&module, &names.__package__, Some(self.str("")));
        self.set_module_global(&module, &names.__loader__, Some(Obj::none()));
        self.set_module_global(&module, &names.__spec__, Some(Obj::none()));
        let module_name = self.intern(def.name);
        for function in def.functions {
            let value = builtin::function(self, function, Some(module.clone()), Some(module_name.clone()));
            self.add_global(&module, function.name, value);
        }
        (def.init)(self, &module)?;
        Ok(module)
    }

    /// Sets a name of a module.
    pub fn add_global(&self, module: &Obj, name: &str, value: Obj) {
        self.set_module_global(module, &self.intern(name), Some(value));
    }
}
