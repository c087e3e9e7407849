//! The pages as people use them: the public page, the work on an application, its clocks, and
//! everything that must look as if there were none.

mod clocks;
mod interface;
mod public;
mod secrecy;
mod words;
mod worked;
