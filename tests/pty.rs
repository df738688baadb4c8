//! What only a terminal can show: the screen is taken and given back, however the reading ends.
//!
//! Nothing here waits for a time to pass: each step waits for what the screen shows.

mod terminal;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rustix::process::Signal;
use terminal::Session;

const ARTICLE: &str = include_str!("terminal/harbour.txt");
const FIRST: &str = "Ferrymen end their strike";
const LAST: &str = "Friday.";

#[test]
fn the_first_line_is_shown_and_the_screen_given_back() {
    let mut session = Session::open(ARTICLE);
    session.see(FIRST);
    assert!(session.screen().alternate_screen());
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    session.check_given_back();
    assert_eq!(session.screen().contents().trim(), "", "nothing is left on the screen");
}

#[test]
fn keys_move_through_the_article() {
    let mut session = Session::open(ARTICLE);
    session.see(FIRST);
    session.type_keys("G");
    session.see(LAST);
    session.type_keys("gg");
    session.see(FIRST);
    // More than any buffer on the way holds, at once.
    session.type_keys(&"j".repeat(6000));
    session.see(LAST);
}

#[test]
fn lines_move_between_margins_once_the_terminal_has_said_that_it_knows_them() {
    let mut session = Session::with(ARTICLE, &[], "exec DEMARCHE --at 0 ARTICLE");
    session.see(FIRST);
    session.see("Actors");
    session.type_keys("jk");
    session.settle();
    assert!(session.raw().contains("\x1b[?69$p") && !session.raw().contains("\x1b[?69h"), "asked and not yet used");
    session.type_keys("\x1b[?69;2$y");
    session.type_keys("j");
    session.settle();
    assert!(session.raw().contains("\x1b[?69h"), "{:?}", session.raw());
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    session.check_given_back();
}

#[test]
fn a_saved_note_survives_a_kill() {
    let mut session = Session::open(ARTICLE);
    session.see(FIRST);
    session.type_keys("iwho paid for the boats?");
    session.see("who paid for the boats?");
    session.type_keys("\x1b");
    session.see("saved");
    session.send(Signal::KILL);
    session.exit_code();
    let mut session = session.reopen();
    session.see(FIRST);
    session.type_keys("3");
    session.type_keys("\t");
    session.see("who paid for the boats?");
}

#[test]
fn another_article_is_opened_at_a_note_that_was_found() {
    let line = "printf 'Quay\\n\\nThe quay is shut.\\n' > quay.txt; DEMARCHE quay.txt; exec DEMARCHE ARTICLE";
    let mut session = Session::with(ARTICLE, &[], line);
    session.see("The quay is shut.");
    session.type_keys("Giwho has the key?\x1b");
    session.see("saved");
    session.type_keys("q");
    session.see(FIRST);
    session.type_keys("H");
    session.see("1 note");
    session.type_keys("HAS KEY");
    session.see("no article and no note");
    session.type_keys(&"\x7f".repeat(7));
    session.type_keys("has key\x1b[B\r");
    session.see("The quay is shut.");
    assert!(!session.screen().contents().contains("find:"), "{}", session.screen().contents());
    // An article that is gone is told, and the one that is read stays.
    fs::remove_file(session.home().join("harbour.txt")).unwrap();
    session.type_keys("Hharbour");
    session.see("find: harbour");
    session.type_keys("\r");
    session.see("no such file");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    session.check_given_back();
}

#[test]
fn the_files_of_a_command_line_are_read_one_after_the_other() {
    let line = "printf 'The quay is shut.\\n' > quay.txt; printf '# Boats\\n\\nTwo boats sank.\\n' > boats.md; \
                exec DEMARCHE --notes kept.toml ARTICLE gone.txt quay.txt boats.md";
    let mut session = Session::with(ARTICLE, &[], line);
    session.see("file 1/4");
    session.type_keys("iwho paid?\x1b");
    session.see("saved");
    session.type_keys(":n\r");
    session.see("The quay is shut.");
    session.see("no such file: gone.txt");
    session.see("file 3/4");
    session.type_keys("]f");
    session.see("Two boats sank.");
    session.type_keys("]f");
    session.see("this is the last file");
    // The notes are those of the file they were named for.
    session.type_keys("3[f");
    session.see("The quay is shut.");
    session.type_keys("3:p\r");
    session.see(FIRST);
    session.see("no such file: gone.txt");
    session.type_keys("3");
    session.see("who paid?");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    session.check_given_back();
    assert!(fs::read_to_string(session.home().join("kept.toml")).unwrap().contains("who paid?"));
    assert_eq!(session.files("data/demarche/notes").len(), 0, "nothing was written of the others");
}

#[test]
fn an_unfinished_note_is_offered_again_on_its_sentence() {
    let mut session = Session::with(ARTICLE, &[], "exec DEMARCHE --at 0 ARTICLE");
    session.see(FIRST);
    session.type_keys("}}ihalf a thou");
    session.see("half a thou");
    session.send(Signal::TERM);
    assert_eq!(session.exit_code(), 128 + 15);
    let mut session = session.reopen();
    session.see("half a thou");
    session.type_keys("ght\x1b");
    session.see("saved");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    let file = session.files("data/demarche/notes").into_iter().find(|path| path.ends_with(".toml"));
    let notes = fs::read_to_string(session.home().join(file.expect("a notes file"))).unwrap();
    assert!(notes.contains("We asked for safe boats"), "{notes}");
}

#[test]
fn a_signal_ends_it_and_gives_the_screen_back() {
    for (signal, number) in [(Signal::TERM, 15), (Signal::HUP, 1), (Signal::INT, 2), (Signal::QUIT, 3)] {
        let mut session = Session::open(ARTICLE);
        session.see(FIRST);
        session.send(signal);
        assert_eq!(session.exit_code(), 128 + number);
        session.check_given_back();
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_mistake_of_its_own_is_told_in_one_line_and_reported() {
    let mut session = Session::with(ARTICLE, &[("DEMARCHE_PANIC_AT", "X")], "DEMARCHE ARTICLE");
    session.see(FIRST);
    session.type_keys("X");
    assert_eq!(session.exit_code(), 101);
    session.check_given_back();
    let told = session.screen().contents();
    assert!(told.contains("demarche: a mistake in the program: asked for with X"), "{told}");
    let reports = session.files("state/demarche/reports");
    assert_eq!(reports.len(), 1, "{reports:?}");
    let mode = fs::metadata(session.home().join(&reports[0])).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn it_stops_and_goes_on_as_a_job_of_a_shell() {
    let mut session =
        Session::with(ARTICLE, &[], "set -m; DEMARCHE ARTICLE; echo stopped: $?; read key; fg; echo left: $?");
    session.see(FIRST);
    session.type_keys("\x1a");
    session.see("stopped: ");
    session.check_given_back();
    session.type_keys("\r");
    session.see(FIRST);
    session.type_keys("q");
    session.see("left: 0");
    session.check_given_back();
}

#[test]
fn it_is_still_when_nothing_happens() {
    let mut session = Session::open(ARTICLE);
    session.see(FIRST);
    session.sees(|screen| !screen.contains("reading the article"));
    session.settle();
    let (bytes, time) = (session.bytes_written(), session.processor_time());
    session.pass_a_moment();
    assert_eq!(session.bytes_written() - bytes, 0, "bytes written while idle");
    assert_eq!(session.processor_time() - time, 0, "clock ticks used while idle");
}

#[test]
fn any_size_is_survived() {
    let mut session = Session::open(ARTICLE);
    session.see(FIRST);
    for (columns, rows) in [(1, 1), (2, 2), (20, 3), (1, 50), (300, 1), (0, 0), (400, 150), (80, 24)] {
        session.resize(columns, rows);
        session.settle();
        session.type_keys("jk");
    }
    session.see(FIRST);
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    session.check_given_back();
}

#[test]
fn an_article_from_a_pipe_leaves_the_keys_to_the_terminal() {
    let mut session = Session::with(ARTICLE, &[], "cat ARTICLE | DEMARCHE -");
    session.see(FIRST);
    session.type_keys("G");
    session.see(LAST);
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    session.check_given_back();
}

#[test]
fn what_comes_slowly_through_a_pipe_is_read_as_it_comes() {
    let line = "{ cat ARTICLE; until test -e go; do sleep 0.05; done; echo; echo The very last word; } | DEMARCHE -";
    let mut session = Session::with(ARTICLE, &[], line);
    session.see("reading on");
    session.see(FIRST);
    session.type_keys("G");
    session.see("this is as far as the text has been read");
    fs::write(session.folder().join("go"), "").unwrap();
    session.see("The very last word");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_pipe_needs_no_name() {
    let mut session = Session::with(ARTICLE, &[], "cat ARTICLE | DEMARCHE");
    session.see(FIRST);
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn a_page_from_elsewhere_is_read_as_a_file_is() {
    let options =
        "mkdir -p config/demarche; echo 'fetch = [\"sh\", \"-c\", \"cat ARTICLE\"]' > config/demarche/config.toml";
    let line = format!("{options}; exec DEMARCHE https://example.org/harbour.txt");
    let mut session = Session::with(ARTICLE, &[], &line);
    session.see(FIRST);
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn pages_from_elsewhere_are_read_one_after_the_other_and_are_no_files() {
    let options =
        "mkdir -p config/demarche; echo 'fetch = [\"sh\", \"-c\", \"echo $0 is read\"]' > config/demarche/config.toml";
    let line =
        format!("{options}; exec DEMARCHE --notes kept.toml https://example.org/a https://example.org/b ARTICLE");
    let mut session = Session::with(ARTICLE, &[], &line);
    session.see("file 1/3");
    session.see("example.org/a is read");
    session.type_keys("iwho paid?\x1b");
    session.see("saved");
    session.type_keys(":n\r");
    session.see("file 2/3");
    session.see("example.org/b is read");
    session.type_keys("3");
    session.see("Notes");
    assert!(!session.screen().contents().contains("who paid?"), "{}", session.screen().contents());
    session.type_keys(":n\r");
    session.see("file 3/3");
    session.see(FIRST);
    session.type_keys(":p\r");
    session.see("example.org/b is read");
    session.type_keys(":p\r");
    session.see("example.org/a is read");
    session.type_keys("3");
    session.see("who paid?");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    let recent = fs::read_to_string(session.home().join("state/demarche/recent.toml")).unwrap();
    assert!(recent.contains("harbour.txt") && !recent.contains("https:"), "{recent}");
}

#[test]
fn a_closed_terminal_ends_it() {
    // A terminal within the terminal: it closes when the program that holds it is killed.
    let line = "exec script -qc 'echo $$ > pid; exec DEMARCHE ARTICLE' /dev/null";
    let mut session = Session::with(ARTICLE, &[], line);
    session.see(FIRST);
    let pid = fs::read_to_string(session.home().join("pid")).unwrap();
    session.send(Signal::KILL);
    session.exit_code();
    session.wait_for(|| !is_running(pid.trim()));
}

fn is_running(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').map(|(_, rest)| rest.trim_start());
    state.is_some_and(|state| !state.starts_with('Z'))
}

#[test]
fn nothing_an_article_holds_steers_the_terminal() {
    let hostile = format!("{ARTICLE}\n\x1b]52;c;aGk=\x07 \x1b[2J \u{9b}31m \u{202e}desrever \x07\x08 end of it\n");
    let mut session = Session::open(&hostile);
    session.see(FIRST);
    session.type_keys("G");
    session.see("end of it");
    session.settle();
    for planted in ["\x1b]52", "\x1b[2J ", "\u{9b}", "\u{202e}", "\x07", "\x08"] {
        assert!(!session.raw().contains(planted), "{planted:?} reached the terminal");
    }
}

#[test]
fn what_is_printed_to_a_terminal_is_made_safe() {
    let mut session = Session::with("one \x1b]52;c;aGk=\x07 \u{9b}31m two\n", &[], "DEMARCHE text ARTICLE");
    assert_eq!(session.exit_code(), 0);
    assert_eq!(session.raw().trim_end(), "one ␛]52;c;aGk=␇ <U+009B>31m two");
}

#[test]
fn the_editor_has_the_terminal_and_its_text_comes_back() {
    let editor = "sh -c 'printf \"written elsewhere\" > \"$1\"; echo the editor is here; read key; exit 3' sh";
    let mut session = Session::with(ARTICLE, &[("EDITOR", editor)], "DEMARCHE ARTICLE");
    session.see(FIRST);
    session.type_keys("E");
    session.see("the editor is here");
    assert!(!session.screen().alternate_screen());
    session.type_keys("\r");
    session.see("saved");
    let notes =
        session.files("data/demarche/notes").into_iter().find(|path| path.ends_with(".toml")).expect("a notes file");
    assert!(fs::read_to_string(session.home().join(notes)).unwrap().contains("written elsewhere"));
    assert!(session.files("state").iter().all(|path| !path.ends_with("NOTE.md")), "the editor's file is gone");
}

#[test]
fn an_editor_that_is_not_there_is_named() {
    let mut session = Session::with(ARTICLE, &[("EDITOR", "no-such-editor -x")], "DEMARCHE ARTICLE");
    session.see(FIRST);
    session.type_keys("E");
    session.see("cannot run 'no-such-editor'");
}

#[test]
fn without_colours_there_are_none() {
    let mut session = Session::with(ARTICLE, &[("NO_COLOR", "1")], "DEMARCHE ARTICLE");
    session.see(FIRST);
    session.settle();
    let raw = session.raw();
    let styles = raw.split("\x1b[").filter_map(|part| part.split_once('m').map(|(style, _)| style));
    let is_colour = |number: &str| matches!(number.parse(), Ok(30..=38 | 40..=48 | 90..=107));
    let colours: Vec<&str> = styles.filter(|style| style.split(';').any(is_colour)).collect();
    assert_eq!(colours, Vec::<&str>::new());
}

#[test]
fn a_terminal_that_only_prints_is_read_in_lines() {
    let mut session = Session::with(ARTICLE, &[("TERM", "dumb")], "exec DEMARCHE ARTICLE");
    session.see(FIRST);
    session.see("demarche> ");
    session.type_keys("goto 2\n");
    session.see("paragraph 2 of");
    session.type_keys("note\n");
    session.see("note>");
    session.type_keys("who paid for the boats?\n.\n");
    session.see("saved");
    session.send(Signal::KILL);
    session.exit_code();
    assert!(!session.raw().contains('\x1b'));
    let mut session = session.reopen();
    session.see("demarche> ");
    session.type_keys("notes\n");
    session.see("1. note on");
    session.see(": who paid for the boats?");
    session.type_keys("q\n");
    assert_eq!(session.exit_code(), 0);
    assert!(!session.raw().contains('\x1b'));
}

#[test]
fn a_note_in_lines_that_is_not_finished_is_offered_again() {
    let mut session = Session::with(ARTICLE, &[], "exec DEMARCHE --linear ARTICLE");
    session.see("demarche> ");
    session.type_keys("note\n");
    session.see("note>");
    session.type_keys("who paid\n");
    session.see("who paid\nnote>");
    session.send(Signal::TERM);
    session.exit_code();
    let mut session = session.reopen();
    session.see("this note was not finished");
    session.see("  who paid");
    session.type_keys("for it?\n.\n");
    session.see("saved");
    session.type_keys("notes\n");
    session.see(": who paid for it?");
}

#[test]
fn lines_end_with_the_input() {
    let mut session = Session::with(ARTICLE, &[], "exec DEMARCHE --linear ARTICLE");
    session.see("demarche> ");
    session.type_keys("\x04");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn an_article_from_a_pipe_is_read_in_lines_from_the_terminal() {
    let mut session = Session::with(ARTICLE, &[], "cat ARTICLE | DEMARCHE --linear -");
    session.see("demarche> ");
    session.type_keys("G\n");
    session.see(LAST);
    session.type_keys("q\n");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn what_is_wrong_in_the_readers_files_is_told() {
    let line = "mkdir -p config/demarche; echo 'mesure = 3' > config/demarche/config.toml; exec DEMARCHE ARTICLE";
    let mut session = Session::with(ARTICLE, &[], line);
    session.see(FIRST);
    session.see("config.toml:1: unknown option 'mesure'");
}

#[test]
fn notes_that_cannot_be_read_are_told_and_left_alone() {
    let broken = "format = \"demarche-notes/1\"\n[[note]\n<<<<<<< ours\n";
    let line = format!("printf '{broken}' > harbour.notes.toml; exec DEMARCHE ARTICLE");
    let mut session = Session::with(ARTICLE, &[], &line);
    session.see(FIRST);
    session.see("harbour.notes.toml:2:");
    session.type_keys("c");
    session.settle();
    session.type_keys("q");
    session.type_keys("q");
    session.exit_code();
    assert_eq!(fs::read_to_string(session.home().join("harbour.notes.toml")).unwrap(), broken);
}

#[test]
fn what_is_wrong_with_notes_is_told_whatever_folder_they_are_in() {
    let folder = "among/the/articles/of/last/year/that/are/still/to/be/read/about/harbours";
    let broken = r#"[[note]]\nid = "a"\n[[note]\n"#;
    let place = format!("{folder}/harbour.notes.toml");
    let line = format!(
        "mkdir -p {folder}; cp ARTICLE {folder}/harbour.txt; printf '{broken}' > {place}; exec DEMARCHE {folder}/harbour.txt"
    );
    let mut session = Session::with(ARTICLE, &[], &line);
    session.see(FIRST);
    session.see("harbour.notes.toml:3:");
}

#[test]
fn a_note_that_cannot_be_saved_is_said_to_be_unsaved() {
    let mut session = Session::with(ARTICLE, &[], "exec DEMARCHE --notes full/notes.toml ARTICLE");
    session.see(FIRST);
    // A file where the folder should be made.
    fs::write(session.home().join("full"), "").unwrap();
    session.type_keys("ikept in mind\x1b");
    session.see("notes not saved");
    session.type_keys("q");
    session.see("quit again to leave; S saves them elsewhere");
    // What stood in the way is gone: the next change saves all.
    fs::remove_file(session.home().join("full")).unwrap();
    session.type_keys("c");
    session.see("saved");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    let notes = fs::read_to_string(session.home().join("full/notes.toml")).unwrap();
    assert!(notes.contains("kept in mind"), "{notes}");
}

#[test]
fn a_note_that_cannot_be_saved_is_saved_elsewhere() {
    let mut session = Session::with(ARTICLE, &[], "exec DEMARCHE --notes full/notes.toml ARTICLE");
    session.see(FIRST);
    fs::write(session.home().join("full"), "").unwrap();
    session.type_keys("ikept in mind\x1b");
    session.see("S saves them elsewhere");
    session.type_keys("Ssafe.toml\r");
    session.see("the notes are kept in safe.toml now");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
    let notes = fs::read_to_string(session.home().join("safe.toml")).unwrap();
    assert!(notes.contains("kept in mind"), "{notes}");
}

#[test]
fn what_could_not_be_saved_before_a_kill_is_saved_by_the_next_reader() {
    let mut session = Session::with(ARTICLE, &[], "exec DEMARCHE --notes full/notes.toml ARTICLE");
    session.see(FIRST);
    fs::write(session.home().join("full"), "").unwrap();
    session.type_keys("ikept in mind\x1b");
    session.see("notes not saved");
    session.send(Signal::KILL);
    session.exit_code();
    fs::remove_file(session.home().join("full")).unwrap();
    let mut next = session.reopen();
    next.see("notes of an earlier session that could not be saved are back");
    let file = next.home().join("full/notes.toml");
    next.wait_for(|| fs::read_to_string(&file).is_ok_and(|notes| notes.contains("kept in mind")));
    next.type_keys("q");
    assert_eq!(next.exit_code(), 0);
}

#[test]
fn notes_that_another_machine_changed_are_joined() {
    let note =
        |id: &str| format!("format = \"demarche-notes/1\"\n\n[[note]]\nid = \"{id}\"\ntext = \"text of {id}\"\n");
    // The reader begins when the files are there.
    let mut session = Session::with(ARTICLE, &[], "until test -e ready; do sleep 0.05; done; exec DEMARCHE ARTICLE");
    let copy = session.home().join("harbour.notes.sync-conflict-20260102-030405-ABCDEFG.toml");
    fs::write(session.home().join("harbour.notes.toml"), note("aaaaaa")).unwrap();
    fs::write(&copy, note("bbbbbb")).unwrap();
    fs::write(session.home().join("ready"), "").unwrap();
    session.see("another machine's notes are beside yours");
    session.type_keys("J3");
    session.see("text of bbbbbb");
    let notes = fs::read_to_string(session.home().join("harbour.notes.toml")).unwrap();
    assert!(notes.contains("text of aaaaaa") && notes.contains("text of bbbbbb") && !copy.exists(), "{notes}");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn two_readers_of_one_article_keep_both_their_notes() {
    let mut first = Session::open(ARTICLE);
    first.see(FIRST);
    let mut second = first.beside();
    second.see(FIRST);
    first.type_keys("ifrom the first\x1b");
    first.see("saved");
    second.type_keys("}}ifrom the second\x1b");
    second.see("saved");
    second.type_keys("3");
    second.see("from the first");
    let file =
        first.files("data/demarche/notes").into_iter().find(|path| path.ends_with(".toml")).expect("a notes file");
    let notes = fs::read_to_string(first.home().join(file)).unwrap();
    assert!(notes.contains("from the first") && notes.contains("from the second"), "{notes}");
}

#[test]
fn a_long_paste_arrives_whole() {
    let mut session = Session::open(ARTICLE);
    session.see(FIRST);
    let text = "tides and timetables\r".repeat(1000);
    session.type_keys(&format!("i\x1b[200~{text}the last line\x1b[201~"));
    session.see("the last line");
    session.type_keys("\x1b");
    session.see("saved");
    let file =
        session.files("data/demarche/notes").into_iter().find(|path| path.ends_with(".toml")).expect("a notes file");
    let notes = fs::read_to_string(session.home().join(file)).unwrap();
    assert_eq!(notes.matches("tides and timetables").count(), 1000);
}

#[test]
fn notes_are_exported_beside_the_reader() {
    let mut session = Session::open(ARTICLE);
    session.see(FIRST);
    session.type_keys("ia thought\x1b");
    session.see("saved");
    session.type_keys("xmw");
    session.see("exported beside the article: harbour.notes.md");
    session.type_keys("xmw");
    session.see("exported beside the article: harbour.notes-2.md");
    assert!(fs::read_to_string(session.home().join("harbour.notes.md")).unwrap().contains("a thought"));
    session.type_keys("xhw");
    session.see("exported beside the article: harbour.hypothesis.json");
}

#[test]
fn words_are_looked_up_by_a_program_that_is_stopped_when_it_is_left() {
    let script = "#!/bin/sh\nread sentence; echo \"said of $2: $sentence\"\n";
    let slow = "#!/bin/sh\nexec sleep 1000\n";
    let files = format!("printf '%s' '{script}' > dict; printf '%s' '{slow}' > slow; chmod +x dict slow");
    let options = "mkdir -p config/demarche; echo 'look-up = [\"./dict\", \"--\"]' > config/demarche/config.toml";
    let line = format!(
        "{files}; {options}; DEMARCHE ARTICLE; sed -i s/dict/slow/ config/demarche/config.toml; exec DEMARCHE ARTICLE"
    );
    let mut session = Session::with(ARTICLE, &[], &line);
    session.see(FIRST);
    session.type_keys("D");
    session.see("said of Ferrymen: Ferrymen end");
    session.type_keys("xq");
    session.sees(|screen| screen.contains(FIRST) && !screen.contains("said of"));
    session.type_keys("D");
    session.see("looking it up");
    session.type_keys("\x1b");
    session.see("given up");
    session.type_keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn words_are_looked_up_in_lines_and_given_up_by_ctrl_c() {
    let options = "mkdir -p config/demarche; echo 'look-up = [\"sh\", \"-c\", \"$ASK\"]' > config/demarche/config.toml";
    let said = options.replace("$ASK", "echo said of $0; cat");
    let slow = options.replace("$ASK", "sleep 1000");
    let line = format!("{said}; DEMARCHE --linear ARTICLE; {slow}; exec DEMARCHE --linear ARTICLE");
    let mut session = Session::with(ARTICLE, &[], &line);
    session.see("demarche> ");
    session.type_keys("look-up\n");
    session.see("said of Ferrymen\nFerrymen end their strike");
    session.type_keys("q\n");
    session.see("demarche> q\nFerrymen end");
    session.sees(|screen| screen.trim_end().ends_with("demarche>"));
    session.type_keys("look-up\n");
    session.see("> look-up\n");
    session.settle();
    session.type_keys("\x03");
    session.see("given up");
    session.type_keys("undo\n");
    session.see("nothing to undo");
    session.type_keys("q\n");
    assert_eq!(session.exit_code(), 0);
}
