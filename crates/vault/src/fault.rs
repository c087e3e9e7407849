//! What can go wrong with keys. No variant carries key bytes or plain text.

/// A fault of the vault. The source is printed once, at the edge.
#[derive(Debug, thiserror::Error)]
pub enum VaultFault {
    /// A key file could not be read.
    #[error("a key file could not be read")]
    Read(#[source] std::io::Error),
    /// A key file could not be made durable.
    #[error("a key file could not be made durable")]
    Write(#[source] std::io::Error),
    /// A key file holds something else than a key.
    #[error("the key file {0} is damaged")]
    Damaged(String),
    /// The key of this epoch was destroyed: what it sealed is gone for good.
    #[error("the key of this epoch has been destroyed")]
    Destroyed,
    /// The day of this epoch has come: what it sealed is not opened any more.
    #[error("the day of this epoch has come")]
    Over,
    /// A backup of keys goes into a folder of its own.
    #[error("the folder for the keys is not empty")]
    NotEmpty,
    /// The ciphertext does not belong to this key and place.
    #[error("the sealed bytes were altered or belong elsewhere")]
    Altered,
    /// The two homes of the key store disagree.
    #[error("the two homes of the key store disagree about {0}")]
    HomesDisagree(String),
}
