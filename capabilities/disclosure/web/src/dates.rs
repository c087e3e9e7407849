//! A day of birth as people write it.

/// `3/11/1990`, `03.11.1990`, `3 11 1990` or `1990-11-03`, as `1990-11-03`; nothing for
/// nothing. An error for what is no day.
pub(crate) fn read(text: &str) -> Result<String, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let numbers = text.split(|c: char| !c.is_ascii_digit()).map(str::parse::<i16>);
    let numbers: Vec<i16> = numbers.collect::<Result<_, _>>().map_err(|_| ())?;
    let (year, month, day) = match numbers[..] {
        [year, month, day] if year >= 1000 => (year, month, day),
        [day, month, year] => (year, month, day),
        _ => return Err(()),
    };
    if !(1900..=2100).contains(&year) {
        return Err(());
    }
    let small = |number: i16| i8::try_from(number).map_err(|_| ());
    let date = calendar::date(year, small(month)?, small(day)?).ok_or(())?;
    Ok(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_understood_as_people_write_it() {
        for text in ["31/3/1990", "31.03.1990", "1990-03-31", " 31 3 1990 "] {
            assert_eq!(read(text), Ok("1990-03-31".into()), "{text}");
        }
        assert_eq!(read(" "), Ok(String::new()));
        for text in ["31/2/1990", "1990", "3/31/1990", "1/1/90", "x", "29/2/2023"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
