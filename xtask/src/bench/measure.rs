//! CPU time, wall time and peak memory of one child process.
//!
//! Invariant: each measurement has a process of its own (`xtask measure`), because the kernel
//! keeps the resource use of waited-for children as one sum and one maximum per parent.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

/// What one run of a command took.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// User and system time.
    pub cpu: Duration,
    /// From start to exit.
    pub wall: Duration,
    /// Peak resident memory in KiB.
    pub memory: u64,
}

/// `xtask measure RESULT COMMAND ARGS…`: runs the command and writes its usage to RESULT.
pub fn child(args: &[String]) -> Result<(), String> {
    let [result, command, rest @ ..] = args else {
        return Err("usage: xtask measure RESULT COMMAND [ARGS]".to_owned());
    };
    let start = Instant::now();
    let status = Command::new(command).args(rest).status().map_err(|e| format!("{command}: {e}"))?;
    let wall = start.elapsed();
    if !status.success() {
        return Err(format!("{command}: {status}"));
    }
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|e| e.to_string())?;
    let micros = |t: nix::sys::time::TimeVal| t.tv_sec() * 1_000_000 + t.tv_usec();
    let cpu = micros(used.user_time()) + micros(used.system_time());
    let text = format!("{cpu} {} {}\n", wall.as_micros(), used.max_rss());
    std::fs::write(result, text).map_err(|e| format!("{result}: {e}"))
}

/// Runs `command`; its standard output and its usage.
pub fn measured(scratch: &Path, command: &Path, args: &[&str]) -> Result<(Vec<u8>, Usage), String> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let result = scratch.join("usage");
    let output = Command::new(own)
        .arg("measure")
        .arg(&result)
        .arg(command)
        .args(args)
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|e| e.to_string())?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}: {}", command.display(), stderr.trim_end()));
    }
    let text = std::fs::read_to_string(&result).map_err(|e| e.to_string())?;
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let [cpu, wall, memory] = numbers[..] else {
        return Err(format!("unreadable usage: {text}"));
    };
    let usage = Usage { cpu: Duration::from_micros(cpu), wall: Duration::from_micros(wall), memory };
    Ok((output.stdout, usage))
}
