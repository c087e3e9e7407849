//! The rules of the scheme, each as a sentence.

mod applying;
mod checking;
mod dates;
mod deciding;
mod figures;
mod fossils;
mod play;
mod secrecy;
mod telling;
