//! What is read out around the approved words, line by line: data with a version, in our own
//! words. It stands on the officer's screen only; nothing of it is sent to her.

use crate::codes;

codes! {
    /// How she is told. Nothing is ever told in writing.
    Channel {
        /// By a video call of its own kind.
        Video = "video",
        /// Face to face.
        InPerson = "in_person",
        /// By telephone.
        Telephone = "telephone",
    }
}

codes! {
    /// When a line is read out.
    Part {
        /// Before the words.
        Before = "before",
        /// After them.
        After = "after",
    }
}

codes! {
    /// Why a telling stopped before its end.
    Interruption {
        /// The connection was lost.
        Dropped = "dropped",
        /// The person it is about came.
        SubjectCame = "subject_came",
        /// She is not safe or not alone any more.
        NotSafe = "not_safe",
        /// It could not be shown that it is she.
        IdentityNotShown = "identity_not_shown",
        /// She asked to stop.
        SheAsked = "she_asked",
        /// The undertaking was refused, and is considered again.
        Undertaking = "undertaking",
        /// The means failed.
        Technical = "technical",
    }
}

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name, the same in every version.
    pub id: &'static str,
    /// When it is read out.
    pub part: Part,
    /// Only where this is the channel.
    pub only: Option<Channel>,
    /// In English.
    pub en: &'static str,
    /// In Welsh.
    pub cy: &'static str,
}

/// All lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script {
    /// Rises with every change of any word.
    pub version: u32,
    /// In the order of reading.
    pub lines: &'static [Line],
}

impl Script {
    /// The lines of a part for a channel.
    pub fn of(&self, part: Part, channel: Channel) -> impl Iterator<Item = &'static Line> {
        let lines = self.lines.iter().filter(move |line| line.part == part);
        lines.filter(move |line| line.only.is_none_or(|only| only == channel))
    }

    /// The line with this name.
    pub fn line(&self, id: &str) -> Option<&'static Line> {
        self.lines.iter().find(|line| line.id == id)
    }
}

/// The script in force.
//= Disclosure scheme guidance (DA Act 2021 s.77), disclosure: she learns what the information is
//= for and what may not be done with it
pub const SCRIPT: Script = Script {
    version: 1,
    lines: &[
        Line {
            id: "for_safety",
            part: Part::Before,
            only: None,
            en: "What I am going to tell you is meant to help you stay safe, and any children \
                 too. It is for nothing else.",
            cy: "Mae’r hyn rydw i’n mynd i’w ddweud i’ch helpu chi i gadw’n ddiogel, ac unrhyw \
                 blant hefyd. Nid yw at ddim byd arall.",
        },
        Line {
            id: "keep_private",
            part: Part::Before,
            only: None,
            en: "Please keep it to yourself. If there is somebody you feel you must tell, ask me \
                 first and we will work it out together.",
            cy: "Cadwch hyn i chi’ch hun, os gwelwch yn dda. Os oes rhywun y mae’n rhaid i chi \
                 ddweud wrtho, gofynnwch i mi yn gyntaf a byddwn yn penderfynu gyda’n gilydd.",
        },
        Line {
            id: "nothing_kept",
            part: Part::Before,
            only: None,
            en: "Do not write it down, record it, photograph it or post it. Somebody could find \
                 it.",
            cy: "Peidiwch â’i ysgrifennu, ei recordio, tynnu llun ohono na’i rannu ar-lein. Gallai \
                 rhywun ddod o hyd iddo.",
        },
        Line {
            id: "not_confront",
            part: Part::Before,
            only: None,
            en: "Do not let the person we talk about know that you asked or what you heard. That \
                 could put you at risk.",
            cy: "Peidiwch â gadael i’r person rydyn ni’n sôn amdano wybod eich bod wedi gofyn na’r \
                 hyn a glywsoch. Gallai hynny eich rhoi mewn perygl.",
        },
        Line {
            id: "misuse",
            part: Part::Before,
            only: None,
            en: "If it is passed on or used for something else, that may be an offence and we may \
                 have to act.",
            cy: "Os caiff ei drosglwyddo neu ei ddefnyddio at rywbeth arall, gall fod yn drosedd \
                 ac efallai y bydd rhaid i ni weithredu.",
        },
        Line {
            id: "recorded",
            part: Part::Before,
            only: Some(Channel::Video),
            en: "For that reason this call is recorded. The recording is destroyed within thirty \
                 days.",
            cy: "Am y rheswm hwnnw mae’r alwad hon yn cael ei recordio. Caiff y recordiad ei \
                 ddinistrio o fewn tri deg diwrnod.",
        },
        Line {
            id: "your_choice",
            part: Part::After,
            only: None,
            en: "What you do with it is your choice. You can take your time, and you can talk it \
                 through with us or with the adviser we put you in touch with.",
            cy: "Eich dewis chi yw beth i’w wneud. Cymerwch eich amser, a gallwch drafod y peth \
                 gyda ni neu gyda’r cynghorydd y byddwn yn eich cysylltu ag ef.",
        },
        Line {
            id: "children",
            part: Part::After,
            only: None,
            en: "You may use it to keep children safe. If you need to tell their school or \
                 anybody else, we will help you to do so.",
            cy: "Cewch ei ddefnyddio i gadw plant yn ddiogel. Os oes angen dweud wrth yr ysgol neu \
                 unrhyw un arall, byddwn yn eich helpu.",
        },
        Line {
            id: "in_danger",
            part: Part::After,
            only: None,
            en: "If you are ever in danger, call 999. If you cannot speak on a mobile, press 55 \
                 when you are asked to.",
            cy: "Os ydych chi byth mewn perygl, ffoniwch 999. Os na allwch siarad ar ffôn symudol, \
                 pwyswch 55 pan ofynnir i chi.",
        },
        Line {
            id: "ask_again",
            part: Part::After,
            only: None,
            en: "You can come back to us at any time if something changes or worries you.",
            cy: "Gallwch ddod yn ôl atom unrhyw bryd os bydd rhywbeth yn newid neu’n eich poeni.",
        },
    ],
};
