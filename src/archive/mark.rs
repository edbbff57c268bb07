//! A grade as the ledger keeps it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! scale {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(#[doc = $text] #[serde(rename = $text)] $variant),+
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $text),+ })
            }
        }
        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(text.to_owned()) }
            }
        }
    };
}

scale! {
    /// A to F.
    Reliability { A = "A", B = "B", C = "C", D = "D", E = "E", F = "F" }
}
scale! {
    /// 1 to 6.
    Credibility { One = "1", Two = "2", Three = "3", Four = "4", Five = "5", Six = "6" }
}
