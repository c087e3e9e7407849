//! What the pages show of an assessment: every question in her language with the officer's own
//! beside, what the answers point at, and every grade with its reason. Nothing here computes one.

use crate::Settings;
use engine::{Engine, Fault};
use incident::IncidentId;
use kernel::id::StaffId;
use minijinja::{Value, context};
use risk::state::Heard;
use risk::{Assessment, Contrary, Given, Instrument, Judged, Question, Risk, RiskId, State, Words};

// Words beside the codes of a scale; no scale may use them.
pub(crate) const DECLINED: &str = "declined";
pub(crate) const UNABLE: &str = "unable";
pub(crate) const NOT_ASKED: &str = "not_asked";

/// In which languages a page speaks.
#[derive(Clone, Copy)]
pub(crate) struct Tongues<'a> {
    /// Hers, as far as the pack speaks it.
    hers: &'a str,
    /// The officer's own.
    mine: &'a str,
    /// Whether the pack speaks hers.
    spoken: bool,
}

impl<'a> Tongues<'a> {
    /// `hers`: the call's language, where there is one.
    pub(crate) fn of(pack: &'a Instrument, hers: Option<&'a str>, mine: &'a str) -> Self {
        let known = |tag| if pack.speaks(tag) { tag } else { pack.language() };
        let mine = known(mine);
        let spoken = hers.is_none_or(|tag| pack.speaks(tag));
        Self { hers: hers.filter(|tag| pack.speaks(tag)).unwrap_or(mine), mine, spoken }
    }

    /// A text in hers, with mine beside where it is another.
    fn words(&self, words: &Words) -> Value {
        let beside = (self.hers != self.mine).then(|| words.in_language(self.mine).to_owned());
        context! {
            text => words.in_language(self.hers), lang => self.hers,
            beside, beside_lang => self.mine,
        }
    }

    fn mine(&self, words: &Words) -> String {
        words.in_language(self.mine).to_owned()
    }
}

/// The assessments of an incident as they stand.
pub(crate) async fn state(engine: &Engine, incident: IncidentId) -> Result<State, Fault> {
    let (state, _) = engine.state::<Risk>(&RiskId::from(incident).stream()).await?;
    Ok(state)
}

/// The name of a member of staff; empty for an officer whom one of the force's systems named.
async fn name(engine: &Engine, by: Option<StaffId>) -> Result<String, Fault> {
    let Some(by) = by else { return Ok(String::new()) };
    let (account, _) = engine.state::<access::Staff>(&by.stream()).await?;
    Ok(account.name.unwrap_or_default())
}

fn given(given: &Given) -> &str {
    match given {
        Given::Value(code) => code.known().map_or(NOT_ASKED, String::as_str),
        Given::Declined {} => DECLINED,
        Given::Unable {} => UNABLE,
        Given::NotAsked {} => NOT_ASKED,
    }
}

/// One answer as a code: that of its scale, or one of the three that say there is none.
pub(crate) fn code(kept: &risk::Kept) -> &str {
    given(&kept.given)
}

fn heard(heard: &Heard) -> Value {
    let who = heard.who.known().into_iter().flatten();
    context! {
        at => heard.at.0,
        who => who.map(|one| one.code()).collect::<Vec<_>>(),
        words => heard.words.known().cloned().unwrap_or_default(),
    }
}

fn question(
    pack: &Instrument,
    tongues: Tongues<'_>,
    question: &Question,
    known: Option<&Assessment>,
) -> Value {
    let kept = known.and_then(|one| one.answers.get(&question.id));
    let code = kept.map_or(NOT_ASKED, code);
    let steps: Vec<Value> = pack
        .steps(question)
        .iter()
        .map(|step| {
            let counts = pack.counts(question, &step.code);
            context! { code => step.code.clone(), word => tongues.words(&step.word), counts }
        })
        .collect();
    let step = pack.steps(question).iter().find(|step| step.code == code);
    let near = known.zip(kept.and_then(|kept| kept.heard));
    context! {
        id => question.id.clone(),
        ask => tongues.words(&question.ask),
        hint => tongues.mine(&question.hint),
        after => question.after.clone(),
        steps => steps,
        given => code,
        word => step.map(|step| tongues.mine(&step.word)),
        note => kept.and_then(|kept| kept.note.known().cloned()).unwrap_or_default(),
        heard => near.and_then(|(one, place)| one.earshot.get(place)).map(heard),
    }
}

fn contrary(pack: &Instrument, tongues: Tongues<'_>, one: &Contrary<'_>) -> Value {
    let ask = |id: &str| pack.question(id).map(|q| tongues.mine(&q.ask)).unwrap_or_default();
    context! {
        id => one.id.clone(),
        says => one.says.map(|words| tongues.mine(words)),
        first => ask(one.questions[0]),
        second => ask(one.questions[1]),
    }
}

async fn judged(engine: &Engine, one: &Judged) -> Result<Value, Fault> {
    Ok(context! {
        grade => one.grade.code(),
        reason => one.reason.known().cloned(),
        at => one.at.0,
        by => name(engine, one.by).await?,
        agrees => one.agrees,
    })
}

/// Everything that the panel and the second grader's page show.
pub(crate) async fn page(
    engine: &Engine,
    settings: &Settings,
    tongues: Tongues<'_>,
    incident: IncidentId,
) -> Result<Value, Fault> {
    let pack = &*settings.pack;
    let state = state(engine, incident).await?;
    let known = state.assessment();
    let sections: Vec<Value> = pack
        .section
        .iter()
        .map(|section| {
            let of = |q| question(pack, tongues, q, known);
            let questions: Vec<Value> = section.question.iter().map(of).collect();
            context! { title => tongues.mine(&section.title), questions => questions }
        })
        .collect();
    let own = context! {
        near => known.and_then(|one| one.earshot.last()).map(heard),
        nearby => risk::Earshot::ALL.map(risk::Earshot::code).to_vec(),
        incident => incident.to_string(),
        reference => incident.reference(),
        title => tongues.mine(&pack.title),
        about => tongues.mine(&pack.about),
        hers => tongues.hers,
        spoken => tongues.spoken,
        sections => sections,
        started => known.is_some(),
        other_pack => known.is_some_and(|one| !one.is_of(pack)),
        kept_at => known.map(|one| one.kept_at.0),
        against => state.against_closing().is_some(),
        now => engine.now().0,
    };
    let pointing = pointing(pack, tongues, known);
    Ok(context! { ..own, ..pointing, ..grades(engine, known).await? })
}

/// What the answers point at, and how they were made.
fn pointing(pack: &Instrument, tongues: Tongues<'_>, known: Option<&Assessment>) -> Value {
    let values = known.map(Assessment::values).unwrap_or_default();
    let raised: Vec<Value> = pack
        .raised(&values)
        .into_iter()
        .map(|flag| {
            context! {
                id => flag.id.clone(), cluster => flag.cluster.clone(),
                says => tongues.mine(&flag.says),
            }
        })
        .collect();
    let contraries = known.map(|one| one.contrary(pack)).unwrap_or_default();
    let contraries: Vec<_> = contraries.iter().map(|one| contrary(pack, tongues, one)).collect();
    context! {
        raised => raised,
        contraries => contraries,
        answered => known.map_or(0, Assessment::answered),
        unanswered => pack.unanswered(&values),
        channels => known.map(|one| one.channels.iter().map(|c| c.code()).collect::<Vec<_>>()),
        resumed => known.is_some_and(|one| !one.cut_short),
    }
}

/// Every grade that was given, and what is owed.
async fn grades(engine: &Engine, known: Option<&Assessment>) -> Result<Value, Fault> {
    let Some(known) = known else { return Ok(context! { history => Vec::<Value>::new() }) };
    let mut history = Vec::new();
    for one in &known.judged {
        history.push(judged(engine, one).await?);
    }
    let graded = known.graded.as_ref().map(|graded| {
        context! {
            grade => graded.grade.code(),
            reason => graded.reason.known().cloned().unwrap_or_default(),
            at => graded.at.0,
            outdated => graded.outdated,
        }
    });
    let second = match &known.second {
        Some(second) => Some(judged(engine, second).await?),
        None => None,
    };
    let reassess = known.reassess.as_ref().map(|owed| {
        let causes: Vec<_> = owed.causes.keys().map(|cause| cause.code()).collect();
        context! { due => owed.due.0, causes }
    });
    let visit = known.visit.as_ref().map(|visit| {
        let note = visit.note.known().cloned().unwrap_or_default();
        context! { at => visit.at.0, attended => visit.attended, note }
    });
    let allowed = match &known.allowed {
        Some(allowed) => Some(context! {
            by => name(engine, allowed.by).await?,
            reason => allowed.reason.known().cloned().unwrap_or_default(),
            at => allowed.at.0,
        }),
        None => None,
    };
    Ok(context! {
        graded, second, history, reassess, visit, allowed,
        second_due => known.second_due.map(|due| due.0),
        round => known.round,
        under_way => known.under_way(),
    })
}
