//! The entry point of a binary with several independent programs, such as the test suite links.

use super::program::molt_main;
use molt_abi::desc::ProgramDesc;
use std::ffi::{CStr, c_char};

/// One program: its name (UTF-8) and descriptor.
#[repr(C)]
#[derive(Debug)]
pub struct Choice {
    name: *const u8,
    name_len: usize,
    program: *const ProgramDesc,
}

/// What `main` calls: runs the program that the first argument names. It becomes the program's `sys.argv[0]`. Status 2 if
/// there is none of the name.
///
/// # Safety
/// As [`molt_main`]; `choices` points to `count` programs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn molt_main_choice(
    argc: i32,
    argv: *const *const c_char,
    choices: *const Choice,
    count: usize,
) -> i32 {
    if argc >= 2 {
        // SAFETY: there are `argc` arguments and `count` choices, whose names have the lengths beside them.
        unsafe {
            let wanted = CStr::from_ptr(*argv.add(1)).to_bytes();
            for choice in std::slice::from_raw_parts(choices, count) {
                if std::slice::from_raw_parts(choice.name, choice.name_len) == wanted {
                    return molt_main(argc - 1, argv.add(1), choice.program);
                }
            }
        }
    }
    eprintln!("molt: the first argument must name one of the {count} programs in this binary");
    2
}
