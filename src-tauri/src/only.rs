//! One window over what an installation keeps: a second start hands what it is asked for to the
//! first, which comes to the front, and ends.

pub use system::{First, turn};

use std::ffi::OsString;
use std::path::Path;
use tauri::AppHandle;

use crate::start::arguments::Asked;
use crate::{handed, window};

/// Takes what a later start was asked for, said in this folder.
fn take(app: &AppHandle, words: impl IntoIterator<Item = OsString>, folder: &Path) {
    if let Some(asked) = Asked::by(words, folder) {
        handed::take(app, asked);
    }
    window::bring_forward(app);
}

/// By a socket with a name that the kernel keeps: it goes with its process, lies in no folder, and
/// asks for no session bus.
#[cfg(target_os = "linux")]
mod system {
    use rustix::net::sockopt::socket_peercred;
    use rustix::process::geteuid;
    use sotruc_core::Installation;
    use std::ffi::{OsStr, OsString};
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::io::{self, ErrorKind, Read, Write};
    use std::net::Shutdown;
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, Mutex, PoisonError};
    use std::thread::{self, JoinHandle};
    use std::time::Duration;
    use tauri::{AppHandle, Builder, Wry};

    /// How long one start waits for the other.
    const PATIENCE: Duration = Duration::from_secs(5);
    /// More than this nobody is asked for at once, in bytes.
    const LONGEST: u64 = 64 * 1024;
    /// What the first start answers when it heard.
    const HEARD: [u8; 1] = *b"+";

    /// The start that opens the window.
    #[derive(Default)]
    pub struct First {
        heard: Mutex<Option<(SocketAddr, UnixListener)>>,
        hearing: Mutex<Option<(SocketAddr, JoinHandle<()>)>>,
        is_over: Arc<AtomicBool>,
    }

    /// The start that opens the window; `None` when one stands, and was handed what this one is asked for.
    pub fn turn(installation: &Installation) -> Option<First> {
        let first = First::default();
        let Ok(name) = name(installation) else {
            return Some(first);
        };
        match UnixListener::bind_addr(&name) {
            Ok(listener) => *lock(&first.heard) = Some((name, listener)),
            // Who does not answer does not stand in the way.
            Err(cause) if cause.kind() == ErrorKind::AddrInUse && hand_over(&name).is_ok() => {
                return None;
            }
            Err(cause) => tracing::warn!(kind = ?cause.kind(), "later starts are not heard"),
        }
        Some(first)
    }

    fn lock<T>(held: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
        held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One name for each installation of each user.
    fn name(installation: &Installation) -> io::Result<SocketAddr> {
        let folder = installation.folder();
        let mut hasher = DefaultHasher::new();
        folder
            .canonicalize()
            .unwrap_or_else(|_| folder.to_owned())
            .hash(&mut hasher);
        let user = geteuid().as_raw();
        SocketAddr::from_abstract_name(format!("so-truc.{user}.{:016x}", hasher.finish()))
    }

    /// Makes ready to talk to another program of the same user, and to no other.
    fn same_user(stream: &UnixStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        match socket_peercred(stream)?.uid == geteuid() {
            true => Ok(()),
            false => Err(ErrorKind::PermissionDenied.into()),
        }
    }

    fn hand_over(name: &SocketAddr) -> io::Result<()> {
        let mut stream = UnixStream::connect_addr(name)?;
        same_user(&stream)?;
        let mut told = std::env::current_dir()?.into_os_string().into_vec();
        for word in std::env::args_os().skip(1) {
            told.push(0);
            told.extend(word.into_vec());
        }
        stream.write_all(&told)?;
        stream.shutdown(Shutdown::Write)?;
        stream.read_exact(&mut [0; 1])
    }

    /// The folder and the words of a later start.
    fn hear(mut stream: UnixStream) -> io::Result<Vec<OsString>> {
        same_user(&stream)?;
        let mut told = Vec::new();
        (&stream).take(LONGEST).read_to_end(&mut told)?;
        stream.write_all(&HEARD)?;
        let said = told.split(|byte| *byte == 0);
        Ok(said
            .map(|word| OsStr::from_bytes(word).to_owned())
            .collect())
    }

    impl First {
        /// Makes the window library ready.
        pub fn prepare(&self, builder: Builder<Wry>) -> Builder<Wry> {
            builder
        }

        /// Hears later starts from now on.
        pub fn listen(&self, app: &AppHandle) {
            let Some((name, listener)) = lock(&self.heard).take() else {
                return;
            };
            let (app, is_over) = (app.clone(), self.is_over.clone());
            let hearing = thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    if is_over.load(Ordering::SeqCst) {
                        break;
                    }
                    if let Ok(words) = hear(stream)
                        && let [folder, words @ ..] = &words[..]
                    {
                        super::take(&app, words.iter().cloned(), Path::new(folder));
                    }
                }
            });
            *lock(&self.hearing) = Some((name, hearing));
        }

        /// Gives the turn away, as the program ends or is about to begin again.
        pub fn end(&self) {
            self.is_over.store(true, Ordering::SeqCst);
            if let Some((name, hearing)) = lock(&self.hearing).take()
                && UnixStream::connect_addr(&name).is_ok()
            {
                let _ = hearing.join();
            }
        }
    }
}

/// As the system of windows has it.
#[cfg(not(target_os = "linux"))]
mod system {
    use sotruc_core::Installation;
    use std::path::Path;
    use tauri::{AppHandle, Builder, Wry};

    /// The start that opens the window.
    pub struct First;

    /// The window library finds out, and ends who is later.
    pub fn turn(_: &Installation) -> Option<First> {
        Some(First)
    }

    impl First {
        /// Makes the window library ready.
        pub fn prepare(&self, builder: Builder<Wry>) -> Builder<Wry> {
            // Tests run several windows side by side.
            if crate::dialogs::is_automated() {
                return builder;
            }
            builder.plugin(tauri_plugin_single_instance::init(|app, words, folder| {
                let words = words.into_iter().skip(1).map(Into::into);
                super::take(app, words, Path::new(&folder));
            }))
        }

        /// The window library hears them.
        pub fn listen(&self, _: &AppHandle) {}

        /// The window library sees to it.
        pub fn end(&self) {}
    }
}
