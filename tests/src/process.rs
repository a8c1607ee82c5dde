//! What Linux says of a process: its memory and the processor time it used. Read from `/proc` by tests and benches.

use std::fs;
use std::io;
use std::time::Duration;

/// Kernel clock ticks per second in `/proc/PID/stat`. `USER_HZ` is 100 on every architecture Linux runs these tests on.
const TICKS_PER_SECOND: u64 = 100;

/// Resident memory in bytes.
pub fn resident_bytes(pid: u32) -> io::Result<u64> {
    status_kib(pid, "VmRSS:").map(|kib| kib * 1024)
}

/// The most memory that was ever resident, in bytes.
pub fn peak_bytes(pid: u32) -> io::Result<u64> {
    status_kib(pid, "VmHWM:").map(|kib| kib * 1024)
}

fn status_kib(pid: u32, field: &str) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    number
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, format!("no {field} in status")))
}

/// Processor time used so far, in user and kernel together.
pub fn cpu_time(pid: u32) -> io::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let malformed = || io::Error::new(io::ErrorKind::InvalidData, "unexpected form of stat");
    // The name of the program stands in parentheses and may hold anything; fields are counted after it.
    let (_, fields) = stat.rsplit_once(')').ok_or_else(malformed)?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    let (user, kernel) = ticks().zip(ticks()).ok_or_else(malformed)?;
    Ok(Duration::from_millis(
        (user + kernel) * 1000 / TICKS_PER_SECOND,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_and_uses_time() {
        let pid = std::process::id();
        let resident = resident_bytes(pid).unwrap();
        assert!(resident > 100 * 1024, "{resident}");
        assert!(peak_bytes(pid).unwrap() >= resident / 2);
        let before = cpu_time(pid).unwrap();
        // Some work, until the kernel has counted it.
        let mut sum = 0u64;
        while cpu_time(pid).unwrap() <= before {
            sum = (0..1_000_000u64).fold(sum, |sum, n| sum.wrapping_mul(31).wrapping_add(n));
        }
        std::hint::black_box(sum);
    }
}
