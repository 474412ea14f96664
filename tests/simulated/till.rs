//! One process of the terminal: the flow, three lanes, the follow-up and the duties, without their threads.
//!
//! The desk takes one message at a time, a lane one effect at a time and in order, as the threads do; which of them goes
//! on next is chance's. While one waits for the network the others go on, inside that wait.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};

use tillback::domain::{RefundReference, Timestamp};
use tillback::flow::{Effect, Event, Flow, Setting, State, What};
use tillback::gateway::{Client, ClientSettings, Environment};
use tillback::ledger::Ledger;
use tillback::terminal::{Clock, Duties, FollowUp, Lane, carry_out, lane_of};

use super::network::{Line, MERCHANT, STORE, TOKEN};
use super::shop::Shop;
use super::{Life, lock, mischief, promises};

/// The till's clock. Reading it is where a process may die: between any two things a duty does.
struct TillClock {
    shop: Weak<Shop>,
    life: Life,
}

impl Clock for TillClock {
    fn now(&self) -> Timestamp {
        let shop = self.shop.upgrade().expect("the shop");
        if self.life.is_over() || shop.mishap(600) {
            self.life.end();
        }
        shop.time.shown()
    }

    fn steady_ms(&self) -> i64 {
        self.shop.upgrade().expect("the shop").time.truth()
    }
}

pub struct Till {
    pub place: usize,
    pub life: Life,
    pub flow: Mutex<Flow>,
    pub inbox: Mutex<VecDeque<What>>,
    lanes: [Mutex<VecDeque<Effect>>; 3],
    busy: [AtomicBool; 3],
    follow_up: Mutex<Option<FollowUp>>,
    wanted: Mutex<Vec<RefundReference>>,
    pub duties: Duties,
}

/// The client as the shop's configuration makes it, over the simulated line.
pub fn client(shop: &Arc<Shop>, till: usize) -> Client {
    let token = tillback::gateway::ApiToken::parse(TOKEN).unwrap();
    let settings = ClientSettings::new(Environment::Production, MERCHANT, STORE, token);
    Client::through(settings, Arc::new(Line { shop: Arc::downgrade(shop), till })).expect("a client")
}

impl Till {
    pub fn start(shop: &Arc<Shop>, place: usize, ledger: Ledger, life: Life) -> Self {
        let operators = ledger.operators().expect("the staff");
        let setting = Setting { policy: ledger.policy().clone(), ask_gateway_first: true, ..Setting::default() };
        let clock = TillClock { shop: Arc::downgrade(shop), life: life.clone() };
        let duties = Duties::new(ledger, Arc::new(client(shop, place)), Arc::new(clock));
        Self {
            place,
            life,
            flow: Mutex::new(Flow::new(setting, operators)),
            inbox: Mutex::default(),
            lanes: Default::default(),
            busy: Default::default(),
            follow_up: Mutex::new(Some(FollowUp::default())),
            wanted: Mutex::default(),
            duties,
        }
    }

    pub fn state(&self) -> State {
        lock(&self.flow).state().clone()
    }

    /// A message for the desk. Nothing reaches a process that is over.
    pub fn tell(&self, what: What) {
        if !self.life.is_over() {
            lock(&self.inbox).push_back(what);
        }
    }

    pub fn has_mail(&self) -> bool {
        !lock(&self.inbox).is_empty()
    }

    /// True where this lane has something to do and is not in the middle of something.
    pub fn can_work(&self, lane: usize) -> bool {
        !self.busy[lane].load(Ordering::Relaxed) && !lock(&self.lanes[lane]).is_empty()
    }

    pub fn can_follow_up(&self) -> bool {
        lock(&self.follow_up).is_some()
    }

    pub fn is_idle(&self) -> bool {
        !self.has_mail() && (0..3).all(|lane| lock(&self.lanes[lane]).is_empty())
    }

    /// The desk takes one message.
    pub fn desk(&self, shop: &Shop) {
        let Some(what) = lock(&self.inbox).pop_front() else { return };
        shop.log.say(|| format!("desk {}: {what:?}", self.place));
        shop.before_step(self, &what);
        let at = self.duties.now();
        let effects = {
            let mut flow = lock(&self.flow);
            let effects = flow.step(Event { at, what });
            shop.log.say(|| format!("  screen {}", flow.state().name()));
            if shop.log.is_in_words() {
                promises::says_no_secret(shop, "a screen's state", &format!("{:?}", flow.state()));
            }
            effects
        };
        for effect in effects {
            // Put down without waiting for anything: no step of its own.
            if let Effect::Note { who, note } = &effect {
                self.duties.note_at(who.as_ref(), note, at);
            } else {
                self.leave(effect);
            }
        }
    }

    /// Leaves an effect with the lane that carries it out.
    fn leave(&self, effect: Effect) {
        let lane = match lane_of(&effect) {
            Lane::Ledger => 0,
            Lane::Ask => 1,
            Lane::Send => 2,
            // Nobody in the simulated shop looks at reports.
            Lane::Read => return,
            Lane::Desk => {
                if let Effect::ResolveRefund { reference } = effect {
                    lock(&self.wanted).push(reference);
                }
                return;
            }
        };
        lock(&self.lanes[lane]).push_back(effect);
    }

    /// The desk asks for something that nobody wanted.
    pub fn do_unasked(&self, shop: &Shop) {
        if let Some(effect) = shop.unasked(self) {
            shop.log.say(|| format!("desk {} is out of its mind: {effect:?}", self.place));
            shop.mixed_up.fetch_add(1, Ordering::Relaxed);
            self.leave(effect);
        }
    }

    /// A lane carries out its next effect.
    pub fn work(&self, shop: &Shop, lane: usize) {
        let Some(effect) = lock(&self.lanes[lane]).pop_front() else { return };
        shop.log.say(|| format!("lane {lane} of {}: {effect:?}", self.place));
        self.busy[lane].store(true, Ordering::Relaxed);
        if let Some(muddled) = shop.muddled(self, &effect) {
            shop.log.say(|| format!("  in its place: {muddled:?}"));
            shop.mixed_up.fetch_add(1, Ordering::Relaxed);
            carry_out(&self.duties, &muddled, &mut |what| {
                mischief::after_a_muddle(shop, &what);
                self.tell(what);
            });
        } else {
            carry_out(&self.duties, &effect, &mut |what| self.tell(what));
        }
        self.busy[lane].store(false, Ordering::Relaxed);
    }

    /// The follow-up's thread wakes.
    pub fn follow_up(&self) {
        let Some(mut follow_up) = lock(&self.follow_up).take() else { return };
        let now = self.duties.now();
        for reference in lock(&self.wanted).drain(..) {
            follow_up.want(reference, now);
        }
        follow_up.round(&self.duties, &mut |what| self.tell(what));
        *lock(&self.follow_up) = Some(follow_up);
    }
}
