//! What the window holds: which book is open and who writes in it, what waits, work that takes long.

use sotruc_core::clock::Instant;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::messages::Messages;
use sotruc_core::priority::giving_way;
use sotruc_core::text::one_line;
use sotruc_core::{Code, Continuation, Error, Installation, Logbook, Reader, Result, Writing};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tauri::AppHandle;
use tauri_specta::Event;

use crate::background::Progress;
use crate::ipc_error::{Answer, Refusal};
use crate::open_book::{Open, locked};
use crate::settings::Settings;
use crate::start::arguments::{Asked, Wish};

/// Long work that can be stopped by itself. It ends with the value.
pub struct Task {
    app: AppHandle,
    app_state: AppState,
    id: u32,
    stop: Arc<AtomicBool>,
}

impl Task {
    /// Tells the page how far it has come, and says whether to go on.
    pub fn progress(&self, done: usize, of: usize) -> bool {
        let progress = Progress {
            task: self.id,
            done,
            of,
        };
        let _ = progress.emit(&self.app);
        !self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        locked(&self.app_state.0.tasks).remove(&self.id);
    }
}

struct Inner {
    installation: Installation,
    settings: Mutex<Settings>,
    /// Where a new book lies when nobody says.
    usual: PathBuf,
    open: RwLock<Option<Arc<Open>>>,
    /// Why the book that was to be open did not open.
    refused: Mutex<Option<Refusal>>,
    /// Long work that runs, by its number, with what stops it.
    tasks: Mutex<HashMap<u32, Arc<AtomicBool>>>,
    last_task: AtomicU32,
    /// Where a new book is to lie, as it was chosen.
    new_place: Mutex<Option<PathBuf>>,
    /// The list that was dropped on the window, or given to the program.
    dropped: Mutex<Option<PathBuf>>,
    /// Files that were chosen to be attached to a line that is not written yet, by their tokens.
    chosen: Mutex<HashMap<u32, PathBuf>>,
    last_chosen: AtomicU32,
}

/// The state of the program: everything the commands work with.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

impl AppState {
    /// The state of an installation. Its book is open: the one that is asked for, else that of
    /// `SOTRUC_STORE`, else that of the last time.
    pub fn new(installation: Installation, wish: Wish) -> Self {
        let settings = Settings::load(&installation);
        let usual = wish.store.clone().unwrap_or(installation.usual_book());
        let app_state = Self(Arc::new(Inner {
            installation,
            settings: Mutex::new(settings),
            usual,
            open: RwLock::default(),
            refused: Mutex::default(),
            tasks: Mutex::default(),
            last_task: AtomicU32::new(0),
            new_place: Mutex::default(),
            dropped: Mutex::default(),
            chosen: Mutex::default(),
            last_chosen: AtomicU32::new(0),
        }));
        app_state.open_first(wish);
        app_state
    }

    fn open_first(&self, wish: Wish) {
        let settings = self.settings();
        let named = match wish.asked {
            Some(Asked::Book(book)) => Some(book),
            Some(Asked::List(list)) => {
                self.drop_file(list);
                wish.store
            }
            None => wish.store,
        };
        let usual = self.usual_book();
        let last = || {
            settings
                .book
                .or_else(|| (usual.exists() && !settings.put_away).then(|| usual.to_owned()))
        };
        if let Some(path) = named.or_else(last)
            && let Err(refusal) = self.open(&path)
        {
            *locked(&self.0.refused) = Some(refusal);
        }
    }

    /// Where a new book lies when nobody says.
    pub fn usual_book(&self) -> &Path {
        &self.0.usual
    }

    /// This installation.
    pub fn installation(&self) -> &Installation {
        &self.0.installation
    }

    /// The settings as they are.
    pub fn settings(&self) -> Settings {
        locked(&self.0.settings).clone()
    }

    /// The catalogue in the language of the window.
    pub fn words(&self) -> &'static Messages {
        Messages::of(self.settings().language)
    }

    /// Changes the settings and keeps them.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = locked(&self.0.settings);
        change(&mut settings);
        settings.keep(&self.0.installation);
    }

    /// Why the book that was to be open did not open.
    pub fn refused(&self) -> Option<Refusal> {
        locked(&self.0.refused).clone()
    }

    /// Opens a book in place of the one that is open.
    pub fn open(&self, path: &Path) -> Answer<()> {
        self.take(self.looked_over(path)?);
        Ok(())
    }

    /// Opens a book, unless it is the one that is open: what waits in that goes on waiting.
    pub fn open_other(&self, path: &Path) -> Answer<()> {
        let other = self.looked_over(path)?;
        if self.book().is_none_or(|open| open.path != other.path) {
            self.take(other);
        }
        Ok(())
    }

    fn looked_over(&self, path: &Path) -> Answer<Open> {
        let open = Open::at(path, &self.0.installation)?;
        open.look_over()?;
        Ok(open)
    }

    /// Takes a book that was just made.
    pub fn take_new(&self, book: Logbook) -> Answer<()> {
        let open = Open::of(book, &self.0.installation)?;
        self.take(open);
        Ok(())
    }

    fn take(&self, open: Open) {
        // A copy that was only looked at is not what opens at the next start.
        let standing = open.look(Logbook::continuation);
        let looked_at = matches!(standing, Ok(Continuation::Copy));
        self.set(|settings| match looked_at {
            true => settings.seen(&open.path),
            false => settings.opened(&open.path),
        });
        *locked(&self.0.refused) = None;
        *self.0.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(open));
    }

    /// Puts the open book away.
    pub fn close(&self) {
        self.set(|settings| {
            settings.book = None;
            settings.put_away = true;
        });
        *self.0.open.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Lets go of the open book, which is the next start's too: nothing of it is left beside its
    /// file, so that who copies the file by hand has all of it.
    pub fn leave(&self) {
        let open = self
            .0
            .open
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(open) = open
            && let Err(error) = open.fold()
        {
            tracing::warn!(code = error.code.key(), "the file was not made whole");
        }
    }

    /// The open book.
    pub fn book(&self) -> Option<Arc<Open>> {
        self.0
            .open
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Who writes in the open book.
    pub fn operator(&self) -> Answer<String> {
        let open = self.book().ok_or_else(Refusal::no_book)?;
        let writer = self.settings().writers.get(&open.path).cloned();
        writer.ok_or_else(|| Refusal::new("no_operator"))
    }

    /// Says who writes in the open book from now on: under the name that the book keeps.
    pub fn set_operator(&self, name: &str) {
        if let Some(open) = self.book() {
            let kept = open.read(|book, _| book.operator_as_kept(name));
            // Who is chosen has written by now: a name that cannot be looked up is no failure of that.
            let name = kept.unwrap_or_else(|_| one_line(name));
            self.set(|settings| {
                settings.writers.insert(open.path.clone(), name);
            });
        }
    }

    /// Keeps a file that was chosen to be attached, and gives what stands for it.
    pub fn keep_file(&self, path: PathBuf) -> u32 {
        let token = self.0.last_chosen.fetch_add(1, Ordering::Relaxed);
        locked(&self.0.chosen).insert(token, path);
        token
    }

    /// Puts chosen files away: their line was written, or they are not to be attached.
    pub fn drop_files(&self, tokens: &[u32]) {
        locked(&self.0.chosen).retain(|token, _| !tokens.contains(token));
    }

    /// The files that these tokens stand for; one that was never chosen is missing.
    pub fn kept_files(&self, tokens: &[u32]) -> Answer<Vec<PathBuf>> {
        let chosen = locked(&self.0.chosen);
        let files = tokens.iter().map(|token| {
            let file = chosen.get(token).cloned();
            file.ok_or_else(|| Error::new(Code::FileMissing).with("file", token))
        });
        Ok(files.collect::<Result<_>>()?)
    }

    /// Notes where a new book is to lie.
    pub fn set_new_place(&self, place: Option<PathBuf>) {
        *locked(&self.0.new_place) = place;
    }

    /// Where a new book is to lie, when that was chosen.
    pub fn new_place(&self) -> Option<PathBuf> {
        locked(&self.0.new_place).clone()
    }

    /// Notes a list that was dropped on the window, or given to the program.
    pub fn drop_file(&self, path: PathBuf) {
        *locked(&self.0.dropped) = Some(path);
    }

    /// Whether a file was dropped that nobody has taken.
    pub fn has_dropped(&self) -> bool {
        locked(&self.0.dropped).is_some()
    }

    /// The file that was dropped, once.
    pub fn take_dropped(&self) -> Option<PathBuf> {
        locked(&self.0.dropped).take()
    }

    /// Does something that may take long, on a thread that may wait.
    pub async fn wait_for<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Self) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let app_state = self.clone();
        tauri::async_runtime::spawn_blocking(move || act(&app_state)).await?
    }

    /// Does something with the open book.
    pub async fn with_book<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Open) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        self.wait_for(|app_state| act(&*app_state.book().ok_or_else(Refusal::no_book)?))
            .await
    }

    /// Reads in the open book.
    pub async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(Reader<'_>, Instant) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.with_book(|open| Ok(open.read(look)?)).await
    }

    /// Reads in the open book, with its roster.
    pub async fn duty<T: Send + 'static>(
        &self,
        look: impl FnOnce(Reader<'_>, &Roster, Instant) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.with_book(|open| Ok(open.duty(look)?)).await
    }

    /// [`AppState::duty`] that takes long, and gives way to whoever types.
    pub async fn duty_giving_way<T: Send + 'static>(
        &self,
        look: impl FnOnce(Reader<'_>, &Roster, Instant) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.with_book(|open| Ok(giving_way(|| open.duty(look))?))
            .await
    }

    /// Writes in the open book as the operator at the desk.
    pub async fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.wait_for(|app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let done = open.write(&app_state.operator()?, act)?;
            if app_state.settings().book.as_deref() != Some(&open.path) {
                app_state.set(|settings| settings.opened(&open.path));
            }
            Ok(done)
        })
        .await
    }

    /// Begins work that takes long, shown with its progress, that can be stopped.
    pub fn begin(&self, app: &AppHandle) -> Task {
        let stop = Arc::new(AtomicBool::new(false));
        let id = self.0.last_task.fetch_add(1, Ordering::Relaxed) + 1;
        locked(&self.0.tasks).insert(id, Arc::clone(&stop));
        let task = Task {
            app: app.clone(),
            app_state: self.clone(),
            id,
            stop,
        };
        task.progress(0, 0);
        task
    }

    /// Asks a task to stop; one that has ended is not asked.
    pub fn stop(&self, task: u32) {
        if let Some(stop) = locked(&self.0.tasks).get(&task) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;
    use sotruc_core::NewBook;

    fn opened() -> (tempfile::TempDir, PathBuf, AppState) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sổ.sotruc");
        let home = Installation::at(folder.path().join("home"));
        let app_state = AppState::new(home, Wish::default());
        let new = NewBook {
            site: "DLK",
            name: "Phòng trực",
            unit: None,
            practice: false,
            place: None,
            profiles: &[],
        };
        let now = sotruc_core::clock::now();
        let home = app_state.installation();
        app_state
            .take_new(Logbook::create(&path, home, &new, "Ánh", now).unwrap())
            .unwrap();
        (folder, path, app_state)
    }

    #[test]
    fn what_was_written_is_in_the_file_itself_when_the_program_ends() {
        let (folder, path, app_state) = opened();
        let open = app_state.book().unwrap();
        open.write("Ánh", |write| write.log(&"Dòng cuối ca".into()))
            .unwrap();
        open.read(|book, _| book.entry_count()).unwrap();
        drop(open);
        app_state.leave();
        let beside = std::fs::read_dir(folder.path()).unwrap();
        let names: Vec<_> = beside.map(|file| file.unwrap().file_name()).collect();
        assert!(
            !names
                .iter()
                .any(|name| name.to_string_lossy().ends_with("-wal")),
            "{names:?}"
        );
        let alone = folder.path().join("chép tay.sotruc");
        std::fs::copy(&path, &alone).unwrap();
        let book = Logbook::open(&alone, app_state.installation()).unwrap();
        assert_eq!(book.read(|book| book.entry_count()).unwrap(), 1);
    }

    #[test]
    fn what_is_asked_for_comes_before_what_is_named_and_what_was_open() {
        let (folder, path, app_state) = opened();
        let copy = |name: &str| {
            let copy = folder.path().join(name);
            std::fs::copy(&path, &copy).unwrap();
            std::fs::canonicalize(copy).unwrap()
        };
        let [asked, store] = ["asked.sotruc", "store.sotruc"].map(copy);
        drop(app_state);
        let start = |file: Option<&Path>, store: Option<&Path>| {
            let home = Installation::at(folder.path().join("home"));
            let asked = file.map(|file| Asked::file(file.to_owned()));
            let store = store.map(Path::to_owned);
            AppState::new(home, Wish { asked, store })
        };
        let open = |app_state: &AppState| app_state.book().map(|open| open.path.clone());
        let both = start(Some(&asked), Some(&store));
        assert_eq!(open(&both).as_ref(), Some(&asked));
        assert_eq!(both.usual_book(), store);
        assert_eq!(open(&start(None, Some(&store))), Some(store));
        let missing = start(Some(&folder.path().join("x.sotruc")), None);
        assert_eq!(open(&missing), None);
        assert_eq!(missing.refused().unwrap().code, "book_missing");
        let list = start(Some(Path::new("/x.csv")), Some(&asked));
        assert_eq!(open(&list), Some(asked));
        assert_eq!(list.take_dropped(), Some(PathBuf::from("/x.csv")));
    }

    #[test]
    fn a_copy_that_was_looked_at_is_not_what_opens_next() {
        let (folder, path, app_state) = opened();
        let copy = folder.path().join("chép.sotruc");
        std::fs::copy(&path, &copy).unwrap();
        app_state.open(&copy).unwrap();
        let settings = app_state.settings();
        assert_ne!(settings.book, Some(settings.recent[0].clone()));
        assert_eq!(settings.recent.len(), 2);
    }

    #[test]
    fn a_chosen_file_is_kept_until_its_line_is_written_or_given_up() {
        let (folder, _path, app_state) = opened();
        let one = app_state.keep_file(folder.path().join("a.txt"));
        let other = app_state.keep_file(folder.path().join("b.txt"));
        app_state.drop_files(&[one]);
        assert!(app_state.kept_files(&[one]).is_err());
        assert_eq!(app_state.kept_files(&[other]).unwrap().len(), 1);
        // A token never stands for another file.
        let next = app_state.keep_file(folder.path().join("c.txt"));
        assert!(![one, other].contains(&next));
    }

    #[test]
    fn work_that_fails_is_kept_until_it_goes_well() {
        let (_folder, path, app_state) = opened();
        let open = app_state.book().unwrap();
        open.write("An", |write| write.log(&"Một dòng".into()))
            .unwrap();
        // No folder can be made where a file is.
        let copies = sotruc_core::backup_folder(&path);
        std::fs::write(&copies, "").unwrap();
        let tend = || open.beside(|book| book.tend(open.now())).err();
        assert!(open.went("tend", tend().as_ref()));
        assert!(!open.went("tend", tend().as_ref()), "it is known");
        let troubles = open.troubles();
        assert_eq!(troubles[0].params["work"], "copy");
        assert_eq!(troubles[0].code, "file");
        std::fs::remove_file(&copies).unwrap();
        assert!(open.went("tend", tend().as_ref()));
        assert!(open.troubles().is_empty());
    }
}
