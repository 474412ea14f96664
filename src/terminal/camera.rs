//! The real camera as the desk's eyes: opened, closed and exchanged on a thread of its own, since all of it waits for a
//! process.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::eyes::{Eyes, NoEyes, Seen};
use super::view::{CameraHint, CameraTrouble, KnownCamera, Light, Preview};
use crate::domain::CameraChoice;
use crate::failpoint::failpoint;
use crate::scan::camera::{Camera, CameraEvent, CameraSettings, CameraSource, FaultKind, Hint, Picture, list_cameras};

/// Orders that may wait; only the last one of a kind matters.
const ORDERS: usize = 16;
/// So that what panics each time does not take a processor with it.
const PAUSE_AFTER_PANIC: Duration = Duration::from_millis(250);
/// What the camera tells and nobody has taken yet.
const EVENTS: usize = 64;

enum Order {
    Open,
    Close,
    Choose(CameraChoice),
}

struct CameraEyes {
    orders: Sender<Order>,
    seen: Sender<Seen>,
}

impl Eyes for CameraEyes {
    fn open(&mut self) {
        self.order(Order::Open);
    }

    fn close(&mut self) {
        self.order(Order::Close);
    }

    fn choose(&mut self, choice: &CameraChoice) {
        self.order(Order::Choose(choice.clone()));
    }

    /// On a thread of its own: a broken driver may keep whoever asks it for as long as it likes.
    fn list(&mut self) {
        let seen = self.seen.clone();
        let spawned = thread::Builder::new().name("camera-list".to_owned()).spawn(move || {
            let known = list_cameras().unwrap_or_else(|fault| {
                tracing::warn!(kind = ?fault.kind, detail = fault.detail, "cameras cannot be listed");
                vec![]
            });
            let known = known.into_iter().map(|camera| KnownCamera { name: camera.name, place: camera.place });
            // The till may be gone by now.
            let _ = seen.send(Seen::Known(known.collect()));
        });
        if let Err(error) = spawned {
            tracing::error!(%error, "no thread to list cameras");
        }
    }
}

impl CameraEyes {
    fn order(&self, order: Order) {
        if self.orders.try_send(order).is_err() {
            tracing::error!("the camera does not take orders");
        }
    }
}

/// How the camera stands before it was ever opened.
pub fn camera_light(settings: &CameraSettings) -> Light {
    if settings.source == CameraSource::Off { Light::Off } else { Light::Waiting }
}

/// The camera of these settings; `folder` stands in for it where that is chosen. What it sees goes to `seen`.
pub fn camera_eyes(settings: CameraSettings, folder: Option<PathBuf>, seen: Sender<Seen>) -> Box<dyn Eyes> {
    let (orders, ordered) = bounded(ORDERS);
    let told_to = seen.clone();
    let spawned = thread::Builder::new().name("camera-control".to_owned()).spawn(move || {
        let (mut settings, mut on) = (settings, false);
        let mut work = || work(&mut settings, &mut on, folder.as_ref(), &ordered, &told_to);
        while catch_unwind(AssertUnwindSafe(&mut work)).is_err() {
            tracing::error!("the camera's control panicked and goes on");
            thread::sleep(PAUSE_AFTER_PANIC);
        }
    });
    match spawned {
        Ok(_) => Box::new(CameraEyes { orders, seen }),
        Err(error) => {
            tracing::error!(%error, "no thread for the camera");
            Box::new(NoEyes)
        }
    }
}

/// Obeys and passes on until the desk is gone. The camera, and with it its process, ends when this returns.
/// `on` is the last order, for who goes on after a panic.
fn work(
    settings: &mut CameraSettings,
    on: &mut bool,
    folder: Option<&PathBuf>,
    ordered: &Receiver<Order>,
    seen: &Sender<Seen>,
) {
    let (mut tells, mut told) = bounded(EVENTS);
    let mut camera = Camera::off(settings.clone(), tells.clone());
    if *on {
        camera.resume();
    }
    loop {
        crossbeam_channel::select! {
            recv(ordered) -> order => match order {
                Ok(order @ (Order::Open | Order::Close)) => {
                    *on = matches!(order, Order::Open);
                    failpoint!(CameraControlTurn);
                    if *on { camera.resume() } else { camera.stop() }
                }
                Ok(Order::Choose(choice)) => {
                    settings.source = source_of(&choice, folder);
                    // What the other camera still has to tell is no news of this one.
                    (tells, told) = bounded(EVENTS);
                    camera = Camera::off(settings.clone(), tells.clone());
                    if seen.send(Seen::Light(camera_light(settings))).is_err() {
                        return;
                    }
                    if *on {
                        camera.resume();
                    }
                }
                Err(_) => return,
            },
            recv(told) -> event => {
                let Ok(event) = event else { return };
                for thing in read(&camera, event) {
                    if seen.send(thing).is_err() {
                        return;
                    }
                }
            }
        }
    }
}

fn source_of(choice: &CameraChoice, folder: Option<&PathBuf>) -> CameraSource {
    match (choice, folder) {
        (CameraChoice::First, _) => CameraSource::Device { name: None },
        (CameraChoice::Named(name), _) => CameraSource::Device { name: Some(name.clone()) },
        (CameraChoice::Folder, Some(folder)) => CameraSource::Folder(folder.clone()),
        (CameraChoice::Folder, None) | (CameraChoice::Off, _) => CameraSource::Off,
    }
}

fn read(camera: &Camera, event: CameraEvent) -> Vec<Seen> {
    match event {
        CameraEvent::Starting => vec![Seen::Light(Light::Waiting)],
        CameraEvent::Ready { camera, format } => vec![Seen::Open { name: camera, format }, Seen::Light(Light::Good)],
        CameraEvent::Pictured => camera.picture().map(|picture| Seen::Preview(preview(&picture))).into_iter().collect(),
        CameraEvent::Read(reading) => vec![Seen::Code { text: reading.text, symbology: Some(reading.symbology) }],
        CameraEvent::Hint(hint) => vec![Seen::Hint(hint.map(translate))],
        CameraEvent::Fault { fault, .. } => {
            tracing::warn!(kind = ?fault.kind, detail = fault.detail, "camera");
            vec![Seen::Trouble(trouble(fault.kind)), Seen::Light(Light::Bad)]
        }
    }
}

const fn trouble(kind: FaultKind) -> CameraTrouble {
    match kind {
        FaultKind::NoCamera => CameraTrouble::NoneConnected,
        FaultKind::NotFound => CameraTrouble::NotConnected,
        FaultKind::CannotOpen => CameraTrouble::NotOpened,
        FaultKind::Lost => CameraTrouble::Lost,
        FaultKind::Folder => CameraTrouble::Folder,
        FaultKind::Hung | FaultKind::Crashed | FaultKind::CannotStart => CameraTrouble::Failed,
    }
}

fn preview(picture: &Arc<Picture>) -> Preview {
    let Picture { number, width, height, luma, outline } = (**picture).clone();
    Preview { number, width, height, luma, outline }
}

fn translate(hint: Hint) -> CameraHint {
    match hint {
        Hint::TooDark => CameraHint::MoreLight,
        Hint::TooBlurred => CameraHint::HoldStill,
        Hint::TooSmall => CameraHint::HoldCloser,
        Hint::Glare => CameraHint::TiltAway,
    }
}
