//! The concrete engines of store and bus, picked by the settings. Only start-up and the command line know them; everything
//! else has the traits.

pub mod bus;
pub mod moving;
pub mod store;
