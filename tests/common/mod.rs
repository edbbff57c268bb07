//! What several tests share.
#![allow(dead_code, unreachable_pub)] // each test uses a part of it

pub mod arbitrary;
pub mod program;
pub mod shared;
