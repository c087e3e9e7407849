//! The words that never go out, by language. A plain entry matches any word that begins with
//! it; `=word` matches that word alone; an entry with a space matches the phrase. Every list is
//! applied to every language, because a handler's English slips into any of them.

/// English.
const EN: &str = "\
    999, =101, =112, abus, advoca, arrest, assault, assess, attack, bail, =beat, beaten, \
    behaviour, bodycam, boyfriend, =case, coerc, complain, constab, control room, \
    controlling, =cop, =cops, counsel, court, crim, custody, danger, =dara, =dash, \
    detective, disclos, domestic, =dv, =dvds, emergenc, escape, evidence, =ex, exhusband, \
    expartner, exwife, force, girlfriend, harass, help you, helpline, harm, =hub, husband, \
    =idva, incident, injur, inspector, interview, investigat, =law, legal, =marac, offence, \
    offend, officer, =pc, partner, patrol, perpetrat, polic, prosecut, protect, rape, \
    referr, refuge, report, rescue, responder, risk, safe, sergeant, sexual, shelter, \
    solicitor, stalk, statement, strangl, suffer, support, suspect, threat, trauma, victim, \
    violen, wife, witness, womens aid, worker";

/// Welsh, each also in its mutated forms.
const CY: &str = "\
    adroddiad, argyfwng, arest, asesiad, bygwth, bygyth, camdrin, cariad, cwnstabl, cymorth, \
    dedfryd, dianc, dioddef, diogel, digwyddiad, ditectif, domestig, erlyn, =gwr, gwraig, \
    gorfodaeth, heddlu, heddwas, heddweision, llys, lloches, niwed, partner, perygl, \
    plismon, rhingyll, risg, sarjant, swyddog, tramgwydd, trais, treisgar, treisio, trosedd, \
    tyst, tystiol, ymchwiliad, ymosod";

/// Urdu.
const UR: &str = "\
    افسر, پناہ, پولیس, تحفظ, تشدد, تفتیش, ثبوت, جرم, جرائم, حملہ, خاوند, خطر, دھمکی, رپورٹ, \
    زیادتی, شکایت, شوہر, ظلم, عدالت, گرفتار, گواہ, گھریلو, متاثر, مجرم, محفوظ, ملزم, ہنگامی, \
    بیوی, واقعہ, مدد";

/// Polish, by stem.
const PL: &str = "\
    alarm, areszt, bezpiecz, bicie, dochodzen, domow, dowod, dowód, funkcjonariusz, gwałt, \
    interwen, krzywd, =mąż, męż, napaś, napad, niebezpiecz, ofiar, ochron, partner, policj, \
    pomoc, pokrzywdzon, przemoc, przestęp, radiowóz, ratunk, ryzyk, =sąd, sądow, schronisk, \
    sprawc, śledz, świad, ucieczk, zagroż, zatrzyma, zeznan, zgłosz, znęc, =żona, żon";

/// Every entry of every language, Welsh with its mutations.
pub(crate) fn every() -> impl Iterator<Item = String> {
    let plain = [EN, UR, PL].into_iter().flat_map(entries).map(str::to_owned);
    plain.chain(entries(CY).flat_map(mutations))
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

/// A Welsh stem as it stands and as it changes after other words.
fn mutations(entry: &str) -> Vec<String> {
    let (mark, stem) = match entry.strip_prefix('=') {
        Some(stem) => ("=", stem),
        None => ("", entry),
    };
    let (old, new): (&str, &[&str]) = match stem.as_bytes() {
        [b'l', b'l', ..] => ("ll", &["l"]),
        [b'r', b'h', ..] => ("rh", &["r"]),
        [b'p', ..] => ("p", &["b", "mh", "ph"]),
        [b't', ..] => ("t", &["d", "nh", "th"]),
        [b'c', ..] => ("c", &["g", "ngh", "ch"]),
        [b'b', ..] => ("b", &["f", "m"]),
        [b'd', ..] => ("d", &["dd", "n"]),
        [b'g', ..] => ("g", &["", "ng"]),
        [b'm', ..] => ("m", &["f"]),
        [b'a' | b'e' | b'i' | b'o' | b'u' | b'w' | b'y', ..] => ("", &["h"]),
        _ => ("", &[]),
    };
    let changed = new.iter().map(|start| format!("{mark}{start}{}", &stem[old.len()..]));
    std::iter::once(entry.to_owned()).chain(changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_welsh_word_is_blocked_in_its_mutations() {
        assert_eq!(mutations("trais"), ["trais", "drais", "nhrais", "thrais"]);
        assert_eq!(mutations("=gwr"), ["=gwr", "=wr", "=ngwr"]);
        assert_eq!(mutations("heddlu"), ["heddlu"]);
        assert_eq!(mutations("ymosod"), ["ymosod", "hymosod"]);
    }
}
