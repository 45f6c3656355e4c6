//! Starting a runtime for a host: what the safe API of `host` cannot do itself.

use crate::capability::{Environment, GrantSet};
use crate::object::descs::ProgramView;
use crate::runtime::Rt;
use crate::types::number::hash::HashKey;
use molt_abi::desc::ProgramDesc;

/// Kept free below the limit for the host's own frames above the first call, and for native code that does not check.
const RESERVE: usize = 128 << 10;

/// Assumed where the thread's stack can't be asked for: the smallest in common use.
const UNKNOWN_STACK: usize = 256 << 10;

/// What a host decides before its runtime starts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setup {
    /// `sys.argv`.
    pub(crate) argv: Vec<String>,
    /// The seed of hashes; random without one.
    pub(crate) hash_seed: Option<u32>,
    /// What narrows the program's capabilities.
    pub(crate) capabilities: Vec<GrantSet>,
    /// The environment, if the host lets it have a say.
    pub(crate) environment: Option<Environment>,
}

/// A runtime of a program on the current thread.
pub(crate) fn start(program: &'static ProgramDesc, setup: Setup) -> Box<Rt> {
    let rt = Rt::new();
    rt.set_stack(stack_left().map_or(UNKNOWN_STACK, |left| left.saturating_sub(RESERVE)));
    if let Some(seed) = setup.hash_seed {
        rt.set_hash_key(HashKey::from_seed(seed));
    }
    rt.set_argv(setup.argv.into_iter().map(String::into_bytes).collect());
    // SAFETY: a host refers to a program only by the symbol that the compiler defines; `host::Program` can't be made.
    let program = unsafe { ProgramView::new(program) };
    rt.set_limits(program, setup.environment, setup.capabilities);
    rt.load_program(program);
    rt
}

/// How many bytes of the current thread's stack are left.
#[cfg(target_os = "linux")]
fn stack_left() -> Option<usize> {
    let here = 0u8;
    let mut base = std::ptr::null_mut();
    let mut size = 0;
    // SAFETY: the attributes are written by the first call before the others read them, and are destroyed once.
    unsafe {
        let mut attributes = std::mem::MaybeUninit::uninit();
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let mut attributes = attributes.assume_init();
        let status = libc::pthread_attr_getstack(&attributes, &mut base, &mut size);
        libc::pthread_attr_destroy(&mut attributes);
        if status != 0 {
            return None;
        }
    }
    (std::ptr::from_ref(&here) as usize).checked_sub(base as usize)
}

#[cfg(not(target_os = "linux"))]
fn stack_left() -> Option<usize> {
    None
}
