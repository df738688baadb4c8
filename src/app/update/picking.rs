//! Choosing from a list, and what each choice does.

use super::{correcting, exporting, following, issues, linking, noting};
use crate::annotation::Correction;
use crate::app::menu::{self, Pick};
use crate::app::prompt::Prompt;
use crate::app::state::{Menu, Mode, Naming};
use crate::app::{App, Code, Effect, Key};

/// Opens a list, unless there is nothing to choose.
pub fn open(app: &mut App, menu: Menu) {
    match menu.choices.is_empty() {
        true => app.state.tell("there is nothing to choose here"),
        false => app.state.mode = Mode::Menu(menu),
    }
}

/// Takes in a key of a list.
pub fn type_key(app: &mut App, key: Key) -> Vec<Effect> {
    let Mode::Menu(menu) = &mut app.state.mode else { return Vec::new() };
    let last = menu.choices.len().saturating_sub(1);
    let picked = match key.code {
        Code::Esc => None,
        Code::Char('c') if key.ctrl => None,
        Code::Enter => Some(menu.selected),
        Code::Up => {
            menu.selected = menu.selected.saturating_sub(1);
            return Vec::new();
        }
        Code::Down => {
            menu.selected = (menu.selected + 1).min(last);
            return Vec::new();
        }
        Code::Char(letter) => match menu.choices.iter().position(|choice| choice.key == letter && letter != ' ') {
            Some(index) => Some(index),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let does = picked.map(|index| menu.choices[index].does.clone());
    app.state.mode = Mode::Read;
    does.map_or_else(Vec::new, |does| pick(app, does))
}

/// Takes in a key of the prompt for a name.
pub fn type_name(app: &mut App, key: Key) -> Vec<Effect> {
    let Mode::Name(prompt, naming) = &mut app.state.mode else { return Vec::new() };
    let naming = *naming;
    match key.code {
        Code::Esc => app.state.mode = Mode::Read,
        Code::Char('c') if key.ctrl => app.state.mode = Mode::Read,
        Code::Enter => {
            let name = prompt.text().trim().to_owned();
            app.state.mode = Mode::Read;
            return match naming {
                _ if name.is_empty() => Vec::new(),
                Naming::Rename(id) if app.reading.analysis.actors[id.0].name == name => Vec::new(),
                Naming::Rename(id) => correcting::rename(app, id, &name),
                Naming::Holder(span) => correcting::add_holder(app, span, &name),
                Naming::Issue(id) => issues::name(app, id, &name),
                Naming::NotesFile => noting::save_elsewhere(app, name),
            };
        }
        _ => {
            prompt.type_key(key);
        }
    }
    Vec::new()
}

fn pick(app: &mut App, does: Pick) -> Vec<Effect> {
    let analysis = &app.reading.analysis;
    match does {
        Pick::Judge(id, correction) => return correcting::judge(app, id, correction),
        Pick::Merge { from, into } => return correcting::merge(app, from, into),
        Pick::RestoreActor(id) => return correcting::restore_actor(app, id),
        Pick::Add(span, actor, act) => return correcting::add(app, span, actor, act),
        Pick::ToggleIssue(id, issue) => return issues::toggle(app, id, &issue),
        Pick::AddActor(name) => return correcting::add_actor(app, &name),
        Pick::Paint(color) => return noting::paint(app, color),
        Pick::ChooseExport(format) => open(app, menu::export_to(format)),
        Pick::Export(format) => return exporting::write(app, format),
        Pick::CopyExport(format) => return exporting::copy(app, format),
        Pick::Follow(link) => return following::follow(app, link),
        Pick::Link(id, span) => return linking::link(app, &id, span),
        Pick::Rename(id) => {
            app.state.mode = Mode::Name(Prompt::new(&analysis.actors[id.0].name), Naming::Rename(id));
        }
        Pick::ChooseAct(id) => open(app, menu::acts("The act", |act| Pick::Judge(id, Correction::Act(act)))),
        Pick::AddAct(span, actor) => open(app, menu::acts("The act", |act| Pick::Add(span, actor, act))),
        Pick::ChooseActor(id) => {
            let menu = menu::actors("Who holds it", analysis, None, |actor| {
                Pick::Judge(id, Correction::Actor(analysis.actors[actor.0].id.clone()))
            });
            open(app, menu);
        }
        Pick::ChooseIssue(id) => issues::open(app, id),
        Pick::NameIssue(id) => issues::ask(app, id),
        Pick::ChooseMerge(id) => {
            let title = format!("Merge {} into", analysis.actors[id.0].name);
            let menu = menu::actors(&title, analysis, Some(id), |into| Pick::Merge { from: id, into });
            open(app, menu);
        }
        Pick::AddWho(span) => open(app, menu::holders(analysis, span)),
        Pick::NameHolder(span) => app.state.mode = Mode::Name(Prompt::new(""), Naming::Holder(span)),
    }
    Vec::new()
}
