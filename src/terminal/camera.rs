//! The real camera as the desk's eyes: opened and closed on a thread of its own, since both wait for a process.

use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::eyes::{Eyes, NoEyes, Seen};
use super::view::{CameraHint, Light, Preview};
use crate::scan::camera::{Camera, CameraEvent, CameraSettings, CameraSource, Hint, Picture};

/// Orders that may wait; only the last one matters.
const ORDERS: usize = 16;
/// What the camera tells and nobody has taken yet.
const EVENTS: usize = 64;

struct CameraEyes {
    orders: Sender<bool>,
}

impl Eyes for CameraEyes {
    fn open(&mut self) {
        self.order(true);
    }

    fn close(&mut self) {
        self.order(false);
    }
}

impl CameraEyes {
    fn order(&self, on: bool) {
        if self.orders.try_send(on).is_err() {
            tracing::error!("the camera does not take orders");
        }
    }
}

/// How the camera stands before it was ever opened.
pub fn camera_light(settings: &CameraSettings) -> Light {
    if settings.source == CameraSource::Off { Light::Off } else { Light::Waiting }
}

/// The camera of these settings. What it sees goes to `seen`.
pub fn camera_eyes(settings: CameraSettings, seen: Sender<Seen>) -> Box<dyn Eyes> {
    if settings.source == CameraSource::Off {
        return Box::new(NoEyes);
    }
    let (orders, ordered) = bounded(ORDERS);
    let (tells, told) = bounded(EVENTS);
    let spawned = thread::Builder::new().name("camera-control".to_owned()).spawn(move || {
        let mut camera = Camera::off(settings, tells);
        work(&mut camera, &ordered, &told, &seen);
    });
    match spawned {
        Ok(_) => Box::new(CameraEyes { orders }),
        Err(error) => {
            tracing::error!(%error, "no thread for the camera");
            Box::new(NoEyes)
        }
    }
}

/// Obeys and passes on until the desk is gone. The camera, and with it its process, ends when this returns.
fn work(camera: &mut Camera, ordered: &Receiver<bool>, told: &Receiver<CameraEvent>, seen: &Sender<Seen>) {
    loop {
        crossbeam_channel::select! {
            recv(ordered) -> order => match order {
                Ok(true) => camera.resume(),
                Ok(false) => camera.stop(),
                Err(_) => return,
            },
            recv(told) -> event => {
                let Ok(event) = event else { return };
                for thing in read(camera, event) {
                    if seen.send(thing).is_err() {
                        return;
                    }
                }
            }
        }
    }
}

fn read(camera: &Camera, event: CameraEvent) -> Vec<Seen> {
    match event {
        CameraEvent::Starting => vec![Seen::Light(Light::Waiting)],
        CameraEvent::Ready { .. } => vec![Seen::Light(Light::Good)],
        CameraEvent::Pictured => camera.picture().map(|picture| Seen::Preview(preview(&picture))).into_iter().collect(),
        CameraEvent::Read(reading) => vec![Seen::Code { text: reading.text, symbology: Some(reading.symbology) }],
        CameraEvent::Hint(hint) => vec![Seen::Hint(hint.map(translate))],
        CameraEvent::Fault { fault, .. } => {
            tracing::warn!(kind = ?fault.kind, detail = fault.detail, "camera");
            vec![Seen::Light(Light::Bad)]
        }
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
