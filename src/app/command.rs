//! Every command, once: its name, its group and what it does. Help, palette, manual and README are read from here;
//! the keys stand in `config/keys.toml`.

/// One line of the table.
#[derive(Debug)]
pub struct Entry {
    pub command: Command,
    pub name: &'static str,
    pub group: Group,
    pub doc: &'static str,
}

/// What a command is about: the headings of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Move,
    Find,
    Actors,
    Select,
    Annotate,
    Screen,
}

impl Group {
    pub const ALL: &[Group] = &[Group::Move, Group::Find, Group::Actors, Group::Select, Group::Annotate, Group::Screen];

    pub fn title(self) -> &'static str {
        match self {
            Group::Move => "Moving",
            Group::Find => "Finding",
            Group::Actors => "Actors and positions",
            Group::Select => "Selecting",
            Group::Annotate => "Notes and corrections",
            Group::Screen => "The screen",
        }
    }
}

macro_rules! commands {
    ($($group:ident { $($command:ident $name:literal $doc:literal;)* })*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command { $($($command),*),* }

        pub const TABLE: &[Entry] = &[$($(
            Entry { command: Command::$command, name: $name, group: Group::$group, doc: $doc },
        )*)*];
    };
}

commands! {
    Move {
        ScrollDown "scroll-down" "Scroll one line down; in the sidebar, go to the next line";
        ScrollUp "scroll-up" "Scroll one line up; in the sidebar, go to the line before";
        PageDown "page-down" "Scroll one page down";
        PageUp "page-up" "Scroll one page up";
        HalfPageDown "half-page-down" "Scroll half a page down";
        HalfPageUp "half-page-up" "Scroll half a page up";
        GotoStart "goto-start" "Go to the start; with a count, to that paragraph";
        GotoEnd "goto-end" "Go to the end; with a count, to that paragraph";
        NextParagraph "next-paragraph" "Go to the next paragraph";
        PreviousParagraph "previous-paragraph" "Go to the start of the paragraph, or to the one before";
        NextSentence "next-sentence" "Go to the next sentence";
        PreviousSentence "previous-sentence" "Go to the start of the sentence, or to the one before";
        NextHeading "next-heading" "Go to the next heading";
        PreviousHeading "previous-heading" "Go to the heading before";
        JumpBack "jump-back" "Go back to where the last jump began";
        JumpForward "jump-forward" "Go forward again in the list of jumps";
        SetMark "set-mark" "Set a mark named by the next letter";
        GotoMark "goto-mark" "Go to the mark named by the next letter";
    }
    Find {
        Search "search" "Search as you type: smart case, regular expressions, phrases across line ends; up and down recall";
        NextMatch "next-match" "Go to the next match";
        PreviousMatch "previous-match" "Go to the match before";
        WholeWords "whole-words" "Find whole words only, or parts of words, too; also while you type what to look for";
        Filter "filter" "Show only the paragraphs that say what you type; nothing typed shows all again";
        FilterActor "filter-actor" "Show only the paragraphs in which the selected actor speaks, and search there alone";
        LookUp "look-up" "Look up the selection or the word with a program of your own";
        NextMentionHere "next-mention-here" "Go to the next mention of the actor under the cursor";
    }
    Actors {
        NextPosition "next-position" "Go to the next position";
        PreviousPosition "previous-position" "Go to the position before";
        NextMention "next-mention" "Go to the next mention of the selected actor";
        PreviousMention "previous-mention" "Go to the mention before of the selected actor";
        Spotlight "spotlight" "Dim all that the selected actor does not say";
        ShowActors "show-actors" "Show the actors and their positions";
        ShowExchange "show-exchange" "Show who asked whom for what, and what came back";
        ShowNotes "show-notes" "Show the notes";
        ShowContents "show-contents" "Show the contents: the headings of the article or book";
        Explain "explain" "Say why the position under the cursor is here";
        Goto "goto" "Go to the place of the selected line";
        Fold "fold" "Fold or unfold the selected actor";
    }
    Select {
        SelectWords "select-words" "Select by word from the cursor; again to stop";
        SelectSentences "select-sentences" "Select by sentence; again to stop";
        Grow "grow" "Select the sentence, or the next larger thing around the selection: quotation, position, paragraph";
        SelectQuotation "select-quotation" "Select the quotation, or the next one in the paragraph";
        SelectPosition "select-position" "Select the position, or the next one in the sentence";
        SelectParagraph "select-paragraph" "Select the paragraph";
        Left "left" "Move one character left; in the sidebar, fold";
        Right "right" "Move one character right; in the sidebar, unfold";
        NextWord "next-word" "Move to the next word";
        WordEnd "word-end" "Move to the end of the word";
        PreviousWord "previous-word" "Move to the word before";
        LineStart "line-start" "Move to the start of the line";
        LineEnd "line-end" "Move to the end of the line";
        SwapEnds "swap-ends" "Go to the other end of the selection";
        Cancel "cancel" "Leave the selection, the message, the search or the filter; stop the analysis";
        Copy "copy" "Copy the selection or the sentence";
        CopyQuotation "copy-quotation" "Copy it as a quotation with its source";
    }
    Annotate {
        Highlight "highlight" "Highlight the selection or the sentence";
        HighlightIn "highlight-in" "Highlight in a chosen colour";
        Note "note" "Write a note on the selection, the position or the sentence; on a note, edit it";
        Question "question" "Write a question on it; on a note, make it one";
        Tag "tag" "Tag the annotation under the cursor, or the selection";
        EditOutside "edit-outside" "Write the note in $EDITOR";
        Bookmark "bookmark" "Bookmark the sentence";
        Correct "correct" "Correct the selected actor or position";
        Delete "delete" "Delete the annotation under the cursor";
        Relink "relink" "Give a lost note the selection for its place; in the notes, one of those where it may be";
        NextAnnotation "next-annotation" "Go to the next annotation";
        PreviousAnnotation "previous-annotation" "Go to the annotation before";
        Undo "undo" "Undo the last change of notes";
        Redo "redo" "Do it again";
        Export "export" "Export the notes and positions";
        SaveElsewhere "save-elsewhere" "Save the notes in another file and keep them there";
        JoinCopies "join-copies" "Join the copies of the notes that a synchronizer left beside them";
    }
    Screen {
        ChangePane "change-pane" "Change between article and sidebar";
        FocusMode "focus-mode" "Show the pane alone";
        Wider "wider" "Set the article wider";
        Narrower "narrower" "Set the article narrower";
        ShowRejected "show-rejected" "Show or hide rejected positions";
        ShowPossible "show-possible" "Show or hide positions that are only possible";
        NextFile "next-file" "Go to the next file of the command line, as :n";
        PreviousFile "previous-file" "Go to the file of the command line before, as :p";
        StartPage "start-page" "List the articles read lately and those with notes; type to find one";
        OpenLink "open-link" "Open the link under the cursor, or the next in the sentence: a page, a place here, a footnote";
        ChooseLink "choose-link" "Put letters on the links of the screen; typing one opens it";
        Palette "palette" "Find a command by its name, which Tab completes; a number goes to that paragraph";
        Help "help" "List all commands and their keys";
        Messages "messages" "List what the program had to say";
        Redraw "redraw" "Draw the screen anew";
        Suspend "suspend" "Go back to the shell for now";
        Quit "quit" "Leave; all is saved already";
    }
}

/// What `less` and `vi` have for some of them after a colon.
const SHORT: &[(&str, Command)] = &[("n", Command::NextFile), ("p", Command::PreviousFile), ("q", Command::Quit)];

impl Command {
    /// Returns the line of the table.
    pub fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    /// Returns the command that a short name of `less` and `vi` stands for.
    pub fn from_short(name: &str) -> Option<Command> {
        SHORT.iter().find(|(short, _)| *short == name).map(|(_, command)| *command)
    }

    /// Returns the command of a name, `None` when there is none.
    pub fn from_name(name: &str) -> Option<Command> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_finds_its_line() {
        for entry in TABLE {
            assert_eq!(entry.command.entry().name, entry.name);
            assert_eq!(Command::from_name(entry.name), Some(entry.command), "{} stands twice", entry.name);
            assert!(!entry.doc.ends_with('.'), "{}: a doc is a phrase", entry.name);
        }
    }
}
