//! `Runtime`: one isolated Python, for hosts.

use num_bigint::BigInt;
use std::fmt;

use super::error::PyError;
use super::{ToPython, Value};
use crate::capability::{Environment, EnvironmentError, GrantSet};
use crate::entry::host::Setup;
use crate::object::types::as_type;
use crate::object::{bytes, dict, list, set, str, tuple};
use crate::runtime::{R, Rt};
use crate::types::set as set_type;
use crate::value::Obj;

/// A compiled program: the table that `molt-build` links in. It can't be made, only referred to.
#[repr(transparent)]
#[derive(Debug)]
pub struct Program(molt_abi::desc::ProgramDesc);

/// One isolated runtime: its own heap, types and module state. It stays on the thread that made it; make one per thread
/// to run in parallel.
pub struct Runtime {
    rt: Box<Rt>,
}

/// A runtime to be configured.
#[derive(Debug, Clone)]
pub struct RuntimeBuilder {
    program: &'static Program,
    setup: Setup,
}

impl RuntimeBuilder {
    /// `sys.argv`; by default `[""]`.
    pub fn argv(mut self, argv: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.setup.argv = argv.into_iter().map(Into::into).collect();
        self
    }

    /// The seed of `str` hashes, as `PYTHONHASHSEED` sets it. Without one, hashes differ from run to run.
    pub fn hash_seed(mut self, seed: u32) -> Self {
        self.setup.hash_seed = Some(seed);
        self
    }

    /// Narrows what the program may do: to what its build allowed and these grants allow too. Each call narrows further.
    /// What is beyond that raises `PermissionError` in Python.
    ///
    /// ```ignore
    /// let rt = Runtime::builder(program()).capabilities("fs.read:templates".parse()?).start()?;
    /// ```
    pub fn capabilities(mut self, grants: GrantSet) -> Self {
        self.setup.capabilities.push(grants);
        self
    }

    /// Lets the environment have a say as it has in stand-alone programs: `MOLT_CAPABILITIES` narrows what the program
    /// may do, and if its build said `trusted`, `MOLT_TRUSTED=1` lifts the build's ceiling. Without this call a runtime
    /// reads neither.
    ///
    /// # Errors
    /// The value of `MOLT_CAPABILITIES` is no list of grants.
    pub fn capabilities_from_env(mut self) -> Result<Self, EnvironmentError> {
        self.setup.environment = Some(Environment::read()?);
        Ok(self)
    }

    /// Starts the runtime. No module has run yet: each runs when it is first imported.
    pub fn start(self) -> Result<Runtime, PyError> {
        Ok(Runtime { rt: crate::entry::host::start(&self.program.0, self.setup) })
    }
}

impl Runtime {
    /// A runtime with the modules of a program.
    pub fn new(program: &'static Program) -> Result<Runtime, PyError> {
        Runtime::builder(program).start()
    }

    /// A runtime to be configured.
    pub fn builder(program: &'static Program) -> RuntimeBuilder {
        RuntimeBuilder { program, setup: Setup { argv: vec![String::new()], ..Setup::default() } }
    }

    pub(super) fn rt(&self) -> &Rt {
        &self.rt
    }

    /// Runs something that may raise, and turns the exception into data.
    pub(super) fn catch<T>(&self, f: impl FnOnce(&Rt) -> R<T>) -> Result<T, PyError> {
        f(&self.rt).map_err(|_| self.take_error())
    }

    fn take_error(&self) -> PyError {
        let rt = &*self.rt;
        let Some(exc) = rt.take_exception() else {
            return PyError::new("SystemError", "a call failed without an exception");
        };
        let types = type_names(rt, &exc);
        let traceback = rt.format_exception(&exc);
        let message = rt.str_text(&exc).unwrap_or_else(|_| {
            rt.clear_exception();
            "<exception str() failed>".to_owned()
        });
        PyError { types, message, traceback }
    }

    /// The module of a dotted name; its code runs if nobody has imported it before.
    pub fn import(&self, name: &str) -> Result<Value<'_>, PyError> {
        self.catch(|rt| rt.import_absolute(name)).map(|obj| Value::new(self, obj))
    }

    /// The Python value of a Rust value.
    pub fn value(&self, value: &(impl ToPython + ?Sized)) -> Result<Value<'_>, PyError> {
        value.to_python(self)
    }

    /// `None`.
    pub fn none(&self) -> Value<'_> {
        Value::new(self, Obj::none())
    }

    /// Number of Python objects alive, for leak checks.
    pub fn live_objects(&self) -> usize {
        self.rt.live_objects()
    }

    pub(super) fn wrap_bool(&self, value: bool) -> Value<'_> {
        Value::new(self, Obj::bool(value))
    }

    pub(super) fn wrap_int(&self, value: BigInt) -> Value<'_> {
        Value::new(self, self.rt.big_int(value))
    }

    pub(super) fn wrap_float(&self, value: f64) -> Value<'_> {
        Value::new(self, Obj::float(value))
    }

    pub(super) fn wrap_str(&self, value: &str) -> Value<'_> {
        Value::new(self, self.rt.str(value))
    }

    pub(super) fn wrap_bytes(&self, value: &[u8]) -> Value<'_> {
        Value::new(self, bytes::new(&self.rt, value))
    }

    pub(super) fn wrap_list(&self, items: Vec<Value<'_>>) -> Value<'_> {
        Value::new(self, list::new(&self.rt, objects(items)))
    }

    pub(super) fn wrap_tuple(&self, items: Vec<Value<'_>>) -> Value<'_> {
        Value::new(self, tuple::new(&self.rt, objects(items)))
    }

    pub(super) fn wrap_dict<'a, K, V>(&self, items: impl Iterator<Item = (&'a K, &'a V)>) -> Result<Value<'_>, PyError>
    where
        K: ToPython + 'a,
        V: ToPython + 'a,
    {
        let dict = Value::new(self, dict::new(&self.rt));
        for (key, value) in items {
            dict.set_item(key, value)?;
        }
        Ok(dict)
    }

    pub(super) fn wrap_set<'a, T: ToPython + 'a>(
        &self,
        items: impl Iterator<Item = &'a T>,
    ) -> Result<Value<'_>, PyError> {
        let set = set::new(&self.rt);
        for item in items {
            let item = item.to_python(self)?;
            self.catch(|rt| set_type::add(rt, &set, item.obj()))?;
        }
        Ok(Value::new(self, set))
    }
}

/// The qualified names of an exception's class and its bases; builtins without their module.
fn type_names(rt: &Rt, exc: &Obj) -> Vec<String> {
    let mro = rt.type_of(exc).mro_tuple();
    let mut names = Vec::new();
    for class in tuple::items(&mro).unwrap_or_default() {
        let Some(ty) = as_type(class) else { continue };
        let name = ty.qualname.get().map_or_else(|| ty.name_text(), |name| str::to_string(&name));
        let module = rt.get_attr_opt(class, &rt.names().__module__).unwrap_or_else(|_| {
            rt.clear_exception();
            None
        });
        names.push(match module.as_ref().map(str::to_string).as_deref() {
            None | Some("builtins" | "") => name,
            Some(module) => format!("{module}.{name}"),
        });
    }
    names
}

fn objects(items: Vec<Value<'_>>) -> Vec<Obj> {
    items.into_iter().map(|value| value.obj().clone()).collect()
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime").field("live_objects", &self.live_objects()).finish()
    }
}
