//! Globals, class namespaces, cells, imports.

use super::rows;
use crate::object::cell as cell_layout;
use crate::object::str;
use crate::types::exception as specs;

rows! {
    fn bind_global(rt, md: md, slot: int, value: val) -> never { rt.bind_global(md, slot as u32, value.clone()) }
    fn del_global(rt, md: md, slot: int) -> status { rt.del_global(md, slot as u32) }
    fn raise_unbound_global(rt, md: md, slot: int) -> raises { rt.unbound_global(md, slot as u32) }
    fn raise_unbound_local(rt, name: name) -> raises {
        rt.error(
            &specs::UNBOUND_LOCAL_ERROR,
            format_args!("cannot access local variable '{}' where it is not associated with a value", str::to_string(name)),
        )
    }
    fn raise_unbound_free(rt, name: name) -> raises {
        rt.error(
            &specs::NAME_ERROR,
            format_args!(
                "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
                str::to_string(name)
            ),
        )
    }
    fn class_load_global(rt, ns: val, md: md, slot: int) -> owned {
        let name = md.constant(md.desc().global_names()[slot as usize]);
        match rt.namespace_get(ns, &name)? {
            Some(value) => Ok(value),
            None => md.global(slot as u32).ok_or_else(|| rt.unbound_global(md, slot as u32)),
        }
    }
    fn class_load_cell(rt, ns: val, name: name, cell: val) -> owned {
        if let Some(value) = rt.namespace_get(ns, name)? {
            return Ok(value);
        }
        cell.cast::<cell_layout::CellObject>().and_then(|c| c.value.get()).ok_or_else(|| {
            rt.error(
                &specs::NAME_ERROR,
                format_args!(
                    "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
                    str::to_string(name)
                ),
            )
        })
    }
    fn class_store(rt, ns: val, name: name, value: val) -> status { rt.set_item(ns, name, value) }
    fn class_delete(rt, ns: val, name: name) -> status {
        if rt.namespace_get(ns, name)?.is_none() {
            return Err(rt.name_error(name));
        }
        rt.del_item(ns, name)
    }
    fn module_namespace(rt, md: md) -> object {
        md.dict().unwrap_or_else(|| crate::object::dict::new(rt))
    }
    fn frame_locals(rt, dict: opt, names: val, values n: argv_opt) -> object {
        crate::builtins::object::frame_locals(rt, dict, names, values)
    }
    fn sorted_keys(rt, namespace: val) -> owned { crate::builtins::object::sorted_keys(rt, namespace) }
    fn new_cell(rt, value: opt) -> object { cell_layout::new(rt, value.cloned()) }
    fn import_name(rt, md: md, name: name, fromlist: val, level: int) -> owned {
        rt.import_name(md, &str::to_string(name), fromlist, level as usize)
    }
    fn import_from(rt, module: val, name: name) -> owned { rt.import_from(module, name) }
    fn import_star(rt, md: md, module: val) -> status { rt.import_star(md, module) }
}
