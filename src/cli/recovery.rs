//! From an error at the start to the window with the ways out, and back to a till when one of them led there.

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use super::Places;
use super::house::{House, NoDataFolder, now};
use super::window::{OpenTill, appearance, prepare_house};
use crate::ledger::OpenError;
use crate::terminal::recovery::{Keeper, KeeperParts, LedgerFault, Recovery};
use crate::ui::WindowOptions;

/// What stands in the way, where it is the ledger or its folder.
pub(super) fn fault_of(error: &anyhow::Error) -> Option<LedgerFault> {
    if let Some(error) = error.downcast_ref::<OpenError>() {
        return Some(LedgerFault::of(error));
    }
    let folder = error.downcast_ref::<NoDataFolder>()?;
    Some(match folder.why.kind() {
        std::io::ErrorKind::PermissionDenied => LedgerFault::NoPermission,
        std::io::ErrorKind::ReadOnlyFilesystem => LedgerFault::ReadOnly,
        std::io::ErrorKind::StorageFull => LedgerFault::DiskFull,
        _ => LedgerFault::FolderMissing,
    })
}

/// What support wants to know: the error itself, without what led to it.
pub(super) fn detail_of(error: &anyhow::Error) -> String {
    error.downcast_ref::<OpenError>().map_or_else(|| format!("{error:#}"), ToString::to_string)
}

/// Shows the ways out. Gives back a till when the ledger could be opened in the end, an exit code when not.
pub(super) fn recover(
    places: &Places,
    house: Option<&House>,
    fault: LedgerFault,
    detail: String,
) -> Result<OpenTill, ExitCode> {
    let known = match house.cloned().map_or_else(|| House::read(places), Ok) {
        Ok(known) => known,
        Err(error) => {
            tell!("tillback: {error:#}");
            return Err(ExitCode::FAILURE);
        }
    };
    let till: Arc<Mutex<Option<OpenTill>>> = Arc::default();
    let options = WindowOptions { appearance: appearance(&known), ..WindowOptions::default() };
    let keeper = Keeper::start(parts(&known, &till), fault, detail);
    let recovery: Arc<dyn Recovery> = Arc::new(keeper);
    if let Err(no_window) = crate::ui::show_recovery(options, recovery) {
        tell!("tillback: {no_window}");
    }
    let opened = till.lock().unwrap_or_else(PoisonError::into_inner).take();
    opened.ok_or(ExitCode::FAILURE)
}

fn parts(house: &House, till: &Arc<Mutex<Option<OpenTill>>>) -> KeeperParts {
    let data = house.config.data.folder.clone();
    let log = |name: &str| Path::join(&data, name);
    let for_support = vec![house.config.file.clone(), log("tillback.log"), log("tillback.log.1")];
    let (again, settings, till) = (house.clone(), house.clone(), Arc::clone(till));
    KeeperParts {
        ledger: house.ledger_path(),
        settings: Box::new(move || settings.ledger_settings()),
        reopen: Box::new(move || {
            let opened = again.with_folder().and_then(prepare_house);
            match opened {
                Ok(opened) => {
                    *till.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
                    Ok(())
                }
                Err(error) => Err((fault_of(&error).unwrap_or(LedgerFault::Other), detail_of(&error))),
            }
        }),
        now: Box::new(now),
        for_support,
    }
}
