//! The control room's record of one report: what was said, how fast somebody must respond, and
//! by which route. Pure: the time, the grade table and the hub's availability are arguments.
//! Read in this order.

pub mod event;
pub mod grade;
pub mod report;
pub mod route;
pub mod screening;

pub use event::Event;

kernel::id!(IncidentId, "incident");
kernel::id!(OfferId, "offer");

impl IncidentId {
    /// The short reference that people say to each other: `SL-` and six letters or digits of
    /// the id's luck, without the ones that sound or look alike.
    pub fn reference(&self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let letters = (0..6).rev().map(|place| {
            let five = (self.0 >> (place * 5)) & 31;
            char::from(ALPHABET[five as usize])
        });
        "SL-".chars().chain(letters).collect()
    }
}
