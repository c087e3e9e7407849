//! The neutral answer: the words for whoever is not told, whatever the reason. One text for each
//! channel and language, approved beforehand, so that its shape gives nothing away; safety advice
//! is part of every one. No reason stands in any.

use crate::script::Channel;

/// One approved text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its name.
    pub id: &'static str,
    /// Rises with every change of any word.
    pub version: u32,
    /// How it is told.
    pub channel: Channel,
    /// In which language, as a locale code.
    pub language: &'static str,
    /// What neither confirms nor denies.
    pub answer: &'static str,
    /// The safety advice.
    pub advice: &'static str,
}

const EN: &str = "We have finished looking at your application. There is nothing that we can tell \
    you under the scheme. This does not mean that there is something to know, and it does not \
    mean that there is nothing. Please do not take it as a sign that you are safe or that you are \
    not.";
const EN_ADVICE: &str = "If you are worried, trust that feeling. We can make a safety plan with \
    you and put you in touch with a specialist adviser now. You can ask again at any time. In \
    danger, call 999; if you cannot speak on a mobile, press 55 when you are asked to.";
const CY: &str = "Rydym wedi gorffen edrych ar eich cais. Nid oes dim y gallwn ei ddweud wrthych o \
    dan y cynllun. Nid yw hyn yn golygu bod rhywbeth i’w wybod, ac nid yw’n golygu nad oes dim. \
    Peidiwch â’i gymryd fel arwydd eich bod yn ddiogel neu nad ydych.";
const CY_ADVICE: &str = "Os ydych chi’n poeni, ymddiriedwch yn y teimlad hwnnw. Gallwn wneud \
    cynllun diogelwch gyda chi a’ch cysylltu â chynghorydd arbenigol nawr. Gallwch ofyn eto \
    unrhyw bryd. Mewn perygl, ffoniwch 999; os na allwch siarad ar ffôn symudol, pwyswch 55 pan \
    ofynnir i chi.";

const fn english(id: &'static str, channel: Channel) -> Notice {
    Notice { id, version: 1, channel, language: "en", answer: EN, advice: EN_ADVICE }
}

const fn welsh(id: &'static str, channel: Channel) -> Notice {
    Notice { id, version: 1, channel, language: "cy", answer: CY, advice: CY_ADVICE }
}

/// The texts in force.
pub const NOTICES: &[Notice] = &[
    english("video_en", Channel::Video),
    english("in_person_en", Channel::InPerson),
    english("telephone_en", Channel::Telephone),
    welsh("video_cy", Channel::Video),
    welsh("in_person_cy", Channel::InPerson),
    welsh("telephone_cy", Channel::Telephone),
];

impl Notice {
    /// The whole of what is told.
    pub fn text(&self) -> String {
        format!("{}\n\n{}", self.answer, self.advice)
    }
}

/// The text for a channel and a language. No reason is asked, so none can show.
pub fn notice(channel: Channel, language: &str) -> Option<&'static Notice> {
    NOTICES.iter().find(|one| one.channel == channel && one.language == language)
}

/// Whether a set of texts gives nothing away: for one channel and language all are the same
/// bytes, and each has advice.
pub fn identical_in_shape(notices: &[Notice]) -> bool {
    let alike = |one: &Notice, other: &Notice| {
        one.channel != other.channel || one.language != other.language || one.text() == other.text()
    };
    notices.iter().all(|one| {
        !one.answer.is_empty()
            && !one.advice.is_empty()
            && notices.iter().all(|other| alike(one, other))
    })
}
