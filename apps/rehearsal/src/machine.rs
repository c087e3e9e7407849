//! On which machine something was measured: without it a figure says nothing.

use serde::{Deserialize, Serialize};
use std::fs;

/// A machine, as it says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub cpu: String,
    /// How many of them this process may use at once.
    pub cores: usize,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// The kernel.
    pub kernel: String,
}

impl Machine {
    /// This one. What it does not say stays empty.
    pub fn here() -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let version = read("/proc/sys/kernel/osrelease");
        Self {
            cpu: value(&read("/proc/cpuinfo"), "model name").unwrap_or_default(),
            cores,
            memory_mib: value(&read("/proc/meminfo"), "MemTotal")
                .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok())
                .map_or(0, |kib| kib / 1024),
            kernel: format!("Linux {}", version.trim()),
        }
    }
}

fn value(text: &str, name: &str) -> Option<String> {
    let of = |line: &str| {
        let (have, value) = line.split_once(':')?;
        (have.trim() == name).then(|| value.trim().to_owned())
    };
    text.lines().find_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_says_its_name_and_its_memory() {
        assert_eq!(value("a : b\nmodel name\t: Chip 1\n", "model name").unwrap(), "Chip 1");
        assert_eq!(value("MemTotal:  2048 kB", "MemTotal").unwrap(), "2048 kB");
        assert!(Machine::here().cores > 0);
    }
}
