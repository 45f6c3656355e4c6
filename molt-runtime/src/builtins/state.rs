//! What the builtins keep per runtime: the `repr` guard and the standard streams.

use crate::io::std_streams::StdStreams;
use std::cell::RefCell;

/// The state of the builtins in a runtime.
#[derive(Default)]
pub struct BuiltinState {
    /// Words of the containers whose `repr` is under way.
    pub(crate) repr_stack: RefCell<Vec<u64>>,
    /// Standard input, output and error.
    pub(crate) streams: StdStreams,
}
