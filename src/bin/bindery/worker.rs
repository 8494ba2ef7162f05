//! Worker processes: where a limit is set, texts are made in processes of this same program, so that one that takes too
//! long, or too much memory, can be ended by the system, and one that crashes takes no other with it.
//!
//! A worker makes one text after the other: it is given a text on its standard input and answers on its standard output, each a header of JSON with
//! its length before it, then bytes. It writes no file, and ends when its input does.

use bindery::batch::{Edition, Facts, Format, Maker, Message, Product, Text};
use bindery::model::Date;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The variable that makes this program a worker.
const MARK: &str = "BINDERY_WORKER";

/// What a text may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The time.
    pub(crate) time: Option<Duration>,
    /// The memory in bytes.
    pub(crate) memory: Option<u64>,
}

/// What a worker is asked for; the bytes of the text follow.
#[derive(Serialize, Deserialize)]
struct Order {
    name: String,
    modified: Option<Date>,
    folder: Option<OsString>,
    formats: Vec<Format>,
    length: usize,
}

/// What a worker answers; the bytes of the editions follow, one after the other.
#[derive(Serialize, Deserialize)]
struct Answer {
    failure: Option<String>,
    editions: Vec<(Format, usize)>,
    facts: Facts,
    diagnostics: Vec<Message>,
}

fn send(out: &mut impl Write, header: &impl Serialize, parts: &[&[u8]]) -> io::Result<()> {
    let header = serde_json::to_vec(header)?;
    out.write_all(&(header.len() as u64).to_le_bytes())?;
    out.write_all(&header)?;
    parts.iter().try_for_each(|part| out.write_all(part))?;
    out.flush()
}

fn receive<T: for<'a> Deserialize<'a>>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    Ok(serde_json::from_slice(&take(from, u64::from_le_bytes(length) as usize)?)?)
}

/// So many bytes. Room is made as they come, so that a wrong length takes none.
fn take(from: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Whether this process is a worker.
pub(crate) fn is_worker() -> bool {
    std::env::var_os(MARK).is_some()
}

/// Makes texts as they are asked for, until nobody asks any longer.
pub(crate) fn serve(mut maker: Box<dyn Maker + '_>, memory: Option<u64>) -> io::Result<()> {
    limit_memory(memory)?;
    let (orders, incoming) = mpsc::sync_channel(0);
    // Who gave the orders may be gone while a text is in work that never ends.
    thread::Builder::new().spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(order) = receive::<Order>(&mut input) {
            let bytes = match take(&mut input, order.length) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::OutOfMemory => {
                    eprintln!("{error}");
                    std::process::exit(1);
                }
                // Nobody asks any longer.
                Err(_) => break,
            };
            if orders.send((order, bytes)).is_err() {
                break;
            }
        }
        std::process::exit(0);
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    for (order, bytes) in incoming {
        let folder = order.folder.map(PathBuf::from);
        let text = Text { bytes: &bytes, name: &order.name, modified: order.modified, folder: folder.as_deref() };
        // What a panic leaves behind goes with the process.
        let Ok(product) = catch_unwind(AssertUnwindSafe(|| maker.make(&text, &order.formats))) else {
            std::process::exit(1);
        };
        let (editions, failure) = match product.editions {
            Ok(editions) => (editions, None),
            Err(failure) => (Vec::new(), Some(failure)),
        };
        let lengths = editions.iter().map(|edition| (edition.format, edition.data.len())).collect();
        let (facts, diagnostics) = (product.facts, product.diagnostics);
        let answer = Answer { failure, editions: lengths, facts, diagnostics };
        let parts: Vec<&[u8]> = editions.iter().map(|edition| edition.data.as_slice()).collect();
        send(&mut out, &answer, &parts)?;
    }
    Ok(())
}

/// Has the system refuse this process more memory than so many bytes.
#[cfg(target_os = "linux")]
fn limit_memory(bytes: Option<u64>) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    match bytes {
        // What can be written: the program itself and files that are mapped are not counted.
        Some(_) => Ok(setrlimit(Resource::Data, Rlimit { current: bytes, maximum: bytes })?),
        None => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
fn limit_memory(bytes: Option<u64>) -> io::Result<()> {
    match bytes {
        Some(_) => Err(io::ErrorKind::Unsupported.into()),
        None => Ok(()),
    }
}

/// Makes editions in a worker process.
pub(crate) struct RemoteMaker {
    limits: Limits,
    worker: Option<Worker>,
}

/// A worker process.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<io::Result<(Answer, Vec<Edition>)>>,
    /// The last line that it printed.
    last_words: Option<JoinHandle<String>>,
    /// Whether it has made a text before: what that left in memory is not the next one's.
    is_used: bool,
}

/// How a worker came to no answer.
enum Lost {
    /// It took too long.
    Time(Duration),
    /// It ended.
    Died(String),
}

impl RemoteMaker {
    /// A maker whose texts may need no more than this.
    pub(crate) fn new(limits: Limits) -> RemoteMaker {
        RemoteMaker { limits, worker: None }
    }

    fn lost(&self, lost: Lost) -> Product {
        match lost {
            Lost::Time(limit) => Product::failed(format!(
                "this takes longer than the {} s of --time-limit; give it more, or convert it alone",
                limit.as_secs_f64()
            )),
            Lost::Died(words) if self.limits.memory.is_some() && is_want_of_memory(&words) => Product::failed(format!(
                "this needs more than the {} MB of --memory-limit; give it more, or convert it alone",
                self.limits.memory.unwrap_or(0) >> 20
            )),
            Lost::Died(words) => Product::failed(format!(
                "the program died over this text, which is a fault of the program; please report it: {words}"
            )),
        }
    }
}

/// Whether these are the last words of a program that got no memory, or no room for a thread.
fn is_want_of_memory(words: &str) -> bool {
    words.contains("memory allocation of")
        || words.contains("out of memory")
        || words.contains("Cannot allocate memory")
}

impl Maker for RemoteMaker {
    fn make(&mut self, text: &Text, formats: &[Format]) -> Product {
        loop {
            let mut worker = match self.worker.take().map_or_else(Worker::start, Ok) {
                Ok(worker) => worker,
                Err(error) => return Product::failed(format!("cannot start a process to make this in: {error}")),
            };
            match worker.make(text, formats, self.limits.time) {
                Ok(product) => {
                    worker.is_used = true;
                    self.worker = Some(worker);
                    return product;
                }
                // It may have died of what came before: this text has a right to a worker of its own.
                Err(Lost::Died(_)) if worker.is_used => {}
                Err(lost) => return self.lost(lost),
            }
        }
    }
}

impl Worker {
    fn start() -> io::Result<Worker> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(std::env::args_os().skip(1))
            .env(MARK, "1")
            // Else the first gigabyte counts as taken from the start.
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(mut output), Some(mut errors)) = pipes else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, answers) = mpsc::channel();
        thread::Builder::new().spawn(move || {
            loop {
                let answer = receive::<Answer>(&mut output).and_then(|answer| {
                    let editions = answer.editions.iter();
                    let editions = editions
                        .map(|(format, length)| Ok(Edition { format: *format, data: take(&mut output, *length)? }));
                    let editions = editions.collect::<io::Result<Vec<_>>>()?;
                    Ok((answer, editions))
                });
                let is_last = answer.is_err();
                if sender.send(answer).is_err() || is_last {
                    break;
                }
            }
        })?;
        let last_words = thread::Builder::new().spawn(move || {
            let mut text = Vec::new();
            let _ = errors.read_to_end(&mut text);
            let text = String::from_utf8_lossy(&text);
            let words = text.lines().filter(|line| !line.starts_with("note:") && !line.trim().is_empty());
            words.collect::<Vec<_>>().join(" ")
        })?;
        Ok(Worker { child, input, answers, last_words: Some(last_words), is_used: false })
    }

    fn make(&mut self, text: &Text, formats: &[Format], limit: Option<Duration>) -> Result<Product, Lost> {
        let order = Order {
            name: text.name.to_owned(),
            modified: text.modified,
            folder: text.folder.map(|folder| folder.as_os_str().to_owned()),
            formats: formats.to_vec(),
            length: text.bytes.len(),
        };
        if send(&mut self.input, &order, &[text.bytes]).is_err() {
            return Err(self.died());
        }
        let answer = match limit {
            None => self.answers.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(limit) => self.answers.recv_timeout(limit),
        };
        match answer {
            Ok(Ok((answer, editions))) => Ok(Product {
                editions: answer.failure.map_or(Ok(editions), Err),
                facts: answer.facts,
                diagnostics: answer.diagnostics,
            }),
            Err(RecvTimeoutError::Timeout) => Err(Lost::Time(limit.unwrap_or_default())),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(self.died()),
        }
    }

    /// What it said at its end.
    fn died(&mut self) -> Lost {
        let _ = self.child.kill();
        let status = self.child.wait().map(|status| status.to_string()).unwrap_or_default();
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        Lost::Died(if words.is_empty() { status } else { words })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It has written nothing that it could leave half done.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
