//! By what a person is found again: marks of several kinds, made of normal forms. They are only
//! ever kept as blind indexes.

/// A kind of mark, and the domain of its blind index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The whole name and the day of birth.
    Exact,
    /// The whole name.
    Name,
    /// Two words of the name, as they sound.
    Sound,
    /// One word as it sounds, and the day of birth.
    SoundBorn,
    /// The day of birth alone.
    Born,
    /// A number.
    Phone,
    /// An e-mail address.
    Email,
    /// A postcode.
    Place,
}

impl Kind {
    /// The domain of its blind index, and its code on a page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Name => "name",
            Self::Sound => "sound",
            Self::SoundBorn => "sound_born",
            Self::Born => "born",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Place => "place",
        }
    }
}

/// Everything that somebody can be found by: kind and normal value.
pub fn marks(facts: &crate::Facts) -> Vec<(Kind, String)> {
    let mut all = Vec::new();
    for name in facts.names.iter().filter(|name| !name.is_empty()) {
        if name.contains(' ') {
            all.push((Kind::Name, name.clone()));
            all.extend(names::sounds(name).into_iter().map(|pair| (Kind::Sound, pair)));
        }
        for day in &facts.born {
            if name.contains(' ') {
                all.push((Kind::Exact, format!("{name}|{day}")));
            }
            let words = name.split(' ').map(names::sound);
            all.extend(words.map(|word| (Kind::SoundBorn, format!("{word}|{day}"))));
        }
    }
    let each = |kind: Kind, of: &std::collections::BTreeSet<String>| {
        of.iter().map(|value| (kind, value.clone())).collect::<Vec<_>>()
    };
    all.extend(each(Kind::Born, &facts.born));
    all.extend(each(Kind::Phone, &facts.phones));
    all.extend(each(Kind::Email, &facts.emails));
    all.extend(each(Kind::Place, &facts.places));
    all.sort();
    all.dedup();
    all
}
