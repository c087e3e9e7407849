//! What another process has used, read from `/proc`. Nothing where there is no `/proc`.

use std::fs;

/// Ticks of `/proc/<pid>/stat` in a second: USER_HZ, 100 on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// Another process, by its id.
#[derive(Clone, Copy, Debug)]
pub struct Process(pub u32);

impl Process {
    /// Seconds of processor time it has used, in user and in kernel.
    pub fn cpu_seconds(self) -> Option<f64> {
        cpu_of(&fs::read_to_string(format!("/proc/{}/stat", self.0)).ok()?)
    }

    /// Memory that is resident now, in MiB.
    pub fn rss_mib(self) -> Option<f64> {
        rss_of(&fs::read_to_string(format!("/proc/{}/status", self.0)).ok()?)
    }
}

fn cpu_of(stat: &str) -> Option<f64> {
    // The name stands in brackets and may hold spaces and brackets itself.
    let after = &stat[stat.rfind(')')? + 1..];
    // proc(5): field 3 is the first after the name; utime is 14, stime 15.
    let mut fields = after.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS)
}

fn rss_of(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_found_behind_any_name() {
        let stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 900 0 0 0 150 50 0 0 20 0 5 0 1 2 3";
        assert_eq!(cpu_of(stat), Some(2.0));
        assert_eq!(cpu_of("nothing"), None);
    }

    #[test]
    fn memory_is_in_mebibytes() {
        assert_eq!(rss_of("Name:\tx\nVmHWM:\t 9 kB\nVmRSS:\t  2048 kB\n"), Some(2.0));
        assert_eq!(rss_of("Name:\tx\n"), None);
    }

    #[test]
    fn this_very_process_can_be_read() {
        let me = Process(std::process::id());
        assert!(me.cpu_seconds().is_some() && me.rss_mib().is_some_and(|mib| mib > 1.0));
    }
}
