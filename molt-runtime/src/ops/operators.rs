//! Operators: binary and unary dispatch over slots, comparison.
